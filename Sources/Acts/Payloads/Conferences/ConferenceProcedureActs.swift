/// A body works under these rules of procedure from now on: a shipped set, or its own changed by its own rules.
public struct ConferenceProcedureAdopted: Payload, Hashable {
    public static let kind = ActKind(known: "conference.procedure-adopted")
    public var conference: String
    public var body: String
    /// The name of the set.
    public var procedure: String
    /// The set itself (docs/procedure.md): what was adopted cannot change when a later version of the program ships another.
    public var rules: JSON
    /// The decision by which the body changed its rules; `nil` where it begins with them.
    public var decision: String?

    public init(
        conference: String, body: String, procedure: String, rules: JSON, decision: String? = nil
    ) {
        self.conference = conference
        self.body = body
        self.procedure = procedure
        self.rules = rules
        self.decision = decision
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        procedure = try reader.string("procedure")
        rules = try reader.required("rules")
        decision = try reader.optionalString("decision")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "procedure": .string(procedure), "rules": rules,
        ]
        object["decision"] = decision.map(JSON.string)
        return .object(object)
    }
}

/// A proposal, or an amendment to one, was handed to the secretariat.
public struct ConferenceProposalSubmitted: Payload, Hashable {
    public static let kind = ActKind(known: "conference.proposal-submitted")
    public var session: ConferenceSession
    /// Its name in the body: a symbol such as `A/CONF.1/L.3`, or one of its own.
    public var proposal: String
    public var sponsors: [ActorCode]
    public var item: String?
    /// The proposal it amends; `nil`: it is a proposal itself.
    public var amends: String?
    /// What it relates to, where several proposals relate to the same question; `nil`: its item.
    public var question: String?
    /// What sort of decision it asks for, in the words of the rules of procedure; `nil`: an ordinary one of substance.
    public var matter: String?
    /// The parts that can be voted on separately, in their order. Empty: it cannot be divided.
    public var parts: [ConferenceProposalPart]
    /// When all delegations had it; `nil`: not circulated yet.
    public var circulated: Moment?

    public init(
        session: ConferenceSession, proposal: String, sponsors: [ActorCode] = [], item: String? = nil, amends: String? = nil,
        question: String? = nil, matter: String? = nil, parts: [ConferenceProposalPart] = [], circulated: Moment? = nil
    ) {
        self.session = session
        self.proposal = proposal
        self.sponsors = sponsors
        self.item = item
        self.amends = amends
        self.question = question
        self.matter = matter
        self.parts = parts
        self.circulated = circulated
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        proposal = try reader.string("proposal")
        sponsors = try reader.actors("sponsors")
        item = try reader.optionalString("item")
        amends = try reader.optionalString("amends")
        question = try reader.optionalString("question")
        matter = try reader.optionalString("matter")
        var parts: [ConferenceProposalPart] = []
        for (index, value) in try reader.array("parts").enumerated() {
            parts.append(try ConferenceProposalPart(json: value, at: "payload.parts[\(index)]"))
        }
        self.parts = parts
        circulated = try reader.optionalMoment("circulated")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["proposal"] = .string(proposal)
        object["sponsors"] = .array(sponsors.map { .string($0.rawValue) })
        object["parts"] = .array(parts.map(\.json))
        object["item"] = item.map(JSON.string)
        object["amends"] = amends.map(JSON.string)
        object["question"] = question.map(JSON.string)
        object["matter"] = matter.map(JSON.string)
        object["circulated"] = circulated.map { .string($0.description) }
        return .object(object)
    }
}

/// A part of a proposal that can be voted on separately.
public struct ConferenceProposalPart: Hashable, Sendable {
    /// "PP3", "OP1", "OP2 bis".
    public var part: String
    /// Whether it decides something; preambular parts do not.
    public var isOperative: Bool
    public var text: String?

    public init(
        part: String, isOperative: Bool, text: String? = nil
    ) {
        self.part = part
        self.isOperative = isOperative
        self.text = text
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        part = try reader.string("part")
        isOperative = try reader.optionalBool("operative") ?? false
        text = try reader.optionalString("text")
        try reader.finish()
    }

    var json: JSON {
        var object: JSONObject = ["part": .string(part), "operative": .bool(isOperative)]
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}

/// An amendment was accepted by the sponsors, or a proposal orally revised: no vote is needed, and what is before the body changed.
public struct ConferenceProposalRevised: Payload, Hashable {
    public static let kind = ActKind(known: "conference.proposal-revised")
    public var session: ConferenceSession
    public var proposal: String
    /// The amendment that its sponsors accepted.
    public var amendment: String?
    public var text: String?

    public init(
        session: ConferenceSession, proposal: String, amendment: String? = nil, text: String? = nil
    ) {
        self.session = session
        self.proposal = proposal
        self.amendment = amendment
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        proposal = try reader.string("proposal")
        amendment = try reader.optionalString("amendment")
        text = try reader.optionalString("text")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["proposal"] = .string(proposal)
        object["amendment"] = amendment.map(JSON.string)
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}

/// What a delegation does with a proposal as a whole: takes it back, or takes it up.
public protocol ConferenceProposalTurn: Payload, Hashable {
    var session: ConferenceSession { get }
    var proposal: String { get }
    var actor: ActorCode { get }
    init(session: ConferenceSession, proposal: String, actor: ActorCode)
}

extension ConferenceProposalTurn {
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        let session = try ConferenceSession(from: &reader)
        let proposal = try reader.string("proposal")
        let actor = try reader.actor("actor")
        try reader.finish()
        self.init(session: session, proposal: proposal, actor: actor)
    }

    public var json: JSON {
        var object = session.json
        object["proposal"] = .string(proposal)
        object["actor"] = .string(actor.rawValue)
        return .object(object)
    }
}

/// Sponsors took a proposal or an amendment back (GA rule 80 / 122; BBNJ draft rule 44).
public struct ConferenceProposalWithdrawn: ConferenceProposalTurn {
    public static let kind = ActKind(known: "conference.proposal-withdrawn")
    public var session: ConferenceSession
    public var proposal: String
    public var actor: ActorCode

    public init(
        session: ConferenceSession, proposal: String, actor: ActorCode
    ) {
        self.session = session
        self.proposal = proposal
        self.actor = actor
    }
}

/// Another delegation took up what had been withdrawn (GA rule 80 / 122; BBNJ draft rule 44).
public struct ConferenceProposalReintroduced: ConferenceProposalTurn {
    public static let kind = ActKind(known: "conference.proposal-reintroduced")
    public var session: ConferenceSession
    public var proposal: String
    public var actor: ActorCode

    public init(
        session: ConferenceSession, proposal: String, actor: ActorCode
    ) {
        self.session = session
        self.proposal = proposal
        self.actor = actor
    }
}
