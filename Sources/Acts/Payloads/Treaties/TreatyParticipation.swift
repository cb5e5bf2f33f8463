/// A signature or instrument was received. The header's `effective` is the day of signature or deposit (VCLT art. 16).
public struct TreatyParticipation: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.participation")
    public var treaty: String
    public var actor: ActorCode
    public var action: ParticipationKind
    /// The day of signature or of receipt by the depositary.
    public var date: CalendarDate
    /// For a withdrawal: the day it takes effect, where the notice or the treaty fixes it. For a succession: the date of
    /// succession of States.
    public var takesEffect: CalendarDate?
    public var source: String?
    public var confidence: String?
    /// What the officer wants to remain said.
    public var note: String?

    public init(
        treaty: String, actor: ActorCode, action: ParticipationKind, date: CalendarDate, takesEffect: CalendarDate? = nil,
        source: String? = nil, confidence: String? = nil, note: String? = nil
    ) {
        self.treaty = treaty
        self.actor = actor
        self.action = action
        self.date = date
        self.takesEffect = takesEffect
        self.source = source
        self.confidence = confidence
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        actor = try reader.actor("actor")
        let text = try reader.string("action")
        guard let action = ParticipationKind(rawValue: text) else {
            throw MalformedAct(place: "payload.action", reason: "'\(text)' is not a known action towards a treaty")
        }
        self.action = action
        date = try reader.date("date")
        takesEffect = try reader.optionalDate("takesEffect")
        source = try reader.optionalString("source")
        confidence = try reader.optionalString("confidence")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "actor": .string(actor.rawValue), "action": .string(action.rawValue),
            "date": .string(date.description),
        ]
        object["takesEffect"] = takesEffect.map { .string($0.description) }
        object["source"] = source.map(JSON.string)
        object["confidence"] = confidence.map(JSON.string)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}

/// An earlier act of participation was entered wrongly. The header refers to it; what it said stays readable.
public struct TreatyParticipationCorrected: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.participation-corrected")
    /// The entry corrected.
    public var entry: Int64
    /// What stands in its place; `nil` where it is struck out altogether.
    public var replacement: TreatyParticipation?
    public var reason: String

    public init(entry: Int64, replacement: TreatyParticipation?, reason: String) {
        self.entry = entry
        self.replacement = replacement
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        replacement = try reader.value("replacement").map { (json) throws(MalformedAct) in try TreatyParticipation(json: json) }
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["entry": .integer(entry), "reason": .string(reason)]
        object["replacement"] = replacement?.json
        return .object(object)
    }
}
