import Acts
import GRDB
import Record
import Synchronization

/// Deadlines of treaties, kept until an act is entered in the treaty's dossier or the day ends.
///
/// It owns nothing but memory, as `StandingCache` does.
final class DeadlineCache: Sendable {
    private struct Kept {
        /// The record's newest entry when they were last seen to hold.
        var upTo: Int64
        var day: CalendarDate
        var deadlines: [TreatyDeadline]
    }

    private let kept = Mutex<[String: Kept]>([:])

    /// A treaty's deadlines, computed where they are not at hand.
    func deadlines(
        of listed: TreatyQueries.Listed, on day: CalendarDate, in queries: DeadlineQueries
    ) throws -> [TreatyDeadline] {
        let treaty = listed.opened.treaty
        let newest = try queries.newestEntry()
        if let known = kept.withLock({ $0[treaty] }), known.day == day, known.upTo <= newest {
            if known.upTo == newest { return known.deadlines }
            if try !queries.hasEntry(ofDossier: TreatyCommands.dossier(of: treaty), after: known.upTo, newest: newest) {
                kept.withLock { $0[treaty]?.upTo = newest }
                return known.deadlines
            }
        }
        let deadlines = try queries.deadlines(of: treaty)
        kept.withLock { $0[treaty] = Kept(upTo: newest, day: day, deadlines: deadlines) }
        return deadlines
    }
}

extension DeadlineQueries {
    func newestEntry() throws -> Int64 {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT MAX(entry) FROM act")) ?? -1
    }

    /// Whether anything was entered in a dossier after an entry. The few newest acts are gone through; of many, the index is asked.
    func hasEntry(ofDossier dossier: String, after entry: Int64, newest: Int64) throws -> Bool {
        let table = newest - entry > ActsView.chunk ? "act_of_dossier" : "act"
        return try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT entry FROM \(table) WHERE dossier = ? AND entry > ? LIMIT 1"),
            arguments: [dossier, entry]) != nil
    }
}
