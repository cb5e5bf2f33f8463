public import Acts

/// The rules of procedure of a body, as data (docs/procedure.md). Each part carries the rule it rests on, and so does every answer
/// that the engine draws from it.
public struct ProcedureSet: Hashable, Sendable {
    /// Its name among the shipped sets, or of a body's own.
    public var name: String
    /// By language tag.
    public var title: [String: String]
    /// Where the rules are taken from.
    public var basis: String
    public var quorum: QuorumRules
    public var speakers: SpeakerRules
    public var reply: ReplyRules
    public var motions: [MotionRule]
    public var appeal: AppealRule
    /// By name.
    public var majorities: [String: Majority]
    public var matters: [MatterRule]
    /// The matter of a proposal that names none.
    public var substance: String
    /// The matter of motions and appeals.
    public var procedure: String
    public var proposals: ProposalRules
    public var voting: VotingRules
    public var elections: ElectionRules
    public var silence: SilenceRules
    /// The matter of changing these rules.
    public var change: String

    public func matter(_ name: String) -> MatterRule? { matters.first { $0.matter == name } }
    public func motion(_ kind: ConferenceMotionKind) -> MotionRule? { motions.first { $0.kind == kind } }
}

extension ProcedureSet {
    /// How many must be in the room.
    public struct QuorumRules: Hashable, Sendable {
        /// To declare a meeting open and to let the debate proceed.
        public var toOpen: Majority
        public var toOpenRule: String
        /// For a decision to be taken.
        public var toDecide: Majority
        public var toDecideRule: String
    }

    public struct SpeakerRules: Hashable, Sendable {
        /// By whose order of request: those who stand earlier come first; who is not named comes last.
        public var precedence: [SeatRank]
        /// Requests of one delegation that may wait at a time: what stops a flood.
        public var mostRequests: Int64
        /// Until the body decides otherwise, in seconds; `nil`: without limit.
        public var seconds: Int64?
        /// How often a delegation may speak on an item; `nil`: as often as it likes.
        public var times: Int64?
        public var rule: String
        public var precedenceRule: String
        public var listRule: String
        /// Observers: they speak, move nothing and vote nothing.
        public var observerRule: String
    }

    public struct ReplyRules: Hashable, Sendable {
        /// Seconds of the first reply on an item, the second, and so on; as many replies as there are numbers.
        public var seconds: [Int64]
        public var rule: String
        /// Replies come after the list of speakers, at the end of the day.
        public var isAtEnd: Bool
    }

    public struct MotionRule: Hashable, Sendable {
        /// Who decides on it.
        public enum Decider: String, Hashable, Sendable, CaseIterable {
            /// The chair rules, and the ruling can be appealed.
            case chair
            /// It is put to the vote, at once.
            case body
            /// One delegation's request suffices.
            case request
            /// Granted unless somebody objects; then it is put to the vote.
            case unlessObjected = "unless-objected"
        }

        public var kind: ConferenceMotionKind
        /// Its precedence: a lower number is dealt with first; `nil`: it has none over others.
        public var rank: Int64?
        /// Speakers in favour that are heard, beside the mover.
        public var inFavour: Int64
        public var against: Int64
        public var decider: Decider
        /// What sort of decision it is; `nil`: one of procedure.
        public var matter: String?
        public var rule: String
    }

    public struct AppealRule: Hashable, Sendable {
        /// The majority that overrules: without it the ruling stands.
        public var matter: String
        public var rule: String
    }

    public struct MatterRule: Hashable, Sendable {
        public enum Consensus: String, Hashable, Sendable, CaseIterable {
            /// A vote may be taken at once.
            case none
            /// A vote only after the chair has ruled that all efforts to reach consensus have been exhausted.
            case first
            /// Never a vote.
            case only
        }

        public var matter: String
        /// By name.
        public var majority: String
        public var consensus: Consensus
        public var rule: String
    }

    public struct ProposalRules: Hashable, Sendable {
        /// Whole days between circulation and the meeting that takes it up: 1 is "not later than the day preceding".
        public var daysCirculated: Int64
        public var circulationRule: String
        public var withdrawalRule: String
        public var divisionRule: String
        public var amendmentRule: String
        public var orderRule: String
    }

    public struct VotingRules: Hashable, Sendable {
        public enum SecondVote: String, Hashable, Sendable, CaseIterable {
            /// A tie rejects.
            case none
            /// A second vote is taken at once.
            case immediate
            /// A second vote at a following meeting, within the hours given.
            case later
        }

        /// The method where nobody asks for another.
        public var method: ConferenceDecisionOpened.Method
        public var methodRule: String
        /// The language in whose alphabetical order the roll is called.
        public var rollCallLanguage: String
        public var conductRule: String
        public var explanationRule: String
        public var explanationSeconds: Int64?
        /// Whether a sponsor may explain its vote once the proposal has been amended (BBNJ draft rule 54).
        public var sponsorExplainsWhenAmended: Bool
        public var secondVote: SecondVote
        /// Hours within which a later second vote is taken.
        public var secondVoteHours: Int64?
        public var tieRule: String
        public var abstentionRule: String
        /// Votes of those that have another number than one.
        public var weights: [ActorCode: Int64] = [:]
    }

    public struct ElectionRules: Hashable, Sendable {
        public var rule: String
        /// Whether no vote is taken when there are no more candidates than places.
        public var isDispensedWithWhenUncontested: Bool
        public var uncontestedRule: String
        /// The majority of votes cast that elects, by name.
        public var majority: String
        public var oneRule: String
        public var manyRule: String
        /// Ballots that are inconclusive before votes may be cast for anybody.
        public var restrictedRounds: Int64
    }

    public struct SilenceRules: Hashable, Sendable {
        /// The shortest silence, in hours.
        public var hours: Int64
        public var rule: String
    }
}

/// In which order delegations speak whose requests stand together (BBNJ draft rule 36).
public enum SeatRank: String, Hashable, Sendable, CaseIterable {
    case participant
    /// A State that takes part as an observer.
    case observerState = "observer-state"
    /// An intergovernmental body.
    case observerBody = "observer-body"
    /// Anybody else.
    case observer

    public var isObserver: Bool { self != .participant }
}
