/// What somebody on another server said to a statement is no longer shown, because it is illegal; or it is shown again. How many are hidden is
/// public; opinions are not moderated.
public struct ReactionHidden: Payload, Hashable {
    public static let kind = ActKind(known: "press.reaction-hidden")
    public var statement: String
    /// The identifier of the post.
    public var post: String
    public var isHidden: Bool
    /// Which law it breaks, or why it is shown again.
    public var reason: String

    public init(statement: String, post: String, isHidden: Bool, reason: String) {
        self.statement = statement
        self.post = post
        self.isHidden = isHidden
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        statement = try reader.string("statement")
        post = try reader.string("post")
        isHidden = try reader.optionalBool("isHidden") ?? true
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON {
        ["statement": .string(statement), "post": .string(post), "isHidden": .bool(isHidden), "reason": .string(reason)]
    }
}

/// A reply asks something, and this is what answers it, where something does.
public struct QuestionMarked: Payload, Hashable {
    public static let kind = ActKind(known: "press.question-marked")
    public var statement: String
    /// The identifier of the reply.
    public var post: String
    /// `false`: it is no question after all.
    public var isQuestion: Bool
    /// The path on this node, or the address, of what answers it; `nil`: nothing yet.
    public var answer: String?

    public init(statement: String, post: String, isQuestion: Bool, answer: String? = nil) {
        self.statement = statement
        self.post = post
        self.isQuestion = isQuestion
        self.answer = answer
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        statement = try reader.string("statement")
        post = try reader.string("post")
        isQuestion = try reader.optionalBool("isQuestion") ?? true
        answer = try reader.optionalString("answer")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["statement": .string(statement), "post": .string(post), "isQuestion": .bool(isQuestion)]
        object["answer"] = answer.map(JSON.string)
        return .object(object)
    }
}
