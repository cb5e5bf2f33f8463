/// What a statement about a treaty is, as whoever made it calls it. Others may see it otherwise (`recharacterization`).
public enum StatementKind: String, Hashable, Sendable, CaseIterable {
    /// VCLT art. 2(1)(d).
    case reservation
    case interpretativeDeclaration
    /// One that the treaty asks for.
    case mandatoryDeclaration
    /// One that the treaty allows and gives effect to, such as the recognition of a court's jurisdiction.
    case optionalDeclaration
    case territorialDeclaration
    /// To a reservation (VCLT art. 20(4)(b)).
    case objection
    /// Of a reservation, in words (VCLT art. 20(4)(a)).
    case acceptance
    /// Another State holds a declaration to be a reservation, or the other way round.
    case recharacterization
    case communication
    case notification

    /// Whether it speaks to another statement.
    public var answersAStatement: Bool { self == .objection || self == .acceptance || self == .recharacterization }
}

/// A statement made with a signature or instrument and signed as part of it.
public struct AttachedStatement: Hashable, Sendable {
    public var statement: StatementKind
    public var text: String
    /// Of the text: a BCP 47 tag.
    public var language: String
    /// Provisions it concerns, by their `wId`.
    public var provisions: [String]
    /// The name the treaty gives to a reservation or declaration it lists.
    public var listed: String?

    public init(statement: StatementKind, text: String, language: String, provisions: [String] = [], listed: String? = nil) {
        self.statement = statement
        self.text = text
        self.language = language
        self.provisions = provisions
        self.listed = listed
    }

    public init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        statement = try reader.word("statement")
        text = try reader.string("text")
        language = try reader.string("language")
        provisions = try reader.strings("provisions")
        listed = try reader.optionalString("listed")
        try reader.finish()
        guard text.unicodeScalars.count <= TreatyStatementMade.longestText else {
            throw MalformedAct(place: "\(place).text", reason: "is longer than \(TreatyStatementMade.longestText) characters")
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "statement": .string(statement.rawValue), "text": .string(text), "language": .string(language),
        ]
        if !provisions.isEmpty { object["provisions"] = .array(provisions.map(JSON.string)) }
        object["listed"] = listed.map(JSON.string)
        return .object(object)
    }
}

/// A State or organization made a statement about a treaty: a reservation, a declaration, an objection, a communication.
public struct TreatyStatementMade: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.statement-made")
    /// A statement's text may have this many characters.
    public static let longestText = 40_000

    public var treaty: String
    public var actor: ActorCode
    public var statement: StatementKind
    /// The day the depositary received it.
    public var date: CalendarDate
    public var text: String
    /// Of the text: a BCP 47 tag.
    public var language: String
    /// Provisions it concerns, by their `wId`; empty: the treaty as a whole, or not said.
    public var provisions: [String]
    /// The name the treaty gives to a reservation or declaration it lists (VCLT art. 19(b)).
    public var listed: String?
    /// The signature or instrument it was made with; `nil`: made by itself.
    public var madeAt: Int64?
    /// The statement it answers: what is objected to, accepted or recharacterized.
    public var answers: Int64?
    /// An objection that opposes the treaty's entry into force between the two (VCLT art. 20(4)(b)).
    public var precludesTreaty: Bool?
    /// For a recharacterization: what it is held to be.
    public var heldToBe: StatementKind?
    /// It came after its time: entered and circulated as late, and without the effect it would have had in time.
    public var late: Bool?
    public var signatory: Signatory?
    /// The entry of the full powers it was made under.
    public var fullPowers: Int64?
    public var source: String?
    public var confidence: String?
    public var note: String?
    /// On what the day rests where the source of a statement of the past gives none; `nil`: the day is that of its receipt.
    public var dated: DateBasis?

    /// On what a day rests that no source gives.
    public enum DateBasis: String, Hashable, Sendable, CaseIterable {
        /// The source says with which act it was made, and the day is that act's.
        case withAct
        /// The source does not say: the day of its author's instrument stands for it.
        case notGiven
    }

    public init(
        treaty: String, actor: ActorCode, statement: StatementKind, date: CalendarDate, text: String, language: String,
        provisions: [String] = [], listed: String? = nil, madeAt: Int64? = nil, answers: Int64? = nil, precludesTreaty: Bool? = nil,
        heldToBe: StatementKind? = nil, late: Bool? = nil, signatory: Signatory? = nil, fullPowers: Int64? = nil,
        source: String? = nil, confidence: String? = nil, note: String? = nil, dated: DateBasis? = nil
    ) {
        self.dated = dated
        self.treaty = treaty
        self.actor = actor
        self.statement = statement
        self.date = date
        self.text = text
        self.language = language
        self.provisions = provisions
        self.listed = listed
        self.madeAt = madeAt
        self.answers = answers
        self.precludesTreaty = precludesTreaty
        self.heldToBe = heldToBe
        self.late = late
        self.signatory = signatory
        self.fullPowers = fullPowers
        self.source = source
        self.confidence = confidence
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        actor = try reader.actor("actor")
        statement = try reader.word("statement")
        date = try reader.date("date")
        text = try reader.string("text")
        language = try reader.string("language")
        provisions = try reader.strings("provisions")
        listed = try reader.optionalString("listed")
        madeAt = try reader.optionalInteger("madeAt")
        answers = try reader.optionalInteger("answers")
        precludesTreaty = try reader.optionalBool("precludesTreaty")
        heldToBe = try reader.optionalWord("heldToBe")
        late = try reader.optionalBool("late")
        signatory = try reader.optionalSignatory("signatory")
        fullPowers = try reader.optionalInteger("fullPowers")
        source = try reader.optionalString("source")
        confidence = try reader.optionalString("confidence")
        note = try reader.optionalString("note")
        dated = try reader.optionalWord("dated")
        try reader.finish()
        guard text.unicodeScalars.count <= Self.longestText else {
            throw MalformedAct(place: "payload.text", reason: "is longer than \(Self.longestText) characters")
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "actor": .string(actor.rawValue), "statement": .string(statement.rawValue),
            "date": .string(date.description), "text": .string(text), "language": .string(language),
        ]
        if !provisions.isEmpty { object["provisions"] = .array(provisions.map(JSON.string)) }
        object["listed"] = listed.map(JSON.string)
        object["madeAt"] = madeAt.map(JSON.integer)
        object["answers"] = answers.map(JSON.integer)
        object["precludesTreaty"] = precludesTreaty.map(JSON.bool)
        object["heldToBe"] = heldToBe.map { .string($0.rawValue) }
        object["late"] = late.map(JSON.bool)
        object["signatory"] = signatory?.json
        object["fullPowers"] = fullPowers.map(JSON.integer)
        object["source"] = source.map(JSON.string)
        object["confidence"] = confidence.map(JSON.string)
        object["dated"] = dated.map { .string($0.rawValue) }
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}

/// What became of a statement by the will of whoever made it.
public enum StatementChange: String, Hashable, Sendable, CaseIterable {
    /// VCLT arts. 22, 23(4).
    case withdrawn
    /// Its effect is narrowed and nothing is added.
    case partlyWithdrawn
    /// Anything that is no mere withdrawal: taken as a late statement (practice of the Secretary-General since 2000).
    case modified
    /// A reservation made at signature is confirmed with the consent to be bound (VCLT art. 23(2)).
    case confirmed
    /// It was entered by mistake: the depositary's own slip, not an act of the State.
    case struckOut
}

/// A statement was withdrawn, partly withdrawn, modified, or confirmed.
public struct TreatyStatementChanged: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.statement-changed")
    public var treaty: String
    /// The entry of the statement.
    public var statement: Int64
    public var change: StatementChange
    /// The day the depositary received it.
    public var date: CalendarDate
    /// What the statement says from now on; `nil` where it is withdrawn or confirmed.
    public var text: String?
    public var language: String?
    /// Provisions it concerns from now on.
    public var provisions: [String]
    /// The signature or instrument it came with.
    public var madeAt: Int64?
    public var signatory: Signatory?
    public var fullPowers: Int64?
    public var source: String?
    public var note: String?

    public init(
        treaty: String, statement: Int64, change: StatementChange, date: CalendarDate, text: String? = nil, language: String? = nil,
        provisions: [String] = [], madeAt: Int64? = nil, signatory: Signatory? = nil, fullPowers: Int64? = nil,
        source: String? = nil, note: String? = nil
    ) {
        self.treaty = treaty
        self.statement = statement
        self.change = change
        self.date = date
        self.text = text
        self.language = language
        self.provisions = provisions
        self.madeAt = madeAt
        self.signatory = signatory
        self.fullPowers = fullPowers
        self.source = source
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        statement = try reader.integer("statement")
        change = try reader.word("change")
        date = try reader.date("date")
        text = try reader.optionalString("text")
        language = try reader.optionalString("language")
        provisions = try reader.strings("provisions")
        madeAt = try reader.optionalInteger("madeAt")
        signatory = try reader.optionalSignatory("signatory")
        fullPowers = try reader.optionalInteger("fullPowers")
        source = try reader.optionalString("source")
        note = try reader.optionalString("note")
        try reader.finish()
        guard (text?.unicodeScalars.count ?? 0) <= TreatyStatementMade.longestText else {
            throw MalformedAct(place: "payload.text", reason: "is longer than \(TreatyStatementMade.longestText) characters")
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "statement": .integer(statement), "change": .string(change.rawValue),
            "date": .string(date.description),
        ]
        object["text"] = text.map(JSON.string)
        object["language"] = language.map(JSON.string)
        if !provisions.isEmpty { object["provisions"] = .array(provisions.map(JSON.string)) }
        object["madeAt"] = madeAt.map(JSON.integer)
        object["signatory"] = signatory?.json
        object["fullPowers"] = fullPowers.map(JSON.integer)
        object["source"] = source.map(JSON.string)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
