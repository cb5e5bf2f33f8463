/// The public payloads of up to 256 consecutive entries with their salts, as a node serves them beside an entry bundle
/// (docs/protocol.md, section 4).
///
/// For each entry a length in four bytes, big-endian, then as many bytes: salt (32 bytes) and payload. Length 0: the payload is not
/// public, or was erased. Length 2^32 - 1, with nothing after it: it is public, and to be had at the act's own address.
public struct PayloadBundle: Hashable, Sendable {
    /// What a bundle says of one entry's payload.
    public enum Content: Hashable, Sendable {
        case present(SealedPayload)
        case absent
        /// Left out because the bundle would grow too long.
        case elsewhere
    }

    /// The most entries of a bundle.
    public static let most = 256
    /// A writer leaves out what would make the bundle longer than this, in bytes.
    public static let longest = 8 << 20

    /// In the order of the entries.
    public let contents: [Content]

    /// - Throws: ``MalformedAct`` where the bytes end in the middle of a payload, or hold none or more than 256.
    public init(parsing bytes: [UInt8]) throws(MalformedAct) {
        var contents: [Content] = []
        contents.reserveCapacity(PayloadBundle.most)
        var at = 0
        while at < bytes.count {
            guard contents.count < PayloadBundle.most else {
                throw MalformedAct(place: "payloads", reason: "are more than \(PayloadBundle.most)")
            }
            guard bytes.count - at >= 4 else { throw MalformedAct(place: "payloads", reason: "end in the middle of a length") }
            let length = Int(bytes[at]) << 24 | Int(bytes[at + 1]) << 16 | Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            at += 4
            switch length {
            case 0: contents.append(.absent)
            case 0xFFFF_FFFF: contents.append(.elsewhere)
            default:
                guard length >= SealedPayload.saltLength, bytes.count - at >= length else {
                    throw MalformedAct(place: "payloads", reason: "end in the middle of payload \(contents.count)")
                }
                let split = at + SealedPayload.saltLength
                contents.append(.present(SealedPayload(salt: Array(bytes[at..<split]), bytes: Array(bytes[split..<(at + length)]))))
                at += length
            }
        }
        guard !contents.isEmpty else { throw MalformedAct(place: "payloads", reason: "are none") }
        self.contents = contents
    }

    /// Appends an entry's payload to a bundle that is being written, or a word that it is elsewhere where the bundle would grow too long.
    public static func append(salt: [UInt8], bytes payload: [UInt8], to bundle: inout [UInt8]) {
        let length = salt.count + payload.count
        guard bundle.count + 4 + length <= longest else {
            bundle += [0xFF, 0xFF, 0xFF, 0xFF]
            return
        }
        bundle += [UInt8(truncatingIfNeeded: length >> 24), UInt8(truncatingIfNeeded: length >> 16)]
        bundle += [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
        bundle += salt
        bundle += payload
    }

    /// Says in a bundle that is being written that the next entry's payload is not public, or was erased.
    public static func appendAbsent(to bundle: inout [UInt8]) { bundle += [0, 0, 0, 0] }
}
