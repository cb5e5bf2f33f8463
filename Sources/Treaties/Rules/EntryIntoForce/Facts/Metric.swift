public import Acts

/// A table of values per participant: emissions, gross tonnage, assessed contributions.
///
/// A frozen table has one edition; one that is published anew (the world fleet) has several, each in use from its day on.
public struct Metric: Hashable, Sendable {
    public struct Edition: Hashable, Sendable {
        /// The first day this edition is the one to use; `nil` for the first.
        public var from: CalendarDate?
        /// The day the values describe.
        public var referenceDate: CalendarDate?
        public var values: [ParticipantID: ExactDecimal]
        /// The whole of which shares are taken; where `nil`, the sum of the values.
        public var total: ExactDecimal?

        public init(
            from: CalendarDate? = nil, referenceDate: CalendarDate? = nil, values: [ParticipantID: ExactDecimal], total: ExactDecimal? = nil
        ) {
            self.from = from
            self.referenceDate = referenceDate
            self.values = values
            self.total = total
        }
    }

    /// Such as `kt CO2`, `GT` or `percent`.
    public var unit: String?
    public var publisher: String?
    /// In the order of their first days.
    public var editions: [Edition]

    public init(unit: String? = nil, publisher: String? = nil, editions: [Edition]) {
        self.unit = unit
        self.publisher = publisher
        self.editions = editions
    }
}
