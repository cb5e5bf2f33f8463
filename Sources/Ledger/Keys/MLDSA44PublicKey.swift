import CLedger

/// A key that checks ML-DSA-44 signatures (FIPS 204) made with an empty context.
public struct MLDSA44PublicKey: Sendable {
    /// The length of an encoded key, in bytes.
    public static let length = Int(CLEDGER_MLDSA44_PUBLIC_KEY_BYTES)

    /// The length of every signature, in bytes.
    public static let signatureLength = Int(CLEDGER_MLDSA44_SIGNATURE_BYTES)

    /// The key as FIPS 204 encodes it (algorithm 22), 1,312 bytes.
    public let bytes: [UInt8]

    private let expanded: ExpandedMemory

    /// Reads an encoded key.
    ///
    /// - Returns: nil when there are not exactly 1,312 bytes, or they encode no key.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == MLDSA44PublicKey.length else { return nil }
        let expanded = ExpandedMemory(Int(CLEDGER_MLDSA44_EXPANDED_PUBLIC_BYTES))
        guard cledger_mldsa44_parse(bytes, expanded.start) == 1 else { return nil }
        self.bytes = bytes
        self.expanded = expanded
    }

    /// Whether the signature, 2,420 bytes, is this key's over this message.
    public func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == MLDSA44PublicKey.signatureLength else { return false }
        return cledger_mldsa44_verify(expanded.start, signature, message, message.count) == 1
    }
}

extension MLDSA44PublicKey: Hashable {
    /// Whether both encode alike.
    public static func == (left: MLDSA44PublicKey, right: MLDSA44PublicKey) -> Bool { left.bytes == right.bytes }

    /// Hashes the encoded key.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
