import Acts
import GRDB

extension FediverseQueries {
    /// Which pairs of keys the office has, by the record.
    func keys(of office: String, at now: Moment) throws -> FediverseKeyRing {
        FediverseKeyRing(try rolls(of: office), at: now)
    }

    private func rolls(of office: String) throws -> [FediverseKeyRing.Roll] {
        try Row.fetchAll(database, sql: "SELECT * FROM fediverse_key WHERE office = ? ORDER BY entry", arguments: [office]).map { row in
            FediverseKeyRing.Roll(
                entry: row["entry"], key: row["key"], multikey: row["multikey"], at: Moment(milliseconds: row["at"]),
                overlapUntil: row["overlapUntil"])
        }
    }

    /// The office whose keys the entry rolled, and when.
    func roll(at entry: Int64) throws -> (office: String, at: Moment)? {
        try Row.fetchOne(database, sql: "SELECT office, at FROM fediverse_key WHERE entry = ?", arguments: [entry])
            .map { ($0["office"], Moment(milliseconds: $0["at"])) }
    }

    /// When a version of a statement was released, and its entry.
    func release(of statement: String, version: Int64) throws -> (entry: Int64, at: Moment)? {
        try Row.fetchOne(
            database, sql: "SELECT entry, at FROM fediverse_release WHERE statement = ? AND version = ? ORDER BY entry LIMIT 1",
            arguments: [statement, version]
        ).map { ($0["entry"], Moment(milliseconds: $0["at"])) }
    }

    /// The inboxes that a release went or goes to, each with its receipt.
    func receipts(ofRelease entry: Int64) throws -> [InboxReceipt] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT destination, outcome, at FROM fediverse_receipt WHERE entry = ?1
                UNION ALL SELECT DISTINCT f.destination, NULL, NULL FROM fediverse_release r JOIN fediverse_follower f ON f.office = r.office
                WHERE r.entry = ?1 AND f.entry < r.entry AND \(Self.isNotSuspended)
                    AND NOT EXISTS (SELECT 1 FROM fediverse_receipt t WHERE t.entry = ?1 AND t.destination = f.destination)
                ORDER BY 1
                """, arguments: [entry]
        ).map { row in
            InboxReceipt(
                destination: row["destination"], outcome: (row["outcome"] as String?).flatMap(FediverseDelivered.Outcome.init),
                at: (row["at"] as Int64?).map(Moment.init(milliseconds:)))
        }
    }

    /// When the first server confirmed that it took the statement, and the act that says so; `nil`: none has.
    func firstDelivery(of statement: String) throws -> (at: Moment, entry: Int64)? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT t.at AS at, t.said AS said FROM fediverse_release r JOIN fediverse_receipt t ON t.entry = r.entry
                WHERE r.statement = ? AND t.outcome = 'delivered' ORDER BY t.at, t.said LIMIT 1
                """, arguments: [statement]
        ).map { (Moment(milliseconds: $0["at"]), $0["said"]) }
    }

    /// The newest releases, by entry.
    func releases(since: Moment, limit: Int) throws -> [Int64] {
        try Int64.fetchAll(
            database, sql: "SELECT entry FROM fediverse_release WHERE at >= ? ORDER BY entry DESC LIMIT ?",
            arguments: [since.milliseconds, limit])
    }

    /// How many followers there are behind each server, by host and port.
    func followersByServer() throws -> [String: Int] {
        let rows = try Row.fetchAll(database, sql: "SELECT authority, count(*) AS count FROM fediverse_follower GROUP BY authority")
        return Dictionary(rows.map { ($0["authority"] as String, $0["count"] as Int) }, uniquingKeysWith: +)
    }
}
