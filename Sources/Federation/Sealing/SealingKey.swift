import Crypto
import Foundation
import Ledger

/// An office's public key for sealed messages: X-Wing, which is ML-KEM-768 beside X25519 (draft-connolly-cfrg-xwing-kem).
public struct SealingPublicKey: Hashable, Sendable {
    /// Bytes of an X-Wing public key: 1184 of ML-KEM-768 and 32 of X25519.
    public static let length = 1216

    public let bytes: [UInt8]

    /// - Throws: ``SealingError/malformedKey`` where these are not the bytes of an X-Wing public key.
    public init(bytes: [UInt8]) throws(SealingError) {
        guard bytes.count == Self.length, (try? XWingMLKEM768X25519.PublicKey(rawRepresentation: bytes)) != nil else { throw .malformedKey }
        self.bytes = bytes
    }

    /// The first 8 bytes of the key's SHA-256, as 16 hexadecimal digits: names the key in a sealed message.
    public var identifier: String { Self.identifier(of: bytes) }

    static func identifier(of bytes: [UInt8]) -> String {
        Hexadecimal.encode(SHA256.hash(data: bytes).prefix(8))
    }
}

/// An office's private key for sealed messages.
public struct SealingKey: Sendable {
    /// What the key is derived from: 32 secret bytes (draft-connolly-cfrg-xwing-kem, 5.2).
    let seed: [UInt8]
    public let publicKey: SealingPublicKey
    let privateKey: XWingMLKEM768X25519.PrivateKey

    /// A key from the system's random numbers.
    public init() throws(SealingError) {
        do {
            try self.init(privateKey: XWingMLKEM768X25519.PrivateKey())
        } catch {
            throw .malformedKey
        }
    }

    /// - Throws: ``SealingError/malformedKey`` unless the seed has 32 bytes.
    public init(seed: [UInt8]) throws(SealingError) {
        guard seed.count == 32, let key = try? XWingMLKEM768X25519.PrivateKey(seedRepresentation: seed, publicKey: nil) else {
            throw .malformedKey
        }
        try self.init(privateKey: key)
    }

    private init(privateKey: XWingMLKEM768X25519.PrivateKey) throws(SealingError) {
        self.privateKey = privateKey
        seed = [UInt8](privateKey.seedRepresentation)
        publicKey = try SealingPublicKey(bytes: [UInt8](privateKey.publicKey.rawRepresentation))
    }

    public var identifier: String { publicKey.identifier }
}

/// Why something could not be sealed or opened. It never holds anything of the content.
public enum SealingError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformedKey
    /// The message is not of the form this node reads, at that place.
    case malformedContent(place: String)
    /// It was sealed to other keys than those at hand.
    case notForThisKey
    /// A byte was changed, or it was sealed for another purpose, sender or recipient than it says.
    case doesNotOpen
    case noRecipient
    case tooManyRecipients(most: Int)
    case tooLarge(most: Int)
    /// A file of private keys cannot be read or written.
    case keyFile(path: String, reason: String)

    public var description: String {
        switch self {
        case .malformedKey: "The sealing key is not an X-Wing key. Ask its office to publish it anew."
        case .malformedContent(let place): "The sealed message is malformed at \(place). Ask its sender to send it again."
        case .notForThisKey: "The message is sealed to another key. Ask its sender to seal it to this office's newest key."
        case .doesNotOpen: "The sealed message does not open: it was changed on its way. Ask its sender to send it again."
        case .noRecipient: "A sealed message has one recipient at least. Name one."
        case .tooManyRecipients(let most): "A sealed message has at most \(most) recipients. Send several."
        case .tooLarge(let most): "A sealed message has at most \(most) bytes. Put what is larger into an attachment."
        case .keyFile(let path, let reason): "The key file \(path) cannot be used: \(reason). See that the node may read and write it."
        }
    }
}
