/// A State confirmed an act: one that a person without authority did in its name (VCLT art. 8), or its signature ad referendum
/// (art. 12(2)(b)).
public struct TreatyActConfirmed: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.act-confirmed")
    public var treaty: String
    /// The act of participation confirmed.
    public var entry: Int64
    /// The day the depositary received the confirmation.
    public var date: CalendarDate
    /// For an unauthorized act: the day from which it has effect, where the confirmation says so; `nil`: the day of confirmation.
    /// A signature ad referendum that is confirmed is a full signature from its own date.
    public var effectiveFrom: CalendarDate?
    public var signatory: Signatory?
    /// The entry of the full powers it was done under.
    public var fullPowers: Int64?
    public var note: String?

    public init(
        treaty: String, entry: Int64, date: CalendarDate, effectiveFrom: CalendarDate? = nil, signatory: Signatory? = nil,
        fullPowers: Int64? = nil, note: String? = nil
    ) {
        self.treaty = treaty
        self.entry = entry
        self.date = date
        self.effectiveFrom = effectiveFrom
        self.signatory = signatory
        self.fullPowers = fullPowers
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        entry = try reader.integer("entry")
        date = try reader.date("date")
        effectiveFrom = try reader.optionalDate("effectiveFrom")
        signatory = try reader.optionalSignatory("signatory")
        fullPowers = try reader.optionalInteger("fullPowers")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["treaty": .string(treaty), "entry": .integer(entry), "date": .string(date.description)]
        object["effectiveFrom"] = effectiveFrom.map { .string($0.description) }
        object["signatory"] = signatory?.json
        object["fullPowers"] = fullPowers.map(JSON.integer)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
