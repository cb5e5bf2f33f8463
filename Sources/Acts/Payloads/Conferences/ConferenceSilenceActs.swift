/// A text was put under silence: it is adopted unless somebody objects by the deadline (General Assembly decision 74/544).
public struct ConferenceSilenceBegun: Payload, Hashable {
    public static let kind = ActKind(known: "conference.silence-begun")
    public var conference: String
    public var body: String
    /// Its name in the body.
    public var silence: String
    /// The proposal or text.
    public var concerns: String
    /// Those that can be objected to separately; empty: only the whole.
    public var paragraphs: [String]
    public var deadline: Moment
    /// The time zone in which its hour was announced, by its name in the IANA database.
    public var zone: String
    /// Whether the objector stays unnamed.
    public var isSecret: Bool
    /// Whether what nobody objected to is adopted when a paragraph is objected to.
    public var isPartial: Bool

    public init(
        conference: String, body: String, silence: String, concerns: String, paragraphs: [String] = [], deadline: Moment, zone: String,
        isSecret: Bool, isPartial: Bool
    ) {
        self.conference = conference
        self.body = body
        self.silence = silence
        self.concerns = concerns
        self.paragraphs = paragraphs
        self.deadline = deadline
        self.zone = zone
        self.isSecret = isSecret
        self.isPartial = isPartial
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        silence = try reader.string("silence")
        concerns = try reader.string("concerns")
        paragraphs = try reader.strings("paragraphs")
        deadline = try reader.moment("deadline")
        zone = try reader.string("zone")
        isSecret = try reader.optionalBool("secret") ?? false
        isPartial = try reader.optionalBool("partial") ?? false
        try reader.finish()
    }

    public var json: JSON {
        [
            "conference": .string(conference), "body": .string(body), "silence": .string(silence), "concerns": .string(concerns),
            "paragraphs": .array(paragraphs.map(JSON.string)), "deadline": .string(deadline.description), "zone": .string(zone),
            "secret": .bool(isSecret), "partial": .bool(isPartial),
        ]
    }
}

/// Somebody objected before the deadline.
public struct ConferenceSilenceBroken: Payload, Hashable {
    public static let kind = ActKind(known: "conference.silence-broken")
    public var conference: String
    public var body: String
    public var silence: String
    /// `nil` where the objector stays unnamed.
    public var actor: ActorCode?
    /// Objected to; empty: the whole.
    public var paragraphs: [String]
    public var reason: String?

    public init(
        conference: String, body: String, silence: String, actor: ActorCode? = nil, paragraphs: [String] = [], reason: String? = nil
    ) {
        self.conference = conference
        self.body = body
        self.silence = silence
        self.actor = actor
        self.paragraphs = paragraphs
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        silence = try reader.string("silence")
        actor = try reader.optionalActor("actor")
        paragraphs = try reader.strings("paragraphs")
        reason = try reader.optionalString("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "silence": .string(silence),
            "paragraphs": .array(paragraphs.map(JSON.string)),
        ]
        object["actor"] = actor.map { .string($0.rawValue) }
        object["reason"] = reason.map(JSON.string)
        return .object(object)
    }
}

/// The deadline was put off, before it had passed.
public struct ConferenceSilenceExtended: Payload, Hashable {
    public static let kind = ActKind(known: "conference.silence-extended")
    public var conference: String
    public var body: String
    public var silence: String
    public var deadline: Moment
    public var zone: String

    public init(
        conference: String, body: String, silence: String, deadline: Moment, zone: String
    ) {
        self.conference = conference
        self.body = body
        self.silence = silence
        self.deadline = deadline
        self.zone = zone
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        silence = try reader.string("silence")
        deadline = try reader.moment("deadline")
        zone = try reader.string("zone")
        try reader.finish()
    }

    public var json: JSON {
        [
            "conference": .string(conference), "body": .string(body), "silence": .string(silence),
            "deadline": .string(deadline.description), "zone": .string(zone),
        ]
    }
}

/// A silence ended: by its deadline, by objection, or because it was taken back.
public struct ConferenceSilenceEnded: Payload, Hashable {
    public static let kind = ActKind(known: "conference.silence-ended")
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        case adopted
        /// What nobody objected to.
        case partlyAdopted = "partly-adopted"
        case broken
        case withdrawn
    }

    public var conference: String
    public var body: String
    public var silence: String
    public var outcome: Outcome
    /// The paragraphs that go back to negotiation.
    public var open: [String]
    public var rule: String

    public init(
        conference: String, body: String, silence: String, outcome: Outcome, open: [String] = [], rule: String
    ) {
        self.conference = conference
        self.body = body
        self.silence = silence
        self.outcome = outcome
        self.open = open
        self.rule = rule
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        silence = try reader.string("silence")
        outcome = try reader.choice("outcome")
        open = try reader.strings("open")
        rule = try reader.string("rule")
        try reader.finish()
    }

    public var json: JSON {
        [
            "conference": .string(conference), "body": .string(body), "silence": .string(silence), "outcome": .string(outcome.rawValue),
            "open": .array(open.map(JSON.string)), "rule": .string(rule),
        ]
    }
}
