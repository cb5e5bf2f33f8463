import Crypto

/// Checks timestamped Ed25519 cosignatures of checkpoints: type 04 (C2SP tlog-cosignature, cosignature/v1).
public struct Ed25519CosignatureVerifier: NoteVerifier {
    /// The key in its portable form.
    public let verifierKey: VerifierKey

    private let publicKey: Curve25519.Signing.PublicKey

    /// - Throws: ``NoteError/badVerifierKey(_:)`` when the key is of another type or not 32 bytes.
    public init(_ verifierKey: VerifierKey) throws(NoteError) {
        publicKey = try verifierKey.ed25519(as: .ed25519Cosignature)
        self.verifierKey = verifierKey
    }

    /// The name in the signature line.
    public var name: KeyName { verifierKey.name }

    /// The short identifier in the signature line.
    public var keyID: UInt32 { verifierKey.keyID }

    /// Checks a time of eight bytes and the 64 bytes of signature after it. A text that is no checkpoint has no valid one.
    public func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        guard signature.count == 8 + 64, let cosignature = Cosignature(signature),
            (try? Checkpoint(parsing: text)) != nil
        else { return false }
        return publicKey.isValidSignature(cosignature.signature, for: Cosignature.message(time: cosignature.time, text: text))
    }
}
