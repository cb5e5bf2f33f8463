import SwiftASN1

/// What somebody asks a time-stamp authority for (RFC 3161, 2.4.1).
public struct TimeStampRequest: Hashable, Sendable {
    /// No honest request is longer; a hash and a nonce fit in 200 bytes.
    public static let maximumLength = 4_096
    static let name = "The time-stamp request"

    /// The hash function of the imprint.
    public let digest: SealDigest
    /// The hash to be stamped.
    public let imprint: [UInt8]
    /// The policy asked for, as an OBJECT IDENTIFIER in DER; `nil`: whichever the authority has.
    let policy: [UInt8]?
    /// As it stands in the request, an INTEGER's content.
    let nonce: [UInt8]?
    /// Whether the authority's certificate is wanted in the answer.
    public let wantsCertificate: Bool

    public init(digest: SealDigest, imprint: [UInt8], wantsCertificate: Bool = true) {
        self.digest = digest
        self.imprint = imprint
        policy = nil
        nonce = nil
        self.wantsCertificate = wantsCertificate
    }

    /// - Throws: ``TimeStampRefusal``, which is the answer.
    public init(_ bytes: [UInt8]) throws(TimeStampRefusal) {
        guard bytes.count <= TimeStampRequest.maximumLength else {
            throw TimeStampRefusal(.badDataFormat, "The request is longer than \(TimeStampRequest.maximumLength) bytes.")
        }
        do {
            let name = TimeStampRequest.name
            var reader = try DERReader(try DERReader.whole(bytes, named: name), named: name)
            guard try reader.primitive(.integer) == [1] else {
                throw TimeStampRefusal(.badRequest, "Only version 1 of the request is known.")
            }
            var imprint = try reader.sequence()
            let algorithm = try imprint.node()
            guard let digest = try? SealDigest(algorithm, named: name) else {
                throw TimeStampRefusal(.badAlgorithm, "The imprint is to be SHA-256, SHA-384 or SHA-512.")
            }
            self.digest = digest
            self.imprint = try imprint.primitive(.octetString)
            try imprint.finish()
            guard self.imprint.count == digest.length else {
                throw TimeStampRefusal(.badDataFormat, "The imprint is not as long as its hash.")
            }
            policy = reader.optional(.objectIdentifier).map { Array($0.encodedBytes) }
            nonce = try reader.optional(.integer).map { (node) throws(SealError) in try DERReader.primitive(node, named: name) }
            if let nonce {
                // Anything positive up to 256 bits; openssl sends 64.
                guard (1...33).contains(nonce.count) else {
                    throw TimeStampRefusal(.badDataFormat, "The nonce is longer than 256 bits.")
                }
            }
            wantsCertificate =
                try reader.optional(.boolean).map { (node) throws(SealError) in
                    try DERReader.primitive(node, named: name) != [0]
                } ?? false
            guard reader.optional(DERElement.context(0)) == nil else {
                throw TimeStampRefusal(.unacceptedExtension, "No extension is known here.")
            }
            try reader.finish()
        } catch let refusal as TimeStampRefusal {
            throw refusal
        } catch {
            throw TimeStampRefusal(.badDataFormat, "\(error)")
        }
    }
}

/// Why no time-stamp was given (RFC 3161, 2.4.2): the answer says it.
public struct TimeStampRefusal: Error, Hashable, Sendable {
    /// PKIFailureInfo: the number of the bit.
    public enum Failure: Int, Hashable, Sendable, CaseIterable {
        case badAlgorithm = 0
        case badRequest = 2
        case badDataFormat = 5
        case timeNotAvailable = 14
        case unacceptedPolicy = 15
        case unacceptedExtension = 16
        case systemFailure = 25
    }

    public let failure: Failure
    /// In English.
    public let reason: String

    public init(_ failure: Failure, _ reason: String) {
        self.failure = failure
        self.reason = reason
    }

    /// TimeStampResp with the status rejection.
    public var reply: [UInt8] {
        var bits = [UInt8](repeating: 0, count: failure.rawValue / 8 + 1)
        bits[failure.rawValue / 8] = 0x80 >> UInt8(failure.rawValue % 8)
        let unused = UInt8(7 - failure.rawValue % 8)
        return DERElement.sequence([
            .sequence([
                .integer(2), .sequence([.primitive(.utf8String, reason.utf8)]), .primitive(.bitString, [unused] + bits),
            ])
        ]).bytes
    }
}
