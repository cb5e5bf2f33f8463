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
