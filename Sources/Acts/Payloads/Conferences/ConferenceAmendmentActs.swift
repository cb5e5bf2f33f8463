/// An amendment to a text under negotiation, or a sub-amendment to an amendment, was proposed.
public struct ConferenceAmendmentProposed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.amendment-proposed")
    public var conference: String
    public var text: String
    /// Its name among the text's amendments: lowercase letters, digits and hyphens.
    public var amendment: String
    /// The version it was written for.
    public var base: Int64
    public var change: ConferenceTextChange
    /// Codes of actors, names of groups; the first is the one who introduces it.
    public var sponsors: [String]
    /// The amendment whose words it would change; `nil` of an amendment to the text.
    public var amends: String?
    /// The symbol of the document it was issued as.
    public var document: String?
    /// Why, in the sponsors' words.
    public var reason: String?

    public init(
        conference: String, text: String, amendment: String, base: Int64, change: ConferenceTextChange, sponsors: [String],
        amends: String? = nil, document: String? = nil, reason: String? = nil
    ) {
        self.conference = conference
        self.text = text
        self.amendment = amendment
        self.base = base
        self.change = change
        self.sponsors = sponsors
        self.amends = amends
        self.document = document
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        amendment = try reader.string("amendment")
        base = try reader.integer("base")
        change = try ConferenceTextChange(json: try reader.required("change"), at: "payload.change")
        sponsors = try reader.strings("sponsors")
        amends = try reader.optionalString("amends")
        document = try reader.optionalString("document")
        reason = try reader.optionalString("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "amendment": .string(amendment), "base": .integer(base),
            "change": change.json, "sponsors": .array(sponsors.map(JSON.string)),
        ]
        object["amends"] = amends.map(JSON.string)
        object["document"] = document.map(JSON.string)
        object["reason"] = reason.map(JSON.string)
        return .object(object)
    }
}

/// Delegations or groups joined an amendment's sponsors.
public struct ConferenceAmendmentCosponsored: Payload, Hashable {
    public static let kind = ActKind(known: "conference.amendment-cosponsored")
    public var conference: String
    public var text: String
    public var amendment: String
    /// Codes of actors, names of groups.
    public var sponsors: [String]

    public init(conference: String, text: String, amendment: String, sponsors: [String]) {
        self.conference = conference
        self.text = text
        self.amendment = amendment
        self.sponsors = sponsors
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        amendment = try reader.string("amendment")
        sponsors = try reader.strings("sponsors")
        try reader.finish()
    }

    public var json: JSON {
        [
            "conference": .string(conference), "text": .string(text), "amendment": .string(amendment),
            "sponsors": .array(sponsors.map(JSON.string)),
        ]
    }
}

/// Its sponsors took an amendment back.
public struct ConferenceAmendmentWithdrawn: Payload, Hashable {
    public static let kind = ActKind(known: "conference.amendment-withdrawn")
    public var conference: String
    public var text: String
    public var amendment: String
    /// Who withdrew it, for the sponsors.
    public var by: String?

    public init(conference: String, text: String, amendment: String, by: String? = nil) {
        self.conference = conference
        self.text = text
        self.amendment = amendment
        self.by = by
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        amendment = try reader.string("amendment")
        by = try reader.optionalString("by")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["conference": .string(conference), "text": .string(text), "amendment": .string(amendment)]
        object["by"] = by.map(JSON.string)
        return .object(object)
    }
}

/// The chair applied an amendment: to the text, which makes its next version, or, a sub-amendment, to the amendment it amends.
public struct ConferenceAmendmentApplied: Payload, Hashable {
    public static let kind = ActKind(known: "conference.amendment-applied")

    public enum Manner: String, Hashable, Sendable, CaseIterable {
        /// The text says what was proposed.
        case asProposed = "as-proposed"
        /// What was proposed stands in brackets, attributed to its sponsors, beside what it would replace.
        case inBrackets = "in-brackets"
    }

    public var conference: String
    public var text: String
    public var amendment: String
    /// The version it makes; of a sub-amendment the text's version, which stays.
    public var version: Int64
    public var manner: Manner
    /// The decision it rests on, where one was taken.
    public var decision: String?

    public init(conference: String, text: String, amendment: String, version: Int64, manner: Manner, decision: String? = nil) {
        self.conference = conference
        self.text = text
        self.amendment = amendment
        self.version = version
        self.manner = manner
        self.decision = decision
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        text = try reader.string("text")
        amendment = try reader.string("amendment")
        version = try reader.integer("version")
        manner = try reader.choice("manner")
        decision = try reader.optionalString("decision")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "text": .string(text), "amendment": .string(amendment), "version": .integer(version),
            "manner": .string(manner.rawValue),
        ]
        object["decision"] = decision.map(JSON.string)
        return .object(object)
    }
}
