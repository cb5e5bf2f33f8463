/// Full powers or credentials were issued: who may act for a State or organization, in what, and until when (VCLT art. 2(1)(c)).
public struct TreatyFullPowersIssued: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.full-powers-issued")

    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// For the act or acts named.
        case fullPowers
        /// For a delegation to a conference or organ (VCLT art. 7(2)(c)).
        case credentials
    }

    /// Which office issued them.
    public enum Issuer: String, Hashable, Sendable, CaseIterable {
        case headOfState
        case headOfGovernment
        case foreignMinister
        /// The competent organ of an international organization (VCLT 1986 art. 7(3)).
        case organizationOrgan
        /// Any other office; it cannot issue full powers of its own right.
        case other
    }

    /// What the depositary holds of them.
    public enum Custody: String, Hashable, Sendable, CaseIterable {
        case original
        case scan
    }

    public struct Representative: Hashable, Sendable {
        public var name: String
        public var title: String

        public init(name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    public var form: Form
    /// Whom the persons may act for.
    public var actor: ActorCode
    public var issuer: Issuer
    /// The issuing person, as the document is signed.
    public var issuedBy: String
    public var issuedOn: CalendarDate
    public var representatives: [Representative]
    /// Treaties by their numbers; empty: every treaty (general full powers).
    public var treaties: [String]
    /// Empty: every act.
    public var acts: [AuthorizedAct]
    /// For credentials: the conference or organ.
    public var conference: String?
    public var validFrom: CalendarDate?
    /// The last day they are good.
    public var validUntil: CalendarDate?
    public var custody: Custody
    /// SHA-256 of the document, 64 hexadecimal digits, where the node holds it.
    public var document: String?
    public var note: String?

    public init(
        form: Form = .fullPowers, actor: ActorCode, issuer: Issuer, issuedBy: String, issuedOn: CalendarDate,
        representatives: [Representative], treaties: [String] = [], acts: [AuthorizedAct] = [], conference: String? = nil,
        validFrom: CalendarDate? = nil, validUntil: CalendarDate? = nil, custody: Custody = .original, document: String? = nil,
        note: String? = nil
    ) {
        self.form = form
        self.actor = actor
        self.issuer = issuer
        self.issuedBy = issuedBy
        self.issuedOn = issuedOn
        self.representatives = representatives
        self.treaties = treaties
        self.acts = acts
        self.conference = conference
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.custody = custody
        self.document = document
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        form = try reader.word("form")
        actor = try reader.actor("actor")
        issuer = try reader.word("issuer")
        issuedBy = try reader.string("issuedBy")
        issuedOn = try reader.date("issuedOn")
        var representatives: [Representative] = []
        for (index, value) in try reader.array("representatives").enumerated() {
            var person = try ObjectReader(value, at: "payload.representatives[\(index)]")
            representatives.append(Representative(name: try person.string("name"), title: try person.string("title")))
            try person.finish()
        }
        guard !representatives.isEmpty else { throw MalformedAct(place: "payload.representatives", reason: "should name somebody") }
        self.representatives = representatives
        treaties = try reader.strings("treaties")
        acts = try reader.words("acts")
        conference = try reader.optionalString("conference")
        validFrom = try reader.optionalDate("validFrom")
        validUntil = try reader.optionalDate("validUntil")
        custody = try reader.word("custody")
        document = try reader.optionalString("document")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "form": .string(form.rawValue), "actor": .string(actor.rawValue), "issuer": .string(issuer.rawValue),
            "issuedBy": .string(issuedBy), "issuedOn": .string(issuedOn.description),
            "representatives": .array(representatives.map { ["name": .string($0.name), "title": .string($0.title)] }),
            "custody": .string(custody.rawValue),
        ]
        if !treaties.isEmpty { object["treaties"] = .array(treaties.map(JSON.string)) }
        if !acts.isEmpty { object["acts"] = .array(acts.map { .string($0.rawValue) }) }
        object["conference"] = conference.map(JSON.string)
        object["validFrom"] = validFrom.map { .string($0.description) }
        object["validUntil"] = validUntil.map { .string($0.description) }
        object["document"] = document.map(JSON.string)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}

/// Full powers or credentials were withdrawn by whoever gave them. What was done under them before stays done.
public struct TreatyFullPowersRevoked: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.full-powers-revoked")
    /// The entry that holds them.
    public var entry: Int64
    /// From this day on they cover nothing.
    public var date: CalendarDate
    public var reason: String

    public init(entry: Int64, date: CalendarDate, reason: String) {
        self.entry = entry
        self.date = date
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        date = try reader.date("date")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON {
        ["entry": .integer(entry), "date": .string(date.description), "reason": .string(reason)]
    }
}
