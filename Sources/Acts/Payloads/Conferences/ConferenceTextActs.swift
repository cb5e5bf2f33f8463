public import Ledger

/// A version of a text came before a body to be negotiated. What it says is a blob, or short enough to stand in the act.
public struct ConferenceTextTabled: Payload, Hashable {
    public static let kind = ActKind(known: "conference.text-tabled")

    /// What a version of a text is to the room (`docs/negotiated-text.md`).
    public enum Form: String, Hashable, Sendable, CaseIterable {
        case zeroDraft = "zero-draft"
        /// All that was submitted, side by side, attributed.
        case compilation
        /// The chair's or the facilitators' own proposal, which takes sides for the sake of agreement.
        case chairsText = "chairs-text"
        /// Revised from reading to reading.
        case rollingText = "rolling-text"
        /// Without brackets.
        case cleanText = "clean-text"
        /// A draft resolution or decision, tabled by sponsors.
        case draftResolution = "draft-resolution"
    }

    public var conference: String
    /// Its name in addresses, through all versions: lowercase letters, digits and hyphens.
    public var text: String
    /// The version's number, from 1.
    public var version: Int64
    public var form: Form
    /// By language tag.
    public var title: [String: String]
    /// The language it is negotiated in (BCP 47).
    public var language: String
    /// The symbol of the document it was issued as.
    public var document: String?
    /// The body before which it is.
    public var body: String?
    /// SHA-256 of the blob with its words, in UTF-8; `nil` where they stand in ``words``.
    public var sha256: Hash?
    public var words: String?
    /// Codes of actors, names of groups.
    public var sponsors: [String]

    /// UTF-8 bytes of words that stand in the act itself, at most.
    public static let mostInlineBytes = 1 << 16

    public init(
        conference: String, text: String, version: Int64, form: Form, title: [String: String], language: String, document: String? = nil,
        body: String? = nil, sha256: Hash? = nil, words: String? = nil, sponsors: [String] = []
    ) {
        self.conference = conference
        self.text = text
        self.version = version
        self.form = form
        self.title = title
        self.language = language
        self.document = document
        self.body = body
        self.sha256 = sha256
        self.words = words
        self.sponsors = sponsors
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        version = try reader.integer("version")
        form = try reader.choice("form")
        title = try reader.texts("title")
        language = try reader.string("language")
        document = try reader.optionalString("document")
        body = try reader.optionalString("body")
        sha256 = reader.value("sha256") == nil ? nil : try reader.hash("sha256")
        words = try reader.optionalString("words")
        sponsors = try reader.strings("sponsors")
        try reader.finish()
        guard (sha256 == nil) != (words == nil) else {
            throw MalformedAct(place: "payload.words", reason: "should be there, or sha256, and not both")
        }
        guard (words?.utf8.count ?? 0) <= Self.mostInlineBytes else {
            throw MalformedAct(place: "payload.words", reason: "has more than \(Self.mostInlineBytes) bytes; make a blob of it")
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "version": .integer(version), "form": .string(form.rawValue),
            "title": JSON(texts: title), "language": .string(language), "sponsors": .array(sponsors.map(JSON.string)),
        ]
        object["document"] = document.map(JSON.string)
        object["body"] = body.map(JSON.string)
        object["sha256"] = sha256.map { .string($0.hexadecimal) }
        object["words"] = words.map(JSON.string)
        return .object(object)
    }
}

/// A body began to read a text once more, from its beginning or from a provision.
public struct ConferenceReadingBegun: Payload, Hashable {
    public static let kind = ActKind(known: "conference.reading-begun")
    public var conference: String
    public var text: String
    /// Which reading, from 1.
    public var reading: Int64
    /// The version that is read.
    public var version: Int64
    /// The name (wId) of the provision it begins at.
    public var provision: String?

    public init(conference: String, text: String, reading: Int64, version: Int64, provision: String? = nil) {
        self.conference = conference
        self.text = text
        self.reading = reading
        self.version = version
        self.provision = provision
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        reading = try reader.integer("reading")
        version = try reader.integer("version")
        provision = try reader.optionalString("provision")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "reading": .integer(reading), "version": .integer(version),
        ]
        object["provision"] = provision.map(JSON.string)
        return .object(object)
    }
}

/// How far agreement on a provision has come, as the chair found it or a delegation wants it recorded.
public enum ConferenceProvisionStatus: String, Hashable, Sendable, CaseIterable {
    case proposed
    /// Somebody does not agree, and the words stand in brackets.
    case bracketed
    /// A delegation keeps its position open, the words notwithstanding.
    case reserved
    /// Agreed by delegates, subject to their capitals.
    case agreedAdReferendum = "agreed-ad-referendum"
    case agreed
    case moved
    case deleted
}

/// The status of a provision was set.
public struct ConferenceProvisionStatusSet: Payload, Hashable {
    public static let kind = ActKind(known: "conference.provision-status-set")
    public var conference: String
    public var text: String
    /// The version it was said of.
    public var version: Int64
    /// The provision's name (wId).
    public var provision: String
    public var status: ConferenceProvisionStatus
    /// The delegation or group whose position it is, where it is one's own: who reserves, who wants brackets. `nil`: the room's, as the
    /// chair found it.
    public var by: String?
    public var note: String?

    public init(
        conference: String, text: String, version: Int64, provision: String, status: ConferenceProvisionStatus, by: String? = nil,
        note: String? = nil
    ) {
        self.conference = conference
        self.text = text
        self.version = version
        self.provision = provision
        self.status = status
        self.by = by
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        version = try reader.integer("version")
        provision = try reader.string("provision")
        status = try reader.choice("status")
        by = try reader.optionalString("by")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "version": .integer(version), "provision": .string(provision),
            "status": .string(status.rawValue),
        ]
        object["by"] = by.map(JSON.string)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
