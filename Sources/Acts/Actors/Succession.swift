/// That one actor came after another, and how. Dates are those the United Nations' depositary lists give.
///
/// A succession says who followed whom; which treaties passed on is said by the instruments of the successor, not by this.
public struct Succession: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// The predecessor ceased to exist and this is one of the States that took its place: Czechoslovakia, 1993.
        case dissolution
        /// The predecessor joined, alone or with others, in the successor: Yemen, 1990.
        case unification
        /// The successor left the predecessor, which went on: South Sudan, 2011.
        case separation
        /// The same State went on under another name and code: the Soviet Union and the Russian Federation, 1991.
        case continuity
        /// The same State came to be represented by another Government: China, 1971.
        case representation
    }

    public let predecessor: ActorCode
    public let successor: ActorCode
    /// The first day of the successor in that place.
    public let date: CalendarDate
    public let kind: Kind

    public init(predecessor: ActorCode, successor: ActorCode, date: CalendarDate, kind: Kind) {
        self.predecessor = predecessor
        self.successor = successor
        self.date = date
        self.kind = kind
    }
}
