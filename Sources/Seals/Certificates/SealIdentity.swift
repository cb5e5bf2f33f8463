import Crypto
import Foundation
import SwiftASN1
public import X509

/// A key that seals, with its certificate and those that lead from it towards a root.
public struct SealIdentity: Sendable {
    /// The signer's certificate first, then each one's issuer; the root may be last or left out.
    public let chain: [Certificate]
    let key: Certificate.PrivateKey
    let suite: SignatureSuite

    /// - Throws: where the key is not the certificate's, or of a sort that seals do not use.
    public init(chain: [Certificate], key: Certificate.PrivateKey) throws(SealError) {
        guard let certificate = chain.first else {
            throw SealError(.missing, "There is no certificate.", mend: "Give the signer's certificate first, then its issuers.")
        }
        guard certificate.publicKey == key.publicKey else {
            throw SealError(
                .untrusted, "The key is not that of the first certificate.",
                mend: "Put the certificate that was issued for this key first in the chain.")
        }
        self.chain = chain
        self.key = key
        suite = try SealIdentity.suite(of: certificate.publicKey)
    }

    public var certificate: Certificate { chain[0] }

    /// A signature over bytes, hashed as the key's suite says; of ECDSA in DER (RFC 3279, 2.2.3).
    ///
    /// - Throws: ``SealError`` where the key's file or token does not sign.
    public func sign(_ bytes: [UInt8]) throws(SealError) -> [UInt8] {
        do {
            return try key.sign(bytes: bytes, signatureAlgorithm: suite.ofCertificates).rawRepresentation
        } catch let error as SealError {
            throw error
        } catch {
            throw SealError(.failed, "The key did not sign: \(error).", mend: "Check the key's file or token.")
        }
    }

    private static func suite(of key: Certificate.PublicKey) throws(SealError) -> SignatureSuite {
        if P256.Signing.PublicKey(key) != nil { return .ecdsaSHA256 }
        if P384.Signing.PublicKey(key) != nil { return .ecdsaSHA384 }
        if P521.Signing.PublicKey(key) != nil { return .ecdsaSHA512 }
        // X.509's RSA type is not ours to name; its description begins with the algorithm.
        if key.description.hasPrefix("RSA") { return .rsaSHA256 }
        throw SealError(
            .unsupported, "Seals are made with ECDSA or RSA; validators of PDF and CMS read no other key everywhere.",
            mend: "Make a P-256 or P-384 key and have a certificate issued for it.")
    }
}

extension Certificate {
    /// The certificate in DER.
    public var derBytes: [UInt8] {
        get throws { try DERElement(self).bytes }
    }

    /// SHA-256 over the certificate in DER: its fingerprint.
    public var fingerprint: [UInt8] {
        get throws { SealDigest.sha256.hash(of: try derBytes) }
    }

    /// The subject's common name, or the whole subject where it has none.
    public var subjectName: String {
        for relative in subject {
            for attribute in relative where attribute.type == [2, 5, 4, 3] { return "\(attribute.value)" }
        }
        return "\(subject)"
    }
}
