import Crypto

/// Checks Ed25519 signatures over a note's text: type 01, the usual key of a log (C2SP signed-note).
public struct Ed25519NoteVerifier: NoteVerifier {
    /// The key in its portable form.
    public let verifierKey: VerifierKey

    private let publicKey: Curve25519.Signing.PublicKey

    /// - Throws: ``NoteError/badVerifierKey(_:)`` when the key is of another type or not 32 bytes.
    public init(_ verifierKey: VerifierKey) throws(NoteError) {
        publicKey = try verifierKey.ed25519(as: .ed25519)
        self.verifierKey = verifierKey
    }

    /// The name in the signature line.
    public var name: KeyName { verifierKey.name }

    /// The short identifier in the signature line.
    public var keyID: UInt32 { verifierKey.keyID }

    /// Checks 64 bytes of signature over the text (RFC 8032).
    public func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        publicKey.isValidSignature(signature, for: text)
    }
}
