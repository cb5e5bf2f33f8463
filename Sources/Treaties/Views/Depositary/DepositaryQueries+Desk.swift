import Acts
import GRDB

extension DepositaryQueries {
    /// What the depositary owes the States and has not done yet (VCLT arts. 77 and 79).
    struct Awaiting: Sendable {
        /// Documents that came and whose form nobody has examined, oldest first.
        var unexamined: [Document]
        /// Treaties with acts of participation that were not notified, and how many each has.
        var unnotified: [(treaty: String, acts: Int64)]
        /// Corrections whose period for objections is over without one.
        var corrections: [CorrectionFile]
    }

    func awaiting(on today: CalendarDate, limit: Int = 100) throws -> Awaiting {
        let unexamined = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT entry FROM treaty_document
                    WHERE NOT EXISTS (SELECT 1 FROM treaty_examination WHERE document = treaty_document.entry) ORDER BY entry LIMIT ?
                    """), arguments: [limit]
        ).compactMap { try document($0) }
        let unnotified = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT t.treaty, COUNT(*) AS acts FROM treaty_act t JOIN act a ON a.entry = t.entry
                    WHERE t.known_until IS NULL AND a.author <> 'node'
                        AND NOT EXISTS (SELECT 1 FROM treaty_notified_act n WHERE n.act = t.entry)
                    GROUP BY t.treaty ORDER BY MAX(t.entry) DESC LIMIT ?
                    """), arguments: [limit]
        ).map { (treaty: $0["treaty"] as String, acts: $0["acts"] as Int64) }
        let corrections = try Int64.fetchAll(
            database.cachedStatement(sql: "SELECT entry FROM treaty_correction WHERE effected IS NULL ORDER BY entry"), arguments: []
        ).compactMap { try correction($0) }.filter { $0.stage(on: today) == .due }
        return Awaiting(unexamined: unexamined, unnotified: unnotified, corrections: Array(corrections.prefix(limit)))
    }
}
