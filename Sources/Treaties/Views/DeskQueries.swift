import Acts
import GRDB

/// What waits in the register for somebody to act, whatever treaty it belongs to.
struct DeskQueries {
    let database: Database

    /// An act without effect until its State confirms it (VCLT art. 8).
    struct Unconfirmed: Sendable {
        var entry: Int64
        var participation: TreatyParticipation
    }

    func unconfirmed(limit: Int = 200) throws -> [Unconfirmed] {
        let queries = TreatyQueries(database: database)
        return try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT entry FROM treaty_act WHERE unconfirmed = 1 AND known_until IS NULL ORDER BY entry LIMIT ?"),
            arguments: [limit]
        ).compactMap { entry in
            try queries.act(entry).map { Unconfirmed(entry: entry, participation: $0.participation) }
        }
    }
}
