import CLedger

/// A key that signs with ML-DSA-44 (FIPS 204), held against computers of the quantum kind too; NIST's security level 2.
///
/// C2SP tlog-cosignature signs with an empty context, and so does this.
public struct MLDSA44PrivateKey: Sendable {
    /// The secret the key is made from: 32 bytes, FIPS 204's ξ.
    public static let seedLength = Int(CLEDGER_MLDSA44_SEED_BYTES)

    /// The secret bytes. Keep them where nobody else reads.
    public let seed: [UInt8]

    /// What checks its signatures.
    public let publicKey: MLDSA44PublicKey

    private let expanded: ExpandedMemory

    /// Makes a key from the system's random numbers.
    ///
    /// - Throws: ``NoteError/signingFailed(_:)`` where memory is short.
    public init() throws(NoteError) {
        var random = SystemRandomNumberGenerator()
        try self.init(seed: (0..<MLDSA44PrivateKey.seedLength).map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    /// Takes the 32 secret bytes of a key.
    ///
    /// - Throws: ``NoteError/badSeed(_:)`` when there are not 32; ``NoteError/signingFailed(_:)`` where memory is short.
    public init(seed: [UInt8]) throws(NoteError) {
        guard seed.count == MLDSA44PrivateKey.seedLength else { throw .badSeed(seed.count) }
        let expanded = ExpandedMemory(Int(CLEDGER_MLDSA44_EXPANDED_PRIVATE_BYTES))
        var encoded = [UInt8](repeating: 0, count: MLDSA44PublicKey.length)
        guard cledger_mldsa44_expand(seed, &encoded, expanded.start) == 1, let publicKey = MLDSA44PublicKey(encoded) else {
            throw .signingFailed("ML-DSA-44 key expansion")
        }
        self.seed = seed
        self.expanded = expanded
        self.publicKey = publicKey
    }

    /// Signs, with fresh random numbers mixed in (FIPS 204's hedged variant): no two signatures are alike.
    ///
    /// - Throws: ``NoteError/signingFailed(_:)`` where memory is short.
    public func signature(for message: [UInt8]) throws(NoteError) -> [UInt8] { try sign(message, deterministic: 0) }

    /// Signs without random numbers (FIPS 204's deterministic variant): the same message always gets the same bytes.
    ///
    /// - Throws: ``NoteError/signingFailed(_:)`` where memory is short.
    public func deterministicSignature(for message: [UInt8]) throws(NoteError) -> [UInt8] { try sign(message, deterministic: 1) }

    private func sign(_ message: [UInt8], deterministic: Int32) throws(NoteError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: MLDSA44PublicKey.signatureLength)
        guard cledger_mldsa44_sign(expanded.start, message, message.count, deterministic, &signature) == 1 else {
            throw .signingFailed("ML-DSA-44")
        }
        return signature
    }
}

/// Memory for a key in its expanded form: written once, before anybody else sees it, and wiped at the end.
final class ExpandedMemory: @unchecked Sendable {
    // Read-only after the initialiser that made it; see above.
    let start: UnsafeMutableRawPointer
    private let count: Int

    init(_ count: Int) {
        self.count = count
        start = .allocate(byteCount: count, alignment: 16)
    }

    deinit {
        cledger_wipe(start, count)
        start.deallocate()
    }
}
