public import Acts

/// A delegation's own side of a secret ballot, for programs beside the node: a ``BallotPaper`` under a plain name.
public struct SecretPaper {
    private let paper: BallotPaper

    /// Writes a paper and hides it.
    ///
    /// - Parameter publishedKey: the ballot's public key, DER in base64, as `conference.decision-opened` says it.
    public init(
        choices: [String], conference: String, body: String, decision: String, round: Int64, publishedKey: String
    ) throws {
        paper = try BallotPaper(
            choices, scope: BallotPaper.Scope(conference: conference, body: body, decision: decision, round: round),
            key: try BallotKey.Public(publishedKey))
    }

    /// What the node signs, in base64.
    public var blinded: String { paper.blinded }

    /// The ballot for the box, from the node's blind signature in base64.
    public func ballot(signature: String, session: ConferenceSession) throws -> ConferenceBallotCast {
        try paper.finish(signature, session: session)
    }
}
