public import Acts
public import Crypto
import Ledger

/// A key with which a node signs its messages and its document (Ed25519). It signs nothing else, and other keys sign none of these.
public struct NodeKey: Sendable {
    /// When it counts; open at the end until it is rolled over.
    public var validity: KeyValidity
    public let publicKey: NodePublicKey
    private let privateKey: Curve25519.Signing.PrivateKey

    public init(_ privateKey: Curve25519.Signing.PrivateKey, validity: KeyValidity) {
        self.privateKey = privateKey
        self.validity = validity
        publicKey = NodePublicKey(privateKey.publicKey)
    }

    /// RFC 8032's seed, 32 bytes.
    var seed: [UInt8] { Array(privateKey.rawRepresentation) }

    /// 64 bytes (RFC 8032, 5.1.6).
    public func sign(_ message: [UInt8]) throws -> [UInt8] { Array(try privateKey.signature(for: message)) }
}

/// From when until when a key counts.
public struct KeyValidity: Hashable, Sendable {
    public var from: Moment
    /// The first instant at which it no longer counts; `nil` while there is no successor.
    public var until: Moment?

    public init(from: Moment, until: Moment? = nil) {
        self.from = from
        self.until = until
    }

    public func covers(_ moment: Moment) -> Bool { moment >= from && until.map { moment < $0 } ?? true }
}

/// The public half, as a node publishes it.
public struct NodePublicKey: Hashable, Sendable {
    /// 32 bytes (RFC 8032).
    public let bytes: [UInt8]
    /// The first eight bytes of their SHA-256, in hexadecimal.
    public let id: String
    private let key: Curve25519.Signing.PublicKey

    init(_ key: Curve25519.Signing.PublicKey) {
        self.key = key
        bytes = Array(key.rawRepresentation)
        id = Hexadecimal.encode(SHA256.hash(data: bytes).prefix(8))
    }

    /// `nil` unless there are 32 bytes of a key.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return nil }
        self.init(key)
    }

    public func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        signature.count == 64 && key.isValidSignature(signature, for: message)
    }

    public static func == (left: NodePublicKey, right: NodePublicKey) -> Bool { left.bytes == right.bytes }
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
