/// How often a person wants a digest.
public enum DigestFrequency: String, Hashable, Sendable, CaseIterable {
    case daily
    case weekly
}

/// A person asks for a digest of the treaty desk by electronic mail. A later act of the same person replaces the earlier.
///
/// It holds where somebody can be reached, so it is never marked public; erased, it leaves nothing of that behind.
public struct TreatyDigestRequested: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.digest-requested")
    public var person: String
    public var address: String
    /// The language of the digest, a BCP 47 tag.
    public var language: String
    public var frequency: DigestFrequency
    /// Numbers of treaties whose new acts it tells of.
    public var treaties: [String]
    /// Actors whose new acts it tells of, towards any treaty.
    public var actors: [ActorCode]

    public init(
        person: String, address: String, language: String, frequency: DigestFrequency, treaties: [String] = [], actors: [ActorCode] = []
    ) {
        self.person = person
        self.address = address
        self.language = language
        self.frequency = frequency
        self.treaties = treaties
        self.actors = actors
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        person = try reader.string("person")
        address = try reader.string("address")
        language = try reader.string("language")
        frequency = try reader.choice("frequency")
        treaties = try reader.strings("treaties")
        var actors: [ActorCode] = []
        for text in try reader.strings("actors") {
            guard let code = ActorCode(rawValue: text) else {
                throw MalformedAct(place: "payload.actors", reason: "'\(text)' is not an actor's code")
            }
            actors.append(code)
        }
        self.actors = actors
        try reader.finish()
    }

    public var json: JSON {
        [
            "person": .string(person), "address": .string(address), "language": .string(language),
            "frequency": .string(frequency.rawValue), "treaties": .array(treaties.map(JSON.string)),
            "actors": .array(actors.map { .string($0.rawValue) }),
        ]
    }
}

/// Whoever reads an address followed the link that was sent there: the digest may be sent to it.
public struct TreatyDigestConfirmed: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.digest-confirmed")
    public var person: String
    /// The entry of the request whose address it confirms.
    public var request: Int64

    public init(person: String, request: Int64) {
        self.person = person
        self.request = request
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        person = try reader.string("person")
        request = try reader.integer("request")
        try reader.finish()
    }

    public var json: JSON { ["person": .string(person), "request": .integer(request)] }
}

/// Nothing more is sent to a person.
public struct TreatyDigestEnded: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.digest-ended")

    public enum Manner: String, Hashable, Sendable, CaseIterable {
        /// By the person, signed in.
        case page
        /// By the link in a digest, or the mail program's own button (RFC 8058).
        case link
        /// The mail server refused the address for good.
        case refused
    }

    public var person: String
    public var manner: Manner
    /// What the mail server answered, in its words.
    public var reply: String?

    public init(person: String, manner: Manner, reply: String? = nil) {
        self.person = person
        self.manner = manner
        self.reply = reply
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        person = try reader.string("person")
        manner = try reader.choice("manner")
        reply = try reader.optionalString("reply")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["person": .string(person), "manner": .string(manner.rawValue)]
        object["reply"] = reply.map(JSON.string)
        return .object(object)
    }
}

/// A message about the digest was taken by the mail server. Of a digest it is also how far it went: the next one begins there.
public struct TreatyDigestSent: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.digest-sent")

    public enum Content: String, Hashable, Sendable, CaseIterable {
        /// The message that asks whoever reads the address to confirm it.
        case confirmation
        case digest
    }

    public var person: String
    /// The entry of the request it was sent by.
    public var request: Int64
    public var content: Content
    /// Everything before this entry has been told.
    public var upTo: Int64
    /// The message's identifier (RFC 5322, 3.6.4).
    public var message: String
    /// What the mail server answered, in its words.
    public var reply: String?

    public init(person: String, request: Int64, content: Content, upTo: Int64, message: String, reply: String? = nil) {
        self.person = person
        self.request = request
        self.content = content
        self.upTo = upTo
        self.message = message
        self.reply = reply
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        person = try reader.string("person")
        request = try reader.integer("request")
        content = try reader.choice("content")
        upTo = try reader.integer("upTo")
        message = try reader.string("message")
        reply = try reader.optionalString("reply")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "person": .string(person), "request": .integer(request), "content": .string(content.rawValue), "upTo": .integer(upTo),
            "message": .string(message),
        ]
        object["reply"] = reply.map(JSON.string)
        return .object(object)
    }
}
