/// A treaty's final clause on entry into force, as data.
///
/// The article text is law; this is its reading, approved by a lawyer and kept beside it. `docs/clauses.md` is the
/// reference of the language; `EntryIntoForceClause.read` decodes it.
public struct EntryIntoForceClause: Hashable, Sendable {
    /// `nil` where the treaty enters into force for each Party by itself (`perParty`).
    public var condition: ClauseCondition?
    public var delay: ClauseDelay
    public var notBefore: NotBefore?
    public var fixedDate: FixedDate?
    /// `nil` where the clause is silent: then on the day of consent (VCLT art. 24(3)).
    public var later: LaterJoinerRule?
    /// There is no common threshold: the treaty takes effect for each Party on its own (Rome Statute art. 121(5)).
    public var perParty: Bool
    /// Whether an instrument of a regional economic integration organization counts. It does unless the treaty excludes it.
    public var regionalOrganizationsCount: Bool
    /// Only instruments of States count (VCLTSIO art. 85).
    public var statesOnly: Bool
    /// Only participants of this class count towards any condition.
    public var whoCounts: ClassSelector?
    /// On entry into force it binds every member of this class, those that did not accept included (UN Charter art. 108).
    public var binds: ClassSelector?
    /// A treaty binding by silence does not bind one that objected in time.
    public var objectorsNotBound: Bool
    public var withdrawal: WithdrawalRule?

    public init(
        condition: ClauseCondition?, delay: ClauseDelay = .none, notBefore: NotBefore? = nil, fixedDate: FixedDate? = nil,
        later: LaterJoinerRule? = nil, perParty: Bool = false, regionalOrganizationsCount: Bool = true, statesOnly: Bool = false,
        whoCounts: ClassSelector? = nil, binds: ClassSelector? = nil, objectorsNotBound: Bool = true, withdrawal: WithdrawalRule? = nil
    ) {
        self.condition = condition
        self.delay = delay
        self.notBefore = notBefore
        self.fixedDate = fixedDate
        self.later = later
        self.perParty = perParty
        self.regionalOrganizationsCount = regionalOrganizationsCount
        self.statesOnly = statesOnly
        self.whoCounts = whoCounts
        self.binds = binds
        self.objectorsNotBound = objectorsNotBound
        self.withdrawal = withdrawal
    }

    /// No clause at all: all negotiating States must have consented (VCLT art. 24(2)); joiners on the day of consent (24(3)).
    public static func none(negotiatingStates: ClassSelector) -> EntryIntoForceClause {
        EntryIntoForceClause(condition: .fraction(.fraction(1, 1), .atLeast, of: negotiatingStates, size: nil))
    }
}
