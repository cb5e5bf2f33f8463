/// Somebody asked for statements by electronic mail. Nothing but one message goes to the address before its reader confirms it.
///
/// It holds where somebody can be reached: it is marked for nobody to read, and its payload is erased when the mailing ends, or where it is
/// not confirmed in time.
public struct MailAsked: Payload, Hashable {
    public static let kind = ActKind(known: "press.mail-asked")
    /// A random name for whoever reads the address.
    public var subscriber: String
    public var address: String
    /// The languages it is wanted in, the first before the others; BCP 47 tags.
    public var languages: [String]
    /// The offices whose statements are wanted; empty: all.
    public var offices: [String]

    public init(subscriber: String, address: String, languages: [String], offices: [String] = []) {
        self.subscriber = subscriber
        self.address = address
        self.languages = languages
        self.offices = offices
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        subscriber = try reader.string("subscriber")
        address = try reader.string("address")
        languages = try reader.strings("languages")
        offices = try reader.strings("offices")
        try reader.finish()
        guard !languages.isEmpty else { throw MalformedAct(place: "payload.languages", reason: "should name one language at least") }
    }

    public var json: JSON {
        [
            "subscriber": .string(subscriber), "address": .string(address), "languages": .array(languages.map(JSON.string)),
            "offices": .array(offices.map(JSON.string)),
        ]
    }
}

/// The one message went out that asks whoever reads an address to confirm it.
public struct MailWritten: Payload, Hashable {
    public static let kind = ActKind(known: "press.mail-written")
    public var subscriber: String
    /// The entry of what was asked.
    public var asked: Int64
    /// Whether the mail server took it; where it did not, nothing more is sent.
    public var isTaken: Bool

    public init(subscriber: String, asked: Int64, isTaken: Bool) {
        self.subscriber = subscriber
        self.asked = asked
        self.isTaken = isTaken
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        subscriber = try reader.string("subscriber")
        asked = try reader.integer("asked")
        isTaken = try reader.optionalBool("taken") ?? false
        try reader.finish()
    }

    public var json: JSON { ["subscriber": .string(subscriber), "asked": .integer(asked), "taken": .bool(isTaken)] }
}

/// Whoever reads the address confirmed it.
public struct MailConfirmed: Payload, Hashable {
    public static let kind = ActKind(known: "press.mail-confirmed")
    public var subscriber: String
    /// The entry of what was asked, which holds from now on.
    public var asked: Int64

    public init(subscriber: String, asked: Int64) {
        self.subscriber = subscriber
        self.asked = asked
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        subscriber = try reader.string("subscriber")
        asked = try reader.integer("asked")
        try reader.finish()
    }

    public var json: JSON { ["subscriber": .string(subscriber), "asked": .integer(asked)] }
}

/// Nothing more is sent there.
public struct MailEnded: Payload, Hashable {
    public static let kind = ActKind(known: "press.mail-ended")

    public enum Manner: String, Hashable, Sendable, CaseIterable {
        /// By the link that stands in every message.
        case link
        /// By an administrator of the node, who was asked to.
        case administrator
        /// The mail server knows no such address.
        case refused
    }

    public var subscriber: String
    public var manner: Manner

    public init(subscriber: String, manner: Manner) {
        self.subscriber = subscriber
        self.manner = manner
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        subscriber = try reader.string("subscriber")
        manner = try reader.choice("manner")
        try reader.finish()
    }

    public var json: JSON { ["subscriber": .string(subscriber), "manner": .string(manner.rawValue)] }
}

/// How far subscribers were sent to: receipts of a moment.
public struct MailSent: Payload, Hashable {
    public static let kind = ActKind(known: "press.mail-sent")

    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// The mail server took the message.
        case taken
        /// The mail server will not have the message.
        case refused
        /// Given up after five days.
        case dropped
    }

    public struct Receipt: Hashable, Sendable {
        public var subscriber: String
        /// The entry of the statement or withdrawal that was sent; what comes before it was sent earlier or not asked for.
        public var upTo: Int64
        public var outcome: Outcome

        public init(subscriber: String, upTo: Int64, outcome: Outcome) {
            self.subscriber = subscriber
            self.upTo = upTo
            self.outcome = outcome
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
                    subscriber: try reader.string("subscriber"), upTo: try reader.integer("upTo"), outcome: try reader.choice("outcome")))
            try reader.finish()
        }
        try reader.finish()
    }

    public var json: JSON {
        [
            "receipts": .array(
                receipts.map {
                    ["subscriber": .string($0.subscriber), "upTo": .integer($0.upTo), "outcome": .string($0.outcome.rawValue)]
                })
        ]
    }
}
