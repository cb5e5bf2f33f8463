public import Acts

/// What the register holds of one treaty, as plain values for the rules.
public struct TreatyFile: Hashable, Sendable {
    /// One act of participation that stands: not struck out by a later correction.
    public struct Line: Hashable, Sendable {
        /// The entry that holds it.
        public var entry: Int64
        public var participation: TreatyParticipation

        public init(entry: Int64, participation: TreatyParticipation) {
            self.entry = entry
            self.participation = participation
        }
    }

    public var opened: TreatyOpened
    /// By date, then entry.
    public var lines: [Line]
    /// The newest date proposed by the engine, and the newest confirmed by an officer.
    public var proposed: CalendarDate?
    public var confirmed: CalendarDate?

    public init(opened: TreatyOpened, lines: [Line], proposed: CalendarDate? = nil, confirmed: CalendarDate? = nil) {
        self.opened = opened
        self.lines = lines
        self.proposed = proposed
        self.confirmed = confirmed
    }

    /// What an actor did, in order.
    func acts(of actor: ActorCode) -> [TreatyParticipation] {
        lines.map(\.participation).filter { $0.actor == actor }
    }
}
