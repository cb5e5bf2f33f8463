public import Foundation
import SwiftASN1
import X509

/// Makes CMS signatures over content that is kept elsewhere: CAdES baseline B-T (ETSI EN 319 122-1, 6), and what a PDF carries (ETSI
/// EN 319 142-1, 6.3).
public struct DetachedSignature: Sendable {
    let identity: SealIdentity

    public init(by identity: SealIdentity) {
        self.identity = identity
    }

    /// A ContentInfo in DER, without the content.
    ///
    /// - Parameters:
    ///   - digest: of the content, by the identity's hash.
    ///   - signingTime: the signer's claim; `nil` in a PDF, whose dictionary says it (ETSI EN 319 142-1, 6.3).
    ///   - timeStamp: makes a time-stamp token over the signature; `nil` for none.
    func make(
        digest: [UInt8], signingTime: Date?, timeStamp: (([UInt8]) throws -> [UInt8])?
    ) throws -> [UInt8] {
        let content = SealIdentifiers.data
        var attributes = [
            try attribute(SealIdentifiers.contentType, .identifier(content)),
            try attribute(SealIdentifiers.messageDigest, .octets(digest)),
            try attribute(SealIdentifiers.signingCertificateV2, CertificateReference.signingCertificateV2(of: identity.certificate)),
        ]
        if let signingTime { attributes.append(try attribute(SealIdentifiers.signingTime, DERTime.choice(signingTime))) }
        return try SignedMessage.contentInfo(
            version: 1, encapsulated: .sequence([.identifier(content)]), attributes: attributes, identity: identity,
            certificates: identity.chain
        ) { signature in
            guard let timeStamp else { return [] }
            return [try attribute(SealIdentifiers.signatureTimeStamp, DERElement(encoded: try timeStamp(signature)))]
        }
    }

    /// Signs content as CAdES does: with the time the signer claims, and a time-stamp from an authority.
    public func sign(_ content: [UInt8], at moment: Date, timeStamps: TimeStampAuthority?) throws -> [UInt8] {
        try make(
            digest: identity.suite.digest.hash(of: content), signingTime: moment,
            timeStamp: timeStamps.map { authority in { try authority.token(over: $0, at: moment) } })
    }

    private func attribute(_ identifier: ASN1ObjectIdentifier, _ value: DERElement) throws -> DERElement {
        try SignedMessage.attribute(identifier, value)
    }
}
