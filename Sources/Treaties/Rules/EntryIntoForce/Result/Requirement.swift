public import Acts

/// What one condition of a clause asks for, with its numbers worked out.
public enum Requirement: Hashable, Sendable {
    case instruments(Int, of: ClassSelector?)
    /// A part of a class; `needed` of `whole` on the day in question.
    case part(Proportion, ThresholdComparison, of: ClassSelector, needed: Int, whole: Int)
    case share(Proportion, ThresholdComparison, metric: String, of: ClassSelector?)
    case named([Participant])
    case allSignatories(Int)
    case exchange([Participant])
    case treatyInForce(String)
    case silence(until: CalendarDate)
    case all
    case any
    case not
    case delayed(ClauseDelay)
}

/// What is still missing.
public indirect enum Shortfall: Hashable, Sendable {
    /// So many more instruments, of the class where one is named.
    case instruments(Int, of: ClassSelector?)
    /// So many percentage points more of what the table measures, rounded up to two decimals.
    case share(ExactDecimal, metric: String, of: ClassSelector?)
    /// These in particular.
    case named([Participant])
    case signatories(Int, named: [Participant])
    case exchange([Participant])
    case treaty(String)
    /// The period of silence is running.
    case silence(until: CalendarDate)
    /// The silence was broken; nothing further can make up for it.
    case silenceBroken(by: [Participant])
    /// A condition holds that must not.
    case mustCease(ClauseCondition)
    /// One of these groups.
    case oneOf([[Shortfall]])
}
