public import Acts
import Ledger

/// Several `.tlog-proof` files in one, for what only several together prove: that a note was sent, and that it was received
/// (docs/protocol.md, 11).
public struct ProofBundle: Hashable, Sendable {
    public static let format = "chancery-proofs/1"
    /// Most files of one bundle.
    public static let most = 1_000
    /// The longest bundle that is read, in bytes.
    public static let longest = 64 << 20

    /// The files' bytes, in order.
    public let proofs: [[UInt8]]

    public init(_ proofs: [[UInt8]]) {
        self.proofs = Array(proofs.prefix(Self.most))
    }

    /// - Throws: ``MalformedAct`` where these are not the bytes of a bundle.
    public init(parsing bytes: [UInt8]) throws(MalformedAct) {
        let json: JSON
        do {
            json = try JSONParser.parse(bytes, limits: .init(bytes: Self.longest, depth: 3))
        } catch {
            throw MalformedAct(place: "bundle", reason: "\(error)")
        }
        var reader = try ObjectReader(json, at: "bundle")
        guard try reader.string("format") == Self.format else {
            throw MalformedAct(place: "bundle.format", reason: "only \(Self.format) is known")
        }
        let texts = try reader.strings("proofs")
        try reader.finish()
        guard (1...Self.most).contains(texts.count) else {
            throw MalformedAct(place: "bundle.proofs", reason: "should be 1 to \(Self.most) files")
        }
        proofs = texts.map { Array($0.utf8) }
    }

    public var json: JSON {
        ["format": .string(Self.format), "proofs": .array(proofs.map { .string(String(decoding: $0, as: UTF8.self)) })]
    }
}
