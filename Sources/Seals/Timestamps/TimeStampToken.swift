public import Acts
import Foundation
import SwiftASN1
public import X509

/// A time-stamp token, read and checked (RFC 3161, 2.4.2).
public struct TimeStampToken: Sendable {
    static let name = "The time-stamp"

    /// When the authority says the hash was there.
    public let moment: Moment
    public let digest: SealDigest
    public let imprint: [UInt8]
    let message: SignedMessage

    init(_ bytes: [UInt8]) throws {
        let name = TimeStampToken.name
        message = try SignedMessage(bytes)
        guard message.contentType == SealIdentifiers.timeStampInfo, let content = message.content else {
            throw DERReader.malformed(name, "is a signature over something else")
        }
        var info = try DERReader(try DERReader.whole(content, named: name), named: name)
        guard try info.primitive(.integer) == [1] else { throw DERReader.malformed(name, "is of another version than 1") }
        _ = try info.node(.objectIdentifier)
        var imprint = try info.sequence()
        digest = try SealDigest(try imprint.node(), named: name)
        self.imprint = try imprint.primitive(.octetString)
        try imprint.finish()
        _ = try info.primitive(.integer)
        let time = try info.value(GeneralizedTime.self)
        guard let milliseconds = DERTime.milliseconds(time) else { throw DERReader.malformed(name, "has no time") }
        moment = Moment(milliseconds: milliseconds)
    }

    /// The authority's certificate.
    public var authority: Certificate { message.signer }

    /// Checks that the token is its authority's, over these bytes, and that the authority is trusted at that time.
    ///
    /// - Throws: ``SealError`` with the reason.
    func check(over bytes: [UInt8], path: CertificatePath) async throws {
        guard imprint == digest.hash(of: bytes) else {
            throw SealError(
                .untrusted, "The time-stamp is over something else.", mend: "Get the document again from where it was published.")
        }
        try message.check(contentDigest: message.digest.hash(of: message.content ?? []))
        _ = try await path.check(
            message.signer, others: message.certificates, purpose: .timeStamping,
            at: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
    }
}
