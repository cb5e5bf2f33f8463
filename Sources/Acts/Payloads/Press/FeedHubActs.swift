/// A program is sent a feed whenever it changes (WebSub, 5): it asked, and answered that it had. Marked for nobody to read, for the secret.
public struct FeedSubscribed: Payload, Hashable {
    public static let kind = ActKind(known: "press.feed-subscribed")
    /// The address of the feed, as the subscriber wrote it.
    public var topic: String
    /// Where it is sent.
    public var callback: String
    /// What signs each message (WebSub, 7.1); `nil`: they are not signed.
    public var secret: String?
    /// When the lease ends.
    public var until: Moment

    public init(topic: String, callback: String, secret: String?, until: Moment) {
        self.topic = topic
        self.callback = callback
        self.secret = secret
        self.until = until
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        topic = try reader.string("topic")
        callback = try reader.string("callback")
        secret = try reader.optionalString("secret")
        until = try reader.moment("until")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["topic": .string(topic), "callback": .string(callback), "until": .string(until.description)]
        object["secret"] = secret.map(JSON.string)
        return .object(object)
    }
}

/// A program is sent a feed no longer.
public struct FeedEnded: Payload, Hashable {
    public static let kind = ActKind(known: "press.feed-ended")

    public enum Manner: String, Hashable, Sendable, CaseIterable {
        /// It asked, and answered that it had (WebSub, 5.3).
        case unsubscribed
        /// It answered 410 (WebSub, 7).
        case gone
    }

    public var topic: String
    public var callback: String
    public var manner: Manner

    public init(topic: String, callback: String, manner: Manner) {
        self.topic = topic
        self.callback = callback
        self.manner = manner
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        topic = try reader.string("topic")
        callback = try reader.string("callback")
        manner = try reader.choice("manner")
        try reader.finish()
    }

    public var json: JSON {
        ["topic": .string(topic), "callback": .string(callback), "manner": .string(manner.rawValue)]
    }
}

/// How far programs were sent feeds: receipts of a moment.
public struct FeedSent: Payload, Hashable {
    public static let kind = ActKind(known: "press.feed-sent")

    public struct Receipt: Hashable, Sendable {
        public var topic: String
        public var callback: String
        /// The entry of this record up to which the feed that was sent told everything.
        public var upTo: Int64

        public init(topic: String, callback: String, upTo: Int64) {
            self.topic = topic
            self.callback = callback
            self.upTo = upTo
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
                Receipt(topic: try reader.string("topic"), callback: try reader.string("callback"), upTo: try reader.integer("upTo")))
            try reader.finish()
        }
        try reader.finish()
    }

    public var json: JSON {
        [
            "receipts": .array(
                receipts.map { ["topic": .string($0.topic), "callback": .string($0.callback), "upTo": .integer($0.upTo)] })
        ]
    }
}
