import Acts

/// A body's meeting as its rules of procedure see it: what the engine reads, and what every act of the room changes.
///
/// It is worked out from acts alone: `apply` takes them in the order of the record. What spans meetings (proposals, rulings, decisions)
/// stays when the next meeting begins.
struct MeetingState: Hashable, Sendable {
    enum Phase: String, Hashable, Sendable { case notOpen, open, suspended, adjourned }

    /// Who sits in the body.
    struct Seat: Hashable, Sendable {
        var actor: ActorCode
        /// By language tag, for the order of a roll call.
        var names: [String: String]
        var rank: SeatRank = .participant
        /// Votes it has; 1 unless votes are weighted. A regional organization has those of its members that sit in the body.
        var votes: Int64 = 1
        /// Not where credentials were rejected or the right to vote is suspended (Charter art. 19).
        var mayVote = true
        /// The member States of a regional economic integration organization.
        var members: [ActorCode] = []
    }

    struct Request: Hashable, Sendable {
        enum Stage: String, Hashable, Sendable { case waiting, speaking, spoken, withdrawn }

        var id: String
        var actor: ActorCode
        var purpose: ConferenceFloorPurpose
        var item: String?
        var motion: String?
        var decision: String?
        /// Tag of the language it will be spoken in, as far as it was said.
        var language: String?
        var stage = Stage.waiting
        var seconds: Int64?
        var began: Moment?
    }

    struct Motion: Hashable, Sendable {
        enum Fate: String, Hashable, Sendable { case pending, granted, refused, withdrawn, overtaken }

        var id: String
        var actor: ActorCode
        var kind: ConferenceMotionKind
        var proposal: String?
        var parts: [String] = []
        var seconds: Int64?
        var times: Int64?
        var text: String?
        var item: String?
        var fate = Fate.pending
        /// Whether somebody objected to a request that is granted unless somebody does.
        var isObjected = false
        /// The chair ruled that all efforts to reach consensus on it have been exhausted.
        var isConsensusExhausted = false
    }

    struct Proposal: Hashable, Sendable {
        enum Fate: String, Hashable, Sendable {
            case pending, withdrawn, adopted, rejected
            /// Not voted on: the adoption of another amendment implied its rejection.
            case rejectedByImplication
            /// All its operative parts were rejected.
            case rejectedInParts
            /// Not voted on for another reason: no competence, its proposal fell, the body decided not to vote.
            case lapsed
        }

        var id: String
        var sponsors: [ActorCode]
        var amends: String?
        /// What it was submitted as an amendment to, where the chair ruled that it is a proposal of its own.
        var submittedAsAmending: String?
        var item: String?
        var question: String?
        var matter: String?
        var parts: [ConferenceProposalPart] = []
        var circulated: Moment?
        var fate = Fate.pending
        var isAmended = false
        /// A vote on it, on a part of it or on an amendment to it was opened.
        var isVotingBegun = false
        /// The parts that are to be voted on separately.
        var separate: [String] = []
        /// What the separate votes decided, by part.
        var partResults: [String: Bool] = [:]
        /// A ruling that it may be taken up though it was not circulated in time.
        var isCirculationWaived = false
        /// The chair ruled that all efforts to reach consensus have been exhausted.
        var isConsensusExhausted = false
    }

    struct Ruling: Hashable, Sendable {
        enum Standing: String, Hashable, Sendable { case stands, appealed, upheld, overruled }

        var id: String
        var subject: ConferenceRulingGiven.Subject
        var concerns: String?
        var isAllowed: Bool?
        var order: [String] = []
        var implied: [ConferenceImpliedRejection] = []
        var standing = Standing.stands
    }

    struct Appeal: Hashable, Sendable {
        var id: String
        var ruling: String
        var actor: ActorCode
    }

    struct Decision: Hashable, Sendable {
        var opened: ConferenceDecisionOpened
        var openedAt: Moment
        var votes: [ActorCode: ConferenceVote] = [:]
        /// Who did not answer when the roll was called.
        var passed: [ActorCode] = []
        var hands: Tally?
        var objections: [ConferenceObjectionRaised] = []
        var dissociations: [ConferenceDissociated] = []
        /// Who was entitled to a secret ballot and used it.
        var tokens: [ActorCode] = []
        /// Papers are signed before it is open, and cast afterwards.
        var isBoxOpen = false
        var ballots: [ConferenceBallotCast] = []
        var rounds: [ConferenceElectionRoundClosed] = []
        var closed: ConferenceDecisionClosed?
        var closedAt: Moment?
        /// A tied vote whose second vote was opened.
        var isRepeated = false

        var isOpen: Bool { closed == nil }
        /// The public key of the secret ballot that goes on: the last round's, or the one it was opened with.
        var ballotKey: String? { rounds.isEmpty ? opened.ballotKey : rounds.last?.ballotKey }
    }

    var session: ConferenceSession
    var seats: [Seat]
    var phase = Phase.notOpen
    var present: Set<ActorCode> = []
    var item: String?
    var requests: [Request] = []
    var isListClosed = false
    var isDebateClosed = false
    /// Items whose debate was adjourned.
    var adjournedItems: Set<String> = []
    /// Limits that the body decided, in seconds and times.
    var seconds: Int64?
    var times: Int64?
    var motions: [Motion] = []
    var proposals: [Proposal] = []
    var rulings: [Ruling] = []
    var appeal: Appeal?
    var decisions: [Decision] = []
    /// Explanations of vote or position that were given in writing.
    var explanations: [ConferenceExplanationGiven] = []
    /// Proposals that the body decided to take first.
    var first: [String] = []

    init(session: ConferenceSession, seats: [Seat]) {
        self.session = session
        self.seats = seats
    }

    func seat(_ actor: ActorCode) -> Seat? { seats.first { $0.actor == actor } }
    func proposal(_ id: String) -> Proposal? { proposals.first { $0.id == id } }
    func motion(_ id: String) -> Motion? { motions.first { $0.id == id } }
    func ruling(_ id: String) -> Ruling? { rulings.first { $0.id == id } }
    func decision(_ id: String) -> Decision? { decisions.first { $0.opened.decision == id } }
    func request(_ id: String) -> Request? { requests.first { $0.id == id } }

    var openDecision: Decision? { decisions.last { $0.isOpen } }
    /// Voting as rule 88 / 128 means it: not the question whether there is consensus, and not an election whose window is open.
    var isVoting: Bool { openDecision.map { $0.opened.method != .consensus } ?? false }
    var speaking: Request? { requests.first { $0.stage == .speaking } }

    /// The chair's ruling on the order of the amendments to a proposal, as it stands.
    func orderRuling(of proposal: String) -> Ruling? {
        rulings.last { $0.subject == .orderOfAmendments && $0.concerns == proposal && $0.standing != .overruled }
    }

    /// What a later meeting of the body begins with.
    mutating func begin(meeting: Int64) {
        session.meeting = meeting
        phase = .open
        present = []
        requests = []
        isListClosed = false
        isDebateClosed = false
        adjournedItems = []
        seconds = nil
        times = nil
        for index in motions.indices where motions[index].fate == .pending { motions[index].fate = .overtaken }
        appeal = nil
    }
}
