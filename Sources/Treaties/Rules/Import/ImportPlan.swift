public import Acts

/// What a table would become, row by row, before anything is entered.
public struct ImportPlan: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        /// Its acts, or those of them that are new, would be entered.
        case accepted
        /// All of it is in the register already.
        case known
        /// It holds no day of any act.
        case empty
        case refused(Refusal)
    }

    public struct Row: Hashable, Sendable {
        public let line: Int
        public let cells: [String]
        public internal(set) var actor: ActorCode?
        /// Those a name that nobody bears may have meant, best first.
        public internal(set) var suggestions: [ActorCode] = []
        /// What the row says, as acts; those known already included.
        public internal(set) var acts: [TreatyParticipation] = []
        /// Those of them that are not in the register yet.
        public internal(set) var newActs: [TreatyParticipation] = []
        public internal(set) var outcome: Outcome
        /// The day on which the table says the treaty took effect for the actor, and the day the clause gives, where they differ.
        public internal(set) var effectDiffers: EffectDifference?
    }

    public struct EffectDifference: Hashable, Sendable {
        public let stated: CalendarDate
        /// `nil` where the clause gives no day.
        public let computed: CalendarDate?
    }

    /// In the order of the table.
    public let rows: [Row]

    /// The new acts of the rows accepted, in the order they are to be entered: by day, then by line.
    public var acts: [TreatyParticipation] {
        rows.filter { $0.outcome == .accepted }.flatMap { row in row.newActs.map { (row.line, $0) } }
            .sorted { ($0.1.date, $0.0) < ($1.1.date, $1.0) }.map(\.1)
    }

    public func count(_ outcome: Outcome) -> Int { rows.count { $0.outcome == outcome } }

    public var refused: [(row: Row, refusal: Refusal)] {
        rows.compactMap { row in
            if case .refused(let refusal) = row.outcome { (row, refusal) } else { nil }
        }
    }
}
