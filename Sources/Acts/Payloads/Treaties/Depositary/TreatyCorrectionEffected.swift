/// The depositary made and initialled the correction and executed a procès-verbal of it (VCLT art. 79(2)(a) and (5)). The corrected text
/// replaces the defective one from the beginning (79(4)).
public struct TreatyCorrectionEffected: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.correction-effected")
    /// The entry of the proposal.
    public var proposal: Int64
    public var treaty: String
    public var date: CalendarDate
    /// The number of the procès-verbal: `PV.3.2026.TREATIES-IV.11`.
    public var procesVerbal: String
    /// Within the year, from 1, without gaps.
    public var serial: Int64
    /// The paragraphs of the procès-verbal by language tag; English and French at least.
    public var paragraphs: [String: [String]]

    public init(
        proposal: Int64, treaty: String, date: CalendarDate, procesVerbal: String, serial: Int64, paragraphs: [String: [String]]
    ) {
        self.proposal = proposal
        self.treaty = treaty
        self.date = date
        self.procesVerbal = procesVerbal
        self.serial = serial
        self.paragraphs = paragraphs
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        proposal = try reader.integer("proposal")
        treaty = try reader.string("treaty")
        date = try reader.date("date")
        procesVerbal = try reader.string("procesVerbal")
        serial = try reader.integer("serial")
        var inner = try ObjectReader(try reader.required("paragraphs"), at: "payload.paragraphs")
        var paragraphs: [String: [String]] = [:]
        for language in json["paragraphs"]?.object?.names ?? [] { paragraphs[language] = try inner.strings(language) }
        self.paragraphs = paragraphs
        try inner.finish()
        try reader.finish()
    }

    public var json: JSON {
        [
            "proposal": .integer(proposal), "treaty": .string(treaty), "date": .string(date.description),
            "procesVerbal": .string(procesVerbal), "serial": .integer(serial),
            "paragraphs": .object(JSONObject(paragraphs.map { ($0.key, .array($0.value.map(JSON.string))) })),
        ]
    }
}
