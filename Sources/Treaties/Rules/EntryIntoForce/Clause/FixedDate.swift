public import Acts

/// A day named in the treaty, provided the condition is met by then; failing that, another rule.
public struct FixedDate: Hashable, Sendable {
    public var date: CalendarDate
    /// The delay after the day the condition is met, where the fixed date was missed.
    public var otherwise: ClauseDelay?

    public init(_ date: CalendarDate, otherwise: ClauseDelay? = nil) {
        self.date = date
        self.otherwise = otherwise
    }
}
