import Acts

/// A link or recovery code that was given out, by what the record knows of it.
struct IssuedSecret: Hashable, Sendable {
    let person: String
    let purpose: SignInSecretsIssued.Purpose
    let expires: Moment?
    /// Whether no newer set of the same purpose replaced it.
    let isNewest: Bool
    let isUsed: Bool
}
