/// How a delegation votes.
public enum ConferenceVote: String, Hashable, Sendable, CaseIterable {
    case yes
    case no
    /// Considered as not voting (GA rule 86 / 126).
    case abstain
}

/// What a delegation says when it votes, or votes anew: on which decision, and how.
public protocol ConferenceVoteAct: Payload, Hashable {
    var session: ConferenceSession { get }
    var decision: String { get }
    var actor: ActorCode { get }
    var vote: ConferenceVote { get }
    init(session: ConferenceSession, decision: String, actor: ActorCode, vote: ConferenceVote)
}

extension ConferenceVoteAct {
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        let session = try ConferenceSession(from: &reader)
        let decision = try reader.string("decision")
        let actor = try reader.actor("actor")
        let vote: ConferenceVote = try reader.choice("vote")
        try reader.finish()
        self.init(session: session, decision: decision, actor: actor, vote: vote)
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["actor"] = .string(actor.rawValue)
        object["vote"] = .string(vote.rawValue)
        return .object(object)
    }
}

/// A delegation voted.
public struct ConferenceVoteCast: ConferenceVoteAct {
    public static let kind = ActKind(known: "conference.vote-cast")
    public var session: ConferenceSession
    public var decision: String
    public var actor: ActorCode
    public var vote: ConferenceVote

    public init(
        session: ConferenceSession, decision: String, actor: ActorCode, vote: ConferenceVote
    ) {
        self.session = session
        self.decision = decision
        self.actor = actor
        self.vote = vote
    }
}

/// A delegation corrected its vote before the result was announced.
public struct ConferenceVoteChanged: ConferenceVoteAct {
    public static let kind = ActKind(known: "conference.vote-changed")
    public var session: ConferenceSession
    public var decision: String
    public var actor: ActorCode
    public var vote: ConferenceVote

    public init(
        session: ConferenceSession, decision: String, actor: ActorCode, vote: ConferenceVote
    ) {
        self.session = session
        self.decision = decision
        self.actor = actor
        self.vote = vote
    }
}

/// A delegation did not answer when the roll was called. It may answer when the roll is through.
public struct ConferenceCallPassed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.call-passed")
    public var session: ConferenceSession
    public var decision: String
    public var actor: ActorCode

    public init(session: ConferenceSession, decision: String, actor: ActorCode) {
        self.session = session
        self.decision = decision
        self.actor = actor
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        actor = try reader.actor("actor")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["actor"] = .string(actor.rawValue)
        return .object(object)
    }
}

/// The tellers counted a show of hands; nobody's name is taken.
public struct ConferenceHandsCounted: Payload, Hashable {
    public static let kind = ActKind(known: "conference.hands-counted")
    public var session: ConferenceSession
    public var decision: String
    public var yes: Int64
    public var no: Int64
    public var abstaining: Int64

    public init(
        session: ConferenceSession, decision: String, yes: Int64, no: Int64, abstaining: Int64
    ) {
        self.session = session
        self.decision = decision
        self.yes = yes
        self.no = no
        self.abstaining = abstaining
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        yes = try reader.integer("yes")
        no = try reader.integer("no")
        abstaining = try reader.integer("abstaining")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["yes"] = .integer(yes)
        object["no"] = .integer(no)
        object["abstaining"] = .integer(abstaining)
        return .object(object)
    }
}

/// The chair announced the result.
public struct ConferenceDecisionClosed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.decision-closed")
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        case adopted
        case adoptedByConsensus = "adopted-by-consensus"
        case rejected
        /// Equally divided: a second vote follows where the rules give one.
        case tied
        /// Equally divided, and the rules give no further vote.
        case rejectedByTie = "rejected-by-tie"
        /// Consensus was objected to.
        case objected
        /// Too few were present for a decision.
        case noQuorum = "no-quorum"
        /// Not put to the vote: its rejection was implied, all operative parts were rejected, or it was withdrawn.
        case lapsed
    }

    public var session: ConferenceSession
    public var decision: String
    public var outcome: Outcome
    /// Votes, weights counted in.
    public var yes: Int64
    public var no: Int64
    public var abstaining: Int64
    /// Votes of those entitled that were not cast.
    public var notVoting: Int64
    /// Votes entitled to be cast by who was in the room.
    public var present: Int64
    /// Which majority it needed.
    public var majority: String
    /// Votes in favour that it needed.
    public var needed: Int64
    /// Votes that had to be present.
    public var quorum: Int64
    /// The rules the result rests on.
    public var rules: [String]

    public init(
        session: ConferenceSession, decision: String, outcome: Outcome, yes: Int64, no: Int64, abstaining: Int64, notVoting: Int64,
        present: Int64, majority: String, needed: Int64, quorum: Int64, rules: [String] = []
    ) {
        self.session = session
        self.decision = decision
        self.outcome = outcome
        self.yes = yes
        self.no = no
        self.abstaining = abstaining
        self.notVoting = notVoting
        self.present = present
        self.majority = majority
        self.needed = needed
        self.quorum = quorum
        self.rules = rules
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        outcome = try reader.choice("outcome")
        yes = try reader.integer("yes")
        no = try reader.integer("no")
        abstaining = try reader.integer("abstaining")
        notVoting = try reader.integer("notVoting")
        present = try reader.integer("present")
        majority = try reader.string("majority")
        needed = try reader.integer("needed")
        quorum = try reader.integer("quorum")
        rules = try reader.strings("rules")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["outcome"] = .string(outcome.rawValue)
        object["yes"] = .integer(yes)
        object["no"] = .integer(no)
        object["abstaining"] = .integer(abstaining)
        object["notVoting"] = .integer(notVoting)
        object["present"] = .integer(present)
        object["majority"] = .string(majority)
        object["needed"] = .integer(needed)
        object["quorum"] = .integer(quorum)
        object["rules"] = .array(rules.map(JSON.string))
        return .object(object)
    }
}

/// A delegation objected when the chair asked whether there was consensus.
public struct ConferenceObjectionRaised: Payload, Hashable {
    public static let kind = ActKind(known: "conference.objection-raised")
    public var session: ConferenceSession
    public var decision: String
    public var actor: ActorCode
    /// Where only a part is objected to.
    public var paragraph: String?
    public var text: String?

    public init(
        session: ConferenceSession, decision: String, actor: ActorCode, paragraph: String? = nil, text: String? = nil
    ) {
        self.session = session
        self.decision = decision
        self.actor = actor
        self.paragraph = paragraph
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        actor = try reader.actor("actor")
        paragraph = try reader.optionalString("paragraph")
        text = try reader.optionalString("text")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["actor"] = .string(actor.rawValue)
        object["paragraph"] = paragraph.map(JSON.string)
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}

/// A delegation dissociated itself from a consensus that it did not block.
public struct ConferenceDissociated: Payload, Hashable {
    public static let kind = ActKind(known: "conference.dissociated")
    public var session: ConferenceSession
    public var decision: String
    public var actor: ActorCode
    /// Where only from a part.
    public var paragraph: String?
    public var text: String?

    public init(
        session: ConferenceSession, decision: String, actor: ActorCode, paragraph: String? = nil, text: String? = nil
    ) {
        self.session = session
        self.decision = decision
        self.actor = actor
        self.paragraph = paragraph
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        actor = try reader.actor("actor")
        paragraph = try reader.optionalString("paragraph")
        text = try reader.optionalString("text")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["actor"] = .string(actor.rawValue)
        object["paragraph"] = paragraph.map(JSON.string)
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}
