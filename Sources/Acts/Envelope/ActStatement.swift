import Crypto

/// What a person signs: the act itself, before the node has given it a place and a time.
public struct ActStatement: Hashable, Sendable {
    public var kind: ActKind
    /// The file the act belongs to, such as `treaties/IV-11`; `nil` for acts of the node itself.
    public var dossier: String?
    /// The office in whose name it is done.
    public var office: String
    /// The person who does it, or `node` where the software acts by itself.
    public var author: String
    /// The day it takes legal effect, where its kind has one.
    public var effective: CalendarDate?
    public var marking: Marking
    /// Earlier entries it answers, corrects or rests on.
    public var references: [Reference]
    /// The identifier of the form or request it came by; a second act with the same one is a replay and refused.
    public var request: String?
    /// SHA-256(salt || payload), 32 bytes.
    public var payloadCommitment: [UInt8]

    public init(
        kind: ActKind, dossier: String? = nil, office: String, author: String, effective: CalendarDate? = nil,
        marking: Marking = .public, references: [Reference] = [], request: String? = nil, payloadCommitment: [UInt8]
    ) {
        self.kind = kind
        self.dossier = dossier
        self.office = office
        self.author = author
        self.effective = effective
        self.marking = marking
        self.references = references
        self.request = request
        self.payloadCommitment = payloadCommitment
    }

    /// Reads the statement's members out of a leaf, or of a statement by itself; what else stands there is the reader's.
    init(members reader: inout ObjectReader) throws(MalformedAct) {
        guard try reader.integer("format") == 1 else { throw MalformedAct(place: "format", reason: "only format 1 is known") }
        let kindText = try reader.string("kind")
        guard let kind = ActKind(kindText) else {
            throw MalformedAct(place: "kind", reason: "'\(kindText)' is not of the form NAME@VERSION")
        }
        guard let commitment = Base64.decode(try reader.string("payload")), commitment.count == 32 else {
            throw MalformedAct(place: "payload", reason: "should be 32 bytes in base64")
        }
        var references: [Reference] = []
        if let list = reader.value("references") {
            guard case .array(let values) = list else {
                throw MalformedAct(place: "references", reason: "should be an array, not \(list.kindName)")
            }
            for (index, value) in values.enumerated() { references.append(try Reference(json: value, at: "references[\(index)]")) }
        }
        self.init(
            kind: kind, dossier: try reader.optionalString("dossier"), office: try reader.string("office"),
            author: try reader.string("author"), effective: try reader.optionalDate("effective"),
            marking: try Marking(json: try reader.required("marking")), references: references,
            request: try reader.optionalString("request"), payloadCommitment: commitment)
    }

    /// Reads a statement by itself. It need not be spelt canonically, but must mean exactly what its canonical form says.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "statement")
        try self.init(members: &reader)
        try reader.finish()
        guard canonicalBytes == json.canonicalBytes else {
            throw MalformedAct(place: "statement", reason: "has a member in another form than the record would write it in")
        }
    }

    /// The statement as a value: what ``canonicalBytes`` says.
    public var json: JSON {
        var object: JSONObject = [
            "author": .string(author), "format": 1, "kind": .string(kind.description), "marking": marking.json,
            "office": .string(office), "payload": .string(Base64.encode(payloadCommitment)),
        ]
        object["dossier"] = dossier.map(JSON.string)
        object["effective"] = effective.map { .string($0.description) }
        if !references.isEmpty { object["references"] = .array(references.map(\.json)) }
        object["request"] = request.map(JSON.string)
        return .object(object)
    }

    /// The statement in canonical JSON: the leaf's members without `received` and `signatures`.
    public var canonicalBytes: [UInt8] {
        var writer = CanonicalJSONWriter(capacity: 384)
        write(to: &writer, received: nil, signatures: [])
        return writer.bytes
    }

    /// What is signed: SHA-256("chancery act v1" LF || statement), 32 bytes. A passkey takes it as its challenge.
    public var digest: [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("chancery act v1\n".utf8))
        hash.update(data: canonicalBytes)
        return Array(hash.finalize())
    }

    /// Writes the members in canonical order, straight, since every entry passes here.
    func write(to writer: inout CanonicalJSONWriter, received: String?, signatures: [ActSignature]) {
        writer.raw("{\"author\":")
        writer.write(string: author)
        if let dossier {
            writer.raw(",\"dossier\":")
            writer.write(string: dossier)
        }
        if let effective {
            writer.raw(",\"effective\":")
            writer.write(string: effective.description)
        }
        writer.raw(",\"format\":1,\"kind\":")
        writer.write(string: kind.description)
        if marking == .public {
            writer.raw(",\"marking\":\"public\"")
        } else {
            writer.raw(",\"marking\":")
            writer.write(marking.json)
        }
        writer.raw(",\"office\":")
        writer.write(string: office)
        writer.raw(",\"payload\":")
        writer.write(string: Base64.encode(payloadCommitment))
        if let received {
            writer.raw(",\"received\":")
            writer.write(string: received)
        }
        if !references.isEmpty {
            writer.raw(",\"references\":")
            writer.write(.array(references.map(\.json)))
        }
        if let request {
            writer.raw(",\"request\":")
            writer.write(string: request)
        }
        if !signatures.isEmpty {
            writer.raw(",\"signatures\":")
            writer.write(.array(signatures.map(\.json)))
        }
        writer.raw("}")
    }
}
