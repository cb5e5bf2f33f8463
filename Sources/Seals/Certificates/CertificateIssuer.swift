import Crypto
public import Foundation
import SwiftASN1
public import X509

/// A node's own certificate authority: a root, and what it issues (RFC 5280).
///
/// The root signs certificates and nothing else. One level is enough: every certificate lies in the same folder as the root, so an
/// intermediate would be lost with it.
public struct CertificateIssuer: Sendable {
    /// Days a root is good for: documents sealed late in its life must still be checked while a party may want to.
    public static let rootDays = 365 * 30
    public static let sealDays = 365 * 3
    public static let timeStampDays = 365 * 10
    /// Files are passed on for years, and what they bear is good no longer than the certificate that signed it.
    public static let provenanceDays = 365 * 10

    let root: Certificate
    let key: Certificate.PrivateKey

    public init(root: Certificate, key: Certificate.PrivateKey) throws(SealError) {
        guard root.publicKey == key.publicKey else {
            throw SealError(.untrusted, "The root's key is not that of its certificate.", mend: "Restore both from the same backup.")
        }
        self.root = root
        self.key = key
    }

    /// A fresh root on P-384, signed by itself.
    ///
    /// - Parameter node: the node's name; it goes into every subject.
    static func makeRoot(node: String, now: Date) throws -> (certificate: Certificate, key: Certificate.PrivateKey, pem: String) {
        let secret = P384.Signing.PrivateKey()
        let key = Certificate.PrivateKey(secret)
        let name = try subject(common: "\(node) root of seals", node: node)
        let identifier = SubjectKeyIdentifier(hash: key.publicKey)
        let certificate = try Certificate(
            version: .v3, serialNumber: serial(), publicKey: key.publicKey, notValidBefore: now.addingTimeInterval(-300),
            notValidAfter: now.addingTimeInterval(Double(rootDays) * 86_400), issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA384,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                identifier
            }, issuerPrivateKey: key)
        return (certificate, key, secret.pemRepresentation)
    }

    /// A certificate for a key, issued by the root.
    ///
    /// - Parameters:
    ///   - common: the subject's common name, such as the office's.
    ///   - days: how long it is good for, from `now`; never beyond the root's own end.
    public func issue(
        for key: Certificate.PublicKey, purpose: CertificatePurpose, common: String, node: String, now: Date, days: Int
    ) throws -> Certificate {
        let end = min(now.addingTimeInterval(Double(days) * 86_400), root.notValidAfter)
        let authority = AuthorityKeyIdentifier(keyIdentifier: try root.extensions.subjectKeyIdentifier?.keyIdentifier)
        let extensions: Certificate.Extensions
        switch purpose {
        case .sealing:
            extensions = try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true, nonRepudiation: true))
                authority
                SubjectKeyIdentifier(hash: key)
            }
        case .timeStamping:
            // RFC 3161, 2.3: this purpose alone, and critical.
            extensions = try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true, nonRepudiation: true))
                Critical(try ExtendedKeyUsage([.timeStamping]))
                authority
                SubjectKeyIdentifier(hash: key)
            }
        case .provenance:
            // C2PA 2.2, 14.5.1.1: signatures alone, and a purpose that is named: mail, which every validator takes, and claims.
            extensions = try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.emailProtection, ExtendedKeyUsage.Usage(oid: SealIdentifiers.claimSigning)])
                authority
                SubjectKeyIdentifier(hash: key)
            }
        }
        return try Certificate(
            version: .v3, serialNumber: CertificateIssuer.serial(), publicKey: key, notValidBefore: now.addingTimeInterval(-300),
            notValidAfter: end, issuer: root.subject, subject: try CertificateIssuer.subject(common: common, node: node),
            signatureAlgorithm: .ecdsaWithSHA384, extensions: extensions, issuerPrivateKey: self.key)
    }

    /// 127 random bits: positive, and never twice (RFC 5280, 4.1.2.2).
    private static func serial() -> Certificate.SerialNumber {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0 ... .max) }
        bytes[0] = bytes[0] & 0x7F | 0x40
        return Certificate.SerialNumber(bytes: bytes)
    }

    /// Common name and organization, each cut at the 64 characters X.520 allows.
    private static func subject(common: String, node: String) throws -> DistinguishedName {
        try DistinguishedName {
            OrganizationName(String(node.prefix(64)))
            CommonName(String(common.prefix(64)))
        }
    }
}
