public import Ledger

/// A delegation handed in the text of a statement that it made in the room.
public struct ConferenceStatementFiled: Payload, Hashable {
    public static let kind = ActKind(known: "conference.statement-filed")
    public var session: ConferenceSession
    /// The request for the floor on which it spoke.
    public var request: String
    public var actor: ActorCode
    /// The language it was made in (BCP 47).
    public var language: String
    public var text: String

    /// UTF-8 bytes of a statement, at most.
    public static let mostBytes = 1 << 16

    public init(session: ConferenceSession, request: String, actor: ActorCode, language: String, text: String) {
        self.session = session
        self.request = request
        self.actor = actor
        self.language = language
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        request = try reader.string("request")
        actor = try reader.actor("actor")
        language = try reader.string("language")
        text = try reader.string("text")
        try reader.finish()
        guard text.utf8.count <= Self.mostBytes else {
            throw MalformedAct(place: "payload.text", reason: "has more than \(Self.mostBytes) bytes")
        }
    }

    public var json: JSON {
        var object = session.json
        object["request"] = .string(request)
        object["actor"] = .string(actor.rawValue)
        object["language"] = .string(language)
        object["text"] = .string(text)
        return .object(object)
    }
}

/// A record or report that was made from the acts was issued as a document.
public struct ConferenceRecordIssued: Payload, Hashable {
    public static let kind = ActKind(known: "conference.record-issued")

    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// What was done, and who spoke on what.
        case summary
        /// With every statement that was handed in, in full.
        case verbatim
        /// Of the whole conference.
        case report
        /// On the credentials of representatives (GA rule 28).
        case credentials
    }

    public var conference: String
    public var body: String
    /// `nil` for what concerns the whole conference.
    public var meeting: Int64?
    public var form: Form
    /// The symbol it was issued under.
    public var symbol: String
    /// The last entry of the record that it was made from: whoever makes it from the entries up to there makes the same bytes.
    public var through: Int64
    /// SHA-256 of the Akoma Ntoso by language tag.
    public var akomaNtoso: [String: Hash]
    /// SHA-256 of the PDF by language tag.
    public var pdf: [String: Hash]

    public init(
        conference: String, body: String, meeting: Int64? = nil, form: Form, symbol: String, through: Int64, akomaNtoso: [String: Hash],
        pdf: [String: Hash]
    ) {
        self.conference = conference
        self.body = body
        self.meeting = meeting
        self.form = form
        self.symbol = symbol
        self.through = through
        self.akomaNtoso = akomaNtoso
        self.pdf = pdf
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        meeting = try reader.optionalInteger("meeting")
        form = try reader.choice("form")
        symbol = try reader.string("symbol")
        through = try reader.integer("through")
        akomaNtoso = try reader.hashes("akomaNtoso")
        pdf = try reader.hashes("pdf")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "form": .string(form.rawValue), "symbol": .string(symbol),
            "through": .integer(through), "akomaNtoso": JSON(texts: akomaNtoso.mapValues(\.hexadecimal)),
            "pdf": JSON(texts: pdf.mapValues(\.hexadecimal)),
        ]
        object["meeting"] = meeting.map(JSON.integer)
        return .object(object)
    }
}
