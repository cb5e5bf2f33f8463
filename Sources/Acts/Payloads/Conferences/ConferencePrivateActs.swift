/// Something a State or a group wrote for itself alone: a position on a provision, a draft, a comment on one. What it says, which
/// provision it concerns and who wrote it are sealed to the holder's offices.
public struct ConferencePaperKept: Payload, Hashable {
    public static let kind = ActKind(known: "conference.paper-kept")

    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// Capital's instruction on a provision.
        case position
        /// A drafting space's text.
        case draft
        /// Words about a draft.
        case comment
    }

    public var conference: String
    public var form: Form
    /// Whose paper it is: an actor's code, or a group's name.
    public var holder: String
    /// A name of the paper among the holder's own, by which a later version replaces it: random, so that nothing is told by it.
    public var paper: String
    /// The draft that a comment is about.
    public var on: String?
    /// A sealed message (docs/federation.md).
    public var content: JSON

    public init(conference: String, form: Form, holder: String, paper: String, on: String? = nil, content: JSON) {
        self.conference = conference
        self.form = form
        self.holder = holder
        self.paper = paper
        self.on = on
        self.content = content
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        form = try reader.choice("form")
        holder = try reader.string("holder")
        paper = try reader.string("paper")
        on = try reader.optionalString("on")
        content = try reader.required("content")
        try reader.finish()
        guard (form == .comment) == (on != nil) else {
            throw MalformedAct(place: "payload.on", reason: "belongs to a comment, and a comment has it")
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "form": .string(form.rawValue), "holder": .string(holder), "paper": .string(paper),
            "content": content,
        ]
        object["on"] = on.map(JSON.string)
        return .object(object)
    }
}

/// A person said up to where they have seen what changed at a conference.
public struct ConferenceDigestSeen: Payload, Hashable {
    public static let kind = ActKind(known: "conference.digest-seen")
    public var conference: String
    public var person: String
    /// The first entry that they have not seen.
    public var upTo: Int64

    public init(conference: String, person: String, upTo: Int64) {
        self.conference = conference
        self.person = person
        self.upTo = upTo
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        person = try reader.string("person")
        upTo = try reader.integer("upTo")
        try reader.finish()
        guard upTo >= 0 else { throw MalformedAct(place: "payload.upTo", reason: "is less than 0") }
    }

    public var json: JSON {
        ["conference": .string(conference), "person": .string(person), "upTo": .integer(upTo)]
    }
}

/// A meeting of a body was planned, moved or called off; a later act on the same plan replaces the earlier one.
public struct ConferenceMeetingPlanned: Payload, Hashable {
    public static let kind = ActKind(known: "conference.meeting-planned")
    public var conference: String
    public var body: String
    /// The plan's name among the conference's.
    public var plan: String
    /// When it is to begin.
    public var begins: Moment
    /// The room or hall.
    public var place: String
    /// What it is about, in few words.
    public var about: String
    public var isCancelled: Bool

    public init(
        conference: String, body: String, plan: String, begins: Moment, place: String, about: String, isCancelled: Bool = false
    ) {
        self.conference = conference
        self.body = body
        self.plan = plan
        self.begins = begins
        self.place = place
        self.about = about
        self.isCancelled = isCancelled
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        plan = try reader.string("plan")
        let text = try reader.string("begins")
        guard let begins = Moment(text) else {
            throw MalformedAct(place: "payload.begins", reason: "is not a time in UTC with milliseconds")
        }
        self.begins = begins
        place = try reader.string("place")
        about = try reader.string("about")
        isCancelled = try reader.optionalBool("cancelled") ?? false
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "plan": .string(plan), "begins": .string(begins.description),
            "place": .string(place), "about": .string(about),
        ]
        if isCancelled { object["cancelled"] = .bool(true) }
        return .object(object)
    }
}
