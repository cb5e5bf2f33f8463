/// Something happened that the office may have to speak to: it opens a timeline. For the office alone.
public struct AlertRaised: Payload, Hashable {
    public static let kind = ActKind(known: "press.alert-raised")

    /// Where word of it came from.
    public enum Source: String, Hashable, Sendable, CaseIterable { case person, feed, peer }

    /// `ale-2026-1`.
    public var alert: String
    public var title: String
    public var source: Source
    /// Who or what said so: a name, a feed's address, a node.
    public var from: String
    /// When it happened, as far as is known; `nil`: not known.
    public var event: Moment?
    /// Who must be asked before anything is said.
    public var ask: [String]
    /// The act of another node that raised it: the log's name and the place in it, `mfa.example/record#17`.
    public var about: String?

    public init(alert: String, title: String, source: Source, from: String, event: Moment?, ask: [String], about: String? = nil) {
        self.about = about
        self.alert = alert
        self.title = title
        self.source = source
        self.from = from
        self.event = event
        self.ask = ask
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        alert = try reader.string("alert")
        title = try reader.string("title")
        source = try reader.choice("source")
        from = try reader.string("from")
        event = nil
        if let text = try reader.optionalString("event") {
            guard let moment = Moment(text) else { throw MalformedAct(place: "payload.event", reason: "should be a moment of RFC 3339") }
            event = moment
        }
        ask = try reader.strings("ask")
        about = try reader.optionalString("about")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "alert": .string(alert), "title": .string(title), "source": .string(source.rawValue), "from": .string(from),
            "ask": .array(ask.map(JSON.string)),
        ]
        object["event"] = event.map { .string($0.description) }
        object["about"] = about.map(JSON.string)
        return .object(object)
    }
}

/// Something was asked, said or done about an alert.
public struct AlertNoted: Payload, Hashable {
    public static let kind = ActKind(known: "press.alert-noted")

    public enum What: String, Hashable, Sendable, CaseIterable {
        /// Somebody on the list was asked.
        case asked
        /// Somebody on the list answered.
        case answered
        /// Somebody said something in public.
        case said
        /// A draft of the press desk answers it.
        case drafted
        case closed
    }

    public var alert: String
    public var what: What
    /// Whom it is about: who was asked, who said it.
    public var who: String
    public var text: String
    /// The first entry of the draft, with `drafted`.
    public var draft: Int64?

    public init(alert: String, what: What, who: String, text: String, draft: Int64? = nil) {
        self.alert = alert
        self.what = what
        self.who = who
        self.text = text
        self.draft = draft
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        alert = try reader.string("alert")
        what = try reader.choice("what")
        who = try reader.string("who")
        text = try reader.string("text")
        draft = try reader.optionalInteger("draft")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "alert": .string(alert), "what": .string(what.rawValue), "who": .string(who), "text": .string(text),
        ]
        object["draft"] = draft.map(JSON.integer)
        return .object(object)
    }
}

/// Words that raise an alert when another node says them in a statement, and who is asked then. A later act replaces the earlier.
public struct AlertWordsSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.alert-words")
    /// Each a word or several in a row, compared without case and punctuation.
    public var words: [String]
    public var ask: [String]

    public init(words: [String], ask: [String]) {
        self.words = words
        self.ask = ask
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        words = try reader.strings("words")
        ask = try reader.strings("ask")
        try reader.finish()
    }

    public var json: JSON { ["words": .array(words.map(JSON.string)), "ask": .array(ask.map(JSON.string))] }
}
