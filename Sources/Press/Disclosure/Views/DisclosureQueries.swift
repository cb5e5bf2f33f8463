import Acts
import Disclosure
import GRDB

/// What the pages and rules ask of the disclosure tables.
struct DisclosureQueries {
    let database: Database

    /// The next number of a series of a year, from 1.
    func next(_ series: String, in year: Int) throws -> Int64 {
        (try Int64.fetchOne(database, sql: "SELECT last FROM disclosure_number WHERE series = ?", arguments: ["\(series)-\(year)"]) ?? 0)
            + 1
    }

    private func json(_ text: String) throws -> JSON {
        try JSONParser.parse(text, limits: .init(bytes: 8 << 20, depth: 32))
    }

    // MARK: Documents

    func document(_ identifier: String) throws -> FiledDocument? {
        try Row.fetchOne(database, sql: "SELECT * FROM disclosure_document WHERE document = ?", arguments: [identifier]).flatMap(document)
    }

    func documents(of offices: [String]) throws -> [FiledDocument] {
        guard !offices.isEmpty else { return [] }
        let places = Array(repeating: "?", count: offices.count).joined(separator: ", ")
        return try Row.fetchAll(
            database, sql: "SELECT * FROM disclosure_document WHERE office IN (\(places)) ORDER BY entry DESC LIMIT 200",
            arguments: StatementArguments(offices)
        ).compactMap(document)
    }

    private func document(_ row: Row) throws -> FiledDocument? {
        guard let committed: String = row["committed"], let commitmentEntry: Int64 = row["commitment"] else { return nil }
        let act = try DocumentFiled(json: try json(row["act"]))
        let sealed = try RedactableDocument(json: act.sealed)
        var labels: [String: SecurityLabel] = [:]
        for mark in try Row.fetchAll(database, sql: "SELECT path, label FROM disclosure_mark WHERE document = ?", arguments: [act.document])
        {
            guard let text: String = mark["label"] else { continue }
            labels[mark["path"]] = try SecurityLabel(json: try json(text))
        }
        return FiledDocument(
            act: act, office: row["office"], author: row["author"], entry: row["entry"], filed: Moment(milliseconds: row["filed"]),
            commitmentEntry: commitmentEntry, commitment: try RedactionCommitment(json: try json(committed)), sealed: sealed,
            parts: sealed.leaves.map { .init(path: $0.part.path, text: $0.part.text, label: labels[$0.part.path]) })
    }

    // MARK: Releases

    /// The newest first; words are all to be found in a release.
    func releases(words: [String] = [], collection: String? = nil, request: String? = nil, limit: Int = 100) throws -> [PublicRelease] {
        var sql = "SELECT * FROM disclosure_release WHERE 1"
        var arguments: [String] = []
        if let collection {
            sql += " AND collection = ?"
            arguments.append(collection)
        }
        if let request {
            sql += " AND request = ?"
            arguments.append(request)
        }
        for word in words.prefix(12) {
            sql += " AND instr(words, ?) > 0"
            arguments.append(word.lowercased())
        }
        return try Row.fetchAll(
            database, sql: sql + " ORDER BY entry DESC LIMIT \(limit)", arguments: StatementArguments(arguments)
        ).map(release)
    }

    func release(_ identifier: String) throws -> PublicRelease? {
        try Row.fetchOne(database, sql: "SELECT * FROM disclosure_release WHERE release = ?", arguments: [identifier]).map(release)
    }

    func collections() throws -> [(name: String, count: Int)] {
        try Row.fetchAll(
            database,
            sql: "SELECT collection, COUNT(*) AS count FROM disclosure_release WHERE collection IS NOT NULL GROUP BY collection ORDER BY 1"
        ).map { ($0["collection"], $0["count"]) }
    }

    private func release(_ row: Row) throws -> PublicRelease {
        PublicRelease(
            act: try DocumentReleased(json: try json(row["act"])), office: row["office"], entry: row["entry"],
            released: Moment(milliseconds: row["released"]))
    }

    // MARK: Requests

    func requests(limit: Int = 200) throws -> [AccessRequestFile] {
        try Row.fetchAll(database, sql: "SELECT * FROM disclosure_request ORDER BY entry DESC LIMIT \(limit)").map(request)
    }

    func request(_ identifier: String) throws -> AccessRequestFile? {
        try Row.fetchOne(database, sql: "SELECT * FROM disclosure_request WHERE request = ?", arguments: [identifier]).map(request)
    }

    private func request(_ row: Row) throws -> AccessRequestFile {
        let act = try AccessRequested(json: try json(row["act"]))
        let steps = try String.fetchAll(
            database, sql: "SELECT act FROM disclosure_step WHERE request = ? ORDER BY entry", arguments: [act.request]
        ).map { try AccessStepTaken(json: try json($0)) }
        let releases = try String.fetchAll(
            database, sql: "SELECT release FROM disclosure_release WHERE request = ? ORDER BY entry", arguments: [act.request])
        return AccessRequestFile(act: act, office: row["office"], entry: row["entry"], steps: steps, releases: releases)
    }

    // MARK: Copies

    func copies(_ identifier: String) throws -> CopiesFile? {
        try Row.fetchOne(database, sql: "SELECT * FROM disclosure_copies WHERE copies = ?", arguments: [identifier]).map(copies)
    }

    /// What a person reads or an office has given out.
    func copies(for person: String, offices: [String]) throws -> [CopiesFile] {
        let places = (offices.isEmpty ? ["NULL"] : Array(repeating: "?", count: offices.count)).joined(separator: ", ")
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM disclosure_copies
                WHERE office IN (\(places)) OR copies IN (SELECT copies FROM disclosure_reader WHERE person = ?) ORDER BY entry DESC LIMIT 200
                """, arguments: StatementArguments(offices + [person])
        ).map(copies)
    }

    private func copies(_ row: Row) throws -> CopiesFile {
        let act = try CopiesAssigned(json: try json(row["act"]))
        let openings = try Row.fetchAll(
            database, sql: "SELECT * FROM disclosure_opening WHERE copies = ? ORDER BY entry", arguments: [act.copies]
        ).map { CopiesFile.Opening(copy: $0["copy"], person: $0["person"], at: Moment(milliseconds: $0["at"])) }
        let analyses = try Row.fetchAll(
            database, sql: "SELECT * FROM disclosure_analysis WHERE copies = ? ORDER BY entry", arguments: [act.copies]
        ).map { (act: try LeakAnalysed(json: try json($0["act"])), at: Moment(milliseconds: $0["at"])) }
        return CopiesFile(
            act: act, office: row["office"], author: row["author"], entry: row["entry"], made: Moment(milliseconds: row["made"]),
            openings: openings, analyses: analyses)
    }

    // MARK: Visitor-days

    /// The newest days first.
    func visitors(days: Int) throws -> [VisitorsCounted] {
        try String.fetchAll(database, sql: "SELECT act FROM disclosure_visitors ORDER BY day DESC LIMIT \(days)").map {
            try VisitorsCounted(json: try json($0))
        }
    }

    // MARK: Alerts

    func alert(_ identifier: String) throws -> AlertFile? {
        try Row.fetchOne(database, sql: "SELECT * FROM disclosure_alert WHERE alert = ?", arguments: [identifier]).map(alert)
    }

    func alerts(of offices: [String]? = nil) throws -> [AlertFile] {
        var sql = "SELECT * FROM disclosure_alert"
        if let offices { sql += " WHERE office IN (\((offices.isEmpty ? ["NULL"] : offices.map { _ in "?" }).joined(separator: ", ")))" }
        return try Row.fetchAll(
            database, sql: sql + " ORDER BY entry DESC LIMIT 200", arguments: StatementArguments(offices ?? [])
        ).map(alert)
    }

    /// The words that raise an alert, by office, and since when they do.
    func alertWords() throws -> [(office: String, act: AlertWordsSet, since: Moment)] {
        try Row.fetchAll(database, sql: "SELECT office, act, since FROM disclosure_words ORDER BY office").map {
            ($0["office"], try AlertWordsSet(json: try json($0["act"])), Moment(milliseconds: $0["since"]))
        }
    }

    /// Whether an office has an alert about another node's act already.
    func hasAlert(about: String, of office: String) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT 1 FROM disclosure_alert WHERE office = ? AND about = ?", arguments: [office, about]) ?? false
    }

    private func alert(_ row: Row) throws -> AlertFile {
        let act = try AlertRaised(json: try json(row["act"]))
        let notes = try Row.fetchAll(
            database, sql: "SELECT * FROM disclosure_note WHERE alert = ? ORDER BY entry", arguments: [act.alert]
        ).map {
            AlertFile.Note(
                act: try AlertNoted(json: try json($0["act"])), person: $0["person"], entry: $0["entry"], at: Moment(milliseconds: $0["at"])
            )
        }
        let drafts = Set(notes.compactMap(\.act.draft))
        var (drafted, approved, released): (AlertFile.Proved?, AlertFile.Proved?, AlertFile.Proved?) = (nil, nil, nil)
        var statement: String?
        func earliest(_ known: AlertFile.Proved?, _ found: AlertFile.Proved?) -> AlertFile.Proved? {
            [known, found].compactMap { $0 }.min { $0.entry < $1.entry }
        }
        for draft in drafts.sorted() {
            // The draft's row keeps the newest version's time; the first note of it is when it was begun for this alert.
            drafted = earliest(
                drafted, notes.first { $0.act.draft == draft }.map { AlertFile.Proved(at: $0.at, entry: $0.entry) })
            approved = earliest(
                approved,
                try proved(
                    "SELECT entry, at FROM press_step WHERE draft = ? AND step = ? ORDER BY entry LIMIT 1", [draft, PressDraft.approval]))
            guard let row = try releasedStatement(of: draft) else { continue }
            released = earliest(released, AlertFile.Proved(at: Moment(milliseconds: row.at), entry: row.entry))
            statement = statement ?? row.statement
        }
        let queries = AlertQueries(database: database)
        let delivered = try statement.flatMap { try FediverseQueries(database: database).firstDelivery(of: $0) }
            .map { AlertFile.Proved(at: $0.at, entry: $0.entry) }
        return AlertFile(
            act: act, office: row["office"], entry: row["entry"], raised: Moment(milliseconds: row["raised"]), notes: notes,
            drafted: drafted, approved: approved, released: released, delivered: delivered, statement: statement,
            closing: try queries.closing(of: act.alert))
    }

    private func proved(_ sql: String, _ arguments: StatementArguments) throws -> AlertFile.Proved? {
        try Row.fetchOne(database, sql: sql, arguments: arguments).map {
            AlertFile.Proved(at: Moment(milliseconds: $0["at"]), entry: $0["entry"])
        }
    }

    private func releasedStatement(of draft: Int64) throws -> (statement: String, at: Int64, entry: Int64)? {
        try Row.fetchOne(
            database,
            sql: "SELECT statement, released, entry FROM press_statement WHERE json_extract(act, '$.draft') = ? ORDER BY version",
            arguments: [draft]
        ).map { ($0["statement"], $0["released"], $0["entry"]) }
    }
}
