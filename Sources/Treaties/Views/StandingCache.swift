import Acts
import Synchronization

/// Standings of today, kept until an act towards the treaty is entered or the day ends.
///
/// It owns nothing but memory: what it holds follows from the views, and a miss only costs the computation.
final class StandingCache: Sendable {
    private struct Kept {
        var lastEntry: Int64
        var standing: TreatyStanding
    }

    private let kept = Mutex<[String: Kept]>([:])

    /// The standing of a treaty on a day, computed where it is not at hand.
    func standing(
        of listed: TreatyQueries.Listed, on day: CalendarDate, in queries: TreatyQueries, rule: StandingRule
    ) throws -> TreatyStanding? {
        let treaty = listed.opened.treaty
        let found = kept.withLock { kept -> TreatyStanding? in
            guard let known = kept[treaty], known.lastEntry == listed.lastEntry, known.standing.asOf == day else { return nil }
            return known.standing
        }
        if let found { return found }
        guard let standing = try queries.standing(of: treaty, asOf: day, rule: rule) else { return nil }
        kept.withLock { $0[treaty] = Kept(lastEntry: listed.lastEntry, standing: standing) }
        return standing
    }
}
