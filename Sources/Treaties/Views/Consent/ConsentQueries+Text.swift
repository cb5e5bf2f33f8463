import Acts
import GRDB

extension ConsentQueries {
    /// The hash of the authenticated texts of a treaty, all languages together; `nil` where none were authenticated here.
    func authenticatedText(of treaty: String) throws -> String? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT text FROM treaty_authentic WHERE treaty = ? ORDER BY entry DESC LIMIT 1"),
            arguments: [treaty])
    }

    /// The day the depositary told the States concerned of each entry, where a notification of it was issued (VCLT art. 78(c)).
    func notified(of treaty: String, knownAt moment: Moment? = nil) throws -> [Int64: CalendarDate] {
        try DepositaryQueries(database: database).notified(of: treaty, knownAt: moment)
    }
}
