/// A depositary notification was issued: numbered, dated, final. What is wrong in it is mended by a further one that points back.
///
/// The header's `effective` is the day of issue: the date of notification, from which periods run (VCLT arts. 20(5) and 78).
public struct TreatyNotificationIssued: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.notification-issued")

    /// The notification in one language, as it was issued.
    public struct Sheet: Hashable, Sendable {
        /// The treaty's title.
        public var title: String
        /// Where and when the treaty was concluded.
        public var imprint: String
        /// The State and the action: "FRANCE: RATIFICATION".
        public var subject: String
        /// The formula with which the depositary speaks.
        public var formula: String
        public var paragraphs: [String]
        /// "Refer to depositary notification C.N.… of …".
        public var footnotes: [String]
        /// Whom it is for the attention of.
        public var attention: String
        /// The date of issue in words.
        public var issued: String

        public init(
            title: String, imprint: String, subject: String, formula: String, paragraphs: [String], footnotes: [String] = [],
            attention: String, issued: String
        ) {
            self.title = title
            self.imprint = imprint
            self.subject = subject
            self.formula = formula
            self.paragraphs = paragraphs
            self.footnotes = footnotes
            self.attention = attention
            self.issued = issued
        }

        init(json: JSON, at place: String) throws(MalformedAct) {
            var reader = try ObjectReader(json, at: place)
            title = try reader.string("title")
            imprint = try reader.string("imprint")
            subject = try reader.string("subject")
            formula = try reader.string("formula")
            paragraphs = try reader.strings("paragraphs")
            footnotes = try reader.strings("footnotes")
            attention = try reader.string("attention")
            issued = try reader.string("issued")
            try reader.finish()
        }

        var json: JSON {
            var object: JSONObject = [
                "title": .string(title), "imprint": .string(imprint), "subject": .string(subject), "formula": .string(formula),
                "paragraphs": .array(paragraphs.map(JSON.string)), "attention": .string(attention), "issued": .string(issued),
            ]
            if !footnotes.isEmpty { object["footnotes"] = .array(footnotes.map(JSON.string)) }
            return .object(object)
        }
    }

    /// A text that is quoted as it came, in its own language, such as a reservation.
    public struct Quotation: Hashable, Sendable {
        /// A BCP 47 tag.
        public var language: String
        public var text: String
        /// A translation made by the depositary, not by the author.
        public var isTranslation: Bool

        public init(language: String, text: String, isTranslation: Bool = false) {
            self.language = language
            self.text = text
            self.isTranslation = isTranslation
        }
    }

    /// To whom it is addressed, and why.
    public struct Addressee: Hashable, Sendable {
        public enum Capacity: String, Hashable, Sendable, CaseIterable {
            case party
            case contracting
            case signatory
            /// Entitled to become a Party.
            case entitled
        }

        public var actor: ActorCode
        public var capacity: Capacity

        public init(_ actor: ActorCode, as capacity: Capacity) {
            self.actor = actor
            self.capacity = capacity
        }
    }

    /// What it does to an earlier notification.
    public enum Relation: String, Hashable, Sendable, CaseIterable {
        /// Names it in a footnote.
        case refersTo = "refers-to"
        case rectifies
        case reissues
    }

    public struct Earlier: Hashable, Sendable {
        /// As it stands on the earlier notification, in whatever form.
        public var number: String
        public var relation: Relation
        /// Its entry, where this record holds it.
        public var entry: Int64?

        public init(_ number: String, _ relation: Relation, entry: Int64? = nil) {
            self.number = number
            self.relation = relation
            self.entry = entry
        }
    }

    /// `C.N.12.2026.TREATIES-IV.11`.
    public var number: String
    /// Within the year, from 1, without gaps.
    public var serial: Int64
    public var year: Int64
    public var treaty: String
    public var subject: NotificationKind
    /// Whose act it notifies, where it is one actor's.
    public var actor: ActorCode?
    /// The day of issue.
    public var date: CalendarDate
    /// The day the notified act was effected.
    public var effected: CalendarDate?
    /// The acts it was made from, as entries of this record.
    public var acts: [Int64]
    public var earlier: Earlier?
    /// By language tag; English and French at least.
    public var sheets: [String: Sheet]
    public var quotations: [Quotation]
    public var addressees: [Addressee]

    public init(
        number: String, serial: Int64, year: Int64, treaty: String, subject: NotificationKind, actor: ActorCode? = nil,
        date: CalendarDate, effected: CalendarDate? = nil, acts: [Int64], earlier: Earlier? = nil, sheets: [String: Sheet],
        quotations: [Quotation] = [], addressees: [Addressee] = []
    ) {
        self.number = number
        self.serial = serial
        self.year = year
        self.treaty = treaty
        self.subject = subject
        self.actor = actor
        self.date = date
        self.effected = effected
        self.acts = acts
        self.earlier = earlier
        self.sheets = sheets
        self.quotations = quotations
        self.addressees = addressees
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        number = try reader.string("number")
        serial = try reader.integer("serial")
        year = try reader.integer("year")
        treaty = try reader.string("treaty")
        subject = try reader.word("subject")
        actor = reader.value("actor") == nil ? nil : try reader.actor("actor")
        date = try reader.date("date")
        effected = try reader.optionalDate("effected")
        acts = try reader.entries("acts")
        if let value = reader.value("earlier") {
            var inner = try ObjectReader(value, at: "payload.earlier")
            earlier = Earlier(try inner.string("number"), try inner.word("relation"), entry: try inner.optionalInteger("entry"))
            try inner.finish()
        }
        let sheetsValue = try reader.required("sheets")
        guard case .object(let object) = sheetsValue else {
            throw MalformedAct(place: "payload.sheets", reason: "should be an object, not \(sheetsValue.kindName)")
        }
        var sheets: [String: Sheet] = [:]
        for member in object.members { sheets[member.name] = try Sheet(json: member.value, at: "payload.sheets.\(member.name)") }
        self.sheets = sheets
        var quotations: [Quotation] = []
        for (index, value) in (reader.value("quotations")?.array ?? []).enumerated() {
            var inner = try ObjectReader(value, at: "payload.quotations[\(index)]")
            quotations.append(
                Quotation(
                    language: try inner.string("language"), text: try inner.string("text"),
                    isTranslation: try inner.optionalBool("isTranslation") ?? false))
            try inner.finish()
        }
        self.quotations = quotations
        var addressees: [Addressee] = []
        for (index, value) in try reader.array("addressees").enumerated() {
            var inner = try ObjectReader(value, at: "payload.addressees[\(index)]")
            addressees.append(Addressee(try inner.actor("actor"), as: try inner.word("capacity")))
            try inner.finish()
        }
        self.addressees = addressees
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "number": .string(number), "serial": .integer(serial), "year": .integer(year), "treaty": .string(treaty),
            "subject": .string(subject.rawValue), "date": .string(date.description), "acts": .array(acts.map(JSON.integer)),
            "sheets": .object(JSONObject(sheets.map { ($0.key, $0.value.json) })),
            "addressees": .array(
                addressees.map { ["actor": .string($0.actor.rawValue), "capacity": .string($0.capacity.rawValue)] }),
        ]
        object["actor"] = actor.map { .string($0.rawValue) }
        object["effected"] = effected.map { .string($0.description) }
        if let earlier {
            var inner: JSONObject = ["number": .string(earlier.number), "relation": .string(earlier.relation.rawValue)]
            inner["entry"] = earlier.entry.map(JSON.integer)
            object["earlier"] = .object(inner)
        }
        if !quotations.isEmpty {
            object["quotations"] = .array(
                quotations.map {
                    ["language": .string($0.language), "text": .string($0.text), "isTranslation": .bool($0.isTranslation)]
                })
        }
        return .object(object)
    }
}
