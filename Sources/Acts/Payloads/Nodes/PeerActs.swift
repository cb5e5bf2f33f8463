/// Another node was accepted as a peer, or a newer document of a peer was: from then on its keys count as the document says.
public struct PeerAccepted: Payload, Hashable {
    public static let kind = ActKind(known: "peer.accepted")
    /// Its authority: `mfa.example.org`.
    public var node: String
    /// The signed document as the node published it, canonical JSON; read it with `NodeDocument`.
    public var document: JSON

    public init(node: String, document: JSON) {
        self.node = node
        self.document = document
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        node = try reader.string("node")
        document = try reader.required("document")
        try reader.finish()
    }

    public var json: JSON { ["node": .string(node), "document": document] }
}

/// A node is no longer a peer: nothing of it is taken, and nothing is sent to it. What was exchanged stays.
public struct PeerEnded: Payload, Hashable {
    public static let kind = ActKind(known: "peer.ended")
    public var node: String
    public var reason: String

    public init(node: String, reason: String) {
        self.node = node
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        node = try reader.string("node")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON { ["node": .string(node), "reason": .string(reason)] }
}

/// A log signed two histories: two of its checkpoints that no one tree can have. Kept as evidence, whoever it speaks against.
public struct SplitViewFound: Payload, Hashable {
    public static let kind = ActKind(known: "witness.split-view-found")
    /// The log's origin.
    public var origin: String
    /// The checkpoint that was known, a signed note.
    public var known: String
    /// The one that contradicts it, a signed note.
    public var found: String
    /// How they contradict one another, in English.
    public var reason: String

    public init(origin: String, known: String, found: String, reason: String) {
        self.origin = origin
        self.known = known
        self.found = found
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        origin = try reader.string("origin")
        known = try reader.string("known")
        found = try reader.string("found")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON {
        ["origin": .string(origin), "known": .string(known), "found": .string(found), "reason": .string(reason)]
    }
}
