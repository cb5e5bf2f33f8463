/// An act handed out to be signed elsewhere: on the command line, by a key file or a token (docs/protocol.md, section 10).
///
/// It carries everything the digest is made from, so that the signer's program recomputes it and shows what is signed, and takes
/// nobody's word for it.
public struct SigningRequest: Hashable, Sendable {
    /// The first member's value: what this file is.
    public static let format = "chancery-signing-request/1"
    /// A file may be at most this long: a payload of 1 MiB, spelt with room, and its statement.
    public static let maximumLength = 3 << 20
    public static let mediaType = "application/vnd.chancery.signing-request+json"

    public let statement: ActStatement
    public let payload: SealedPayload
    /// The node that will enter the act, as people reach it: `https://treaties.example.org`. For people; nothing rests on it.
    public let node: String?

    /// - Throws: ``MalformedAct`` where the statement does not commit to this payload.
    public init(statement: ActStatement, payload: SealedPayload, node: String? = nil) throws(MalformedAct) {
        guard payload.salt.count == SealedPayload.saltLength else {
            throw MalformedAct(place: "salt", reason: "should be \(SealedPayload.saltLength) bytes")
        }
        guard statement.payloadCommitment == payload.commitment else {
            throw MalformedAct(
                place: "payload", reason: "is not what the statement commits to: the content shown is not the content that would be signed")
        }
        self.statement = statement
        self.payload = payload
        self.node = node
    }

    /// The request for an act that a rule has drafted.
    public init(_ draft: ActDraft, node: String? = nil) throws(MalformedAct) {
        try self.init(statement: draft.statement, payload: draft.payload, node: node)
    }

    /// Reads a file and checks it against itself: payload against commitment, and the digest it names against the statement's.
    public init(file: [UInt8]) throws(MalformedAct) {
        let json: JSON
        do {
            json = try JSONParser.parse(file, limits: .init(bytes: SigningRequest.maximumLength, depth: 36))
        } catch {
            throw MalformedAct(place: "file", reason: error.description)
        }
        var reader = try ObjectReader(json, at: "")
        guard try reader.string("format") == SigningRequest.format else {
            throw MalformedAct(place: "format", reason: "is not \(SigningRequest.format)")
        }
        let statement = try ActStatement(json: try reader.required("statement"))
        let payload = try reader.required("payload")
        guard let salt = Base64.decode(try reader.string("salt")) else {
            throw MalformedAct(place: "salt", reason: "should be base64")
        }
        let digest = try reader.string("digest")
        let node = try reader.optionalString("node")
        try reader.finish()
        try self.init(statement: statement, payload: SealedPayload(salt: salt, bytes: payload.canonicalBytes), node: node)
        guard digest == Base64.encode(self.digest) else {
            throw MalformedAct(place: "digest", reason: "is not the digest of this statement")
        }
    }

    /// What is signed (docs/protocol.md, section 3).
    public var digest: [UInt8] { statement.digest }

    /// The file: canonical JSON and a line feed.
    public func file() throws(MalformedAct) -> [UInt8] {
        var object: JSONObject = [
            "format": .string(SigningRequest.format), "statement": statement.json, "payload": try payload.json(),
            "salt": .string(Base64.encode(payload.salt)), "digest": .string(Base64.encode(digest)),
        ]
        object["node"] = node.map(JSON.string)
        return JSON.object(object).canonicalBytes + [0x0A]
    }

    /// The act, to be entered with these signatures.
    public func draft(signatures: [ActSignature]) -> ActDraft {
        ActDraft(
            kind: statement.kind, payload: payload, dossier: statement.dossier, office: statement.office, author: statement.author,
            effective: statement.effective, marking: statement.marking, references: statement.references, request: statement.request,
            signatures: signatures)
    }
}
