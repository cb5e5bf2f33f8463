/// An instrument was entered in the register: its title, its dates and its final clauses.
public struct TreatyOpened: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.opened")
    /// The register's number, chapter and number: `IV-11`, `XXVII-7-d`.
    public var treaty: String
    /// Full titles by language tag.
    public var titles: [String: String]
    /// The customary short name, such as `UNCLOS`.
    public var short: String?
    /// The chapter's Roman number, and its name by language tag.
    public var chapter: String
    public var chapterNames: [String: String]
    public var adoptedAt: String?
    public var adoptedOn: CalendarDate?
    public var openForSignature: CalendarDate?
    public var closedForSignature: CalendarDate?
    public var depositary: String?
    /// What the entry-into-force article says, in a line: "Art. 49: on the 30th day after the deposit of the 20th instrument".
    public var article: String
    /// The entry-into-force clause as data (docs/clauses.md).
    public var clause: JSON
    /// Dated classes and metric tables that the clause names (docs/clauses.md); `nil` where it names none.
    public var classes: JSON?
    public var metrics: JSON?
    /// Where these facts come from, and how sure they are.
    public var source: String?
    public var confidence: String?
    /// What it is called, where the officer said so.
    public var instrumentKind: InstrumentKind?
    /// Meant to bind in law, or a political commitment; `nil` where nobody said: a treaty.
    public var status: InstrumentStatus?
    /// The number of the instrument it amends or stands beside.
    public var parent: String?
    /// All depositaries by name, where there are several; the first is also ``depositary`` (VCLT art. 76).
    public var depositaries: [String]?
    /// Tags of the languages whose texts are authentic (VCLT arts. 10, 33).
    public var authenticLanguages: [String]?
    /// The authentic language that prevails in case of divergence (VCLT art. 33(1)).
    public var prevailingLanguage: String?
    /// Reservations, withdrawal, amendment and who may join, as data (docs/lifecycle.md).
    public var finalClauses: JSON?
    /// The entry of this record by which a conference adopted the text it was opened from.
    public var adoptedText: Int64?

    public init(
        treaty: String, titles: [String: String], short: String? = nil, chapter: String, chapterNames: [String: String],
        adoptedAt: String? = nil,
        adoptedOn: CalendarDate? = nil, openForSignature: CalendarDate? = nil, closedForSignature: CalendarDate? = nil,
        depositary: String? = nil, article: String, clause: JSON, classes: JSON? = nil, metrics: JSON? = nil, source: String? = nil,
        confidence: String? = nil, instrumentKind: InstrumentKind? = nil, status: InstrumentStatus? = nil, parent: String? = nil,
        depositaries: [String]? = nil, authenticLanguages: [String]? = nil, prevailingLanguage: String? = nil, finalClauses: JSON? = nil,
        adoptedText: Int64? = nil
    ) {
        self.treaty = treaty
        self.titles = titles
        self.short = short
        self.chapter = chapter
        self.chapterNames = chapterNames
        self.adoptedAt = adoptedAt
        self.adoptedOn = adoptedOn
        self.openForSignature = openForSignature
        self.closedForSignature = closedForSignature
        self.depositary = depositary
        self.article = article
        self.clause = clause
        self.classes = classes
        self.metrics = metrics
        self.source = source
        self.confidence = confidence
        self.instrumentKind = instrumentKind
        self.status = status
        self.parent = parent
        self.depositaries = depositaries
        self.authenticLanguages = authenticLanguages
        self.prevailingLanguage = prevailingLanguage
        self.finalClauses = finalClauses
        self.adoptedText = adoptedText
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        titles = try reader.texts("titles")
        short = try reader.optionalString("short")
        chapter = try reader.string("chapter")
        chapterNames = try reader.texts("chapterNames")
        adoptedAt = try reader.optionalString("adoptedAt")
        adoptedOn = try reader.optionalDate("adoptedOn")
        openForSignature = try reader.optionalDate("openForSignature")
        closedForSignature = try reader.optionalDate("closedForSignature")
        depositary = try reader.optionalString("depositary")
        article = try reader.string("article")
        clause = try reader.required("clause")
        classes = reader.value("classes")
        metrics = reader.value("metrics")
        source = try reader.optionalString("source")
        confidence = try reader.optionalString("confidence")
        instrumentKind = try reader.optionalChoice("instrumentKind")
        status = try reader.optionalChoice("status")
        parent = try reader.optionalString("parent")
        depositaries = try reader.optionalStrings("depositaries")
        authenticLanguages = try reader.optionalStrings("authenticLanguages")
        prevailingLanguage = try reader.optionalString("prevailingLanguage")
        finalClauses = reader.value("finalClauses")
        adoptedText = try reader.optionalInteger("adoptedText")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "titles": JSON(texts: titles), "chapter": .string(chapter),
            "chapterNames": JSON(texts: chapterNames), "article": .string(article), "clause": clause,
        ]
        object["short"] = short.map(JSON.string)
        object["adoptedAt"] = adoptedAt.map(JSON.string)
        object["adoptedOn"] = adoptedOn.map { .string($0.description) }
        object["openForSignature"] = openForSignature.map { .string($0.description) }
        object["closedForSignature"] = closedForSignature.map { .string($0.description) }
        object["depositary"] = depositary.map(JSON.string)
        object["classes"] = classes
        object["metrics"] = metrics
        object["source"] = source.map(JSON.string)
        object["confidence"] = confidence.map(JSON.string)
        object["instrumentKind"] = instrumentKind.map { .string($0.rawValue) }
        object["status"] = status.map { .string($0.rawValue) }
        object["parent"] = parent.map(JSON.string)
        object["depositaries"] = depositaries.map { .array($0.map(JSON.string)) }
        object["authenticLanguages"] = authenticLanguages.map { .array($0.map(JSON.string)) }
        object["prevailingLanguage"] = prevailingLanguage.map(JSON.string)
        object["finalClauses"] = finalClauses
        object["adoptedText"] = adoptedText.map(JSON.integer)
        return .object(object)
    }
}
