/// What a person may be authorized to do towards a treaty (VCLT arts. 2(1)(c), 7).
public enum AuthorizedAct: String, Hashable, Sendable, CaseIterable {
    case negotiation
    case adoption
    case authentication
    /// Signing, in any of its forms, initialling included.
    case signature
    /// Expressing consent to be bound: ratification, accession and their like, and the exchange or deposit of instruments.
    case consent
    /// Provisional and territorial application.
    case application
    /// Reservations, objections, declarations, communications, and what changes them.
    case statement
    /// Withdrawal, denunciation, suspension, termination, and their revocation (VCLT art. 67(2)).
    case leaving
}

extension ParticipationKind {
    /// Which authority an act of this kind asks for.
    public var authority: AuthorizedAct {
        switch self {
        case .signature, .signatureAdReferendum, .definitiveSignature, .initialling: .signature
        case .ratification, .acceptance, .approval, .accession, .succession, .successionToSignature, .formalConfirmation,
            .consentToBeBound, .notification, .exchange:
            .consent
        case .provisionalApplication, .provisionalApplicationEnd, .territorialApplication: .application
        case .withdrawal, .denunciation, .withdrawalRevocation, .intentionNotToBecomeParty: .leaving
        case .objection, .objectionWithdrawal, .reservation, .declaration, .communication: .statement
        }
    }
}
