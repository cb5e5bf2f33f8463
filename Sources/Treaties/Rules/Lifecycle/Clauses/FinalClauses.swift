/// The final clauses of an instrument as data: who may sign and join, what reservations are open, how it is amended, left,
/// corrected, applied to territories and registered.
///
/// The article text is law; this is its reading, kept beside it. Where the treaty is silent, so is the data, and the general
/// law of treaties answers (VCLT 1969). `docs/lifecycle.md` is the reference of the language; `FinalClauses.read` decodes it.
public struct FinalClauses: Hashable, Sendable {
    /// When it enters into force (docs/clauses.md); `nil` where that is kept elsewhere, or the treaty says nothing.
    public var entryIntoForce: EntryIntoForceClause?
    public var participation: ParticipationClause
    public var reservations: ReservationClause
    public var declarations: DeclarationClause
    public var withdrawal: ExitClause
    /// `nil` where the treaty is silent: VCLT arts. 39 and 40, each amending agreement with its own final clauses.
    public var amendments: AmendmentClause?
    public var provisionalApplication: ProvisionalApplicationClause
    public var territory: TerritorialClause
    public var corrections: CorrectionClause
    public var depositary: DepositaryClause
    public var registration: RegistrationClause

    public init(
        entryIntoForce: EntryIntoForceClause? = nil, participation: ParticipationClause = ParticipationClause(),
        reservations: ReservationClause = ReservationClause(), declarations: DeclarationClause = DeclarationClause(),
        withdrawal: ExitClause = ExitClause(), amendments: AmendmentClause? = nil,
        provisionalApplication: ProvisionalApplicationClause = ProvisionalApplicationClause(),
        territory: TerritorialClause = TerritorialClause(), corrections: CorrectionClause = CorrectionClause(),
        depositary: DepositaryClause = DepositaryClause(), registration: RegistrationClause = RegistrationClause()
    ) {
        self.entryIntoForce = entryIntoForce
        self.participation = participation
        self.reservations = reservations
        self.declarations = declarations
        self.withdrawal = withdrawal
        self.amendments = amendments
        self.provisionalApplication = provisionalApplication
        self.territory = territory
        self.corrections = corrections
        self.depositary = depositary
        self.registration = registration
    }
}
