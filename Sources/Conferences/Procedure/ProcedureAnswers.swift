import Acts

/// What the rules of procedure say at this moment. Each answer names the rules it rests on.
struct ProcedureAnswers: Hashable, Sendable {
    /// Who is given the floor next, and who after: in the order the rules give.
    var speakers: [NextSpeaker]
    var quorum: QuorumAnswer
    /// Every kind of motion the rules know, in order of precedence, and whether it may be made now.
    var motions: [MotionAnswer]
    /// Motions before the body, the one to be dealt with first first.
    var pending: [PendingMotion]
    /// What the chair does next.
    var next: NextStep
    /// What is voted on, in this order, as far as it is settled.
    var votes: [VotingStep]

    struct NextSpeaker: Hashable, Sendable {
        var request: String
        var actor: ActorCode
        var purpose: ConferenceFloorPurpose
        /// How long, in seconds; `nil`: without limit.
        var seconds: Int64?
        var rules: [String]
    }

    struct QuorumAnswer: Hashable, Sendable {
        /// Votes entitled to be cast by whoever is in the room.
        var present: Int64
        var members: Int64
        var toOpen: Int64
        var toDecide: Int64
        var openRule: String
        var decideRule: String
        var isMetToOpen: Bool { present >= toOpen }
        var isMetToDecide: Bool { present >= toDecide }
    }

    struct MotionAnswer: Hashable, Sendable {
        var kind: ConferenceMotionKind
        /// A lower number goes first; `nil`: it has no precedence over others.
        var rank: Int64?
        /// Speakers heard beside the mover.
        var inFavour: Int64
        var against: Int64
        var decider: ProcedureSet.MotionRule.Decider
        var majority: String
        /// Why it is not in order now; `nil`: it is.
        var hindrance: Refusal?
        var rule: String
        var isInOrder: Bool { hindrance == nil }
    }

    struct PendingMotion: Hashable, Sendable {
        var motion: String
        var actor: ActorCode
        var kind: ConferenceMotionKind
        var rank: Int64?
        /// Speakers that may still be heard on either side.
        var speakersInFavour: Int64
        var speakersAgainst: Int64
        var rule: String
    }
}

/// A question that is put to the body, with what it needs.
struct Question: Hashable, Sendable {
    var subject: ConferenceDecisionOpened.Subject
    var concerns: String?
    var parts: [String] = []
    /// The tied vote that this is the second vote of.
    var repeats: String?
    var requirement: Requirement

    /// The ways it may be decided: by consensus where it is no mere question of procedure; by vote unless by consensus alone; and by names
    /// where somebody asked for them.
    var methods: [ConferenceDecisionOpened.Method] {
        let isProcedural = subject == .appeal || subject == .election || (subject == .motion && requirement.consensus == .none)
        let votes: [ConferenceDecisionOpened.Method] =
            switch requirement.method {
            case .secret: [.secret]
            case .recorded, .rollCall: [.recorded, .rollCall]
            case .showOfHands, .consensus: [.showOfHands, .recorded, .rollCall]
            }
        return (isProcedural ? [] : [.consensus]) + (requirement.consensus == .only ? [] : votes)
    }

    /// Whether both put the same thing to the body.
    func isSame(as opened: ConferenceDecisionOpened) -> Bool {
        subject == opened.subject && concerns == opened.concerns && Set(parts) == Set(opened.parts)
    }
}

/// What a decision needs.
struct Requirement: Hashable, Sendable {
    /// In the words of the rules of procedure.
    var matter: String
    var majority: Majority
    var consensus: ProcedureSet.MatterRule.Consensus
    /// How it is voted on unless there is consensus.
    var method: ConferenceDecisionOpened.Method
    var rules: [String]

    /// The rules in one line, as acts cite them.
    var rule: String { rules.joined(separator: "; ") }
}

/// A step of the order of voting.
enum VotingStep: Hashable, Sendable {
    /// The question is put to the body. Amendments by whose adoption it falls are named.
    case put(Question, unlessAdopted: [String])
    /// The chair says which amendment is furthest removed in substance from the proposal.
    case order(proposal: String, amendments: [String], rule: String)
    /// The second vote of a tie, at a following meeting.
    case later(Question, hours: Int64?)
}

/// What the chair does next.
enum NextStep: Hashable, Sendable {
    /// The meeting is not open.
    case open
    case announce(decision: String)
    case rule(motion: String, rule: String)
    case hear(ProcedureAnswers.NextSpeaker)
    case vote(VotingStep)
    case nothing
}
