/// An office of this node asks to follow an actor of another server.
public struct FollowingAsked: Payload, Hashable {
    public static let kind = ActKind(known: "press.following-asked")
    public var office: String
    /// The identifier of who is to be followed.
    public var actor: String
    public var inbox: String

    public init(office: String, actor: String, inbox: String) {
        self.office = office
        self.actor = actor
        self.inbox = inbox
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        actor = try reader.string("actor")
        inbox = try reader.string("inbox")
        try reader.finish()
    }

    public var json: JSON { ["office": .string(office), "actor": .string(actor), "inbox": .string(inbox)] }
}

/// Whoever was asked lets the office follow, or does not.
public struct FollowingAnswered: Payload, Hashable {
    public static let kind = ActKind(known: "press.following-answered")
    public var office: String
    public var actor: String
    public var accepts: Bool

    public init(office: String, actor: String, accepts: Bool) {
        self.office = office
        self.actor = actor
        self.accepts = accepts
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        actor = try reader.string("actor")
        accepts = try reader.optionalBool("accepts") ?? false
        try reader.finish()
    }

    public var json: JSON { ["office": .string(office), "actor": .string(actor), "accepts": .bool(accepts)] }
}

/// An office follows an actor no longer.
public struct FollowingEnded: Payload, Hashable {
    public static let kind = ActKind(known: "press.following-ended")
    public var office: String
    public var actor: String
    public var inbox: String
    /// The entry by which it was asked.
    public var asked: Int64

    public init(office: String, actor: String, inbox: String, asked: Int64) {
        self.office = office
        self.actor = actor
        self.inbox = inbox
        self.asked = asked
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        actor = try reader.string("actor")
        inbox = try reader.string("inbox")
        asked = try reader.integer("asked")
        try reader.finish()
    }

    public var json: JSON {
        ["office": .string(office), "actor": .string(actor), "inbox": .string(inbox), "asked": .integer(asked)]
    }
}
