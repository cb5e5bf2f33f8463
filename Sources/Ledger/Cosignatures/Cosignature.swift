/// What a cosignature line carries: when it was made, and the signature (C2SP tlog-cosignature, `timestamped_signature`).
public struct Cosignature: Hashable, Sendable {
    /// The latest time the format allows, in seconds since 1970-01-01 00:00 UTC.
    public static let latestTime = UInt64(Int64.max)

    /// When it was made, in seconds since 1970-01-01 00:00 UTC.
    public let time: UInt64

    /// The signature: 64 bytes for Ed25519, 2,420 for ML-DSA-44.
    public let signature: [UInt8]

    /// - Throws: ``NoteError/timeOutOfRange(_:)`` for a time past ``latestTime``.
    public init(time: UInt64, signature: [UInt8]) throws(NoteError) {
        guard time <= Cosignature.latestTime else { throw .timeOutOfRange(time) }
        self.time = time
        self.signature = signature
    }

    /// Reads the bytes after the key identifier.
    ///
    /// - Returns: nil when there is no signature after the time, or the time is past ``latestTime``.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count > 8 else { return nil }
        let time = bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard time <= Cosignature.latestTime else { return nil }
        self.time = time
        signature = Array(bytes.dropFirst(8))
    }

    /// The bytes after the key identifier: the time in eight bytes, big-endian, and the signature.
    public var bytes: [UInt8] {
        Cosignature.bigEndian(time) + signature
    }

    static func bigEndian(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
    }

    /// The message that Ed25519 cosigners sign: a header line, a time line, and the whole text of the checkpoint.
    static func message(time: UInt64, text: [UInt8]) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}
