public import Acts

/// One treaty of a replay file: a clause, the acts towards it, and the date that is known.
public struct ReplayCase: Hashable, Sendable {
    /// What the file says should come out.
    public struct Expectation: Hashable, Sendable {
        /// `nil` for not in force.
        public var entryIntoForce: CalendarDate?
        /// The decisive day, where the file names it.
        public var decisiveDay: CalendarDate?
        /// The day of effect per participant, where the file names it; `nil` inside for none.
        public var participants: [Dated]

        public struct Dated: Hashable, Sendable {
            public var participant: Participant
            public var date: CalendarDate?
        }
    }

    /// Where it stands in the file: `cases[3]`.
    public let place: String
    public let treaty: String
    /// A short name by which other cases can refer to it.
    public let id: String?
    public let article: String?
    public let clause: EntryIntoForceClause
    public let asOf: CalendarDate
    public let acts: [ParticipationAct]
    public let context: ClauseContext
    public let expected: Expectation
    public let source: String?
    public let confidence: String?
    /// Places of members that were not understood and make no difference.
    public let ignored: [String]
}
