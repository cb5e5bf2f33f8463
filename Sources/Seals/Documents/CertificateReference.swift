import SwiftASN1
import X509

/// How a signature names its signer's certificate.
enum CertificateReference {
    /// IssuerAndSerialNumber (RFC 5652, 10.2.4).
    static func issuerAndSerial(of certificate: Certificate) throws -> DERElement {
        .sequence([try DERElement(certificate.issuer), .integer(certificate.serialNumber.bytes)])
    }

    /// SigningCertificateV2 with one ESSCertIDv2 (RFC 5035, 3). SHA-256 is the default, so it is not named (X.690, 11.5).
    static func signingCertificateV2(of certificate: Certificate) throws -> DERElement {
        let issuer = DERElement.sequence([.explicit(4, try DERElement(certificate.issuer))])
        let identifier = DERElement.sequence([
            .octets(try certificate.fingerprint), .sequence([issuer, .integer(certificate.serialNumber.bytes)]),
        ])
        return .sequence([.sequence([identifier])])
    }

    /// Whether a SigningCertificateV2 names this certificate first.
    static func names(_ certificate: Certificate, in node: ASN1Node) throws -> Bool {
        let name = "The signing certificate's attribute"
        var attribute = try DERReader(node, named: name)
        var certificates = try attribute.sequence()
        var first = try certificates.sequence()
        var digest = SealDigest.sha256
        if let next = first.next, next.identifier == .sequence { digest = try SealDigest(try first.node(), named: name) }
        let hash = try first.primitive(.octetString)
        return hash == digest.hash(of: try certificate.derBytes)
    }
}
