public import Acts

/// One instrument's life with questions about it and the answers that are known.
public struct LifecycleCase: Hashable, Sendable {
    /// One question, and what should come out.
    public struct Question: Hashable, Sendable {
        /// Where it stands in the file: `cases[3].questions[0]`.
        public let place: String
        public let ask: LifecycleQuestion
        /// The day of law.
        public let on: CalendarDate
        /// What became known later is left out; `nil` for all that is known.
        public let knownBy: CalendarDate?
        /// An object of some of the answer's members, or the value of its principal one.
        public let expected: JSON
        /// What it says in the file.
        public let expectedPlace: String
    }

    public let place: String
    /// What the case is called; the treaty, where it has no name of its own.
    public let name: String
    public let treaty: String
    public let life: TreatyLife
    public let questions: [Question]
    public let source: String?
    public let confidence: String?
}

/// A question of a life-cycle case.
public enum LifecycleQuestion: Hashable, Sendable {
    case entryIntoForce
    case party(ParticipantID)
    case interimObligation(ParticipantID)
    case relation(ParticipantID, ParticipantID, ReservationView)
    /// Several relations at once; each expected element names its two States.
    case relations(ReservationView)
    case reservation(String)
    case effect(String, towards: ParticipantID)
    case withdrawal(ParticipantID)
    case amendment(String, for: ParticipantID?)
    case text(ParticipantID)
    case correction(String)
    case claim(String)
    case succession(ParticipantID)
    case territory(String, of: ParticipantID)
    case deadlines(of: ParticipantID?, until: CalendarDate?)
    /// Whether an act would be admitted, beside those of the case.
    case admission(LifeEvent)

    /// Its name in the file.
    public var name: String {
        switch self {
        case .entryIntoForce: "entryIntoForce"
        case .party: "party"
        case .interimObligation: "interimObligation"
        case .relation: "relation"
        case .relations: "relations"
        case .reservation: "reservation"
        case .effect: "effect"
        case .withdrawal: "withdrawal"
        case .amendment: "amendment"
        case .text: "text"
        case .correction: "correction"
        case .claim: "claim"
        case .succession: "succession"
        case .territory: "territory"
        case .deadlines: "deadlines"
        case .admission: "admission"
        }
    }

    static let names = [
        "entryIntoForce", "party", "interimObligation", "relation", "relations", "reservation", "effect", "withdrawal", "amendment", "text",
        "correction", "claim", "succession", "territory", "deadlines", "admission",
    ]

    /// The member of the answer a bare expected value is compared with.
    var principal: String {
        switch self {
        case .entryIntoForce: "date"
        case .party: "state"
        case .interimObligation: "obliged"
        case .relation: "bound"
        case .relations: "relations"
        case .reservation: "standing"
        case .effect: "effect"
        case .withdrawal: "takesEffect"
        case .amendment: "entryIntoForce"
        case .text: "text"
        case .correction: "state"
        case .claim: "mayActFrom"
        case .succession: "takesEffect"
        case .territory: "applies"
        case .deadlines: "deadlines"
        case .admission: "outcome"
        }
    }
}
