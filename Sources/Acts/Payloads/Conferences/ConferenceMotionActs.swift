/// What a delegation may move.
public enum ConferenceMotionKind: String, Hashable, Sendable, CaseIterable {
    /// The chair rules at once (GA rule 71 / 113).
    case pointOfOrder = "point-of-order"
    case suspendMeeting = "suspend-meeting"
    case adjournMeeting = "adjourn-meeting"
    /// The "no-action motion" (GA rule 74 / 116).
    case adjournDebate = "adjourn-debate"
    case closeDebate = "close-debate"
    /// That the body is not competent (GA rule 79 / 121).
    case competence
    /// Of what was adopted or rejected (GA rule 81 / 123).
    case reconsider
    /// That parts be voted on separately (GA rule 89 / 129).
    case division
    /// Time, or times, to each speaker (GA rule 72 / 114).
    case limitSpeakers = "limit-speakers"
    /// Of speakers.
    case closeList = "close-list"
    case recordedVote = "recorded-vote"
    case rollCall = "roll-call"
    /// That another proposal be decided first (GA rule 91 / 131).
    case orderOfProposals = "order-of-proposals"
    /// That the question takes the larger majority (GA rule 85; BBNJ draft rule 47(5)).
    case importantQuestion = "important-question"
    /// Not to vote on the next proposal after one was decided (GA rule 91 / 131).
    case priority
    /// To observers and the public, for a time (BBNJ draft rule 33).
    case closeSession = "close-session"
    /// Of procedure.
    case changeRules = "change-rules"
}

/// A delegation raised a point of order or made a motion of procedure.
public struct ConferenceMotionMade: Payload, Hashable {
    public static let kind = ActKind(known: "conference.motion-made")
    public var session: ConferenceSession
    /// Its name in the meeting.
    public var motion: String
    public var actor: ActorCode
    public var motionKind: ConferenceMotionKind
    /// The proposal it concerns.
    public var proposal: String?
    /// The parts to be voted on separately.
    public var parts: [String]
    /// To each speaker.
    public var seconds: Int64?
    /// How often each may speak on the question.
    public var times: Int64?
    public var text: String?

    public init(
        session: ConferenceSession, motion: String, actor: ActorCode, motionKind: ConferenceMotionKind, proposal: String? = nil,
        parts: [String] = [], seconds: Int64? = nil, times: Int64? = nil, text: String? = nil
    ) {
        self.session = session
        self.motion = motion
        self.actor = actor
        self.motionKind = motionKind
        self.proposal = proposal
        self.parts = parts
        self.seconds = seconds
        self.times = times
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        motion = try reader.string("motion")
        actor = try reader.actor("actor")
        motionKind = try reader.choice("motionKind")
        proposal = try reader.optionalString("proposal")
        parts = try reader.strings("parts")
        seconds = try reader.optionalInteger("seconds")
        times = try reader.optionalInteger("times")
        text = try reader.optionalString("text")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["motion"] = .string(motion)
        object["actor"] = .string(actor.rawValue)
        object["motionKind"] = .string(motionKind.rawValue)
        object["parts"] = .array(parts.map(JSON.string))
        object["proposal"] = proposal.map(JSON.string)
        object["seconds"] = seconds.map(JSON.integer)
        object["times"] = times.map(JSON.integer)
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}

/// Its mover took a motion back before voting on it began.
public struct ConferenceMotionWithdrawn: Payload, Hashable {
    public static let kind = ActKind(known: "conference.motion-withdrawn")
    public var session: ConferenceSession
    public var motion: String
    public var actor: ActorCode

    public init(
        session: ConferenceSession, motion: String, actor: ActorCode
    ) {
        self.session = session
        self.motion = motion
        self.actor = actor
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        motion = try reader.string("motion")
        actor = try reader.actor("actor")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["motion"] = .string(motion)
        object["actor"] = .string(actor.rawValue)
        return .object(object)
    }
}

/// The chair ruled: on a point of order, on whether a motion or an amendment is in order, or in which order amendments are voted.
public struct ConferenceRulingGiven: Payload, Hashable {
    public static let kind = ActKind(known: "conference.ruling-given")
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        case pointOfOrder = "point-of-order"
        /// Whether a motion is in order.
        case motion
        /// Whether it is an amendment at all, or a new proposal.
        case amendment
        case orderOfAmendments = "order-of-amendments"
        /// That what was not circulated the day before may be discussed (GA rule 78 / 120).
        case circulation
        /// After the list was closed (GA rule 73 / 115).
        case rightOfReply = "right-of-reply"
        /// Allowed, since nobody objected.
        case division
        /// All efforts to reach consensus have been made (BBNJ draft rule 47(4)).
        case consensusExhausted = "consensus-exhausted"
        case other
    }

    public var session: ConferenceSession
    /// Its name in the meeting.
    public var ruling: String
    public var subject: Subject
    /// The motion, proposal or amendment it concerns.
    public var concerns: String?
    /// Whether what it concerns is well taken, in order, permitted.
    public var isAllowed: Bool?
    /// Amendments, furthest removed in substance from the proposal first (GA rule 90 / 130).
    public var order: [String]
    /// Which amendments are rejected when which are adopted.
    public var implied: [ConferenceImpliedRejection]
    /// What the chair said.
    public var text: String?

    public init(
        session: ConferenceSession, ruling: String, subject: Subject, concerns: String? = nil, isAllowed: Bool? = nil, order: [String] = [],
        implied: [ConferenceImpliedRejection] = [], text: String? = nil
    ) {
        self.session = session
        self.ruling = ruling
        self.subject = subject
        self.concerns = concerns
        self.isAllowed = isAllowed
        self.order = order
        self.implied = implied
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        ruling = try reader.string("ruling")
        subject = try reader.choice("subject")
        concerns = try reader.optionalString("concerns")
        isAllowed = try reader.optionalBool("allowed")
        order = try reader.strings("order")
        var implied: [ConferenceImpliedRejection] = []
        for (index, value) in try reader.array("implied").enumerated() {
            implied.append(try ConferenceImpliedRejection(json: value, at: "payload.implied[\(index)]"))
        }
        self.implied = implied
        text = try reader.optionalString("text")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["ruling"] = .string(ruling)
        object["subject"] = .string(subject.rawValue)
        object["order"] = .array(order.map(JSON.string))
        object["implied"] = .array(implied.map(\.json))
        object["concerns"] = concerns.map(JSON.string)
        object["allowed"] = isAllowed.map(JSON.bool)
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}

/// The adoption of one amendment necessarily implies the rejection of others, which are then not put to the vote (GA rule 90 / 130).
public struct ConferenceImpliedRejection: Hashable, Sendable {
    public var adopted: String
    public var rejected: [String]

    public init(
        adopted: String, rejected: [String] = []
    ) {
        self.adopted = adopted
        self.rejected = rejected
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        adopted = try reader.string("adopted")
        rejected = try reader.strings("rejected")
        try reader.finish()
    }

    var json: JSON {
        ["adopted": .string(adopted), "rejected": .array(rejected.map(JSON.string))]
    }
}

/// A delegation appealed against a ruling; it is put to the vote at once (GA rule 71 / 113; BBNJ draft rule 38).
public struct ConferenceRulingAppealed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.ruling-appealed")
    public var session: ConferenceSession
    public var appeal: String
    public var ruling: String
    public var actor: ActorCode

    public init(
        session: ConferenceSession, appeal: String, ruling: String, actor: ActorCode
    ) {
        self.session = session
        self.appeal = appeal
        self.ruling = ruling
        self.actor = actor
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        appeal = try reader.string("appeal")
        ruling = try reader.string("ruling")
        actor = try reader.actor("actor")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["appeal"] = .string(appeal)
        object["ruling"] = .string(ruling)
        object["actor"] = .string(actor.rawValue)
        return .object(object)
    }
}
