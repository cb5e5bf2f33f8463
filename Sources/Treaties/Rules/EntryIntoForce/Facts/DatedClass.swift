public import Acts

/// A class of participants with the days of their membership: UN Members, Annex I, the Parties to another treaty.
public struct DatedClass: Hashable, Sendable {
    public struct Membership: Hashable, Sendable {
        public var member: ParticipantID
        /// The first day; `nil` for always.
        public var from: CalendarDate?
        /// The last day; `nil` while it lasts.
        public var until: CalendarDate?

        public init(_ member: ParticipantID, from: CalendarDate? = nil, until: CalendarDate? = nil) {
            self.member = member
            self.from = from
            self.until = until
        }
    }

    public var memberships: [Membership]
    /// How many members it has, where the list is not complete.
    public var size: Int?

    public init(_ memberships: [Membership], size: Int? = nil) {
        self.memberships = memberships
        self.size = size
    }

    public init(members: [ParticipantID]) {
        self.init(members.map { Membership($0) })
    }
}
