public import Acts

/// A node's document with the signatures of its keys over it: `{"document": …, "signatures": [{"key", "signature"}]}`.
public struct SignedNodeDocument: Hashable, Sendable {
    public let document: NodeDocument
    /// By the key's identifier; 64 bytes each (Ed25519).
    public let signatures: [(key: String, signature: [UInt8])]
    /// As it was read, for keeping.
    public let json: JSON

    public static func == (left: SignedNodeDocument, right: SignedNodeDocument) -> Bool { left.json == right.json }
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }

    /// Signs a document with every key of the node that counts, so that whoever knows any of them can believe the rest.
    public init(_ document: NodeDocument, signedBy keys: [NodeKey]) throws {
        self.document = document
        let message = SignedNodeDocument.message(document.json)
        let signatures = try keys.map { (key: $0.publicKey.id, signature: try $0.sign(message)) }
        self.signatures = signatures
        json = [
            "document": document.json,
            "signatures": .array(
                signatures.map { ["key": .string($0.key), "signature": .string(Base64.encode($0.signature))] }),
        ]
    }

    /// Reads a document and checks that each signature by a key it names is right, and that there is one.
    ///
    /// That makes it well-formed and self-consistent; ``succeeds(_:at:)`` and an officer's decision make it believable.
    ///
    /// - Throws: ``MalformedAct``.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "")
        let content = try reader.required("document")
        document = try NodeDocument(json: content)
        var signatures: [(key: String, signature: [UInt8])] = []
        let list = try reader.array("signatures")
        guard list.count <= NodeDocument.most else { throw MalformedAct(place: "signatures", reason: "are too many") }
        for (index, value) in list.enumerated() {
            var inner = try ObjectReader(value, at: "signatures[\(index)]")
            let key = try inner.string("key")
            guard let bytes = Base64.decode(try inner.string("signature")) else {
                throw MalformedAct(place: "signatures[\(index)].signature", reason: "should be base64")
            }
            try inner.finish()
            signatures.append((key, bytes))
        }
        try reader.finish()
        // What was signed is the canonical form of what was sent, so nothing may stand in it that the document does not read.
        let message = SignedNodeDocument.message(content)
        var good = 0
        for (id, signature) in signatures {
            guard let key = document.keys.first(where: { $0.publicKey.id == id })?.publicKey else { continue }
            guard key.isValid(signature, of: message) else {
                throw MalformedAct(place: "signatures", reason: "the signature by key \(id) is wrong")
            }
            good += 1
        }
        guard good > 0 else { throw MalformedAct(place: "signatures", reason: "none is by a key of the document") }
        self.signatures = signatures
        self.json = json
    }

    /// Whether a document replaces an earlier one of the same node without anybody's decision: it is later, of the same log, and
    /// signed by a key that the earlier one holds good at that instant and this one does not revoke (key rollover).
    public func succeeds(_ earlier: NodeDocument, at now: Moment) -> Bool {
        guard document.node == earlier.node, document.issued > earlier.issued, document.logOrigin == earlier.logOrigin else {
            return false
        }
        let message = SignedNodeDocument.message(document.json)
        return signatures.contains { id, signature in
            guard let key = earlier.key(id, at: now), !document.revocations.contains(where: { $0.key == id }) else { return false }
            return key.isValid(signature, of: message)
        }
    }

    /// What is signed: "chancery node document v1" LF || the document in canonical JSON.
    private static func message(_ document: JSON) -> [UInt8] {
        Array("chancery node document v1\n".utf8) + document.canonicalBytes
    }
}
