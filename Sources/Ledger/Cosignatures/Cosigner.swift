/// A private key that cosigns checkpoints with the time: a witness's, a mirror's, or the log's own of type 06
/// (C2SP tlog-cosignature).
public protocol Cosigner: Sendable {
    /// The public key in its portable form.
    var verifierKey: VerifierKey { get }

    /// A note signer that cosigns as of one time, in seconds since 1970-01-01 00:00 UTC.
    func signer(at time: UInt64) -> any NoteSigner
}

extension Cosigner {
    /// Cosigns a checkpoint, saying: at this time it was the largest consistent tree I had seen of this log.
    ///
    /// - Parameters:
    ///   - note: a note whose text is a checkpoint.
    ///   - time: seconds since 1970-01-01 00:00 UTC.
    /// - Throws: ``NoteError``, or what the key throws.
    public func cosign(_ note: SignedNote, at time: UInt64) throws -> NoteSignature {
        try NoteSignature(signing: note.textBytes, by: signer(at: time))
    }
}
