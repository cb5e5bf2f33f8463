import Acts
import Foundation
import Testing

@testable import Conferences

/// A meeting that is played through: every act is admitted by the engine before it is applied.
struct Room {
    let engine: ProcedureEngine
    var state: MeetingState
    /// When the next act is entered.
    var now: Moment

    static let session = ConferenceSession(conference: "c", body: "plenary", meeting: 1)
    static let members = ["AUS", "BRA", "CAN", "DEU", "EGY", "FRA", "GHA", "HUN", "IDN", "JPN", "KEN", "LBN"].compactMap(
        ActorCode.init(rawValue:))
    static let observer = code("WHO")

    static func code(_ text: String) -> ActorCode { ActorCode(rawValue: text) ?? ActorCode(rawValue: "XX")! }

    static func rules(_ name: String) throws -> ProcedureSet {
        try #require(try ShippedProcedures.load().set(name))
    }

    /// Twelve members and an observer, all in the room.
    init(_ rules: String, members: [ActorCode] = Room.members) throws {
        try self.init(rules: try Room.rules(rules), members: members)
    }

    init(rules: ProcedureSet, members: [ActorCode] = Room.members) throws {
        engine = ProcedureEngine(rules)
        var seats = members.map { MeetingState.Seat(actor: $0, names: ["en": $0.rawValue]) }
        seats.append(MeetingState.Seat(actor: Room.observer, names: ["en": "World Health Organization"], rank: .observerBody))
        state = MeetingState(session: Room.session, seats: seats)
        state.phase = .open
        state.present = Set(seats.map(\.actor))
        state.item = "7"
        now = try #require(Moment("2026-11-26T10:00:00.000Z"))
    }

    var session: ConferenceSession { state.session }
    var yesterday: Moment { now.adding(milliseconds: -86_400_000) }

    mutating func enter(_ payload: any Payload) throws(Refusal) {
        try engine.admit(payload, state, at: now)
        state.apply(payload, received: now)
        now = now.adding(milliseconds: 1_000)
    }

    /// The code of the refusal an act meets, without its prefix, and the rule it cites.
    func refusal(of payload: any Payload) -> (code: String, rule: String?)? {
        do {
            try engine.admit(payload, state, at: now)
            return nil
        } catch {
            return (error.code.replacing("conference.procedure.", with: ""), error.citation)
        }
    }

    mutating func submit(
        _ id: String, by sponsors: [String] = ["AUS"], amends: String? = nil, matter: String? = nil, parts: [(String, Bool)] = []
    ) throws {
        try enter(
            ConferenceProposalSubmitted(
                session: session, proposal: id, sponsors: sponsors.map(Room.code), item: "7", amends: amends, matter: matter,
                parts: parts.map { ConferenceProposalPart(part: $0.0, isOperative: $0.1) }, circulated: yesterday))
    }

    mutating func move(
        _ id: String, _ kind: ConferenceMotionKind, by actor: String = "BRA", proposal: String? = nil, parts: [String] = [],
        seconds: Int64? = nil, text: String? = nil
    ) throws(Refusal) {
        try enter(
            ConferenceMotionMade(
                session: session, motion: id, actor: Room.code(actor), motionKind: kind, proposal: proposal, parts: parts, seconds: seconds,
                text: text))
    }

    mutating func request(_ id: String, _ purpose: ConferenceFloorPurpose = .statement, by actor: String, motion: String? = nil)
        throws(Refusal)
    {
        try enter(ConferenceFloorRequested(session: session, request: id, actor: Room.code(actor), purpose: purpose, motion: motion))
    }

    mutating func speak(_ id: String) throws {
        let request = try #require(state.request(id))
        let next = try #require(engine.speakers(state).first)
        try enter(ConferenceFloorGiven(session: session, request: id, actor: request.actor, seconds: next.seconds))
        try enter(ConferenceFloorEnded(session: session, request: id, reason: .finished))
    }

    /// The question whose turn it is.
    func question() throws -> Question {
        guard case .vote(.put(let question, _)) = engine.next(state) else {
            throw Unexpected(what: "next is \(engine.next(state))")
        }
        return question
    }

    struct Unexpected: Error { let what: String }

    /// Puts the question whose turn it is, with names, and announces the result.
    @discardableResult
    mutating func vote(
        _ decision: String, yes: Int, no: Int, abstain: Int = 0, method: ConferenceDecisionOpened.Method = .recorded
    ) throws -> ConferenceDecisionClosed {
        let question = try question()
        try enter(opening(decision, question, method: method))
        if method == .showOfHands {
            try enter(
                ConferenceHandsCounted(session: session, decision: decision, yes: Int64(yes), no: Int64(no), abstaining: Int64(abstain)))
        } else {
            let order = method == .rollCall ? state.rollCall(language: "en", drawn: Room.members[3]) : Room.members
            for (index, actor) in order.prefix(yes + no + abstain).enumerated() {
                let vote: ConferenceVote = index < yes ? .yes : index < yes + no ? .no : .abstain
                try enter(ConferenceVoteCast(session: session, decision: decision, actor: actor, vote: vote))
            }
        }
        let result = try engine.result(of: decision, state)
        try enter(result)
        return result
    }

    func opening(_ decision: String, _ question: Question, method: ConferenceDecisionOpened.Method) -> ConferenceDecisionOpened {
        ConferenceDecisionOpened(
            session: session, decision: decision, subject: question.subject, concerns: question.concerns, parts: question.parts,
            matter: question.requirement.matter, method: method, majority: question.requirement.majority.name,
            rule: question.requirement.rule, drawn: method == .rollCall ? Room.members[3] : nil, repeats: question.repeats)
    }
}
