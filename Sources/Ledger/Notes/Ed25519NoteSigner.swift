public import Crypto

/// Signs notes with Ed25519 over the text: type 01, the usual key of a log (C2SP signed-note).
///
/// A key made for one name and role must not serve another: not a witness, not a server's certificate, not a person.
public struct Ed25519NoteSigner: NoteSigner {
    /// The public key in its portable form.
    public let verifierKey: VerifierKey

    private let privateKey: Curve25519.Signing.PrivateKey

    /// Takes a private key and the name it signs under.
    public init(name: KeyName, privateKey: Curve25519.Signing.PrivateKey) {
        self.privateKey = privateKey
        verifierKey = VerifierKey(name: name, type: .ed25519, publicKey: Array(privateKey.publicKey.rawRepresentation))
    }

    /// Takes the 32 secret bytes of a key (RFC 8032's seed).
    ///
    /// - Throws: ``NoteError/badVerifierKey(_:)`` when there are not 32.
    public init(name: KeyName, seed: [UInt8]) throws(NoteError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { throw .badVerifierKey(name.text) }
        self.init(name: name, privateKey: key)
    }

    /// The name in the signature line.
    public var name: KeyName { verifierKey.name }

    /// The short identifier in the signature line.
    public var keyID: UInt32 { verifierKey.keyID }

    /// What checks this key's signatures.
    public var verifier: any NoteVerifier {
        get throws(NoteError) { try Ed25519NoteVerifier(verifierKey) }
    }

    /// 64 bytes of signature over the text.
    public func sign(_ text: [UInt8]) throws -> [UInt8] {
        Array(try privateKey.signature(for: text))
    }
}
