import Acts

/// What a person can do in a room, by the last part of its address.
enum RoomAction: String, CaseIterable, Sendable {
    // A delegation's
    case present
    case requestFloor = "request-floor"
    case withdrawRequest = "withdraw-request"
    /// In which language one will speak; the desk says it for a delegation too.
    case speakIn = "speak-in"
    case move
    case withdrawMotion = "withdraw-motion"
    case appeal
    case propose
    case withdrawProposal = "withdraw-proposal"
    case reintroduce
    case vote
    case object
    case dissociate
    case explain
    case acceptAmendment = "accept-amendment"
    // The chair's
    case giveFloor = "give-floor"
    case endFloor = "end-floor"
    case list
    case rule
    case open
    case countHands = "count-hands"
    case pass
    case announce
    case focus
    case meeting

    /// Whether it is for who presides, or for the secretariat that sits beside.
    var isForChair: Bool {
        switch self {
        case .present, .requestFloor, .withdrawRequest, .speakIn, .move, .withdrawMotion, .appeal, .propose, .withdrawProposal,
            .reintroduce, .vote,
            .object, .dissociate, .explain, .acceptAmendment:
            false
        case .giveFloor, .endFloor, .list, .rule, .open, .countHands, .pass, .announce, .focus, .meeting: true
        }
    }
}

/// Who acts in a room: the person, for which office, and what that makes of them there.
struct RoomActor: Hashable, Sendable {
    var office: String
    var person: String
    /// The delegation the person acts for; `nil` for the chair and the secretariat.
    var delegation: ActorCode?
}
