public import Acts

/// All that a notification is made from, as plain values.
public struct NotificationFacts: Hashable, Sendable {
    /// An earlier notification that this one names.
    public struct Earlier: Hashable, Sendable {
        public var number: String
        public var date: CalendarDate?
        public var relation: TreatyNotificationIssued.Relation
        public var entry: Int64?

        public init(number: String, date: CalendarDate? = nil, relation: TreatyNotificationIssued.Relation, entry: Int64? = nil) {
            self.number = number
            self.date = date
            self.relation = relation
            self.entry = entry
        }
    }

    public var subject: NotificationKind
    public var opened: TreatyOpened
    /// Whose act it is, with its names by language tag on the day of the act.
    public var actor: ActorCode?
    public var actorNames: [String: String] = [:]
    /// What was done, where the subject is an act of participation.
    public var action: ParticipationKind?
    /// The day it was effected.
    public var effected: CalendarDate?
    /// The day a withdrawal takes effect, or the date of a succession of States.
    public var takesEffect: CalendarDate?
    /// The day the treaty takes effect for the actor.
    public var inForceForActor: CalendarDate?
    /// The day the treaty enters or entered into force.
    public var inForce: CalendarDate?
    /// The article on entry into force, in a line.
    public var article: String?
    /// Changes of a correction.
    public var correction: TreatyCorrectionProposed?
    /// The number of the procès-verbal of a correction.
    public var procesVerbal: String?
    /// The entries it rests on.
    public var acts: [Int64] = []
    public var earlier: Earlier?
    /// Further paragraphs by the officer, by language tag.
    public var further: [String: [String]] = [:]
    public var quotations: [TreatyNotificationIssued.Quotation] = []
    public var addressees: [TreatyNotificationIssued.Addressee] = []

    public init(subject: NotificationKind, opened: TreatyOpened) {
        self.subject = subject
        self.opened = opened
    }
}
