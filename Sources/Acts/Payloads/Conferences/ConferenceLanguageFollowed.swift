public import Ledger

/// The text of an adopted instrument was established in an authentic language that the adoption had left to follow later (VCLT arts. 10,
/// 33(1)). It binds the bytes to the adopted text: nothing of what was adopted changes.
public struct ConferenceLanguageFollowed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.language-followed")
    public var conference: String
    public var text: String
    /// The entry of the act of adoption.
    public var adopted: Int64
    /// The language's tag (BCP 47), one of those that the adoption left to follow.
    public var language: String
    /// SHA-256 of the canonical bytes, as two persons confirmed them.
    public var sha256: Hash
    /// How many provisions it has.
    public var provisions: Int64
    /// One hash over the texts of all languages that are established by now, this one among them (docs/texts.md).
    public var textSet: Hash
    /// What else the record should say.
    public var note: String?

    public init(
        conference: String, text: String, adopted: Int64, language: String, sha256: Hash, provisions: Int64, textSet: Hash,
        note: String? = nil
    ) {
        self.conference = conference
        self.text = text
        self.adopted = adopted
        self.language = language
        self.sha256 = sha256
        self.provisions = provisions
        self.textSet = textSet
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        adopted = try reader.integer("adopted")
        language = try reader.string("language")
        sha256 = try reader.hash("sha256")
        provisions = try reader.integer("provisions")
        textSet = try reader.hash("textSet")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "adopted": .integer(adopted), "language": .string(language),
            "sha256": .string(sha256.hexadecimal), "provisions": .integer(provisions), "textSet": .string(textSet.hexadecimal),
        ]
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
