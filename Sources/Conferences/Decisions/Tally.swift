public import Acts

/// The votes of a decision, counted, each with the votes its member has.
public struct Tally: Hashable, Sendable {
    public var yes: Int64
    public var no: Int64
    public var abstaining: Int64
    /// Votes that are entitled to be cast by whoever is in the room.
    public var present: Int64
    /// All votes of the body.
    public var members: Int64

    /// Without `present` and `members` as many as were cast.
    public init(yes: Int64, no: Int64, abstaining: Int64 = 0, present: Int64? = nil, members: Int64? = nil) {
        self.yes = yes
        self.no = no
        self.abstaining = abstaining
        self.present = present ?? yes + no + abstaining
        self.members = members ?? self.present
    }

    /// Votes of members present and voting: those for and those against.
    public var voting: Int64 { yes + no }
    public var cast: Int64 { yes + no + abstaining }
    /// Votes in the room that were not cast.
    public var notVoting: Int64 { max(0, present - cast) }

    public mutating func count(_ vote: ConferenceVote, votes: Int64 = 1) {
        switch vote {
        case .yes: yes += votes
        case .no: no += votes
        case .abstain: abstaining += votes
        }
    }
}
