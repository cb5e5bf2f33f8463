/// How a treaty is amended, and whom an amendment binds (VCLT arts. 39 to 41).
public struct AmendmentClause: Hashable, Sendable {
    /// An amendment that comes into force by silence, for all but those that reject it in time: IHR (2005) art. 59, IMO's
    /// tacit acceptance.
    public struct TacitAcceptance: Hashable, Sendable {
        /// How long a rejection or reservation is in time, from the notification.
        public var rejection: ClauseDelay
        /// When the amendment enters into force, from the notification.
        public var effect: ClauseDelay

        public init(rejection: ClauseDelay, effect: ClauseDelay) {
            self.rejection = rejection
            self.effect = effect
        }
    }

    /// The majority that adopts it, where the treaty says.
    public struct Majority: Hashable, Sendable {
        public var proportion: Proportion
        public var comparison: ThresholdComparison
        /// "present and voting", "all Parties".
        public var of: String

        public init(_ proportion: Proportion, _ comparison: ThresholdComparison = .atLeast, of: String) {
            self.proportion = proportion
            self.comparison = comparison
            self.of = of
        }
    }

    public var adoption: Majority?
    /// The condition of entry into force, in the language of docs/clauses.md; the class `Parties` is those of the treaty.
    /// Whom it binds is `binds` there: those that accepted, unless all.
    public var entryIntoForce: EntryIntoForceClause?
    public var tacit: TacitAcceptance?
    /// Who joins after its entry into force joins the amended treaty, failing another intention (VCLT art. 40(5)).
    public var newcomersJoinAmended: Bool
    public var article: String?

    public init(
        adoption: Majority? = nil, entryIntoForce: EntryIntoForceClause? = nil, tacit: TacitAcceptance? = nil,
        newcomersJoinAmended: Bool = true, article: String? = nil
    ) {
        self.adoption = adoption
        self.entryIntoForce = entryIntoForce
        self.tacit = tacit
        self.newcomersJoinAmended = newcomersJoinAmended
        self.article = article
    }
}
