/// The engine finds that a treaty enters, or entered, into force on a date. It proposes; an officer confirms.
public struct TreatyEntryIntoForceProposed: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.entry-into-force-proposed")
    public var treaty: String
    public var date: CalendarDate
    /// The day on which the condition was met.
    public var decisiveDay: CalendarDate
    /// The instruments of the decisive day, as entries of this record.
    public var decisiveEntries: [Int64]
    /// The arithmetic, a step a line, in English.
    public var arithmetic: [String]

    public init(treaty: String, date: CalendarDate, decisiveDay: CalendarDate, decisiveEntries: [Int64], arithmetic: [String]) {
        self.treaty = treaty
        self.date = date
        self.decisiveDay = decisiveDay
        self.decisiveEntries = decisiveEntries
        self.arithmetic = arithmetic
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        date = try reader.date("date")
        decisiveDay = try reader.date("decisiveDay")
        decisiveEntries = try reader.array("decisiveEntries").compactMap(\.integer)
        arithmetic = try reader.strings("arithmetic")
        try reader.finish()
    }

    public var json: JSON {
        [
            "treaty": .string(treaty), "date": .string(date.description), "decisiveDay": .string(decisiveDay.description),
            "decisiveEntries": .array(decisiveEntries.map(JSON.integer)), "arithmetic": .array(arithmetic.map(JSON.string)),
        ]
    }
}

/// A depositary officer confirms a date of entry into force. The depositary's declared date is the authoritative one.
public struct TreatyEntryIntoForceConfirmed: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.entry-into-force-confirmed")
    public var treaty: String
    public var date: CalendarDate
    /// Why it differs from the proposed date, where it does.
    public var note: String?

    public init(treaty: String, date: CalendarDate, note: String? = nil) {
        self.treaty = treaty
        self.date = date
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        date = try reader.date("date")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["treaty": .string(treaty), "date": .string(date.description)]
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
