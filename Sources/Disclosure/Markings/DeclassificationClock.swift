public import Acts

/// When a marking ends, and what still has to happen first.
public enum DeclassificationClock {
    public enum State: Hashable, Sendable {
        /// It was never a classification, or the lowest level: nothing has to end.
        case open
        /// It ends on that day, which has not come.
        case opens(CalendarDate)
        /// The day has come, or the event has happened: it may be opened now, and is not before an authority records it.
        case due(since: CalendarDate)
        /// An event has to happen.
        case awaitsEvent(String)
        /// These have to agree.
        case awaitsAgreement([String])
        /// Neither date, event nor age is given.
        case noEnd
    }

    /// How a label stands on a day.
    ///
    /// - Parameters:
    ///   - happened: events that an authority has recorded, with their days.
    ///   - agreed: originators whose agreement is on record.
    public static func state(
        of label: SecurityLabel, on day: CalendarDate, happened: [String: CalendarDate] = [:], agreed: [String: CalendarDate] = [:],
        under policies: MarkingPolicies
    ) throws(MarkingFault) -> State {
        let policy = try policies.policy(label.policy)
        if try policies.level(of: label).rank == 0 { return .open }
        let silent = label.foreignOriginators.filter { agreed[$0] == nil }
        if !silent.isEmpty { return .awaitsAgreement(silent) }
        let latestAgreement = label.foreignOriginators.compactMap { agreed[$0] }.max()
        let ends: CalendarDate
        switch label.declassification {
        case .on(let date): ends = date
        case .event(let event):
            guard let date = happened[event] else { return .awaitsEvent(event) }
            ends = date
        case .originatorAgrees:
            guard let date = agreed[label.originator] else { return .awaitsAgreement([label.originator]) }
            ends = date
        case nil:
            guard let years = policy.openAfterYears else { return .noEnd }
            ends = label.created.adding(months: 12 * years).date
        }
        let when = max(ends, latestAgreement ?? ends)
        return day >= when ? .due(since: when) : .opens(when)
    }

    /// Whether the label's review day has come.
    public static func reviewIsDue(_ label: SecurityLabel, on day: CalendarDate) -> Bool {
        label.review.map { day >= $0 } ?? false
    }
}
