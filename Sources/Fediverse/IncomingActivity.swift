public import Acts

/// An activity from another server, read within bounds and with the rules of whom to believe (FEP-fe34): what it asks of this node.
public struct IncomingActivity: Hashable, Sendable {
    /// Bytes of an activity, and arrays and objects inside one another.
    public static let limits = JSONParser.Limits(bytes: 256 << 10, depth: 16)

    public enum Meaning: Hashable, Sendable {
        /// - target: the actor of this node that is to be followed.
        case follow(target: String)
        /// What was asked to be followed lets this node, or does not.
        ///
        /// - follow: the identifier of the activity that asked.
        case followAnswered(accepts: Bool, follow: String)
        case undoFollow(target: String?, follow: String?)
        /// A post that answers one of this node's.
        case reply(Post)
        /// An edit of such a post.
        case edit(Post)
        case delete(String)
        case announce(String)
        case undoReaction(String)
        case like(String)
        /// - quote: the post that wants to quote.
        case quoteRequest(note: String, quote: String)
        /// The actor's own document is new.
        case updateActor
        /// The actor is at another address from now on.
        case move(to: String)
        /// The actor will have nothing to do with an actor of this node.
        case block(String)
        /// Nothing that this node does anything about.
        case other(String)
    }

    public struct Post: Hashable, Sendable {
        public var id: String
        public var inReplyTo: String?
        /// The post that it quotes.
        public var quotes: String?
        /// As it came; made safe before it is kept.
        public var html: String
        public var language: String?
        public var published: String?
        /// Whether it is addressed to everybody.
        public var isPublic: Bool

        public init(
            id: String, inReplyTo: String? = nil, quotes: String? = nil, html: String = "", language: String? = nil,
            published: String? = nil, isPublic: Bool = true
        ) {
            self.id = id
            self.inReplyTo = inReplyTo
            self.quotes = quotes
            self.html = html
            self.language = language
            self.published = published
            self.isPublic = isPublic
        }
    }

    /// What is wrong with an activity.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        public let code: String
        public let description: String
    }

    public let id: String
    public let actor: String
    public let meaning: Meaning

    /// Longest identifier.
    static let longestIdentifier = 2_048

    public init(_ bytes: [UInt8]) throws(Problem) {
        let json: JSON
        do {
            json = try JSONParser.parse(bytes, limits: Self.limits)
        } catch {
            throw Problem(code: "activity.json", description: "The activity is no JSON that this node reads: \(error).")
        }
        try self.init(json: json)
    }

    public init(json: JSON) throws(Problem) {
        guard let object = json.object else { throw Problem(code: "activity.form", description: "The activity is no object.") }
        for name in ["@graph", "@included", "@reverse"] where Self.has(name, in: json, depth: 0) {
            throw Problem(code: "activity.graph", description: "The activity has '\(name)', which may hide what it says (FEP-fe34).")
        }
        guard let actor = object["actor"]?.identifier, let origin = Origin(actor) else {
            throw Problem(code: "activity.actor", description: "The activity names no actor.")
        }
        guard let id = object["id"]?.string, id.utf8.count <= Self.longestIdentifier, Origin(id) == origin else {
            throw Problem(code: "activity.id", description: "The activity's identifier is not of its actor's host.")
        }
        self.id = id
        self.actor = actor
        meaning = try Self.meaning(object, actor: actor, origin: origin)
    }

    private static func has(_ name: String, in json: JSON, depth: Int) -> Bool {
        switch json {
        case .object(let object):
            object.members.contains { $0.name == name || ($0.name != "@context" && has(name, in: $0.value, depth: depth + 1)) }
        case .array(let values): values.contains { has(name, in: $0, depth: depth + 1) }
        default: false
        }
    }

    private static func meaning(_ activity: JSONObject, actor: String, origin: Origin) throws(Problem) -> Meaning {
        let type = JSON.object(activity).types.first ?? ""
        let object = activity["object"]
        guard let target = object?.identifier, target.utf8.count <= longestIdentifier else {
            if type == "Undo", let object, object["type"] == "Follow" {
                return .undoFollow(target: object["object"]?.identifier, follow: nil)
            }
            return .other(type)
        }
        switch type {
        case "Follow": return .follow(target: target)
        case "Undo":
            guard let inner = object, inner.object != nil else { return .undoReaction(target) }
            if let owner = inner["actor"]?.identifier, owner != actor { throw foreign("undone") }
            if inner.types.contains("Follow") { return .undoFollow(target: inner["object"]?.identifier, follow: target) }
            return .undoReaction(target)
        case "Create": return try post(activity, actor, origin).map { .reply($0) } ?? .other(type)
        case "Update":
            if target == actor { return .updateActor }
            return try post(activity, actor, origin).map { .edit($0) } ?? .other(type)
        case "Delete":
            guard Origin(target) == origin else { throw foreign("deleted") }
            return .delete(target)
        case "Move":
            guard target == actor else { throw foreign("moved") }
            guard let place = activity["target"]?.identifier, Origin(place) != nil, place != actor else { return .other(type) }
            return .move(to: place)
        case "Accept", "Reject": return .followAnswered(accepts: type == "Accept", follow: target)
        case "Block": return .block(target)
        case "Announce": return .announce(target)
        case "Like", "EmojiReact": return .like(target)
        case "QuoteRequest":
            guard let quote = activity["instrument"]?.identifier, Origin(quote) == origin else { throw foreign("quoting") }
            return .quoteRequest(note: target, quote: quote)
        default: return .other(type)
        }
    }

    /// An embedded post, which is believed only where the actor says it is its own, on its own host; `nil` where it is not embedded.
    private static func post(_ activity: JSONObject, _ actor: String, _ origin: Origin) throws(Problem) -> Post? {
        guard let object = activity["object"], object.object != nil, let id = object["id"]?.string, !object.types.isEmpty,
            !Set(object.types).isDisjoint(with: ["Note", "Article", "Question", "Page"])
        else { return nil }
        guard object["attributedTo"]?.identifiers == [actor], Origin(id) == origin else { throw foreign("embedded") }
        let quotes = ["quote", "quoteUri", "quoteUrl", "_misskey_quote"].lazy.compactMap { object[$0]?.identifier }.first
        return Post(
            id: id, inReplyTo: object["inReplyTo"]?.identifier, quotes: quotes, html: object["content"]?.string ?? "",
            language: object["contentMap"]?.object?.names.first.map { String($0.prefix(32)) },
            published: object["published"]?.string.map { String($0.prefix(40)) }, isPublic: isPublic(object, activity))
    }

    /// Whether a post is addressed to everybody, or what it came in is where it does not say (ActivityPub, section 6.2).
    private static func isPublic(_ object: JSON, _ activity: JSONObject) -> Bool {
        let own = (object["to"]?.identifiers ?? []) + (object["cc"]?.identifiers ?? [])
        let addressed = own.isEmpty ? (activity["to"]?.identifiers ?? []) + (activity["cc"]?.identifiers ?? []) : own
        return addressed.contains { [ActivityStreams.everybody, "as:Public", "Public"].contains($0) }
    }

    private static func foreign(_ what: String) -> Problem {
        Problem(code: "activity.origin", description: "What is \(what) does not belong to the activity's actor (FEP-fe34).")
    }
}
