public import Acts

/// Who may sign, until when, and who may join (VCLT arts. 11 to 15).
public struct ParticipationClause: Hashable, Sendable {
    /// Who may sign; `nil` for all States.
    public var signatories: ClassSelector?
    /// Who may accede, or otherwise become a Party without having signed; `nil` for whoever may sign.
    public var joiners: ClassSelector?
    /// The first and the last day of signature.
    public var signatureFrom: CalendarDate?
    public var signatureUntil: CalendarDate?
    /// Accession is open only from the day after the closing for signature (UNCLOS art. 307, CISG art. 91(3)).
    public var accessionAfterSignature: Bool
    /// The forms of consent the treaty admits; empty where it admits any.
    public var consents: [ParticipationKind]
    public var article: String?

    public init(
        signatories: ClassSelector? = nil, joiners: ClassSelector? = nil, signatureFrom: CalendarDate? = nil,
        signatureUntil: CalendarDate? = nil, accessionAfterSignature: Bool = false, consents: [ParticipationKind] = [],
        article: String? = nil
    ) {
        self.signatories = signatories
        self.joiners = joiners
        self.signatureFrom = signatureFrom
        self.signatureUntil = signatureUntil
        self.accessionAfterSignature = accessionAfterSignature
        self.consents = consents
        self.article = article
    }
}
