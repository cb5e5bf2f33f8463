public import Acts

/// How far a condition has come.
public struct Measure: Hashable, Sendable {
    /// Participants that count.
    public var count: Int
    /// Of how many, where the condition is a part of a class.
    public var whole: Int?
    /// The sum of their values, where the condition is a share of a table.
    public var value: ExactDecimal?
    public var total: ExactDecimal?

    public init(count: Int, whole: Int? = nil, value: ExactDecimal? = nil, total: ExactDecimal? = nil) {
        self.count = count
        self.whole = whole
        self.value = value
        self.total = total
    }

    /// The share reached in percent, to two decimals, rounded down. For display; decisions compare exactly.
    public var percent: ExactDecimal? {
        guard let value, let total else { return nil }
        return value.percent(of: total)
    }
}

/// How far a condition had come on a day; a picture's points.
public struct ProgressPoint: Hashable, Sendable {
    public let day: CalendarDate
    public let measure: Measure

    public init(day: CalendarDate, measure: Measure) {
        self.day = day
        self.measure = measure
    }
}
