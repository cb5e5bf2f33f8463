import Acts
import Foundation
import GRDB
import Record

/// Reads drafts, settings and statements.
struct PressQueries {
    let database: Database

    /// Most rows of a list.
    static let most = 200

    // MARK: Offices

    /// How an office speaks; where it never said, in English alone and without clearances.
    func settings(of office: String) throws -> PressOfficeSet {
        try String.fetchOne(database, sql: "SELECT settings FROM press_office WHERE office = ?", arguments: [office])
            .flatMap { try? PressOfficeSet(json: JSONParser.parse(Array($0.utf8))) }
            ?? PressOfficeSet(office: office, languages: ["en"], clearances: [])
    }

    /// The offices that have said how they speak, by short name.
    func speakingOffices() throws -> [String] {
        try String.fetchAll(database, sql: "SELECT office FROM press_office ORDER BY office")
    }

    // MARK: Drafts

    func draft(_ draft: Int64) throws -> PressDraft? {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM press_draft WHERE draft = ?", arguments: [draft]) else { return nil }
        return try file(row)
    }

    /// Drafts that one of the offices may read and that are not released, the newest first.
    func drafts(for offices: Set<String>) throws -> [PressDraft] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM press_draft WHERE state != 'released' ORDER BY version DESC LIMIT \(Self.most)"
        ).compactMap(file).filter { !offices.isDisjoint(with: $0.audience) }
    }

    /// What the node releases by itself, by the hour.
    func scheduled(by moment: Moment) throws -> [PressDraft] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM press_draft WHERE state = 'ready' AND at IS NOT NULL AND at <= ? ORDER BY at, draft",
            arguments: [moment.milliseconds]
        ).compactMap(file)
    }

    /// What the node will release by itself, the next first.
    func scheduled(limit: Int) throws -> [PressDraft] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM press_draft WHERE state = 'ready' AND at IS NOT NULL ORDER BY at, draft LIMIT ?",
            arguments: [limit]
        ).compactMap(file)
    }

    /// The next hour at which something is to be released, later than a moment.
    func nextHour(after moment: Moment) throws -> Moment? {
        try Int64.fetchOne(
            database, sql: "SELECT min(at) FROM press_draft WHERE state = 'ready' AND at > ?", arguments: [moment.milliseconds]
        ).map(Moment.init(milliseconds:))
    }

    private func file(_ row: Row) throws -> PressDraft? {
        let (draft, version): (Int64, Int64) = (row["draft"], row["version"])
        guard let act = try? StatementDrafted(json: JSONParser.parse(Array((row["act"] as String).utf8))) else { return nil }
        let steps = try Row.fetchAll(
            database, sql: "SELECT step, person, at FROM press_step WHERE draft = ? AND version = ? ORDER BY entry",
            arguments: [draft, version]
        ).map { PressDraft.Step(step: $0["step"], person: $0["person"], at: Moment(milliseconds: $0["at"])) }
        var sealed: SealedPayload?
        if let text = row["sealed"] as String?, let salt = row["salt"] as Data? {
            sealed = SealedPayload(salt: Array(salt), bytes: Array(text.utf8))
        }
        return PressDraft(
            draft: draft, version: version, office: row["office"], form: act.form, content: act.content, label: row["label"],
            audience: (row["audience"] as String).split(separator: " ").map(String.init),
            authors: Set((row["authors"] as String).split(separator: " ").map(String.init)),
            state: PressDraft.State(rawValue: row["state"]) ?? .waiting, steps: steps, corrects: act.corrects, correction: act.correction,
            at: (row["at"] as Int64?).map(Moment.init(milliseconds:)), sealed: sealed, reason: row["reason"],
            received: Moment(milliseconds: row["received"]))
    }

    // MARK: Statements

    private static let columns = """
        SELECT s.entry, s.act, s.released,
            (SELECT max(n.version) FROM press_statement n WHERE n.statement = s.statement) AS newest,
            w.entry AS withdrawal, w.reason AS reason, w.at AS withdrawn
        FROM press_statement s LEFT JOIN press_withdrawal w ON w.statement = s.statement
        """

    /// A version of a statement, or its newest.
    func statement(_ statement: String, version: Int64? = nil) throws -> PublicStatement? {
        try Row.fetchOne(
            database,
            sql: "\(Self.columns) WHERE s.statement = ?1 AND (?2 IS NULL OR s.version = ?2) ORDER BY s.version DESC LIMIT 1",
            arguments: [statement, version]
        ).flatMap(publicStatement)
    }

    /// The statement that a draft became; `nil` where it was not released.
    func statement(ofDraft draft: Int64) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT statement FROM press_statement WHERE json_extract(act, '$.draft') = ? LIMIT 1", arguments: [draft])
    }

    func statement(code: String) throws -> PublicStatement? {
        try Row.fetchOne(database, sql: "\(Self.columns) WHERE s.code = ?", arguments: [code]).flatMap(publicStatement)
    }

    func versions(of statement: String) throws -> [PublicStatement] {
        try Row.fetchAll(database, sql: "\(Self.columns) WHERE s.statement = ? ORDER BY s.version DESC", arguments: [statement])
            .compactMap(publicStatement)
    }

    /// The newest versions of statements, the last released first.
    ///
    /// - Parameters:
    ///   - office: only what this office said.
    ///   - before: only what was released before the entry, for the next page.
    func statements(of office: String? = nil, before: Int64? = nil, limit: Int = PressQueries.most) throws -> [PublicStatement] {
        try Row.fetchAll(
            database,
            sql: """
                \(Self.columns)
                WHERE s.version = (SELECT max(n.version) FROM press_statement n WHERE n.statement = s.statement)
                    AND (?1 IS NULL OR s.office = ?1) AND (?2 IS NULL OR s.entry < ?2)
                ORDER BY s.entry DESC LIMIT ?3
                """, arguments: [office, before, limit]
        ).compactMap(publicStatement)
    }

    /// The offices that have said something, the one that said most first.
    func officesHeard() throws -> [OfficeHeard] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT office, count(DISTINCT statement) AS count, max(entry) AS last FROM press_statement GROUP BY office
                ORDER BY count DESC, office LIMIT \(Self.most)
                """
        ).map { row in
            let act = try String.fetchOne(
                database, sql: "SELECT act FROM press_statement WHERE entry = ?", arguments: [row["last"] as Int64]
            )
            .flatMap { try? StatementReleased(json: JSONParser.parse(Array($0.utf8))) }
            return OfficeHeard(office: row["office"], names: act?.officeName ?? [:], count: row["count"])
        }
    }

    /// The statement's version that has a file among its media, and its place.
    func statement(withFile blob: String) throws -> PublicStatement? {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT statement, version FROM press_file WHERE blob = ? ORDER BY version DESC LIMIT 1", arguments: [blob])
        else { return nil }
        return try statement(row["statement"], version: row["version"])
    }

    private func publicStatement(_ row: Row) -> PublicStatement? {
        guard let act = try? StatementReleased(json: JSONParser.parse(Array((row["act"] as String).utf8))) else { return nil }
        var withdrawal: PublicStatement.Withdrawal?
        if let entry = row["withdrawal"] as Int64?, let at = row["withdrawn"] as Int64? {
            let reason = (row["reason"] as String?).flatMap { try? JSONParser.parse(Array($0.utf8)) }?.object
            withdrawal = PublicStatement.Withdrawal(
                entry: entry,
                reason: Dictionary(
                    (reason?.members ?? []).compactMap { member in member.value.string.map { (member.name, $0) } }, uniquingKeysWith: { $1 }
                ),
                at: Moment(milliseconds: at))
        }
        return PublicStatement(
            entry: row["entry"], act: act, released: Moment(milliseconds: row["released"]), newest: row["newest"], withdrawal: withdrawal)
    }

    // MARK: Likeness

    /// Which text of which version shares most with these shingles.
    struct Candidate: Hashable, Sendable {
        var statement: String
        var version: Int64
        var language: String
        /// How many of the shingles it shares.
        var shared: Int
    }

    /// - Parameter shingles: at most ``TextFingerprint/mostAsked``.
    func candidates(sharing shingles: [Int64], limit: Int = 4) throws -> [Candidate] {
        guard !shingles.isEmpty else { return [] }
        let marks = Array(repeating: "?", count: shingles.count).joined(separator: ",")
        return try Row.fetchAll(
            database,
            sql: """
                SELECT t.statement, t.version, t.language, count(*) AS shared FROM press_shingle s JOIN press_text t USING (text)
                WHERE s.shingle IN (\(marks)) GROUP BY s.text ORDER BY shared DESC, t.version DESC, s.text DESC LIMIT \(limit)
                """, arguments: StatementArguments(shingles)
        ).map { Candidate(statement: $0["statement"], version: $0["version"], language: $0["language"], shared: $0["shared"]) }
    }
}
