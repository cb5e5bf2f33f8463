/// A conference was convened: what it is called, when and where it meets, by which rules, and who may take part.
///
/// A later act on the same conference replaces what the earlier one said.
public struct ConferenceConvened: Payload, Hashable {
    public static let kind = ActKind(known: "conference.convened")
    /// Its name in addresses: lowercase letters, digits and hyphens.
    public var conference: String
    /// What its documents' symbols begin with: `A/CONF.1`.
    public var symbol: String
    /// By language tag.
    public var title: [String: String]
    public var place: String
    public var opens: CalendarDate
    public var closes: CalendarDate?
    /// The time zone of its hours, by its name in the IANA database: `America/New_York`.
    public var zone: String
    /// The rules of procedure it begins under, by the name of a shipped set.
    public var procedure: String
    /// The languages of its documents, and so of the texts it may adopt as authentic.
    public var languages: [String]

    public init(
        conference: String, symbol: String, title: [String: String], place: String, opens: CalendarDate, closes: CalendarDate? = nil,
        zone: String, procedure: String, languages: [String]
    ) {
        self.conference = conference
        self.symbol = symbol
        self.title = title
        self.place = place
        self.opens = opens
        self.closes = closes
        self.zone = zone
        self.procedure = procedure
        self.languages = languages
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        symbol = try reader.string("symbol")
        title = try reader.texts("title")
        place = try reader.string("place")
        opens = try reader.date("opens")
        closes = try reader.optionalDate("closes")
        zone = try reader.string("zone")
        procedure = try reader.string("procedure")
        languages = try reader.strings("languages")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "symbol": .string(symbol), "title": JSON(texts: title), "place": .string(place),
            "opens": .string(opens.description), "zone": .string(zone), "procedure": .string(procedure),
            "languages": .array(languages.map(JSON.string)),
        ]
        object["closes"] = closes.map { .string($0.description) }
        return .object(object)
    }
}
