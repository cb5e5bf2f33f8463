import Acts
import GRDB
import Record

/// Reads who is sent statements by mail. Addresses leave it for the mail server and for an administrator's question, and for nothing else.
struct MailingQueries {
    let database: Database

    private func read(_ row: Row) -> MailRequest {
        MailRequest(
            entry: row["entry"], subscriber: row["subscriber"], address: row["address"],
            languages: (row["languages"] as String).split(separator: " ").map(String.init),
            offices: (row["offices"] as String).split(separator: " ").map(String.init), asked: Moment(milliseconds: row["asked"]),
            confirmed: row["confirmed"], isWritten: (row["written"] as Int64?) != nil, isEnded: (row["ended"] as Int64) == 1)
    }

    func request(_ entry: Int64) throws -> MailRequest? {
        try Row.fetchOne(database, sql: "SELECT * FROM mailing_request WHERE entry = ?", arguments: [entry]).map(read)
    }

    /// The subscriber who reads an address, where there is one that has not ended.
    func subscriber(reading address: String) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT subscriber FROM mailing_request WHERE folded = ? AND ended = 0 ORDER BY entry LIMIT 1",
            arguments: [MailingView.folded(address)])
    }

    /// What holds for a subscriber; `nil`: nothing is sent there.
    func subscriber(_ subscriber: String) throws -> MailSubscriber? {
        try Row.fetchOne(database, sql: "\(Self.current) AND r.subscriber = ?", arguments: [subscriber])
            .map { MailSubscriber(request: read($0), upTo: $0["upTo"]) }
    }

    func isOpen(_ subscriber: String) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM mailing_request WHERE subscriber = ? AND ended = 0)", arguments: [subscriber])
            ?? false
    }

    private static let current = """
        SELECT r.*, m.upTo AS upTo FROM mailing_request r JOIN mailing_reach m USING (subscriber)
        WHERE r.ended = 0 AND r.confirmed = (SELECT max(n.confirmed) FROM mailing_request n WHERE n.subscriber = r.subscriber)
        """

    /// Everybody statements are sent to, who was sent to least far first.
    func subscribers() throws -> [MailSubscriber] {
        try Row.fetchAll(database, sql: "\(Self.current) ORDER BY m.upTo, r.subscriber")
            .map { MailSubscriber(request: read($0), upTo: $0["upTo"]) }
    }

    /// How many wait to be confirmed.
    func waiting() throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT count(*) FROM mailing_request WHERE confirmed IS NULL AND ended = 0") ?? 0
    }

    /// What is to be written to once: asked since a moment, and to addresses that were not written to often today.
    func unwritten(since: Moment, now: Moment, limit: Int) throws -> [MailRequest] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM mailing_request r WHERE written IS NULL AND confirmed IS NULL AND ended = 0 AND asked > ?1
                    AND (SELECT count(*) FROM mailing_request n WHERE n.folded = r.folded AND n.written > ?2) < ?3
                ORDER BY entry LIMIT ?4
                """,
            arguments: [since.milliseconds, now.milliseconds - MailingCommands.day, MailingCommands.mostWritten, limit]
        ).map(read)
    }

    /// The entries whose payloads are to be forgotten: of what ended, and of what was not confirmed in time.
    func forgettable(before: Moment, limit: Int) throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: "SELECT entry FROM mailing_request WHERE ended = 1 OR (confirmed IS NULL AND asked <= ?) ORDER BY entry LIMIT ?",
            arguments: [before.milliseconds, limit])
    }

    /// How many are sent statements with a language first.
    func countByLanguage() throws -> [(language: String, count: Int64)] {
        var counts: [String: Int64] = [:]
        for subscriber in try subscribers() { counts[subscriber.request.languages.first ?? "en", default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    // MARK: What there is to tell

    /// Releases and withdrawals after an entry, in the record's order.
    func news(after entry: Int64, limit: Int = 1_000) throws -> [StatementNews] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT entry, statement, version, office, released AS at FROM press_statement WHERE entry > ?1
                UNION ALL
                SELECT w.entry, w.statement, NULL, s.office, w.at FROM press_withdrawal w
                    JOIN press_statement s ON s.statement = w.statement AND s.version = 1 WHERE w.entry > ?1
                ORDER BY 1 LIMIT ?2
                """, arguments: [entry, limit]
        ).map {
            StatementNews(
                entry: $0["entry"], statement: $0["statement"], version: $0["version"], office: $0["office"],
                at: Moment(milliseconds: $0["at"]))
        }
    }
}
