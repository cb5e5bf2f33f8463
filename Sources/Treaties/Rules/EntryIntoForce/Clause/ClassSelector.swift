public import Acts

/// Which participants a condition is about.
public indirect enum ClassSelector: Hashable, Sendable {
    /// By name: a class that comes with the case, or one of the names the engine understands (see docs/clauses.md).
    case listed(String)
    /// Exactly these.
    case members([ParticipantID])
    case states
    case organizations
    /// Those who have signed. Ratification presupposes signature (VCLT arts. 2(1)(b) and 14), so who ratified has signed.
    case signatories
    /// Those the clause does not name elsewhere: "a majority of the other signatory States" (UN Charter art. 110(3)).
    case others
    /// Those for whom the table gives at least so much.
    case metric(String, atLeast: ExactDecimal)
    /// Membership as it stood on one day, or on the day each instrument was deposited.
    case on(Day, ClassSelector)
    case all([ClassSelector])
    case any([ClassSelector])
    case not(ClassSelector)

    public enum Day: Hashable, Sendable {
        case deposit
        case date(CalendarDate)
        /// The day of adoption, which the facts give: "two thirds of the Parties as at the time of adoption".
        case adoption
    }
}
