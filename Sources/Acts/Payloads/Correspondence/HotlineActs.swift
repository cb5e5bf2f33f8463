/// One step of the ladder that an unanswered call climbs.
public struct HotlineStep: Hashable, Sendable {
    public enum Means: String, Hashable, Sendable, CaseIterable {
        /// The call is shown to another office of the node, which may then answer it.
        case office
        /// A message without content goes to an address of electronic mail.
        case mail
    }

    /// Minutes after the call.
    public var after: Int64
    public var means: Means
    /// An office's short name, or an address.
    public var to: String
    /// The language tag of the message to an address; `nil`: the node's first language.
    public var language: String?

    public init(after: Int64, means: Means, to: String, language: String? = nil) {
        self.after = after
        self.means = means
        self.to = to
        self.language = language
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        after = try reader.integer("after")
        means = try reader.choice("means")
        to = try reader.string("to")
        language = try reader.optionalString("language")
        try reader.finish()
    }

    var json: JSON {
        var object: JSONObject = ["after": .integer(after), "means": .string(means.rawValue), "to": .string(to)]
        object["language"] = language.map(JSON.string)
        return .object(object)
    }
}

/// A line between an office of this node and another office, and what happens on it. A later act on the same line replaces it.
public struct HotlineSet: Payload, Hashable {
    public static let kind = ActKind(known: "hotline.set")
    /// Lowercase letters, digits and hyphens.
    public var line: String
    /// This node's office, `NODE/OFFICE`.
    public var office: String
    /// The other end.
    public var peer: String
    /// Within how many minutes a call must be acknowledged.
    public var minutes: Int64
    public var ladder: [HotlineStep]
    /// Every how many hours the line is tested by a communication check; `nil`: never by itself.
    public var checkHours: Int64?

    public init(line: String, office: String, peer: String, minutes: Int64, ladder: [HotlineStep], checkHours: Int64? = nil) {
        self.line = line
        self.office = office
        self.peer = peer
        self.minutes = minutes
        self.ladder = ladder
        self.checkHours = checkHours
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        line = try reader.string("line")
        office = try reader.string("office")
        peer = try reader.string("peer")
        minutes = try reader.integer("minutes")
        var ladder: [HotlineStep] = []
        for (index, value) in try reader.array("ladder").enumerated() {
            ladder.append(try HotlineStep(json: value, at: "payload.ladder[\(index)]"))
        }
        self.ladder = ladder
        checkHours = try reader.optionalInteger("checkHours")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "line": .string(line), "office": .string(office), "peer": .string(peer), "minutes": .integer(minutes),
            "ladder": .array(ladder.map(\.json)),
        ]
        object["checkHours"] = checkHours.map(JSON.integer)
        return .object(object)
    }
}

/// A call on a line, or a communication check of it.
public struct HotlineCalled: Payload, Hashable {
    public static let kind = ActKind(known: "hotline.called")
    public var from: String
    public var to: String
    /// Within how many minutes it must be acknowledged.
    public var minutes: Int64
    public var isCheck: Bool
    /// A sealed message: the reason.
    public var content: JSON

    public init(from: String, to: String, minutes: Int64, isCheck: Bool, content: JSON) {
        self.from = from
        self.to = to
        self.minutes = minutes
        self.isCheck = isCheck
        self.content = content
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        from = try reader.string("from")
        to = try reader.string("to")
        minutes = try reader.integer("minutes")
        isCheck = try reader.optionalBool("isCheck") ?? false
        content = try reader.required("content")
        try reader.finish()
        guard (1...1_440).contains(minutes) else { throw MalformedAct(place: "payload.minutes", reason: "should be 1 to 1440") }
    }

    public var json: JSON {
        [
            "from": .string(from), "to": .string(to), "minutes": .integer(minutes), "isCheck": .bool(isCheck), "content": content,
        ]
    }
}

/// What an office says about a call at its other end: which call, and which office says it.
public protocol HotlineReply: Payload, Hashable {
    var call: NoteReference { get }
    /// `NODE/OFFICE`.
    var by: String { get }
    init(call: NoteReference, by: String)
}

extension HotlineReply {
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        let call = try NoteReference(json: try reader.required("call"), at: "payload.call")
        let by = try reader.string("by")
        try reader.finish()
        self.init(call: call, by: by)
    }

    public var json: JSON { ["call": call.json, "by": .string(by)] }
}

/// A person of the office that was called answered. The act goes back to the caller's node.
public struct HotlineAcknowledged: HotlineReply {
    public static let kind = ActKind(known: "hotline.acknowledged")
    public var call: NoteReference
    public var by: String

    public init(call: NoteReference, by: String) {
        self.call = call
        self.by = by
    }
}

/// Nobody answered in time: the next step of the ladder was taken.
public struct HotlineEscalated: Payload, Hashable {
    public static let kind = ActKind(known: "hotline.escalated")
    /// The call's entry in this record.
    public var entry: Int64
    /// Which step of the ladder, from 0.
    public var step: Int64
    public var means: HotlineStep.Means
    public var to: String
    /// The mail server's word, where one was asked.
    public var reply: String?

    public init(entry: Int64, step: Int64, means: HotlineStep.Means, to: String, reply: String? = nil) {
        self.entry = entry
        self.step = step
        self.means = means
        self.to = to
        self.reply = reply
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        step = try reader.integer("step")
        means = try reader.choice("means")
        to = try reader.string("to")
        reply = try reader.optionalString("reply")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "entry": .integer(entry), "step": .integer(step), "means": .string(means.rawValue), "to": .string(to),
        ]
        object["reply"] = reply.map(JSON.string)
        return .object(object)
    }
}

/// A call is over.
public struct HotlineEnded: HotlineReply {
    public static let kind = ActKind(known: "hotline.ended")
    public var call: NoteReference
    public var by: String

    public init(call: NoteReference, by: String) {
        self.call = call
        self.by = by
    }
}
