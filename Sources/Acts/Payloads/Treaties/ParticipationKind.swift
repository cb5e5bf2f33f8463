/// What an act means for participation in a treaty.
public enum ParticipationKind: String, Hashable, Sendable, CaseIterable {
    /// Subject to ratification, acceptance or approval: makes a signatory, not a Party (VCLT arts. 14, 18(a)).
    case signature
    /// Subject to confirmation, which makes it a signature from its own date (VCLT art. 12(2)(b)).
    case signatureAdReferendum
    /// Authenticates the text and makes no signatory, unless the negotiating States so agreed (VCLT arts. 10(b), 12(2)(a)).
    case initialling
    /// Consent to be bound by signature alone (VCLT art. 12).
    case definitiveSignature
    case ratification
    case acceptance
    case approval
    case accession
    /// A successor State's notification that it considers itself bound.
    case succession
    /// A successor State takes over a signature, not a consent.
    case successionToSignature
    /// An international organization's act equal to ratification (VCLT 1986 art. 2(1)(b bis)).
    case formalConfirmation
    /// Consent in another form, marked P in the depositary's lists.
    case consentToBeBound
    /// Notification that internal requirements are fulfilled, where the treaty makes that the consent (VCLT art. 16(c)).
    case notification
    /// The instruments changed hands (VCLT art. 16(a)).
    case exchange
    /// Never counts towards entry into force (VCLT art. 25).
    case provisionalApplication
    case provisionalApplicationEnd
    /// Makes it clear that it will not become a Party: ends the obligation of VCLT art. 18(a).
    case intentionNotToBecomeParty
    case withdrawal
    case denunciation
    /// Takes back a withdrawal before it takes effect (VCLT art. 68).
    case withdrawalRevocation
    /// An objection or rejection that breaks a silence. An objection to a reservation has no bearing here.
    case objection
    case objectionWithdrawal
    case reservation
    case declaration
    case territorialApplication
    case communication

    /// Whether it expresses consent to be bound (VCLT arts. 11 to 16).
    public var isConsent: Bool {
        switch self {
        case .definitiveSignature, .ratification, .acceptance, .approval, .accession, .succession, .formalConfirmation,
            .consentToBeBound, .notification, .exchange:
            true
        default: false
        }
    }

    /// Whether it makes a signatory.
    public var isSignature: Bool {
        switch self {
        case .signature, .signatureAdReferendum, .successionToSignature, .definitiveSignature: true
        default: false
        }
    }

    public var isWithdrawal: Bool { self == .withdrawal || self == .denunciation }

    /// The letter beside a date in the depositary's tables: `a` accession, `A` acceptance, `AA` approval, `c` formal
    /// confirmation, `d` succession, `P` consent to be bound, `s` definitive signature, `n` provisional application; none
    /// for signature and ratification.
    public var letter: String {
        switch self {
        case .accession: "a"
        case .acceptance: "A"
        case .approval: "AA"
        case .formalConfirmation: "c"
        case .succession, .successionToSignature: "d"
        case .consentToBeBound: "P"
        case .definitiveSignature: "s"
        case .provisionalApplication: "n"
        default: ""
        }
    }
}
