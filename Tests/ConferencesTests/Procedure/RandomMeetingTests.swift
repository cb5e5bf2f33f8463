import Acts
import Testing

@testable import Conferences

@Suite("Meetings nobody planned")
struct RandomMeetingTests {
    /// Delegations do what comes into their heads; the chair does what the rules say is next.
    private struct Play {
        var room: Room
        var generator: SystemRandomNumberGenerator
        var number = 0

        mutating func name(_ letter: String) -> String {
            number += 1
            return "\(letter)\(number)"
        }

        mutating func anybody() -> ActorCode { (Room.members + [Room.observer]).randomElement(using: &generator) ?? Room.observer }
        mutating func proposal() -> String? { room.state.proposals.map(\.id).randomElement(using: &generator) }

        /// Something a delegation tries, lawful or not.
        mutating func attempt() -> any Payload {
            let session = room.session
            switch Int.random(in: 0..<11, using: &generator) {
            case 0...1:
                return ConferenceFloorRequested(
                    session: session, request: name("r"), actor: anybody(),
                    purpose: ConferenceFloorPurpose.allCases.randomElement(using: &generator) ?? .statement,
                    motion: room.state.motions.map(\.id).randomElement(using: &generator), decision: proposal())
            case 2...4:
                return ConferenceMotionMade(
                    session: session, motion: name("m"), actor: anybody(),
                    motionKind: ConferenceMotionKind.allCases.randomElement(using: &generator) ?? .pointOfOrder, proposal: proposal(),
                    parts: Bool.random(using: &generator) ? ["OP1"] : ["OP2", "OP1"], seconds: Int64.random(in: 0...200, using: &generator))
            case 5...6:
                return ConferenceProposalSubmitted(
                    session: session, proposal: name("p"), sponsors: [anybody()], item: "7",
                    amends: Bool.random(using: &generator) ? proposal() : nil,
                    parts: [
                        ConferenceProposalPart(part: "OP1", isOperative: true), ConferenceProposalPart(part: "OP2", isOperative: true),
                    ],
                    circulated: room.now.adding(milliseconds: -400_000_000))
            case 7: return ConferenceProposalWithdrawn(session: session, proposal: proposal() ?? "p", actor: anybody())
            case 8:
                return ConferenceRulingAppealed(
                    session: session, appeal: name("a"), ruling: room.state.rulings.last?.id ?? "u", actor: anybody())
            case 9:
                return ConferenceObjectionRaised(
                    session: session, decision: room.state.motions.last?.id ?? "m", actor: anybody())
            default:
                return ConferenceMotionWithdrawn(
                    session: session, motion: room.state.motions.last?.id ?? "m", actor: room.state.motions.last?.actor ?? Room.observer)
            }
        }

        /// What the chair enters next, by the engine's own word; each must be admitted. `nil`: nothing is left to do.
        mutating func chair() throws -> [any Payload]? {
            let session = room.session
            switch room.engine.next(room.state) {
            case .open, .nothing: return nil
            case .announce(let id): return [try room.engine.result(of: id, room.state)]
            case .rule(let motion, _):
                let subject: ConferenceRulingGiven.Subject =
                    room.state.motion(motion)?.kind == .pointOfOrder ? .pointOfOrder : .division
                return [
                    ConferenceRulingGiven(
                        session: session, ruling: name("u"), subject: subject, concerns: motion, isAllowed: Bool.random(using: &generator))
                ]
            case .hear(let speaker):
                return [
                    ConferenceFloorGiven(session: session, request: speaker.request, actor: speaker.actor, seconds: speaker.seconds),
                    ConferenceFloorEnded(session: session, request: speaker.request, reason: .finished),
                ]
            case .vote(.order(let proposal, let amendments, _)):
                let order = amendments.shuffled(using: &generator)
                return [
                    ConferenceRulingGiven(
                        session: session, ruling: name("u"), subject: .orderOfAmendments, concerns: proposal, order: order,
                        implied: [ConferenceImpliedRejection(adopted: order[0], rejected: Array(order.dropFirst()))])
                ]
            case .vote(.later): return nil
            case .vote(.put(let question, _)):
                let method = try #require(question.methods.randomElement(using: &generator))
                let decision = name("d")
                var acts: [any Payload] = []
                if method != .consensus, question.requirement.consensus == .first, let concerns = question.concerns {
                    acts.append(
                        ConferenceRulingGiven(
                            session: session, ruling: name("u"), subject: .consensusExhausted, concerns: concerns, isAllowed: true))
                }
                acts.append(room.opening(decision, question, method: method))
                switch method {
                case .consensus:
                    if Int.random(in: 0..<3, using: &generator) == 0 {
                        acts.append(ConferenceObjectionRaised(session: session, decision: decision, actor: Room.members[0]))
                    }
                case .showOfHands:
                    acts.append(
                        ConferenceHandsCounted(
                            session: session, decision: decision, yes: Int64.random(in: 0...6, using: &generator),
                            no: Int64.random(in: 0...6, using: &generator), abstaining: 0))
                default:
                    let order = method == .rollCall ? room.state.rollCall(language: "en", drawn: Room.members[3]) : Room.members
                    for actor in order {
                        let vote = ConferenceVote.allCases.randomElement(using: &generator) ?? .abstain
                        acts.append(ConferenceVoteCast(session: session, decision: decision, actor: actor, vote: vote))
                    }
                }
                return acts
            }
        }
    }

    @Test(
        "Whatever delegations try, what the rules say is next is admitted, and the business comes to an end",
        arguments: ["general-assembly", "general-assembly-committee", "conference-of-parties", "consensus"])
    func nextIsAdmitted(rules: String) throws {
        for _ in 0..<40 {
            var play = Play(room: try Room(rules), generator: SystemRandomNumberGenerator())
            for _ in 0..<60 {
                let act = play.attempt()
                do throws(Refusal) { try play.room.enter(act) } catch {
                    #expect(error.code.hasPrefix("conference.procedure."))
                    #expect(!error.explanation.contains("{"), "\(error)")
                }
                if Int.random(in: 0..<4, using: &play.generator) == 0 { try step(&play) }
            }
            // From here on nobody tries anything: what is pending is dealt with, step by step.
            var steps = 0
            while let acts = try play.chair(), steps < 600 {
                steps += 1
                for act in acts { try enter(act, &play) }
            }
            #expect(steps < 600, "the business does not end")
            #expect(play.room.state.openDecision == nil)
        }
    }

    private func step(_ play: inout Play) throws {
        guard let acts = try play.chair() else {
            if play.room.state.phase != .open {
                play.room.state.begin(meeting: play.room.session.meeting + 1)
                play.room.state.present = Set(Room.members)
            }
            return
        }
        for act in acts { try enter(act, &play) }
    }

    private func enter(_ act: any Payload, _ play: inout Play) throws {
        do throws(Refusal) { try play.room.enter(act) } catch {
            Issue.record("the chair's next step was refused: \(act) \(error)")
            throw error
        }
    }
}
