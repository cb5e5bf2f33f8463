/// What a depositary notification is about (VCLT art. 77(1)(e) and (f); the kinds the United Nations lists its notifications by).
public enum NotificationKind: String, Hashable, Sendable, CaseIterable {
    case openingForSignature = "opening-for-signature"
    case signature
    /// Ratification, acceptance, approval, accession, formal confirmation, consent to be bound.
    case instrument
    case succession
    case provisionalApplication = "provisional-application"
    case reservation
    case declaration
    case objection
    case territorialApplication = "territorial-application"
    case communication
    /// A reservation, declaration or objection is withdrawn or modified.
    case statementChanged = "statement-changed"
    /// Withdrawal from the treaty, or its denunciation.
    case withdrawal
    case withdrawalRevocation = "withdrawal-revocation"
    case entryIntoForce = "entry-into-force"
    case amendmentProposed = "amendment-proposed"
    case amendmentAccepted = "amendment-accepted"
    case correctionProposed = "correction-proposed"
    case correctionObjected = "correction-objected"
    case correctionEffected = "correction-effected"
    /// A difference about the form of an instrument or about the depositary's functions (VCLT art. 77(2)).
    case difference
    case certifiedCopies = "certified-copies"
    /// An earlier notification had an error.
    case rectification
    /// An earlier notification is sent out again.
    case reissued
    case other
}
