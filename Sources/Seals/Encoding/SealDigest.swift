import Crypto
import SwiftASN1

/// The hash functions of seals and time-stamps.
public enum SealDigest: String, Hashable, Sendable, CaseIterable {
    case sha256
    case sha384
    case sha512

    /// Bytes of a hash.
    public var length: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// NIST CSOR, 2.16.840.1.101.3.4.2.
    var identifier: ASN1ObjectIdentifier {
        switch self {
        case .sha256: [2, 16, 840, 1, 101, 3, 4, 2, 1]
        case .sha384: [2, 16, 840, 1, 101, 3, 4, 2, 2]
        case .sha512: [2, 16, 840, 1, 101, 3, 4, 2, 3]
        }
    }

    init?(identifier: ASN1ObjectIdentifier) {
        guard let digest = SealDigest.allCases.first(where: { $0.identifier == identifier }) else { return nil }
        self = digest
    }

    /// AlgorithmIdentifier, its parameters absent (RFC 5754, 2).
    var algorithm: DERElement {
        get throws { .sequence([try .identifier(identifier)]) }
    }

    /// Reads an AlgorithmIdentifier; parameters are absent or NULL.
    init(_ node: ASN1Node, named name: String) throws(SealError) {
        var reader = try DERReader(node, named: name)
        let identifier = try reader.value(ASN1ObjectIdentifier.self)
        _ = reader.optional(.null)
        try reader.finish()
        guard let digest = SealDigest(identifier: identifier) else {
            throw SealError(
                .unsupported, "\(name) uses another hash than SHA-256, SHA-384 or SHA-512.", mend: "Have it made with one of these.")
        }
        self = digest
    }

    /// The hash of parts, one after another.
    public func hash(of parts: [ArraySlice<UInt8>]) -> [UInt8] {
        func run<Function: HashFunction>(_ function: Function) -> [UInt8] {
            var function = function
            for part in parts { part.withUnsafeBytes { function.update(bufferPointer: $0) } }
            return Array(function.finalize())
        }
        switch self {
        case .sha256: return run(SHA256())
        case .sha384: return run(SHA384())
        case .sha512: return run(SHA512())
        }
    }

    public func hash(of bytes: [UInt8]) -> [UInt8] { hash(of: [bytes[...]]) }
}
