public import Ledger

/// A version of a text was handed to the legal scrub: in which languages it is to be authentic is settled, and what comes after it
/// concerns this version. A later act on the same text begins again, with a later version.
public struct ConferenceAdoptionPrepared: Payload, Hashable {
    public static let kind = ActKind(known: "conference.adoption-prepared")
    public var conference: String
    public var text: String
    /// The version that is scrubbed and rendered.
    public var version: Int64
    /// Tags of the languages in which the text is to be equally authentic (VCLT arts. 10, 33).
    public var languages: [String]

    /// Most authentic languages.
    public static let mostLanguages = 12

    public init(conference: String, text: String, version: Int64, languages: [String]) {
        self.conference = conference
        self.text = text
        self.version = version
        self.languages = languages
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        version = try reader.integer("version")
        languages = try reader.strings("languages")
        try reader.finish()
        guard (1...Self.mostLanguages).contains(languages.count), Set(languages).count == languages.count else {
            throw MalformedAct(place: "payload.languages", reason: "should name 1 to \(Self.mostLanguages) languages, each once")
        }
    }

    public var json: JSON {
        [
            "conference": .string(conference), "text": .string(text), "version": .integer(version),
            "languages": .array(languages.map(JSON.string)),
        ]
    }
}

/// A finding of the legal scrub may stand, for a reason that is said.
public struct ConferenceScrubFindingWaived: Payload, Hashable {
    public static let kind = ActKind(known: "conference.scrub-finding-waived")
    public var conference: String
    public var text: String
    /// The version in which it was found; a later version is read anew.
    public var version: Int64
    /// The finding's name, as the scrub gives it: what was found, and where.
    public var finding: String
    public var reason: String

    public init(conference: String, text: String, version: Int64, finding: String, reason: String) {
        self.conference = conference
        self.text = text
        self.version = version
        self.finding = finding
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        version = try reader.integer("version")
        finding = try reader.string("finding")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON {
        [
            "conference": .string(conference), "text": .string(text), "version": .integer(version), "finding": .string(finding),
            "reason": .string(reason),
        ]
    }
}

/// The text in one language was entered, as it would be adopted: canonical Akoma Ntoso in a blob, named by its SHA-256.
public struct ConferenceLanguageVersionEntered: Payload, Hashable {
    public static let kind = ActKind(known: "conference.language-version-entered")
    public var conference: String
    public var text: String
    /// The version of the negotiated text that it renders.
    public var version: Int64
    /// The language's tag (BCP 47).
    public var language: String
    /// SHA-256 of the blob.
    public var sha256: Hash
    /// How many provisions it has.
    public var provisions: Int64
    /// SHA-256 of the file that was sent, where it was another form of the text.
    public var source: Hash?

    public init(
        conference: String, text: String, version: Int64, language: String, sha256: Hash, provisions: Int64, source: Hash? = nil
    ) {
        self.conference = conference
        self.text = text
        self.version = version
        self.language = language
        self.sha256 = sha256
        self.provisions = provisions
        self.source = source
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        version = try reader.integer("version")
        language = try reader.string("language")
        sha256 = try reader.hash("sha256")
        provisions = try reader.integer("provisions")
        source = reader.value("source") == nil ? nil : try reader.hash("source")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "version": .integer(version), "language": .string(language),
            "sha256": .string(sha256.hexadecimal), "provisions": .integer(provisions),
        ]
        object["source"] = source.map { .string($0.hexadecimal) }
        return .object(object)
    }
}

/// A person read the text in a language and found it concordant with the negotiated text. Two do, and one of them is of the languages
/// service.
public struct ConferenceLanguageVersionConfirmed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.language-version-confirmed")

    public enum Capacity: String, Hashable, Sendable, CaseIterable {
        /// Of the secretariat's languages service.
        case languageOfficer = "language-officer"
        /// A delegate or editor who reads the language.
        case reader
    }

    public var conference: String
    public var text: String
    public var language: String
    /// The very bytes that were read.
    public var sha256: Hash
    public var capacity: Capacity
    /// Why differences of structure may stand, where there are any.
    public var reason: String?

    public init(conference: String, text: String, language: String, sha256: Hash, capacity: Capacity, reason: String? = nil) {
        self.conference = conference
        self.text = text
        self.language = language
        self.sha256 = sha256
        self.capacity = capacity
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        language = try reader.string("language")
        sha256 = try reader.hash("sha256")
        capacity = try reader.choice("capacity")
        reason = try reader.optionalString("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "language": .string(language),
            "sha256": .string(sha256.hexadecimal), "capacity": .string(capacity.rawValue),
        ]
        object["reason"] = reason.map(JSON.string)
        return .object(object)
    }
}

/// A conference adopted a text (VCLT art. 9): which bytes, in which languages, by which decision. Nothing amends it afterwards.
public struct ConferenceTextAdopted: Payload, Hashable {
    public static let kind = ActKind(known: "conference.text-adopted")
    public var conference: String
    public var text: String
    public var version: Int64
    /// By language tag.
    public var title: [String: String]
    public var date: CalendarDate
    public var place: String
    /// The body that adopted it, by its name in addresses.
    public var body: String
    /// What the body is called, for readers of other desks.
    public var bodyName: String
    public var meeting: Int64
    /// The decision by its name in the body, and the entry that announced its result.
    public var decision: String
    public var decisionEntry: Int64
    public var rule: TreatyAdopted.Rule
    /// What the body's own rule says, where ``rule`` is that.
    public var ownRule: String?
    /// `nil` where it was adopted without a vote.
    public var votes: TreatyAdopted.Votes?
    /// Tags of the authentic languages, those of ``later`` among them.
    public var languages: [String]
    /// The texts as they were adopted: SHA-256 of the canonical bytes by language tag.
    public var texts: [String: Hash]
    /// One hash over all of them (docs/texts.md).
    public var textSet: Hash
    /// Authentic languages whose texts are established and verified later, as the conference decided.
    public var later: [String]
    public var note: String?

    public init(
        conference: String, text: String, version: Int64, title: [String: String], date: CalendarDate, place: String, body: String,
        bodyName: String, meeting: Int64, decision: String, decisionEntry: Int64, rule: TreatyAdopted.Rule, ownRule: String? = nil,
        votes: TreatyAdopted.Votes? = nil, languages: [String], texts: [String: Hash], textSet: Hash, later: [String] = [],
        note: String? = nil
    ) {
        self.conference = conference
        self.text = text
        self.version = version
        self.title = title
        self.date = date
        self.place = place
        self.body = body
        self.bodyName = bodyName
        self.meeting = meeting
        self.decision = decision
        self.decisionEntry = decisionEntry
        self.rule = rule
        self.ownRule = ownRule
        self.votes = votes
        self.languages = languages
        self.texts = texts
        self.textSet = textSet
        self.later = later
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        version = try reader.integer("version")
        title = try reader.texts("title")
        date = try reader.date("date")
        place = try reader.string("place")
        body = try reader.string("body")
        bodyName = try reader.string("bodyName")
        meeting = try reader.integer("meeting")
        decision = try reader.string("decision")
        decisionEntry = try reader.integer("decisionEntry")
        rule = try reader.choice("rule")
        ownRule = try reader.optionalString("ownRule")
        votes = try reader.value("votes").map { (json) throws(MalformedAct) in
            var votes = try ObjectReader(json, at: "payload.votes")
            let read = TreatyAdopted.Votes(
                inFavour: try votes.integer("inFavour"), against: try votes.integer("against"),
                abstaining: try votes.integer("abstaining"))
            try votes.finish()
            return read
        }
        languages = try reader.strings("languages")
        texts = try reader.hashes("texts")
        textSet = try reader.hash("textSet")
        later = try reader.strings("later")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "version": .integer(version), "title": JSON(texts: title),
            "date": .string(date.description), "place": .string(place), "body": .string(body), "bodyName": .string(bodyName),
        ]
        object["meeting"] = .integer(meeting)
        object["decision"] = .string(decision)
        object["decisionEntry"] = .integer(decisionEntry)
        object["rule"] = .string(rule.rawValue)
        object["ownRule"] = ownRule.map(JSON.string)
        object["votes"] = votes.map {
            ["inFavour": .integer($0.inFavour), "against": .integer($0.against), "abstaining": .integer($0.abstaining)]
        }
        object["languages"] = .array(languages.map(JSON.string))
        object["texts"] = JSON(texts: texts.mapValues(\.hexadecimal))
        object["textSet"] = .string(textSet.hexadecimal)
        object["later"] = .array(later.map(JSON.string))
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
