import Crypto

/// A public key in its portable spelling, `name+hash+base64(type || key)` (C2SP signed-note, "Verifier keys").
public struct VerifierKey: Hashable, Sendable {
    /// The name in signature lines.
    public let name: KeyName

    /// The short identifier in signature lines.
    public let keyID: UInt32

    /// The algorithm.
    public let type: SignatureType

    /// The public key as its type encodes it.
    public let publicKey: [UInt8]

    /// Takes a public key and works out its identifier.
    public init(name: KeyName, type: SignatureType, publicKey: [UInt8]) {
        self.name = name
        self.type = type
        self.publicKey = publicKey
        keyID = VerifierKey.keyID(name: name, type: type, publicKey: publicKey)
    }

    /// Reads the portable spelling.
    ///
    /// - Throws: ``NoteError/badVerifierKey(_:)`` when it is malformed or the hash is not that of the key.
    public init(_ text: String) throws(NoteError) {
        let parts = text.utf8.split(separator: 0x2b, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count == 8,
            !parts[1].contains(where: { 0x41...0x5a ~= $0 }),
            let name = try? KeyName(String(Substring(parts[0]))),
            let hash = Hexadecimal.decode(parts[1]),
            let key = Base64.decode(parts[2]), key.count > 1
        else { throw .badVerifierKey(text) }
        self.init(name: name, type: SignatureType(rawValue: key[0]), publicKey: Array(key.dropFirst()))
        guard hash == NoteSignature.bigEndian(keyID) else { throw .badVerifierKey(text) }
    }

    /// The first four bytes of SHA-256(name || newline || type || key), big-endian; of SHA-256(key) for ECDSA, whose key is
    /// in SPKI form.
    public static func keyID(name: KeyName, type: SignatureType, publicKey: [UInt8]) -> UInt32 {
        var digest = SHA256()
        if type != .ecdsa {
            digest.update(data: Array(name.text.utf8) + [0x0a, type.rawValue])
        }
        digest.update(data: publicKey)
        return digest.finalize().prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// What checks signatures by this key.
    ///
    /// - Throws: ``NoteError/unsupportedSignatureType(_:)`` for types this library has no algorithm for, and
    ///   ``NoteError/badVerifierKey(_:)`` when the bytes are no key of the type.
    public func verifier() throws(NoteError) -> any NoteVerifier {
        switch type {
        case .ed25519: try Ed25519NoteVerifier(self)
        case .ed25519Cosignature: try Ed25519CosignatureVerifier(self)
        case .mlDSA44Cosignature: try MLDSA44CosignatureVerifier(self)
        default: throw .unsupportedSignatureType(type.rawValue)
        }
    }

    func ed25519(as expected: SignatureType) throws(NoteError) -> Curve25519.Signing.PublicKey {
        guard type == expected, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            throw .badVerifierKey(description)
        }
        return key
    }
}

extension VerifierKey: CustomStringConvertible {
    /// The portable spelling.
    public var description: String {
        "\(name.text)+\(NoteSignature.hexadecimal(keyID))+\(Base64.encode([type.rawValue] + publicKey))"
    }
}
