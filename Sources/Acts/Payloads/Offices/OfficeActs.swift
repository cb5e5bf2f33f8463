/// What an office asks of its people's acts. A later act on the same office replaces it.
public struct OfficeRulesSet: Payload, Hashable {
    public static let kind = ActKind(known: "office.rules-set")
    public var office: String
    /// A second person of the office approves an act before it is entered.
    public var twoPersons: Bool
    /// Whether acts that a person should sign may be entered unsigned.
    public var unsignedActs: Bool

    public init(office: String, twoPersons: Bool, unsignedActs: Bool = false) {
        self.office = office
        self.twoPersons = twoPersons
        self.unsignedActs = unsignedActs
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        twoPersons = try reader.optionalBool("twoPersons") ?? false
        unsignedActs = try reader.optionalBool("unsignedActs") ?? false
        try reader.finish()
    }

    public var json: JSON {
        ["office": .string(office), "twoPersons": .bool(twoPersons), "unsignedActs": .bool(unsignedActs)]
    }
}

/// An act was prepared and signed by one person and waits for a second: everything needed to enter it.
public struct ActPrepared: Payload, Hashable {
    public static let kind = ActKind(known: "office.act-prepared")
    /// The act, with its salt, in the form of a signing request (docs/protocol.md).
    public var request: SigningRequest
    public var signatures: [ActSignature]

    public init(request: SigningRequest, signatures: [ActSignature]) {
        self.request = request
        self.signatures = signatures
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        let statement = try ActStatement(json: try reader.required("statement"))
        let content = try reader.required("content")
        guard let salt = Base64.decode(try reader.string("salt")) else {
            throw MalformedAct(place: "payload.salt", reason: "should be base64")
        }
        var signatures: [ActSignature] = []
        for (index, value) in try reader.array("signatures").enumerated() {
            signatures.append(try ActSignature(json: value, at: "payload.signatures[\(index)]"))
        }
        let digest = try reader.string("digest")
        try reader.finish()
        request = try SigningRequest(statement: statement, payload: SealedPayload(salt: salt, bytes: content.canonicalBytes))
        guard digest == Base64.encode(request.digest) else {
            throw MalformedAct(place: "payload.digest", reason: "is not the digest of this statement")
        }
        self.signatures = signatures
    }

    public var json: JSON {
        [
            "statement": request.statement.json, "content": (try? request.payload.json()) ?? .null,
            "salt": .string(Base64.encode(request.payload.salt)), "digest": .string(Base64.encode(request.digest)),
            "signatures": .array(signatures.map(\.json)),
        ]
    }
}

/// A second person approved a prepared act, or turned it down.
public struct ActReviewed: Payload, Hashable {
    public static let kind = ActKind(known: "office.act-reviewed")
    /// The entry of the prepared act.
    public var prepared: Int64
    /// The digest of the act, 32 bytes.
    public var digest: [UInt8]
    public var approved: Bool
    /// Why it was turned down; optional where it was approved.
    public var reason: String?

    public init(prepared: Int64, digest: [UInt8], approved: Bool, reason: String? = nil) {
        self.prepared = prepared
        self.digest = digest
        self.approved = approved
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        prepared = try reader.integer("prepared")
        guard let digest = Base64.decode(try reader.string("digest")), digest.count == 32 else {
            throw MalformedAct(place: "payload.digest", reason: "should be 32 bytes in base64")
        }
        self.digest = digest
        guard let approved = try reader.optionalBool("approved") else {
            throw MalformedAct(place: "payload.approved", reason: "is missing")
        }
        self.approved = approved
        reason = try reader.optionalString("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "prepared": .integer(prepared), "digest": .string(Base64.encode(digest)), "approved": .bool(approved),
        ]
        object["reason"] = reason.map(JSON.string)
        return .object(object)
    }
}
