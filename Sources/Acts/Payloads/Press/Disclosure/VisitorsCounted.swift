/// How many visitor-days the public pages had on a day: rounded to tens, and nothing below ten. Nobody is recognised on another day.
public struct VisitorsCounted: Payload, Hashable {
    public static let kind = ActKind(known: "press.visitors-counted")
    public var day: CalendarDate
    /// `nil`: fewer than ten.
    public var total: Int64?
    /// By language of the pages; languages with fewer than ten are left out.
    public var languages: [String: Int64]

    public init(day: CalendarDate, total: Int64?, languages: [String: Int64]) {
        self.day = day
        self.total = total
        self.languages = languages
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        day = try reader.date("day")
        total = try reader.optionalInteger("total")
        languages = [:]
        for member in try reader.required("languages").object?.members ?? [] { languages[member.name] = member.value.integer }
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "day": .string(day.description), "languages": .object(JSONObject(languages.map { ($0.key, .integer($0.value)) })),
        ]
        object["total"] = total.map(JSON.integer)
        return .object(object)
    }
}
