/// A SHA-256 hash: 32 bytes held inline.
///
/// An array of hashes is one contiguous run of 32-byte values, so a tile is written and read without conversion.
/// Every Merkle tree hash of this library is one of these (RFC 6962 section 2.1, C2SP tlog-tiles).
public struct Hash: Hashable, Sendable {
    /// The length of every hash, in bytes.
    public static let byteCount = 32

    // The bytes in order, eight to a word as they lie in memory.
    private var first: UInt64
    private var second: UInt64
    private var third: UInt64
    private var fourth: UInt64

    /// Thirty-two zero bytes: never the hash of anything known.
    public static let zero = Hash()

    init() {
        first = 0
        second = 0
        third = 0
        fourth = 0
    }

    /// Takes the bytes of a hash.
    ///
    /// - Parameter bytes: exactly 32 bytes.
    /// - Returns: nil when there are not exactly 32 of them.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Hash.byteCount else { return nil }
        self.init()
        withMutableBytes { $0.copyBytes(from: bytes) }
    }

    /// Reads 64 hexadecimal digits, of either case.
    public init?(hexadecimal: some StringProtocol) {
        guard let bytes = Hexadecimal.decode(hexadecimal.utf8) else { return nil }
        self.init(bytes)
    }

    /// Reads standard padded base64 (RFC 4648 section 4), 44 characters, in its one canonical spelling.
    public init?(base64: some StringProtocol) {
        guard let bytes = Base64.decode(base64.utf8) else { return nil }
        self.init(bytes)
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    public var hexadecimal: String { withUnsafeBytes { Hexadecimal.encode($0) } }

    /// Standard padded base64 (RFC 4648 section 4), 44 characters: the spelling of checkpoints and proofs.
    public var base64: String { withUnsafeBytes { Base64.encode($0) } }

    /// Gives the 32 bytes where they lie, for the time of the call.
    @inline(__always)
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Swift.withUnsafeBytes(of: self, body)
    }

    @inline(__always)
    mutating func withMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Swift.withUnsafeMutableBytes(of: &self, body)
    }
}

extension Hash: CustomStringConvertible {
    /// The hexadecimal digits.
    public var description: String { hexadecimal }
}

extension Hash: Comparable {
    /// Orders hashes by their bytes, the first byte first.
    public static func < (left: Hash, right: Hash) -> Bool {
        for (mine, other) in [
            (left.first, right.first), (left.second, right.second), (left.third, right.third), (left.fourth, right.fourth),
        ] where mine != other {
            return UInt64(bigEndian: mine) < UInt64(bigEndian: other)
        }
        return false
    }
}

extension Hash: Codable {
    /// Reads the base64 spelling.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = Hash(base64: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a hash is 32 bytes in padded base64")
        }
        self = hash
    }

    /// Writes the base64 spelling.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64)
    }
}
