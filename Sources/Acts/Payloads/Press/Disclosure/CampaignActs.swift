/// What an office wants understood abroad, by whom, and with which words. A later act of the same campaign replaces the earlier. Public
/// or for the office alone, as its marking has it.
public struct CampaignSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.campaign-set")
    /// `cam-2026-1`.
    public var campaign: String
    public var title: String
    /// What is to be different afterwards.
    public var goal: String
    /// The language that title and goal are in, by its tag.
    public var language: String
    /// The key phrases by the tag of each language of the audience.
    public var messages: [String: [String]]
    public var from: CalendarDate
    /// The last day.
    public var until: CalendarDate
    /// Statements of the office that carry the messages.
    public var statements: [String]

    public init(
        campaign: String, title: String, goal: String, language: String, messages: [String: [String]], from: CalendarDate,
        until: CalendarDate, statements: [String]
    ) {
        self.campaign = campaign
        self.title = title
        self.goal = goal
        self.language = language
        self.messages = messages
        self.from = from
        self.until = until
        self.statements = statements
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        campaign = try reader.string("campaign")
        title = try reader.string("title")
        goal = try reader.string("goal")
        language = try reader.string("language")
        guard let object = try reader.required("messages").object else {
            throw MalformedAct(place: "payload.messages", reason: "should be an object")
        }
        messages = [:]
        var phrases = try ObjectReader(.object(object), at: "payload.messages")
        for name in object.names { messages[name] = try phrases.strings(name) }
        from = try reader.date("from")
        until = try reader.date("until")
        statements = try reader.strings("statements")
        try reader.finish()
    }

    public var json: JSON {
        [
            "campaign": .string(campaign), "title": .string(title), "goal": .string(goal), "language": .string(language),
            "messages": .object(JSONObject(messages.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value.map(JSON.string))) })),
            "from": .string(from.description), "until": .string(until.description),
            "statements": .array(statements.map(JSON.string)),
        ]
    }
}

/// A campaign is over: what changed, in the office's words and in figures as they were measured then.
public struct CampaignClosed: Payload, Hashable {
    public static let kind = ActKind(known: "press.campaign-closed")
    public var campaign: String
    /// What changed, and what did not.
    public var changed: String
    /// The figures, each with its interval, as the campaign's page gives them to programs.
    public var measures: [JSON]

    public init(campaign: String, changed: String, measures: [JSON]) {
        self.campaign = campaign
        self.changed = changed
        self.measures = measures
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        campaign = try reader.string("campaign")
        changed = try reader.string("changed")
        measures = try reader.array("measures")
        try reader.finish()
    }

    public var json: JSON {
        ["campaign": .string(campaign), "changed": .string(changed), "measures": .array(measures)]
    }
}
