/// A follower is at another address from now on: its follow of an office is carried over.
public struct FollowerMoved: Payload, Hashable {
    public static let kind = ActKind(known: "press.follower-moved")
    public var office: String
    /// Where it was.
    public var actor: String
    /// Where it is; its document there names the old address as its own (ActivityPub `alsoKnownAs`).
    public var target: String
    public var inbox: String
    /// The inbox that all actors of its server share, where there is one.
    public var shared: String?
    /// The identifier of the activity that said so.
    public var move: String

    public init(office: String, actor: String, target: String, inbox: String, shared: String?, move: String) {
        self.office = office
        self.actor = actor
        self.target = target
        self.inbox = inbox
        self.shared = shared
        self.move = move
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        actor = try reader.string("actor")
        target = try reader.string("target")
        inbox = try reader.string("inbox")
        shared = try reader.optionalString("shared")
        move = try reader.string("move")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "office": .string(office), "actor": .string(actor), "target": .string(target), "inbox": .string(inbox), "move": .string(move),
        ]
        object["shared"] = shared.map(JSON.string)
        return .object(object)
    }
}
