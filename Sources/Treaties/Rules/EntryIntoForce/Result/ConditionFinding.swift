public import Acts

/// What was found about one condition of the clause; the tree of findings mirrors the tree of conditions.
public struct ConditionFinding: Hashable, Sendable {
    public let condition: ClauseCondition
    public let requirement: Requirement
    /// How far it had come on the day in question.
    public let reached: Measure
    /// The first day of the run on which it counted, or still counts; `nil` where it does not hold.
    public let since: CalendarDate?
    /// How far it had come on that day.
    public let reachedThen: Measure?
    /// Those whose acts of that day tipped it. Several on one day are normal: none of them alone brought it about.
    public let tippedBy: [Participant]
    /// What is missing; empty where it holds.
    public let missing: [Shortfall]
    /// Its course, day by day of change, up to the day in question. Empty for conditions made of others.
    public let progress: [ProgressPoint]
    public let parts: [ConditionFinding]
}
