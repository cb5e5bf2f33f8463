import Acts
import GRDB
import Synchronization

/// Deadlines of treaties, kept until an act is entered in the treaty's dossier or the day ends.
///
/// It owns nothing but memory, as `StandingCache` does.
final class DeadlineCache: Sendable {
    private struct Kept {
        var lastEntry: Int64
        var day: CalendarDate
        var deadlines: [TreatyDeadline]
    }

    private let kept = Mutex<[String: Kept]>([:])

    /// A treaty's deadlines, computed where they are not at hand.
    func deadlines(
        of listed: TreatyQueries.Listed, on day: CalendarDate, in queries: DeadlineQueries
    ) throws -> [TreatyDeadline] {
        let treaty = listed.opened.treaty
        let lastEntry = try queries.lastEntry(ofDossier: TreatyCommands.dossier(of: treaty)) ?? listed.lastEntry
        let found = kept.withLock { kept -> [TreatyDeadline]? in
            guard let known = kept[treaty], known.lastEntry == lastEntry, known.day == day else { return nil }
            return known.deadlines
        }
        if let found { return found }
        let deadlines = try queries.deadlines(of: treaty)
        kept.withLock { $0[treaty] = Kept(lastEntry: lastEntry, day: day, deadlines: deadlines) }
        return deadlines
    }
}

extension DeadlineQueries {
    /// The newest act of a dossier, of whatever kind.
    func lastEntry(ofDossier dossier: String) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT MAX(entry) FROM act WHERE dossier = ?"), arguments: [dossier])
    }
}
