public import Acts

/// When a treaty enters into force, or what it lacks: a proposal with its reasons, for a depositary officer to confirm.
///
/// The depositary's declared date is authoritative (VCLT art. 77(1)(f)); this is the arithmetic behind it.
public struct EntryIntoForce: Hashable, Sendable {
    /// Why a depositary should look twice before confirming.
    public enum Doubt: Hashable, Sendable {
        /// A month had no such day; treaties are silent on what then counts.
        case shorterMonth(CalendarDate)
        /// A withdrawal took effect on the decisive day itself.
        case withdrawalOnDecisiveDay([Participant])
        /// The clause names a class whose members are not given; every instrument was counted against its fixed number.
        case classTakenForEveryone(ClassSelector)
        /// No signatures are given; who ratified, accepted or approved was taken to have signed.
        case signaturesInferred
    }

    /// The clause that was applied.
    public let clause: EntryIntoForceClause
    /// Acts after this day were left out.
    public let asOf: CalendarDate
    /// The day of entry into force, which may lie after `asOf`; `nil` while the condition is not met. For a treaty that takes
    /// effect for each Party on its own, the first such day.
    public let date: CalendarDate?
    /// The day on which the condition came to be met; the delay counts from it.
    public let decisiveDay: CalendarDate?
    /// All instruments of the decisive day that brought it about. May be empty: a parent treaty can be decisive.
    public let decisiveActs: [ParticipationAct]
    /// Every act given, in the order of days, with its verdict.
    public let considered: [ConsideredAct]
    /// The findings on the clause's condition; `nil` where it has none (`perParty`).
    public let finding: ConditionFinding?
    public let steps: [ArithmeticStep]
    /// What is still missing; empty once the condition is met.
    public let missing: [Shortfall]
    public let doubts: [Doubt]
    /// The last day on which an instrument still takes effect with the general date.
    public let lastDayOfOriginalParties: CalendarDate?

    /// Whether the treaty is in force on the day in question.
    public var isInForce: Bool { date.map { $0 <= asOf } ?? false }

    /// The instruments that counted.
    public var counted: [ParticipationAct] { considered.filter(\.counted).map(\.act) }

    /// The rules this rests on. The treaty's own article is the caller's to add.
    public var citations: [String] {
        var rules = ["VCLT art. 24(1)"]
        if clause.condition == nil { rules.append("VCLT art. 24(3)") }
        if considered.contains(where: { $0.verdict == .notCounted(.signatureOnly) }) { rules.append("VCLT art. 14") }
        if considered.contains(where: { $0.verdict == .notCounted(.provisionalApplication) }) { rules.append("VCLT art. 25") }
        rules.append("VCLT art. 77(1)(f)")
        return rules
    }
}
