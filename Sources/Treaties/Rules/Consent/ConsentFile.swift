public import Acts

/// What the rules of consent need to know beside the acts of participation: texts, powers, statements, what was ended.
public struct ConsentFile: Hashable, Sendable {
    /// An act without effect yet: done without authority, or a signature ad referendum.
    public struct Pending: Hashable, Sendable {
        public var entry: Int64
        public var participation: TreatyParticipation

        public init(entry: Int64, participation: TreatyParticipation) {
            self.entry = entry
            self.participation = participation
        }
    }

    public var file: TreatyFile
    /// Acts done without authority that nobody has confirmed (VCLT art. 8).
    public var unconfirmed: [Pending]
    /// Full powers and credentials of the actor concerned.
    public var fullPowers: [HeldFullPowers]
    /// The hash of the authenticated texts; `nil` where none were authenticated here.
    public var authenticatedText: String?
    public var statements: [StatementRecord]
    public var terminations: [TreatyTerminated]
    public var suspensions: [TreatySuspended]
    /// The treaty's life, to ask the law with; or what does not read of its clauses.
    public var life: Result<TreatyLife, MalformedAct>
    /// Since when other treaties of the register are in force, by their numbers.
    public var inForce: [String: CalendarDate]

    public init(
        file: TreatyFile, unconfirmed: [Pending] = [], fullPowers: [HeldFullPowers] = [], authenticatedText: String? = nil,
        statements: [StatementRecord] = [], terminations: [TreatyTerminated] = [], suspensions: [TreatySuspended] = [],
        life: Result<TreatyLife, MalformedAct> = .success(TreatyLife(clauses: FinalClauses())), inForce: [String: CalendarDate] = [:]
    ) {
        self.file = file
        self.unconfirmed = unconfirmed
        self.fullPowers = fullPowers
        self.authenticatedText = authenticatedText
        self.statements = statements
        self.terminations = terminations
        self.suspensions = suspensions
        self.life = life
        self.inForce = inForce
    }
}

/// A statement with what became of it.
public struct StatementRecord: Hashable, Sendable {
    public struct Change: Hashable, Sendable {
        public var entry: Int64
        public var changed: TreatyStatementChanged
        /// When the node knew.
        public var known: Moment

        public init(entry: Int64, changed: TreatyStatementChanged, known: Moment) {
            self.entry = entry
            self.changed = changed
            self.known = known
        }
    }

    public var entry: Int64
    public var made: TreatyStatementMade
    /// When the node knew.
    public var known: Moment
    /// In order.
    public var changes: [Change]
    /// Whether another State holds it to be a reservation, whatever it is called.
    public var heldToBeReservation: Bool

    public init(
        entry: Int64, made: TreatyStatementMade, known: Moment, changes: [Change] = [], heldToBeReservation: Bool = false
    ) {
        self.entry = entry
        self.made = made
        self.known = known
        self.changes = changes
        self.heldToBeReservation = heldToBeReservation
    }

    /// Struck out as entered by mistake.
    public var isStruck: Bool { changes.contains { $0.changed.change == .struckOut } }
    public var withdrawnOn: CalendarDate? { changes.first { $0.changed.change == .withdrawn }?.changed.date }
    public var isWithdrawn: Bool { withdrawnOn != nil }

    /// What it says now.
    public var text: (text: String, language: String) {
        let last = changes.last { $0.changed.text != nil }?.changed
        return (last?.text ?? made.text, last?.language ?? made.language)
    }

    public var provisions: [String] {
        changes.last { $0.changed.change == .partlyWithdrawn || $0.changed.change == .modified }?.changed.provisions ?? made.provisions
    }
}
