/// The node follows a peer's record from now on: it fetches its entries, checks them against the peer's checkpoints, and shows its
/// public acts.
public struct PeerFollowed: Payload, Hashable {
    public static let kind = ActKind(known: "peer.followed")
    /// Its authority: `mfa.example.org`.
    public var node: String
    /// The log that is followed.
    public var origin: String

    public init(node: String, origin: String) {
        self.node = node
        self.origin = origin
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        node = try reader.string("node")
        origin = try reader.string("origin")
        try reader.finish()
    }

    public var json: JSON { ["node": .string(node), "origin": .string(origin)] }
}

/// The node follows a peer's record no longer. What it took from it into its own record stays; its copy is no longer kept up.
public struct PeerUnfollowed: Payload, Hashable {
    public static let kind = ActKind(known: "peer.unfollowed")
    public var node: String

    public init(node: String) { self.node = node }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        node = try reader.string("node")
        try reader.finish()
    }

    public var json: JSON { ["node": .string(node)] }
}
