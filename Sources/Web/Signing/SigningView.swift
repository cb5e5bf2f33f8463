public import Acts
import Foundation
public import GRDB
public import Record

/// What offices ask of their people's acts, and the acts that wait for a second person.
public struct SigningView: RecordView {
    public let name = "signing"
    public let version = 1
    public let forgetsErasedPayloads = true

    public init() {}

    public func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE signing_rules (
                    entry INTEGER PRIMARY KEY, office TEXT NOT NULL, two_persons INTEGER NOT NULL, unsigned INTEGER NOT NULL);
                CREATE INDEX signing_rules_office ON signing_rules (office);
                CREATE TABLE signing_prepared (
                    entry INTEGER PRIMARY KEY, office TEXT NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL, dossier TEXT,
                    digest BLOB NOT NULL, content BLOB NOT NULL, received INTEGER NOT NULL);
                CREATE INDEX signing_prepared_office ON signing_prepared (office);
                CREATE TABLE signing_review (
                    entry INTEGER PRIMARY KEY, prepared INTEGER NOT NULL, digest BLOB NOT NULL, approved INTEGER NOT NULL);
                CREATE INDEX signing_review_prepared ON signing_review (prepared);
                CREATE INDEX signing_review_digest ON signing_review (digest);
                """)
    }

    public func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case OfficeRulesSet.kind:
            guard let act = try entry.payload(as: OfficeRulesSet.self) else { return }
            try database.execute(
                sql: "INSERT INTO signing_rules (entry, office, two_persons, unsigned) VALUES (?, ?, ?, ?)",
                arguments: [entry.index, act.office, act.twoPersons, act.unsignedActs])
        case ActPrepared.kind:
            guard let act = try entry.payload(as: ActPrepared.self) else { return }
            let statement = act.request.statement
            try database.execute(
                sql: """
                    INSERT INTO signing_prepared (entry, office, author, kind, dossier, digest, content, received)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.index, statement.office, statement.author, statement.kind.description, statement.dossier,
                    Data(act.request.digest), Data(act.json.canonicalBytes), entry.header.received.milliseconds,
                ])
        case ActReviewed.kind:
            guard let act = try entry.payload(as: ActReviewed.self) else { return }
            try database.execute(
                sql: "INSERT INTO signing_review (entry, prepared, digest, approved) VALUES (?, ?, ?, ?)",
                arguments: [entry.index, act.prepared, Data(act.digest), act.approved])
        case PayloadErased.kind:
            guard let act = try entry.payload(as: PayloadErased.self) else { return }
            for table in ["rules", "prepared", "review"] {
                try database.execute(sql: "DELETE FROM signing_\(table) WHERE entry = ?", arguments: [act.entry])
            }
        default:
            break
        }
    }
}

extension SigningView {
    /// What an office asks.
    public static func settings(of office: String, _ database: Database) throws -> OfficeSettings {
        let row = try Row.fetchOne(
            database, sql: "SELECT two_persons, unsigned FROM signing_rules WHERE office = ? ORDER BY entry DESC LIMIT 1",
            arguments: [office])
        return row.map { OfficeSettings(twoPersons: $0["two_persons"], unsignedActs: $0["unsigned"]) } ?? .usual
    }

    /// The acts of some offices that nobody has decided on, oldest first.
    public static func waiting(in offices: [String], _ database: Database) throws -> [WaitingAct] {
        guard !offices.isEmpty else { return [] }
        let marks = Array(repeating: "?", count: offices.count).joined(separator: ", ")
        return try Row.fetchAll(
            database,
            sql: """
                SELECT p.* FROM signing_prepared p WHERE p.office IN (\(marks))
                AND NOT EXISTS (SELECT 1 FROM signing_review r WHERE r.prepared = p.entry) ORDER BY p.entry
                """, arguments: StatementArguments(offices)
        ).map(WaitingAct.init(row:))
    }

    static func waiting(_ entry: Int64, _ database: Database) throws -> WaitingAct? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT p.* FROM signing_prepared p WHERE p.entry = ?
                AND NOT EXISTS (SELECT 1 FROM signing_review r WHERE r.prepared = p.entry)
                """, arguments: [entry]
        ).map(WaitingAct.init(row:))
    }

    /// The entry by which a second person approved the act of a digest.
    static func approval(ofDigest digest: [UInt8], _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT entry FROM signing_review WHERE digest = ? AND approved = 1", arguments: [Data(digest)])
    }
}
