public import Acts

/// What a column of an imported table holds.
public enum ImportColumn: Hashable, Sendable {
    /// Nothing that concerns participation.
    case ignored
    /// The State or organization, by its code.
    case code
    /// The State or organization, by a name it bears or bore, or by its code.
    case actor
    /// What was done, in words or by the depositary's letter.
    case act
    /// The day it was done.
    case date
    /// The day a withdrawal or succession takes effect; of a consent, what the table says the clause gives.
    case effect
    case note
    case source
    case confidence
    /// Days of one kind of act, a State a row.
    case day(ParticipationKind)
    /// Days of consent with the depositary's letter after them; without one, what a column `consentKind` says, or else ratification.
    case consent
    /// Which kind the consent of the row is.
    case consentKind

    /// Kinds a table of participation may hold. Reservations, declarations and objections are texts and come another way.
    public static let kinds: [ParticipationKind] = [
        .signature, .signatureAdReferendum, .definitiveSignature, .ratification, .acceptance, .approval, .accession, .formalConfirmation,
        .succession, .successionToSignature, .consentToBeBound, .provisionalApplication, .provisionalApplicationEnd, .withdrawal,
        .denunciation, .withdrawalRevocation,
    ]

    /// All of them, in the order in which a form offers them.
    public static let all: [ImportColumn] =
        [.ignored, .code, .actor, .act, .date, .effect, .note, .source, .confidence, .consent, .consentKind] + kinds.map { .day($0) }

    /// Its name in forms, files and acts: `actor`, `day.signature`.
    public var name: String {
        switch self {
        case .ignored: "ignored"
        case .code: "code"
        case .actor: "actor"
        case .act: "act"
        case .date: "date"
        case .effect: "effect"
        case .note: "note"
        case .source: "source"
        case .confidence: "confidence"
        case .consent: "consent"
        case .consentKind: "consent-kind"
        case .day(let kind): "day.\(kind.rawValue)"
        }
    }

    public init?(name: String) {
        guard let column = ImportColumn.all.first(where: { $0.name == name }) else { return nil }
        self = column
    }
}
