/// A person's signature made away from the node, with the public key it is by: what `chancery sign` writes and the node takes
/// back (docs/protocol.md, section 10).
public struct SignatureFile: Hashable, Sendable {
    /// The first member's value: what this file is.
    public static let format = "chancery-signature/1"
    /// A file may be at most this long; an ML-DSA-65 signature and its key are under 8 KiB.
    public static let maximumLength = 16 << 10
    public static let mediaType = "application/vnd.chancery.signature+json"

    /// The digest signed, 32 bytes.
    public let digest: [UInt8]
    public let key: PublicKey
    public let signature: ActSignature

    /// - Throws: ``MalformedAct`` where the signature is not this key's over this digest.
    public init(digest: [UInt8], key: PublicKey, signature: ActSignature) throws(MalformedAct) {
        guard digest.count == 32 else { throw MalformedAct(place: "digest", reason: "should be 32 bytes") }
        guard signature.passkey == nil else {
            throw MalformedAct(place: "signature", reason: "is a passkey's; those are made in the browser, on the act's own page")
        }
        guard signature.key == key.identifier, signature.algorithm == key.algorithm else {
            throw MalformedAct(place: "signature.key", reason: "names another key than the one that stands beside it")
        }
        guard key.verifies(signature.signature, over: digest) else {
            throw MalformedAct(place: "signature", reason: "is not that key's over this digest")
        }
        self.digest = digest
        self.key = key
        self.signature = signature
    }

    /// Reads a file and checks its signature against its own key. Whether the key is the person's is for the node to know.
    public init(file: [UInt8]) throws(MalformedAct) {
        let json: JSON
        do {
            json = try JSONParser.parse(file, limits: .init(bytes: SignatureFile.maximumLength, depth: 4))
        } catch {
            throw MalformedAct(place: "file", reason: error.description)
        }
        var reader = try ObjectReader(json, at: "")
        guard try reader.string("format") == SignatureFile.format else {
            throw MalformedAct(place: "format", reason: "is not \(SignatureFile.format)")
        }
        guard let digest = Base64.decode(try reader.string("digest")) else {
            throw MalformedAct(place: "digest", reason: "should be base64")
        }
        let key = try PublicKey(json: try reader.required("publicKey"), at: "publicKey")
        let signature = try ActSignature(json: try reader.required("signature"), at: "signature")
        try reader.finish()
        try self.init(digest: digest, key: key, signature: signature)
    }

    /// The file: canonical JSON and a line feed.
    public var file: [UInt8] {
        let json: JSON = [
            "format": .string(SignatureFile.format), "digest": .string(Base64.encode(digest)), "publicKey": key.json,
            "signature": signature.json,
        ]
        return json.canonicalBytes + [0x0A]
    }
}
