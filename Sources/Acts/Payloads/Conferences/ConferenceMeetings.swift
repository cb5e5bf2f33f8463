/// A body's agenda as it was adopted. A later act replaces the earlier one.
public struct ConferenceAgendaAdopted: Payload, Hashable {
    public static let kind = ActKind(known: "conference.agenda-adopted")

    public struct Item: Hashable, Sendable {
        /// "1", "7 (a)".
        public var number: String
        /// By language tag.
        public var title: [String: String]

        public init(number: String, title: [String: String]) {
            self.number = number
            self.title = title
        }
    }

    public var conference: String
    public var body: String
    public var items: [Item]
    /// Whether it stands for decision still, as a provisional agenda does until the body adopts it.
    public var isProvisional: Bool

    /// Most items of one agenda.
    public static let mostItems = 300

    public init(conference: String, body: String, items: [Item], isProvisional: Bool = false) {
        self.conference = conference
        self.body = body
        self.items = items
        self.isProvisional = isProvisional
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        var items: [Item] = []
        for (place, value) in try reader.array("items").enumerated() {
            guard place < Self.mostItems else {
                throw MalformedAct(place: "payload.items", reason: "has more than \(Self.mostItems) items")
            }
            var item = try ObjectReader(value, at: "payload.items[\(place)]")
            items.append(Item(number: try item.string("number"), title: try item.texts("title")))
            try item.finish()
        }
        self.items = items
        isProvisional = try reader.optionalBool("provisional") ?? false
        try reader.finish()
    }

    public var json: JSON {
        [
            "conference": .string(conference), "body": .string(body),
            "items": .array(items.map { ["number": .string($0.number), "title": JSON(texts: $0.title)] }),
            "provisional": .bool(isProvisional),
        ]
    }
}

/// A document was issued under a symbol. What it says is a blob; a text to be negotiated is tabled by an act of its own.
public struct ConferenceDocumentIssued: Payload, Hashable {
    public static let kind = ActKind(known: "conference.document-issued")
    public var conference: String
    public var body: String
    /// As it is printed on the document: `A/CONF.1/L.4/Rev.1/Add.2`.
    public var symbol: String
    /// By language tag.
    public var title: [String: String]
    /// The item of the body's agenda.
    public var item: String?
    /// Delegations and groups that submit it; empty: the secretariat or the chair.
    public var sponsors: [String]
    /// SHA-256 of its files in hexadecimal, by language tag.
    public var files: [String: String]

    public init(
        conference: String, body: String, symbol: String, title: [String: String], item: String? = nil, sponsors: [String] = [],
        files: [String: String] = [:]
    ) {
        self.conference = conference
        self.body = body
        self.symbol = symbol
        self.title = title
        self.item = item
        self.sponsors = sponsors
        self.files = files
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        symbol = try reader.string("symbol")
        title = try reader.texts("title")
        item = try reader.optionalString("item")
        sponsors = try reader.strings("sponsors")
        files = try reader.texts("files")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "symbol": .string(symbol), "title": JSON(texts: title),
            "sponsors": .array(sponsors.map(JSON.string)), "files": JSON(texts: files),
        ]
        object["item"] = item.map(JSON.string)
        return .object(object)
    }
}

/// A meeting was called to order, suspended, resumed or adjourned.
public struct ConferenceMeetingChanged: Payload, Hashable {
    public static let kind = ActKind(known: "conference.meeting-changed")

    public enum Change: String, Hashable, Sendable, CaseIterable {
        case opened
        case suspended
        case resumed
        /// The meeting is over; the next has the next number.
        case adjourned
    }

    public var conference: String
    public var body: String
    /// Within the body, from 1.
    public var meeting: Int64
    public var change: Change
    /// Whether the public may follow; said when it is opened, and `nil` afterwards unless it changes.
    public var isPublic: Bool?

    public init(conference: String, body: String, meeting: Int64, change: Change, isPublic: Bool? = nil) {
        self.conference = conference
        self.body = body
        self.meeting = meeting
        self.change = change
        self.isPublic = isPublic
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        meeting = try reader.integer("meeting")
        change = try reader.choice("change")
        isPublic = try reader.optionalBool("public")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "meeting": .integer(meeting), "change": .string(change.rawValue),
        ]
        object["public"] = isPublic.map(JSON.bool)
        return .object(object)
    }
}

/// What the room has before it: an item of the agenda, and where there is one the text and the provision in focus.
public struct ConferenceFocusSet: Payload, Hashable {
    public static let kind = ActKind(known: "conference.focus-set")
    public var conference: String
    public var body: String
    public var meeting: Int64
    public var item: String?
    /// The symbol of the text.
    public var document: String?
    /// The provision's stable name in the text.
    public var provision: String?

    public init(
        conference: String, body: String, meeting: Int64, item: String? = nil, document: String? = nil, provision: String? = nil
    ) {
        self.conference = conference
        self.body = body
        self.meeting = meeting
        self.item = item
        self.document = document
        self.provision = provision
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        meeting = try reader.integer("meeting")
        item = try reader.optionalString("item")
        document = try reader.optionalString("document")
        provision = try reader.optionalString("provision")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["conference": .string(conference), "body": .string(body), "meeting": .integer(meeting)]
        object["item"] = item.map(JSON.string)
        object["document"] = document.map(JSON.string)
        object["provision"] = provision.map(JSON.string)
        return .object(object)
    }
}

/// A delegation is in the room, or left it. Quorum counts who is there.
public struct ConferencePresenceNoted: Payload, Hashable {
    public static let kind = ActKind(known: "conference.presence-noted")
    public var conference: String
    public var body: String
    public var meeting: Int64
    public var actor: ActorCode
    public var isPresent: Bool

    public init(conference: String, body: String, meeting: Int64, actor: ActorCode, isPresent: Bool) {
        self.conference = conference
        self.body = body
        self.meeting = meeting
        self.actor = actor
        self.isPresent = isPresent
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        meeting = try reader.integer("meeting")
        actor = try reader.actor("actor")
        guard let present = try reader.optionalBool("present") else {
            throw MalformedAct(place: "payload.present", reason: "is missing")
        }
        isPresent = present
        try reader.finish()
    }

    public var json: JSON {
        [
            "conference": .string(conference), "body": .string(body), "meeting": .integer(meeting), "actor": .string(actor.rawValue),
            "present": .bool(isPresent),
        ]
    }
}
