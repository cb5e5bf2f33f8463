import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The signature algorithms that offices and persons may use. The log's own key is never one of these keys.
public enum KeyAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// RFC 8032.
    case ed25519
    /// ECDSA over P-256 with SHA-256 (FIPS 186-5); what passkeys use (COSE ES256).
    case p256
    /// FIPS 204, with an empty context; stands beside a classical key, never alone.
    case mlDSA65 = "ml-dsa-65"
}

/// A public key of an office or person.
public struct PublicKey: Hashable, Sendable {
    public let algorithm: KeyAlgorithm
    /// Ed25519: 32 bytes. P-256: the uncompressed point, 65 bytes (SEC 1, 2.3.3). ML-DSA-65: 1,952 bytes.
    public let bytes: [UInt8]

    /// `nil` where the bytes are not a key of that algorithm.
    public init?(algorithm: KeyAlgorithm, bytes: [UInt8]) {
        switch algorithm {
        case .ed25519:
            guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
        case .p256:
            guard bytes.count == 65, (try? P256.Signing.PublicKey(x963Representation: bytes)) != nil else { return nil }
        case .mlDSA65:
            guard (try? MLDSA65.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
        }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// The first 16 bytes of SHA-256(algorithm name || LF || key), base64 for addresses: names the key everywhere.
    public var identifier: String {
        var hash = SHA256()
        hash.update(data: Array("\(algorithm.rawValue)\n".utf8))
        hash.update(data: bytes)
        return Base64.encodeForAddress(Array(hash.finalize()).prefix(16))
    }

    /// Whether the signature over the message is this key's. A P-256 signature may be DER or 64 raw bytes.
    public func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        switch algorithm {
        case .ed25519:
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
            return key.isValidSignature(signature, for: message)
        case .p256:
            guard let key = try? P256.Signing.PublicKey(x963Representation: bytes) else { return false }
            let parsed =
                signature.count == 64
                ? try? P256.Signing.ECDSASignature(rawRepresentation: signature)
                : try? P256.Signing.ECDSASignature(derRepresentation: signature)
            guard let parsed else { return false }
            return key.isValidSignature(parsed, for: message)
        case .mlDSA65:
            guard let key = try? MLDSA65.PublicKey(rawRepresentation: bytes) else { return false }
            return key.isValidSignature(Data(signature), for: Data(message))
        }
    }

    public init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        let name = try reader.string("algorithm")
        let text = try reader.string("key")
        try reader.finish()
        guard let algorithm = KeyAlgorithm(rawValue: name) else {
            throw MalformedAct(place: "\(place).algorithm", reason: "'\(name)' is not a known algorithm")
        }
        guard let bytes = Base64.decode(text), let key = PublicKey(algorithm: algorithm, bytes: bytes) else {
            throw MalformedAct(place: "\(place).key", reason: "is not a public key of \(name) in base64")
        }
        self = key
    }

    public var json: JSON {
        ["algorithm": .string(algorithm.rawValue), "key": .string(Base64.encode(bytes))]
    }
}
