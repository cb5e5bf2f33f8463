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
    /// Who did it, and in which capacity; `nil` for acts of the past, whose lists do not say.
    public var signatory: Signatory?
    /// The entry of the full powers it was done under.
    public var fullPowers: Int64?
    /// The hash of the authenticated texts that were before the signatory: SHA-256, 64 hexadecimal digits.
    public var text: String?
    /// Consent to part of the treaty, or a choice between provisions, by `wId` (VCLT art. 17); for provisional application, the
    /// part applied. Empty: the whole.
    public var provisions: [String]
    /// Territories it is for, where it is not for all (VCLT art. 29).
    public var territories: [String]
    /// Done by a person without authority and not confirmed since: without legal effect (VCLT art. 8).
    public var unconfirmed: Bool
    /// Reservations and declarations made with it; each becomes an act of its own, which follows this one.
    public var statements: [AttachedStatement]

    public init(
        treaty: String, actor: ActorCode, action: ParticipationKind, date: CalendarDate, takesEffect: CalendarDate? = nil,
        source: String? = nil, confidence: String? = nil, note: String? = nil, signatory: Signatory? = nil, fullPowers: Int64? = nil,
        text: String? = nil, provisions: [String] = [], territories: [String] = [], unconfirmed: Bool = false,
        statements: [AttachedStatement] = []
    ) {
        self.treaty = treaty
        self.actor = actor
        self.action = action
        self.date = date
        self.takesEffect = takesEffect
        self.source = source
        self.confidence = confidence
        self.note = note
        self.signatory = signatory
        self.fullPowers = fullPowers
        self.text = text
        self.provisions = provisions
        self.territories = territories
        self.unconfirmed = unconfirmed
        self.statements = statements
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        actor = try reader.actor("actor")
        let actionText = try reader.string("action")
        guard let action = ParticipationKind(rawValue: actionText) else {
            throw MalformedAct(place: "payload.action", reason: "'\(actionText)' is not a known action towards a treaty")
        }
        self.action = action
        date = try reader.date("date")
        takesEffect = try reader.optionalDate("takesEffect")
        source = try reader.optionalString("source")
        confidence = try reader.optionalString("confidence")
        note = try reader.optionalString("note")
        signatory = try reader.optionalSignatory("signatory")
        fullPowers = try reader.optionalInteger("fullPowers")
        self.text = try reader.optionalString("text")
        provisions = try reader.strings("provisions")
        territories = try reader.strings("territories")
        unconfirmed = try reader.optionalBool("unconfirmed") ?? false
        var statements: [AttachedStatement] = []
        if reader.value("statements") != nil {
            for (index, value) in try reader.array("statements").enumerated() {
                statements.append(try AttachedStatement(json: value, at: "payload.statements[\(index)]"))
            }
        }
        self.statements = statements
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
        object["signatory"] = signatory?.json
        object["fullPowers"] = fullPowers.map(JSON.integer)
        object["text"] = text.map(JSON.string)
        if !provisions.isEmpty { object["provisions"] = .array(provisions.map(JSON.string)) }
        if !territories.isEmpty { object["territories"] = .array(territories.map(JSON.string)) }
        if unconfirmed { object["unconfirmed"] = true }
        if !statements.isEmpty { object["statements"] = .array(statements.map(\.json)) }
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
