/// The byte that tells signature algorithms apart in key identifiers and verifier keys (C2SP signed-note, "Signature types").
public struct SignatureType: RawRepresentable, Hashable, Sendable {
    /// The byte.
    public let rawValue: UInt8

    /// Takes any byte, assigned or not.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Ed25519 over the text.
    public static let ed25519 = SignatureType(rawValue: 0x01)
    /// ECDSA; its key identifier is made in another way.
    public static let ecdsa = SignatureType(rawValue: 0x02)
    /// Ed25519 cosignature of a checkpoint with its time (C2SP tlog-cosignature).
    public static let ed25519Cosignature = SignatureType(rawValue: 0x04)
    /// RFC 6962 tree head signature (C2SP static-ct-api).
    public static let treeHead = SignatureType(rawValue: 0x05)
    /// ML-DSA-44 cosignature of a checkpoint or subtree with its time (C2SP tlog-cosignature).
    public static let mlDSA44Cosignature = SignatureType(rawValue: 0x06)
}
