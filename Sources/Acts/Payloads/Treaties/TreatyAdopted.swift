public import Ledger

/// The text of an instrument was adopted: its final clauses apply from now on (VCLT arts. 9, 24(4)).
public struct TreatyAdopted: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.adopted")

    /// By which rule the text was adopted.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// The consent of all the States participating in its drawing up (VCLT art. 9(1)).
        case consentOfAll
        /// At an international conference, two thirds of the States present and voting (VCLT art. 9(2)).
        case twoThirds
        /// A rule that those two thirds decided to apply, or the rule of the body that adopted it (VCLT arts. 5, 9(2)).
        case ownRule
    }

    /// How the vote went.
    public struct Votes: Hashable, Sendable {
        public var inFavour: Int64
        public var against: Int64
        public var abstaining: Int64

        public init(inFavour: Int64, against: Int64, abstaining: Int64 = 0) {
            self.inFavour = inFavour
            self.against = against
            self.abstaining = abstaining
        }
    }

    public var treaty: String
    public var date: CalendarDate
    public var place: String
    /// The conference, organ or the States that adopted it.
    public var body: String?
    public var rule: Rule
    /// What the body's own rule says, where ``rule`` is that.
    public var ownRule: String?
    public var votes: Votes?
    /// The texts as they were adopted, by language tag.
    public var texts: [String: Hash]
    /// What else the record should say.
    public var note: String?

    public init(
        treaty: String, date: CalendarDate, place: String, body: String? = nil, rule: Rule, ownRule: String? = nil, votes: Votes? = nil,
        texts: [String: Hash], note: String? = nil
    ) {
        self.treaty = treaty
        self.date = date
        self.place = place
        self.body = body
        self.rule = rule
        self.ownRule = ownRule
        self.votes = votes
        self.texts = texts
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        date = try reader.date("date")
        place = try reader.string("place")
        body = try reader.optionalString("body")
        rule = try reader.choice("rule")
        ownRule = try reader.optionalString("ownRule")
        votes = try reader.value("votes").map { (json) throws(MalformedAct) in
            var votes = try ObjectReader(json, at: "payload.votes")
            let read = Votes(
                inFavour: try votes.integer("inFavour"), against: try votes.integer("against"),
                abstaining: try votes.integer("abstaining"))
            try votes.finish()
            return read
        }
        texts = try reader.hashes("texts")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "date": .string(date.description), "place": .string(place), "rule": .string(rule.rawValue),
            "texts": JSON(texts: texts.mapValues(\.hexadecimal)),
        ]
        object["body"] = body.map(JSON.string)
        object["ownRule"] = ownRule.map(JSON.string)
        object["votes"] = votes.map {
            [
                "inFavour": .integer($0.inFavour), "against": .integer($0.against), "abstaining": .integer($0.abstaining),
            ]
        }
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
