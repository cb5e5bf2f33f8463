public import Acts
import Foundation
import SwiftASN1
public import X509

/// A time-stamp authority (RFC 3161): says that a hash was there at a time, and signs that.
public struct TimeStampAuthority: Sendable {
    /// The policy of every node's own authority, 2.25.46138843913776598865277495641696615401 (docs/seals.md): the time is the
    /// machine's clock, the key a file.
    static let policy = DERElement(encoded: [
        0x06, 0x13, 0x69, 0xC5, 0xB6, 0x82, 0xA8, 0xD9, 0xF8, 0xF2, 0x8A, 0x8B, 0xA1, 0xC9, 0xB0, 0xC7, 0xBB, 0x85, 0xBE, 0xF7, 0x69,
    ])
    /// The same for people.
    public static let policyName = "2.25.46138843913776598865277495641696615401"
    /// Seconds by which the clock may be wrong; NTP keeps a machine well within.
    static let accuracySeconds: UInt64 = 1

    let identity: SealIdentity

    /// - Parameter identity: its certificate is for time-stamps alone.
    public init(identity: SealIdentity) throws(SealError) {
        guard let usage = try? identity.certificate.extensions.extendedKeyUsage, Array(usage) == [.timeStamping] else {
            throw SealError(
                .untrusted, "The certificate of the time-stamp authority is not for time-stamps alone.",
                mend: "Issue one with the extended key usage timeStamping, critical (RFC 3161, 2.3).")
        }
        self.identity = identity
    }

    public var certificate: Certificate { identity.certificate }

    /// Answers a request: TimeStampResp in DER, granted or refused.
    public func reply(to request: [UInt8], at now: Moment) -> [UInt8] {
        do {
            let request = try TimeStampRequest(request)
            guard request.policy == nil || request.policy == TimeStampAuthority.policy.bytes else {
                throw TimeStampRefusal(
                    .unacceptedPolicy, "The only policy here is \(TimeStampAuthority.policyName).")
            }
            let token = try token(for: request, at: now)
            return DERElement.sequence([.sequence([.integer(0)]), DERElement(encoded: token)]).bytes
        } catch let refusal as TimeStampRefusal {
            return refusal.reply
        } catch {
            return TimeStampRefusal(.systemFailure, "\(error)").reply
        }
    }

    /// A token over bytes, such as a signature's, with the authority's certificates in it.
    func token(over bytes: [UInt8], at date: Date) throws -> [UInt8] {
        let request = TimeStampRequest(digest: .sha256, imprint: SealDigest.sha256.hash(of: bytes))
        return try token(for: request, at: Moment(milliseconds: Int64(date.timeIntervalSince1970 * 1000)))
    }

    /// TimeStampToken: SignedData over a TSTInfo (RFC 3161, 2.4.2).
    func token(for request: TimeStampRequest, at now: Moment) throws -> [UInt8] {
        let certificate = identity.certificate
        let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        guard certificate.notValidBefore <= date, date <= certificate.notValidAfter else {
            throw TimeStampRefusal(.timeNotAvailable, "The authority's certificate is not good now.")
        }
        var info = [
            DERElement.integer(1), TimeStampAuthority.policy,
            .sequence([try request.digest.algorithm, .octets(request.imprint)]), .integer(TimeStampAuthority.serial(at: now)),
            DERTime.generalized(milliseconds: now.milliseconds), .sequence([.integer(TimeStampAuthority.accuracySeconds)]),
        ]
        if let nonce = request.nonce { info.append(.primitive(.integer, nonce)) }
        info.append(.explicit(0, .explicit(4, try DERElement(certificate.subject))))
        let content = DERElement.sequence(info)
        let digest = identity.suite.digest.hash(of: content.bytes)
        let attributes = [
            try SignedMessage.attribute(SealIdentifiers.contentType, .identifier(SealIdentifiers.timeStampInfo)),
            try SignedMessage.attribute(SealIdentifiers.messageDigest, .octets(digest)),
            try SignedMessage.attribute(
                SealIdentifiers.signingCertificateV2, CertificateReference.signingCertificateV2(of: certificate)),
        ]
        return try SignedMessage.contentInfo(
            version: 3, encapsulated: .sequence([.identifier(SealIdentifiers.timeStampInfo), .explicit(0, .octets(content.bytes))]),
            attributes: attributes, identity: identity, certificates: request.wantsCertificate ? identity.chain : []
        ) { _ in [] }
    }

    /// Unique without a counter that could be set back: the millisecond, then 80 random bits.
    private static func serial(at now: Moment) -> [UInt8] {
        let time = UInt64(max(0, now.milliseconds))
        return (2..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) } + (0..<10).map { _ in UInt8.random(in: 0 ... .max) }
    }
}
