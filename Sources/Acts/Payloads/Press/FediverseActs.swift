/// An actor of another server follows an office of this node. Who follows is told to nobody: only how many.
public struct FollowerTaken: Payload, Hashable {
    public static let kind = ActKind(known: "press.follower-taken")
    public var office: String
    /// The follower's identifier.
    public var actor: String
    public var inbox: String
    /// The inbox that all actors of its server share, where there is one.
    public var shared: String?
    /// The identifier of the activity that asked for it.
    public var follow: String

    public init(office: String, actor: String, inbox: String, shared: String?, follow: String) {
        self.office = office
        self.actor = actor
        self.inbox = inbox
        self.shared = shared
        self.follow = follow
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        actor = try reader.string("actor")
        inbox = try reader.string("inbox")
        shared = try reader.optionalString("shared")
        follow = try reader.string("follow")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "office": .string(office), "actor": .string(actor), "inbox": .string(inbox), "follow": .string(follow),
        ]
        object["shared"] = shared.map(JSON.string)
        return .object(object)
    }
}

/// An actor of another server follows an office no longer.
public struct FollowerGone: Payload, Hashable {
    public static let kind = ActKind(known: "press.follower-gone")
    public var office: String
    public var actor: String

    public init(office: String, actor: String) {
        self.office = office
        self.actor = actor
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        actor = try reader.string("actor")
        try reader.finish()
    }

    public var json: JSON { ["office": .string(office), "actor": .string(actor)] }
}

/// Somebody on another server answered, passed on, liked or quoted a statement.
public struct ReactionHeard: Payload, Hashable {
    public static let kind = ActKind(known: "press.reaction-heard")

    public enum Form: String, Hashable, Sendable, CaseIterable {
        case reply, boost, like, quote
    }

    public var form: Form
    public var statement: String
    public var version: Int64
    public var language: String
    public var actor: String
    /// Where the actor is sent to, for what must be answered.
    public var inbox: String
    /// The identifier of the activity.
    public var activity: String
    /// The identifier of the post, for a reply or a quote.
    public var post: String?
    /// What a reply says, as HTML that was made safe.
    public var content: String?
    /// The language it says it is in.
    public var spoken: String?
    /// Whether a reply or a quote was said to everybody; what was said to the office alone is shown to its officers alone.
    public var isPublic: Bool

    /// Longest content that is kept, in bytes.
    public static let longestContent = 16 << 10

    public init(
        form: Form, statement: String, version: Int64, language: String, actor: String, inbox: String, activity: String,
        post: String? = nil, content: String? = nil, spoken: String? = nil, isPublic: Bool = true
    ) {
        self.form = form
        self.statement = statement
        self.version = version
        self.language = language
        self.actor = actor
        self.inbox = inbox
        self.activity = activity
        self.post = post
        self.content = content
        self.spoken = spoken
        self.isPublic = isPublic
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        form = try reader.choice("form")
        statement = try reader.string("statement")
        version = try reader.integer("version")
        language = try reader.string("language")
        actor = try reader.string("actor")
        inbox = try reader.string("inbox")
        activity = try reader.string("activity")
        post = try reader.optionalString("post")
        content = try reader.optionalString("content")
        spoken = try reader.optionalString("spoken")
        isPublic = try reader.optionalBool("isPublic") ?? true
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "form": .string(form.rawValue), "statement": .string(statement), "version": .integer(version), "language": .string(language),
            "actor": .string(actor), "inbox": .string(inbox), "activity": .string(activity),
        ]
        object["post"] = post.map(JSON.string)
        object["content"] = content.map(JSON.string)
        object["spoken"] = spoken.map(JSON.string)
        if !isPublic { object["isPublic"] = false }
        return .object(object)
    }
}

/// What somebody on another server said or did was taken back.
public struct ReactionGone: Payload, Hashable {
    public static let kind = ActKind(known: "press.reaction-gone")
    public var actor: String
    /// The identifier of the activity or of the post.
    public var subject: String

    public init(actor: String, subject: String) {
        self.actor = actor
        self.subject = subject
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        actor = try reader.string("actor")
        subject = try reader.string("subject")
        try reader.finish()
    }

    public var json: JSON { ["actor": .string(actor), "subject": .string(subject)] }
}

/// How far other servers have been sent to: the receipts of a moment, one for each inbox that answered.
public struct FediverseDelivered: Payload, Hashable {
    public static let kind = ActKind(known: "press.delivered")

    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        case delivered
        /// The server will not have it.
        case refused
        /// The inbox is there no more: its followers are gone.
        case gone
        /// Given up after seven days.
        case dropped
    }

    public struct Receipt: Hashable, Sendable {
        public var inbox: String
        /// The entry of this record up to which everything was sent.
        public var upTo: Int64
        public var outcome: Outcome
        /// When the server answered, in POSIX milliseconds.
        public var at: Int64?

        public init(inbox: String, upTo: Int64, outcome: Outcome, at: Int64? = nil) {
            self.inbox = inbox
            self.upTo = upTo
            self.outcome = outcome
            self.at = at
        }
    }

    public var receipts: [Receipt]

    public init(receipts: [Receipt]) { self.receipts = receipts }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        receipts = []
        for (index, value) in try reader.array("receipts").enumerated() {
            var reader = try ObjectReader(value, at: "payload.receipts[\(index)]")
            receipts.append(
                Receipt(
                    inbox: try reader.string("inbox"), upTo: try reader.integer("upTo"), outcome: try reader.choice("outcome"),
                    at: try reader.optionalInteger("at")))
            try reader.finish()
        }
        try reader.finish()
    }

    public var json: JSON {
        [
            "receipts": .array(
                receipts.map { receipt in
                    var object: JSONObject = [
                        "inbox": .string(receipt.inbox), "upTo": .integer(receipt.upTo), "outcome": .string(receipt.outcome.rawValue),
                    ]
                    object["at"] = receipt.at.map(JSON.integer)
                    return .object(object)
                })
        ]
    }
}

/// An officer decided how this node stands to another server, to one of its actors, or to all that are not named.
public struct FediverseRuleSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.fediverse-rule")

    public enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Heard and sent to, as everybody is unless something else was decided.
        case open
        /// Sent to, but what it says to statements is not kept.
        case silenced
        /// Neither heard nor sent to.
        case suspended
    }

    /// A host, an actor's identifier, or `*` for all that are not named: suspended, that is a closed federation.
    public var subject: String
    public var standing: Standing
    public var reason: String

    public init(subject: String, standing: Standing, reason: String) {
        self.subject = subject
        self.standing = standing
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        subject = try reader.string("subject")
        standing = try reader.choice("standing")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON { ["subject": .string(subject), "standing": .string(standing.rawValue), "reason": .string(reason)] }
}
