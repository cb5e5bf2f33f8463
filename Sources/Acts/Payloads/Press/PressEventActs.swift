/// An office announced an event for the press, or said anew what it is; the last act of an event holds. Public.
public struct PressEventSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.event-set")

    public enum Form: String, Hashable, Sendable, CaseIterable {
        case briefing
        case conference
        /// The hour at which a statement will be released, where the office chose to announce that one will be.
        case release
        case other
    }

    /// The event's own name, the same for as long as it is the same event.
    public var event: String
    public var form: Form
    public var title: [String: String]
    public var start: Moment
    /// `nil`: not said.
    public var end: Moment?
    /// Where it is, by language tag; empty: not said.
    public var place: [String: String]
    /// Where it can be followed: an address of the web.
    public var link: String?
    /// The languages spoken there, BCP 47 tags.
    public var languages: [String]
    /// Who may come and how to be accredited, by language tag; empty: not said.
    public var note: [String: String]
    public var isCancelled: Bool

    public init(
        event: String, form: Form, title: [String: String], start: Moment, end: Moment? = nil, place: [String: String] = [:],
        link: String? = nil, languages: [String] = [], note: [String: String] = [:], isCancelled: Bool = false
    ) {
        self.event = event
        self.form = form
        self.title = title
        self.start = start
        self.end = end
        self.place = place
        self.link = link
        self.languages = languages
        self.note = note
        self.isCancelled = isCancelled
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        event = try reader.string("event")
        form = try reader.choice("form")
        title = try reader.texts("title")
        start = try reader.moment("start")
        end = try reader.optionalMoment("end")
        place = try reader.texts("place")
        link = try reader.optionalString("link")
        languages = try reader.strings("languages")
        note = try reader.texts("note")
        isCancelled = try reader.optionalBool("cancelled") ?? false
        try reader.finish()
        guard !title.isEmpty else { throw MalformedAct(place: "payload.title", reason: "should be given in one language at least") }
    }

    public var json: JSON {
        var object: JSONObject = [
            "event": .string(event), "form": .string(form.rawValue), "title": JSON(texts: title), "start": .string(start.description),
            "place": JSON(texts: place), "languages": .array(languages.map(JSON.string)), "note": JSON(texts: note),
            "cancelled": .bool(isCancelled),
        ]
        object["end"] = end.map { .string($0.description) }
        object["link"] = link.map(JSON.string)
        return .object(object)
    }
}
