public import Acts

/// One step of the arithmetic, to be shown in words: the catalogue of a language renders the case, `english` is the fallback.
public enum ArithmeticStep: Hashable, Sendable {
    /// A condition came to hold; `tippedBy` those whose acts of that day did it.
    case met(Requirement, on: CalendarDate, Measure, tippedBy: [Participant])
    case notMet(Requirement, Measure)
    /// Several conditions: the latest of their days counts.
    case latest(CalendarDate)
    /// Alternatives: the earliest of their days counts.
    case earliest(CalendarDate)
    /// The day from which the delay is counted; it is day 0.
    case decisiveDay(CalendarDate)
    case fixedDateMet(CalendarDate)
    case fixedDateMissed(CalendarDate)
    /// `clamped`: the month has no such day, its last one was taken, and the depositary has to confirm.
    case delay(ClauseDelay, from: CalendarDate, to: CalendarDate, clamped: Bool)
    /// The treaty may not enter into force before `earliest`; `postponed` says whether that mattered.
    case notBefore(CalendarDate, postponed: Bool)
    case perParty
    case entersIntoForce(CalendarDate)
    case notYet
}
