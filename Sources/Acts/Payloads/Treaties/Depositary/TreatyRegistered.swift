/// The treaty was registered, or filed and recorded, with the Secretariat of the United Nations (Charter art. 102; VCLT art. 80).
public struct TreatyRegistered: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.registered")

    /// General Assembly resolution 97 (I), arts. 1, 4 and 10.
    public enum Manner: String, Hashable, Sendable, CaseIterable {
        case registered
        /// By the United Nations itself, as a party or as the depositary.
        case exOfficio = "ex-officio"
        case filedAndRecorded = "filed-and-recorded"
    }

    public var treaty: String
    public var manner: Manner
    public var date: CalendarDate
    /// The registration number, as it is given: `54669`, `I-54669`.
    public var number: String
    /// The volume of the United Nations Treaty Series.
    public var volume: String?
    /// SHA-256 of the package that was sent in, 32 bytes.
    public var package: [UInt8]?
    public var note: String?

    public init(
        treaty: String, manner: Manner, date: CalendarDate, number: String, volume: String? = nil, package: [UInt8]? = nil,
        note: String? = nil
    ) {
        self.treaty = treaty
        self.manner = manner
        self.date = date
        self.number = number
        self.volume = volume
        self.package = package
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        manner = try reader.word("manner")
        date = try reader.date("date")
        number = try reader.string("number")
        volume = try reader.optionalString("volume")
        package = try reader.optionalDigest("package")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "manner": .string(manner.rawValue), "date": .string(date.description), "number": .string(number),
        ]
        object["volume"] = volume.map(JSON.string)
        object["package"] = package.map { .string(Base64.encode($0)) }
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
