/// The feeds that an office watches for its words, and how often. A later act replaces the earlier. For the office alone.
public struct AlertFeedsSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.alert-feeds-set")
    /// Addresses of Atom, RSS or JSON feeds.
    public var feeds: [String]
    /// Minutes between two looks at a feed that has not asked for longer.
    public var minutes: Int64

    public init(feeds: [String], minutes: Int64) {
        self.feeds = feeds
        self.minutes = minutes
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        feeds = try reader.strings("feeds")
        minutes = try reader.integer("minutes")
        try reader.finish()
    }

    public var json: JSON { ["feeds": .array(feeds.map(JSON.string)), "minutes": .integer(minutes)] }
}

/// Who of an office is told of an alert by e-mail, and how much the mail says. A later act replaces the earlier. For the office alone.
public struct AlertTellingSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.alert-telling-set")

    public struct Reader: Hashable, Sendable {
        public var address: String
        /// The language's tag.
        public var language: String

        public init(address: String, language: String) {
            self.address = address
            self.language = language
        }
    }

    public var people: [Reader]
    /// Whether mail and notifications name what a person raised; what a feed or another node said in public they name always.
    public var namesTitles: Bool

    public init(people: [Reader], namesTitles: Bool) {
        self.people = people
        self.namesTitles = namesTitles
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        people = []
        for (place, value) in try reader.array("people").enumerated() {
            var one = try ObjectReader(value, at: "payload.people[\(place)]")
            people.append(Reader(address: try one.string("address"), language: try one.string("language")))
            try one.finish()
        }
        namesTitles = try reader.optionalBool("namesTitles") ?? false
        try reader.finish()
    }

    public var json: JSON {
        [
            "people": .array(people.map { ["address": .string($0.address), "language": .string($0.language)] }),
            "namesTitles": .bool(namesTitles),
        ]
    }
}

/// Somebody was told of an alert, or could not be: the receipt. For the office alone.
public struct AlertTold: Payload, Hashable {
    public static let kind = ActKind(known: "press.alert-told")

    public enum Means: String, Hashable, Sendable, CaseIterable { case mail, push }

    public var alert: String
    public var means: Means
    /// The address, or the entry of the browser's subscription.
    public var to: String
    public var isTaken: Bool
    /// The word of the server that took it, or why none did.
    public var reply: String

    public init(alert: String, means: Means, to: String, isTaken: Bool, reply: String) {
        self.alert = alert
        self.means = means
        self.to = to
        self.isTaken = isTaken
        self.reply = reply
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        alert = try reader.string("alert")
        means = try reader.choice("means")
        to = try reader.string("to")
        isTaken = try reader.optionalBool("taken") ?? false
        reply = try reader.string("reply")
        try reader.finish()
    }

    public var json: JSON {
        [
            "alert": .string(alert), "means": .string(means.rawValue), "to": .string(to), "taken": .bool(isTaken),
            "reply": .string(reply),
        ]
    }
}

/// A person's browser asked to be told of alerts (W3C Push API). Personal, erasable; its author is the person.
public struct PushSubscribed: Payload, Hashable {
    public static let kind = ActKind(known: "press.push-subscribed")
    /// Where the browser's push service takes messages for it.
    public var endpoint: String
    /// The browser's public key, a point of P-256 uncompressed in base64url (RFC 8291, 3.1).
    public var key: String
    /// The secret that browser and node share, 16 bytes in base64url (RFC 8291, 3.2).
    public var secret: String
    /// The language's tag.
    public var language: String

    public init(endpoint: String, key: String, secret: String, language: String) {
        self.endpoint = endpoint
        self.key = key
        self.secret = secret
        self.language = language
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        endpoint = try reader.string("endpoint")
        key = try reader.string("key")
        secret = try reader.string("secret")
        language = try reader.string("language")
        try reader.finish()
    }

    public var json: JSON {
        ["endpoint": .string(endpoint), "key": .string(key), "secret": .string(secret), "language": .string(language)]
    }
}

/// A browser is told no longer: its person said so, or its push service that it is gone.
public struct PushEnded: Payload, Hashable {
    public static let kind = ActKind(known: "press.push-ended")

    public enum Reason: String, Hashable, Sendable, CaseIterable { case asked, gone }

    /// The entry of the subscription.
    public var subscription: Int64
    public var reason: Reason

    public init(subscription: Int64, reason: Reason) {
        self.subscription = subscription
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        subscription = try reader.integer("subscription")
        reason = try reader.choice("reason")
        try reader.finish()
    }

    public var json: JSON { ["subscription": .integer(subscription), "reason": .string(reason.rawValue)] }
}
