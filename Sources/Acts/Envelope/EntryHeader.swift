/// An entry's header: the statement, when the node received it, and the signatures of persons. Its canonical JSON is the
/// leaf of the log.
public struct EntryHeader: Hashable, Sendable {
    /// A leaf may be at most this long, since entry bundles count lengths in 16 bits (C2SP tlog-tiles).
    public static let maximumLeafLength = 65_535

    public var statement: ActStatement
    /// When this node knew.
    public var received: Moment
    /// Signatures of persons over `statement.digest`. The node itself signs the checkpoint, not each act.
    public var signatures: [ActSignature]

    public init(statement: ActStatement, received: Moment, signatures: [ActSignature] = []) {
        self.statement = statement
        self.received = received
        self.signatures = signatures
    }

    /// The leaf: canonical JSON, UTF-8.
    public var canonicalBytes: [UInt8] { canonicalBytes(received: received.description) }

    /// The same where the time's text is known already, as it is for all acts of one batch.
    package func canonicalBytes(received text: String) -> [UInt8] {
        var writer = CanonicalJSONWriter(capacity: 512)
        statement.write(to: &writer, received: text, signatures: signatures)
        return writer.bytes
    }

    /// Reads a leaf. It must be in canonical form to the byte, since the bytes are what was hashed.
    public init(leaf: [UInt8]) throws(MalformedAct) {
        let json: JSON
        do {
            json = try JSONParser.parse(leaf, limits: .init(bytes: EntryHeader.maximumLeafLength, depth: 8))
        } catch {
            throw MalformedAct(place: "leaf", reason: error.description)
        }
        var reader = try ObjectReader(json, at: "")
        let receivedText = try reader.string("received")
        guard let received = Moment(receivedText) else {
            throw MalformedAct(place: "received", reason: "'\(receivedText)' is not a time in UTC with milliseconds")
        }
        var signatures: [ActSignature] = []
        if let list = reader.value("signatures") {
            guard case .array(let values) = list else {
                throw MalformedAct(place: "signatures", reason: "should be an array, not \(list.kindName)")
            }
            for (index, value) in values.enumerated() { signatures.append(try ActSignature(json: value, at: "signatures[\(index)]")) }
        }
        statement = try ActStatement(members: &reader)
        self.received = received
        self.signatures = signatures
        try reader.finish()
        guard canonicalBytes == leaf else { throw MalformedAct(place: "leaf", reason: "is not in canonical form (RFC 8785)") }
    }
}
