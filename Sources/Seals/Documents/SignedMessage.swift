import Foundation
import SwiftASN1
import X509

/// CMS SignedData with one signer (RFC 5652, 5): written in DER, every set sorted, and read with everything bounded.
struct SignedMessage {
    static let name = "The signature"
    /// No signature of ours is longer; others' with long chains stay below.
    static let maximumLength = 256 << 10

    let contentType: ASN1ObjectIdentifier
    /// `nil`: the content is elsewhere.
    let content: [UInt8]?
    let certificates: [Certificate]
    let signer: Certificate
    let digest: SealDigest
    let signature: [UInt8]
    /// The signed attributes as they are signed: under the tag of a SET.
    private let signedAttributes: [UInt8]
    private let signed: [Attribute]
    private let unsigned: [Attribute]
    private let suite: SignatureSuite

    private struct Attribute {
        let type: ASN1ObjectIdentifier
        let values: [ASN1Node]
    }

    // MARK: Writing

    static func attribute(_ identifier: ASN1ObjectIdentifier, _ value: DERElement) throws -> DERElement {
        .sequence([try .identifier(identifier), try .set([value])])
    }

    /// - Parameters:
    ///   - encapsulated: EncapsulatedContentInfo.
    ///   - certificates: none for a time-stamp whose requester did not ask for them.
    ///   - unsigned: makes the unsigned attributes, given the signature's bytes.
    static func contentInfo(
        version: UInt64, encapsulated: DERElement, attributes: [DERElement], identity: SealIdentity, certificates: [Certificate],
        unsigned: ([UInt8]) throws -> [DERElement]
    ) throws -> [UInt8] {
        let signature = try identity.sign(try DERElement.set(attributes).bytes)
        var signer = [
            .integer(1), try CertificateReference.issuerAndSerial(of: identity.certificate), try identity.suite.digest.algorithm,
            try DERElement.set(attributes, identifier: DERElement.context(0)), try identity.suite.algorithm, .octets(signature),
        ]
        let more = try unsigned(signature)
        if !more.isEmpty { signer.append(try .set(more, identifier: DERElement.context(1))) }
        var signedData = [DERElement.integer(version), try .set([try identity.suite.digest.algorithm]), encapsulated]
        if !certificates.isEmpty {
            signedData.append(try .set(certificates.map { try DERElement($0) }, identifier: DERElement.context(0)))
        }
        signedData.append(try .set([.sequence(signer)]))
        return DERElement.sequence([try .identifier(SealIdentifiers.signedData), .explicit(0, .sequence(signedData))]).bytes
    }

    // MARK: Reading

    /// - Parameter known: certificates that the message may leave out, such as the one a signature's own chain brought.
    init(_ bytes: [UInt8], known: [Certificate] = []) throws {
        let name = SignedMessage.name
        guard bytes.count <= SignedMessage.maximumLength else { throw DERReader.malformed(name, "is longer than 256 KiB") }
        var outer = try DERReader(try DERReader.whole(bytes, named: name), named: name)
        guard try outer.value(ASN1ObjectIdentifier.self) == SealIdentifiers.signedData else {
            throw DERReader.malformed(name, "is not CMS SignedData")
        }
        var wrapper = try DERReader(try outer.node(), DERElement.context(0), named: name)
        try outer.finish()
        var data = try wrapper.sequence()
        try wrapper.finish()
        _ = try data.primitive(.integer)
        _ = try data.node(.set)
        var encapsulated = try data.sequence()
        contentType = try encapsulated.value(ASN1ObjectIdentifier.self)
        if let inner = encapsulated.optional(DERElement.context(0)) {
            var octets = try DERReader(inner, DERElement.context(0), named: name)
            content = try octets.primitive(.octetString)
            try octets.finish()
        } else {
            content = nil
        }
        try encapsulated.finish()
        certificates = try data.optional(DERElement.context(0)).map { try SignedMessage.certificates($0) } ?? []
        _ = data.optional(DERElement.context(1))
        var signers = try DERReader(try data.node(), .set, named: name)
        try data.finish()
        var info = try signers.sequence()
        guard signers.isAtEnd else {
            throw SealError(.unsupported, "\(name) has more than one signer.", mend: "Have each sign by itself.")
        }
        _ = try info.primitive(.integer)
        let identifier = try info.node(.sequence)
        digest = try SealDigest(try info.node(), named: name)
        let attributes = try info.node(DERElement.context(0))
        // RFC 5652, 5.4: signed as a SET, whatever the tag it is kept under.
        signedAttributes = [0x31] + attributes.encodedBytes.dropFirst()
        signed = try SignedMessage.attributes(attributes, tag: DERElement.context(0))
        suite = try SignatureSuite(try info.node(), digest: digest, named: name)
        signature = try info.primitive(.octetString)
        unsigned = try info.optional(DERElement.context(1)).map { try SignedMessage.attributes($0, tag: DERElement.context(1)) } ?? []
        try info.finish()
        let found = try (certificates + known).first {
            try CertificateReference.issuerAndSerial(of: $0).bytes == Array(identifier.encodedBytes)
        }
        guard let found else {
            throw SealError(
                .missing, "\(name) does not bring its signer's certificate.", mend: "Have it made again, with the certificate in it.")
        }
        signer = found
    }

    private static func certificates(_ node: ASN1Node) throws -> [Certificate] {
        let nodes = try DERReader(node, DERElement.context(0), named: name).remaining
        guard nodes.count <= 16 else { throw DERReader.malformed(name, "brings more than 16 certificates") }
        return try nodes.map { node in
            do {
                return try Certificate(derEncoded: node)
            } catch {
                throw DERReader.malformed(name, "brings a certificate that cannot be read")
            }
        }
    }

    private static func attributes(_ node: ASN1Node, tag: ASN1Identifier) throws -> [Attribute] {
        let nodes = try DERReader(node, tag, named: name).remaining
        guard nodes.count <= 32 else { throw DERReader.malformed(name, "has more than 32 attributes") }
        return try nodes.map { node in
            var reader = try DERReader(node, named: name)
            let type = try reader.value(ASN1ObjectIdentifier.self)
            let values = try DERReader(try reader.node(), .set, named: name).remaining
            try reader.finish()
            return Attribute(type: type, values: values)
        }
    }

    /// The one value of an attribute; `nil` where there is none, or more than one.
    private static func value(_ type: ASN1ObjectIdentifier, of attributes: [Attribute]) -> ASN1Node? {
        let found = attributes.filter { $0.type == type }
        guard found.count == 1, found[0].values.count == 1 else { return nil }
        return found[0].values[0]
    }

    /// Checks the signature over a content with that digest, and that it names its certificate (RFC 5652, 5.6; RFC 5035, 3).
    ///
    /// Whether the certificate is to be trusted is another question: ``CertificatePath``.
    func check(contentDigest: [UInt8]) throws {
        guard let type = SignedMessage.value(SealIdentifiers.contentType, of: signed),
            (try? ASN1ObjectIdentifier(derEncoded: type)) == contentType
        else { throw DERReader.malformed(SignedMessage.name, "does not say the type of what it signs") }
        guard let named = SignedMessage.value(SealIdentifiers.messageDigest, of: signed) else {
            throw DERReader.malformed(SignedMessage.name, "has no digest of what it signs")
        }
        guard try DERReader.primitive(named, named: SignedMessage.name) == contentDigest else {
            throw SealError(
                .untrusted, "The content is not what was signed.", mend: "Get the document again from where it was published.")
        }
        guard let reference = SignedMessage.value(SealIdentifiers.signingCertificateV2, of: signed),
            try CertificateReference.names(signer, in: reference)
        else {
            throw SealError(
                .untrusted, "The signature does not name its signer's certificate.",
                mend: "Have it made as CAdES or PAdES, with the attribute signing-certificate-v2.")
        }
        guard signer.publicKey.isValidSignature(signature, for: signedAttributes, signatureAlgorithm: suite.ofCertificates) else {
            throw SealError(
                .untrusted, "The signature is not that of \(signer.subjectName).",
                mend: "Get the document again from where it was published.")
        }
    }

    /// The time-stamp token over the signature, where there is one: a ContentInfo in DER.
    var timeStamp: [UInt8]? {
        SignedMessage.value(SealIdentifiers.signatureTimeStamp, of: unsigned).map { Array($0.encodedBytes) }
    }
}
