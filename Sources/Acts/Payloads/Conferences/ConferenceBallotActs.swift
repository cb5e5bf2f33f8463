/// The node signed one ballot of a delegation without seeing it (RFC 9474): the delegation is entitled, and has used its right.
public struct ConferenceBallotTokenIssued: Payload, Hashable {
    public static let kind = ActKind(known: "conference.ballot-token-issued")
    public var session: ConferenceSession
    public var decision: String
    public var actor: ActorCode
    /// The blinded message, in base64.
    public var blinded: String
    /// The blind signature over it, in base64.
    public var signature: String

    public init(
        session: ConferenceSession, decision: String, actor: ActorCode, blinded: String, signature: String
    ) {
        self.session = session
        self.decision = decision
        self.actor = actor
        self.blinded = blinded
        self.signature = signature
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        actor = try reader.actor("actor")
        blinded = try reader.string("blinded")
        signature = try reader.string("signature")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["actor"] = .string(actor.rawValue)
        object["blinded"] = .string(blinded)
        object["signature"] = .string(signature)
        return .object(object)
    }
}

/// Papers are signed no more, and may be put into the box from now on: so the hour at which a paper comes tells nothing of the hour at
/// which it was signed.
public struct ConferenceBallotBoxOpened: Payload, Hashable {
    public static let kind = ActKind(known: "conference.ballot-box-opened")
    public var session: ConferenceSession
    public var decision: String

    public init(session: ConferenceSession, decision: String) {
        self.session = session
        self.decision = decision
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        return .object(object)
    }
}

/// A secret ballot was put into the box. Nothing in it tells whose it is.
public struct ConferenceBallotCast: Payload, Hashable {
    public static let kind = ActKind(known: "conference.ballot-cast")
    public var session: ConferenceSession
    public var decision: String
    /// Thirty-two random bytes that whoever cast it chose, in hexadecimal: by them its own ballot is recognised.
    public var nonce: String
    /// `yes`, `no` or `abstain`; in an election names of candidates. Empty: an abstention.
    public var choices: [String]
    /// The unblinded signature over decision, nonce and choices, in base64.
    public var signature: String

    public init(
        session: ConferenceSession, decision: String, nonce: String, choices: [String] = [], signature: String
    ) {
        self.session = session
        self.decision = decision
        self.nonce = nonce
        self.choices = choices
        self.signature = signature
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        nonce = try reader.string("nonce")
        choices = try reader.strings("choices")
        signature = try reader.string("signature")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["nonce"] = .string(nonce)
        object["choices"] = .array(choices.map(JSON.string))
        object["signature"] = .string(signature)
        return .object(object)
    }
}

/// A round of an election was counted.
public struct ConferenceElectionRoundClosed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.election-round-closed")
    public var session: ConferenceSession
    public var decision: String
    /// From 1.
    public var round: Int64
    public var counts: [ConferenceCandidateCount]
    /// Members who cast a valid vote for at least one candidate.
    public var voting: Int64
    public var abstaining: Int64
    public var invalid: Int64
    /// Votes a candidate needed.
    public var majority: Int64
    /// In this round.
    public var elected: [String]
    /// Those who were drawn by lot, where lots decided.
    public var lots: [String]
    /// Whom the next ballot is restricted to; empty with places left: any eligible.
    public var next: [String]
    public var placesLeft: Int64
    public var rules: [String]
    /// What the lots were drawn from where the box itself drew them, in hexadecimal: anybody draws them again. `nil`: they were drawn in
    /// the room, or there were none.
    public var seed: String?
    /// The public key of the next round's ballot, DER in base64: each round has its own. `nil`: there is no next round.
    public var ballotKey: String?

    public init(
        session: ConferenceSession, decision: String, round: Int64, counts: [ConferenceCandidateCount] = [], voting: Int64,
        abstaining: Int64, invalid: Int64, majority: Int64, elected: [String] = [], lots: [String] = [], next: [String] = [],
        placesLeft: Int64, rules: [String] = [], seed: String? = nil, ballotKey: String? = nil
    ) {
        self.session = session
        self.decision = decision
        self.round = round
        self.counts = counts
        self.voting = voting
        self.abstaining = abstaining
        self.invalid = invalid
        self.majority = majority
        self.elected = elected
        self.lots = lots
        self.next = next
        self.placesLeft = placesLeft
        self.rules = rules
        self.seed = seed
        self.ballotKey = ballotKey
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        round = try reader.integer("round")
        var counts: [ConferenceCandidateCount] = []
        for (index, value) in try reader.array("counts").enumerated() {
            counts.append(try ConferenceCandidateCount(json: value, at: "payload.counts[\(index)]"))
        }
        self.counts = counts
        voting = try reader.integer("voting")
        abstaining = try reader.integer("abstaining")
        invalid = try reader.integer("invalid")
        majority = try reader.integer("majority")
        elected = try reader.strings("elected")
        lots = try reader.strings("lots")
        next = try reader.strings("next")
        placesLeft = try reader.integer("placesLeft")
        rules = try reader.strings("rules")
        seed = try reader.optionalString("seed")
        ballotKey = try reader.optionalString("ballotKey")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["round"] = .integer(round)
        object["counts"] = .array(counts.map(\.json))
        object["voting"] = .integer(voting)
        object["abstaining"] = .integer(abstaining)
        object["invalid"] = .integer(invalid)
        object["majority"] = .integer(majority)
        object["elected"] = .array(elected.map(JSON.string))
        object["lots"] = .array(lots.map(JSON.string))
        object["next"] = .array(next.map(JSON.string))
        object["placesLeft"] = .integer(placesLeft)
        object["rules"] = .array(rules.map(JSON.string))
        object["seed"] = seed.map(JSON.string)
        object["ballotKey"] = ballotKey.map(JSON.string)
        return .object(object)
    }
}

/// Votes for a candidate.
public struct ConferenceCandidateCount: Hashable, Sendable {
    public var candidate: String
    public var votes: Int64

    public init(
        candidate: String, votes: Int64
    ) {
        self.candidate = candidate
        self.votes = votes
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        candidate = try reader.string("candidate")
        votes = try reader.integer("votes")
        try reader.finish()
    }

    var json: JSON {
        ["candidate": .string(candidate), "votes": .integer(votes)]
    }
}
