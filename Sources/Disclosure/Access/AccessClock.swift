public import Acts

/// Counts the periods of one law of access on one working calendar.
public struct AccessClock: Sendable {
    public let regime: AccessRegime
    public let calendar: WorkingCalendar

    public init(regime: AccessRegime, calendar: WorkingCalendar) {
        self.regime = regime
        self.calendar = calendar
    }

    /// What has happened to a request, in the order of the days.
    public struct History: Hashable, Sendable {
        public var received: CalendarDate
        public var registered: CalendarDate?
        /// From the day the requester was asked to the day the answer came; `nil` while it has not.
        public var clarifications: [Clarification]
        /// The day on which the requester was told that the answer takes longer.
        public var extended: CalendarDate?
        public var answered: CalendarDate?
        /// The confirmatory application or appeal.
        public var appealed: CalendarDate?
        public var appealExtended: CalendarDate?
        public var appealAnswered: CalendarDate?

        public struct Clarification: Hashable, Sendable {
            public var asked: CalendarDate
            public var given: CalendarDate?
            public init(asked: CalendarDate, given: CalendarDate? = nil) {
                self.asked = asked
                self.given = given
            }
        }

        public init(received: CalendarDate, registered: CalendarDate? = nil) {
            self.received = received
            self.registered = registered
            clarifications = []
        }
    }

    /// Where a request stands on a day.
    public enum State: Hashable, Sendable {
        /// Received, and the clock counts from registration, which has not been.
        case unregistered
        /// The requester was asked what is meant; the clock stands still.
        case paused(since: CalendarDate)
        /// The answer is due on that day; negative working days left are days late.
        case running(due: CalendarDate, workingDaysLeft: Int)
        case answered(on: CalendarDate, late: Bool)
        /// Answered, and the requester may still appeal until that day.
        case appealOpen(until: CalendarDate)
        case appealRunning(due: CalendarDate, workingDaysLeft: Int)
        case appealAnswered(on: CalendarDate, late: Bool)
    }

    /// The day on which the first answer is due; `nil` where the clock has not started or stands still.
    public func due(_ history: History) -> CalendarDate? {
        let start: CalendarDate
        switch regime.start {
        case .receipt: start = history.received
        case .registration:
            guard let registered = history.registered else { return nil }
            start = registered
        }
        var period = regime.answer.days
        if history.extended != nil, let more = regime.extension { period += more.days }
        guard regime.pausesForClarification else { return end(start, days: period, unit: regime.answer.unit) }
        // Days used up before each question count; days of waiting do not.
        var from = start
        var used = 0
        for clarification in history.clarifications.sorted(by: { $0.asked < $1.asked }) where clarification.asked >= from {
            used += calendar.workingDays(after: from, through: clarification.asked)
            guard let given = clarification.given else { return nil }
            from = given
        }
        return end(from, days: max(0, period - used), unit: regime.answer.unit)
    }

    /// Until when the requester may appeal.
    public func appealUntil(_ history: History) -> CalendarDate? {
        guard let answered = history.answered, let period = regime.appealWithin else { return nil }
        return end(answered, days: period.days, unit: period.unit)
    }

    /// The day on which the answer to the appeal is due.
    public func appealDue(_ history: History) -> CalendarDate? {
        guard let appealed = history.appealed, let period = regime.appealAnswer else { return nil }
        let more = history.appealExtended == nil ? 0 : regime.appealExtension?.days ?? 0
        return end(appealed, days: period.days + more, unit: period.unit)
    }

    /// Where the request stands.
    public func state(of history: History, on day: CalendarDate) -> State {
        if let answered = history.appealAnswered {
            return .appealAnswered(on: answered, late: appealDue(history).map { answered > $0 } ?? false)
        }
        if history.appealed != nil, let due = appealDue(history) {
            return .appealRunning(due: due, workingDaysLeft: calendar.workingDays(after: day, through: due))
        }
        if let answered = history.answered {
            if let until = appealUntil(history), day <= until { return .appealOpen(until: until) }
            return .answered(on: answered, late: due(history).map { answered > $0 } ?? false)
        }
        if let asked = history.clarifications.first(where: { $0.given == nil })?.asked, regime.pausesForClarification {
            return .paused(since: asked)
        }
        guard let due = due(history) else { return .unregistered }
        return .running(due: due, workingDaysLeft: calendar.workingDays(after: day, through: due))
    }

    private func end(_ start: CalendarDate, days: Int, unit: AccessRegime.Period.Unit) -> CalendarDate {
        switch unit {
        case .working: calendar.day(days, workingDaysAfter: start)
        case .calendar: start.adding(days: days)
        }
    }
}
