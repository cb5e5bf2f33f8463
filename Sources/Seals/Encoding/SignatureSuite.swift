import SwiftASN1
import X509

/// The signature algorithms of seals: a name in CMS, a name in certificates, and the hash that goes with it.
enum SignatureSuite: CaseIterable {
    case ecdsaSHA256
    case ecdsaSHA384
    case ecdsaSHA512
    case rsaSHA256
    case rsaSHA384
    case rsaSHA512

    var digest: SealDigest {
        switch self {
        case .ecdsaSHA256, .rsaSHA256: .sha256
        case .ecdsaSHA384, .rsaSHA384: .sha384
        case .ecdsaSHA512, .rsaSHA512: .sha512
        }
    }

    var ofCertificates: Certificate.SignatureAlgorithm {
        switch self {
        case .ecdsaSHA256: .ecdsaWithSHA256
        case .ecdsaSHA384: .ecdsaWithSHA384
        case .ecdsaSHA512: .ecdsaWithSHA512
        case .rsaSHA256: .sha256WithRSAEncryption
        case .rsaSHA384: .sha384WithRSAEncryption
        case .rsaSHA512: .sha512WithRSAEncryption
        }
    }

    private var identifier: ASN1ObjectIdentifier {
        switch self {
        case .ecdsaSHA256: SealIdentifiers.ecdsaWithSHA256
        case .ecdsaSHA384: SealIdentifiers.ecdsaWithSHA384
        case .ecdsaSHA512: SealIdentifiers.ecdsaWithSHA512
        case .rsaSHA256: SealIdentifiers.sha256WithRSA
        case .rsaSHA384: SealIdentifiers.sha384WithRSA
        case .rsaSHA512: SealIdentifiers.sha512WithRSA
        }
    }

    private var isRSA: Bool {
        switch self {
        case .rsaSHA256, .rsaSHA384, .rsaSHA512: true
        case .ecdsaSHA256, .ecdsaSHA384, .ecdsaSHA512: false
        }
    }

    /// AlgorithmIdentifier: no parameters with ECDSA (RFC 5758, 3.2), NULL with RSA (RFC 4055, 5).
    var algorithm: DERElement {
        get throws { .sequence([try .identifier(identifier)] + (isRSA ? [.null] : [])) }
    }

    /// Reads a signer's AlgorithmIdentifier. RSA may be named without its hash, which then is the digest's (RFC 3370, 3.2).
    init(_ node: ASN1Node, digest: SealDigest, named name: String) throws(SealError) {
        var reader = try DERReader(node, named: name)
        let identifier = try reader.value(ASN1ObjectIdentifier.self)
        _ = reader.optional(.null)
        try reader.finish()
        let found =
            identifier == SealIdentifiers.rsaEncryption
            ? SignatureSuite.allCases.first { $0.isRSA && $0.digest == digest }
            : SignatureSuite.allCases.first { $0.identifier == identifier }
        guard let found, found.digest == digest else {
            throw SealError(
                .unsupported, "\(name) is signed with another algorithm than ECDSA or RSA (PKCS #1 v1.5) with SHA-2.",
                mend: "Have it signed with one of these.")
        }
        self = found
    }
}
