/// Checks timestamped ML-DSA-44 cosignatures of checkpoints and subtrees: type 06 (C2SP tlog-cosignature, subtree/v1).
///
/// A checkpoint's extension lines are not covered by such a signature.
public struct MLDSA44CosignatureVerifier: NoteVerifier {
    /// The key in its portable form.
    public let verifierKey: VerifierKey

    private let publicKey: MLDSA44PublicKey

    /// - Throws: ``NoteError/badVerifierKey(_:)`` when the key is of another type or not one of 1,312 bytes.
    public init(_ verifierKey: VerifierKey) throws(NoteError) {
        guard verifierKey.type == .mlDSA44Cosignature, let key = MLDSA44PublicKey(verifierKey.publicKey) else {
            throw .badVerifierKey(verifierKey.description)
        }
        publicKey = key
        self.verifierKey = verifierKey
    }

    /// The name in the signature line.
    public var name: KeyName { verifierKey.name }

    /// The short identifier in the signature line.
    public var keyID: UInt32 { verifierKey.keyID }

    /// Checks a time of eight bytes and the 2,420 bytes of signature after it. A text that is no checkpoint has no valid one.
    public func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        guard let checkpoint = try? Checkpoint(parsing: text) else { return false }
        return isValid(signature) { time throws(NoteError) in try CosignedMessage(checkpoint, by: name, at: time) }
    }

    /// Checks a signature of a subtree: the bytes after the key identifier.
    ///
    /// - Parameters:
    ///   - signature: a time of eight bytes, which must be 0 where the subtree does not begin with leaf 0, and 2,420 bytes.
    ///   - subtree: the leaves and their root.
    ///   - origin: the log.
    public func isValid(_ signature: [UInt8], of subtree: Subtree, origin: String) -> Bool {
        isValid(signature) { time throws(NoteError) in
            try CosignedMessage(origin: origin, leaves: subtree.leaves, root: subtree.root, by: name, at: time)
        }
    }

    private func isValid(_ signature: [UInt8], message: (UInt64) throws(NoteError) -> CosignedMessage) -> Bool {
        guard signature.count == 8 + MLDSA44PublicKey.signatureLength, let cosignature = Cosignature(signature),
            let message = try? message(cosignature.time)
        else { return false }
        return publicKey.isValidSignature(cosignature.signature, for: message.bytes)
    }
}
