/// A question was put to the body.
public struct ConferenceDecisionOpened: Payload, Hashable {
    public static let kind = ActKind(known: "conference.decision-opened")
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// As a whole, or as amended.
        case proposal
        case amendment
        case part
        case motion
        case appeal
        case election
        case other
    }

    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// No formal objection when the chair asks.
        case consensus
        /// Counted, without names.
        case showOfHands = "show-of-hands"
        /// By machine, with names.
        case recorded
        /// Called by name from a drawn one.
        case rollCall = "roll-call"
        /// Nobody learns who voted what.
        case secret
    }

    public var session: ConferenceSession
    /// Its name in the body.
    public var decision: String
    public var subject: Subject
    /// The proposal, motion, ruling or election.
    public var concerns: String?
    /// The parts voted on, where it is a separate vote.
    public var parts: [String]
    /// What sort of decision it is, in the words of the rules of procedure.
    public var matter: String
    public var method: Method
    /// The name of the majority it needs, in the rules of procedure.
    public var majority: String
    /// The rules that say so.
    public var rule: String
    /// The language in whose alphabetical order a roll is called.
    public var language: String?
    /// The delegation drawn by lot, with which a roll call begins.
    public var drawn: ActorCode?
    /// The tied vote that this is the second vote of.
    public var repeats: String?
    /// In an election.
    public var candidates: [String]
    /// To be filled, in an election.
    public var places: Int64?
    /// The public key of this ballot alone, DER in base64, for a secret ballot.
    public var ballotKey: String?
    /// When casting ends, for a ballot with a window.
    public var closes: Moment?

    public init(
        session: ConferenceSession, decision: String, subject: Subject, concerns: String? = nil, parts: [String] = [], matter: String,
        method: Method, majority: String, rule: String, language: String? = nil, drawn: ActorCode? = nil, repeats: String? = nil,
        candidates: [String] = [], places: Int64? = nil, ballotKey: String? = nil, closes: Moment? = nil
    ) {
        self.session = session
        self.decision = decision
        self.subject = subject
        self.concerns = concerns
        self.parts = parts
        self.matter = matter
        self.method = method
        self.majority = majority
        self.rule = rule
        self.language = language
        self.drawn = drawn
        self.repeats = repeats
        self.candidates = candidates
        self.places = places
        self.ballotKey = ballotKey
        self.closes = closes
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        subject = try reader.choice("subject")
        concerns = try reader.optionalString("concerns")
        parts = try reader.strings("parts")
        matter = try reader.string("matter")
        method = try reader.choice("method")
        majority = try reader.string("majority")
        rule = try reader.string("rule")
        language = try reader.optionalString("language")
        drawn = try reader.optionalActor("drawn")
        repeats = try reader.optionalString("repeats")
        candidates = try reader.strings("candidates")
        places = try reader.optionalInteger("places")
        ballotKey = try reader.optionalString("ballotKey")
        closes = try reader.optionalMoment("closes")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["subject"] = .string(subject.rawValue)
        object["parts"] = .array(parts.map(JSON.string))
        object["matter"] = .string(matter)
        object["method"] = .string(method.rawValue)
        object["majority"] = .string(majority)
        object["rule"] = .string(rule)
        object["candidates"] = .array(candidates.map(JSON.string))
        object["concerns"] = concerns.map(JSON.string)
        object["language"] = language.map(JSON.string)
        object["drawn"] = drawn.map { .string($0.rawValue) }
        object["repeats"] = repeats.map(JSON.string)
        object["places"] = places.map(JSON.integer)
        object["ballotKey"] = ballotKey.map(JSON.string)
        object["closes"] = closes.map { .string($0.description) }
        return .object(object)
    }
}
