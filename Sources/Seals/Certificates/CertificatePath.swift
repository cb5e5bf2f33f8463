public import Foundation
import SwiftASN1
@_spi(FixedExpiryValidationTime) public import X509

/// Checks that a certificate leads to a root that is trusted (RFC 5280, 6).
public struct CertificatePath: Sendable {
    private let roots: [Certificate]

    public init(roots: [Certificate]) {
        self.roots = roots
    }

    /// The path from a certificate to a root, the certificate first.
    ///
    /// - Parameters:
    ///   - others: certificates that may stand in between.
    ///   - moment: when each must be good: the time of a trusted time-stamp, or now.
    /// - Throws: ``SealError`` with the reason, where there is no such path.
    public func check(
        _ certificate: Certificate, others: [Certificate], purpose: CertificatePurpose, at moment: Date
    ) async throws(SealError) -> [Certificate] {
        guard others.count <= 16 else {
            throw SealError(.untrusted, "There are more than 16 certificates.", mend: "Leave out those that are not on the path.")
        }
        var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
            RFC5280Policy(fixedExpiryValidationTime: moment)
            PurposePolicy(purpose: purpose)
        }
        switch await verifier.validate(leaf: certificate, intermediates: CertificateStore(others)) {
        case .validCertificate(let chain):
            return Array(chain)
        case .couldNotValidate(let failures):
            let reasons = failures.map { "\($0.policyFailureReason)" }
            let reason = reasons.first ?? "it leads to no root that is trusted"
            throw SealError(
                .untrusted, "The certificate of \(certificate.subjectName) does not hold: \(reason).",
                mend: "Give the root it was issued under, and check that the root is one to trust.")
        }
    }
}

/// Key usage and extended key usage (RFC 5280, 4.2.1.3 and 4.2.1.12; RFC 3161, 2.3).
struct PurposePolicy: VerifierPolicy {
    let purpose: CertificatePurpose
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage, .X509ExtensionID.keyUsage]

    init(purpose: CertificatePurpose) {
        self.purpose = purpose
    }

    func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        guard let leaf = chain.first else { return .failsToMeetPolicy(reason: "there is no certificate") }
        do {
            if let usage = try leaf.extensions.keyUsage, !usage.digitalSignature, !usage.nonRepudiation {
                return .failsToMeetPolicy(reason: "its key is not for signatures")
            }
            for issuer in chain.dropFirst() {
                if let usage = try issuer.extensions.keyUsage, !usage.keyCertSign {
                    return .failsToMeetPolicy(reason: "an issuer's key is not for certificates")
                }
            }
            let extended = try leaf.extensions.extendedKeyUsage
            switch purpose {
            case .timeStamping:
                guard let extended, Array(extended) == [.timeStamping],
                    leaf.extensions[oid: .X509ExtensionID.extendedKeyUsage]?.critical == true
                else { return .failsToMeetPolicy(reason: "it is not for time-stamps alone") }
            case .sealing:
                // Time-stamps and servers' certificates are no seals.
                if let extended, !extended.contains(.any), !extended.contains(.emailProtection),
                    !extended.contains(ExtendedKeyUsage.Usage(oid: PurposePolicy.documentSigning))
                {
                    return .failsToMeetPolicy(reason: "it is not for documents")
                }
            case .provenance:
                guard let extended, !extended.contains(.any), !extended.contains(.timeStamping),
                    extended.contains(.emailProtection) || extended.contains(ExtendedKeyUsage.Usage(oid: PurposePolicy.documentSigning))
                        || extended.contains(ExtendedKeyUsage.Usage(oid: SealIdentifiers.claimSigning))
                else { return .failsToMeetPolicy(reason: "it is not for the provenance of files") }
            }
        } catch {
            return .failsToMeetPolicy(reason: "its extensions cannot be read")
        }
        return .meetsPolicy
    }

    /// RFC 9336, 3.1.
    private static let documentSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 36]
}
