public import Ledger

/// The text was established as authentic and definitive, in all its authentic languages together (VCLT art. 10).
public struct TreatyAuthenticated: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.authenticated")

    /// How it was authenticated.
    public enum Procedure: String, Hashable, Sendable, CaseIterable {
        /// As the text provides or the States agreed (VCLT art. 10(a)).
        case asAgreed
        /// By signature, signature ad referendum or initialling by the representatives (VCLT art. 10(b)).
        case signature
        case signatureAdReferendum
        case initialling
        /// By signature of the Final Act that incorporates the text (VCLT art. 10(b)).
        case finalAct
    }

    public var treaty: String
    public var date: CalendarDate
    public var procedure: Procedure
    /// The authentic texts by language tag.
    public var texts: [String: Hash]
    /// One hash over all of them (docs/texts.md): what is signed, ratified, notified and registered.
    public var textSet: Hash
    /// How many gaps the concordance of the languages had.
    public var gaps: Int64
    /// Why it was authenticated all the same, where there were any.
    public var reason: String?
    public var note: String?

    public init(
        treaty: String, date: CalendarDate, procedure: Procedure, texts: [String: Hash], textSet: Hash, gaps: Int64 = 0,
        reason: String? = nil, note: String? = nil
    ) {
        self.treaty = treaty
        self.date = date
        self.procedure = procedure
        self.texts = texts
        self.textSet = textSet
        self.gaps = gaps
        self.reason = reason
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        date = try reader.date("date")
        procedure = try reader.choice("procedure")
        texts = try reader.hashes("texts")
        textSet = try reader.hash("textSet")
        gaps = try reader.integer("gaps")
        reason = try reader.optionalString("reason")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "date": .string(date.description), "procedure": .string(procedure.rawValue),
            "texts": JSON(texts: texts.mapValues(\.hexadecimal)), "textSet": .string(textSet.hexadecimal), "gaps": .integer(gaps),
        ]
        object["reason"] = reason.map(JSON.string)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
