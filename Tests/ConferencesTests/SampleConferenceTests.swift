import Acts
import Foundation
import Testing

@testable import Conferences

@Suite("The sample conference")
struct SampleConferenceTests {
    private let sample: SampleConference

    init() throws {
        sample = try SampleConference.shipped(received: .now)
    }

    @Test("The same acts at every call")
    func deterministic() throws {
        let received = Moment(milliseconds: 1_762_000_000_000)
        let first = try SampleConference.shipped(received: received).steps.map { $0.payload.json.canonicalText }
        let second = try SampleConference.shipped(received: received).steps.map { $0.payload.json.canonicalText }
        #expect(first == second && first.count > 100)
    }

    @Test("Every act about the text is one that the text admits, and the text stands at its third reading with work left to do")
    func readings() throws {
        var negotiation = Negotiation()
        for step in sample.steps {
            switch step.payload {
            case let act as ConferenceTextTabled: try negotiation.table(act, words: Array((act.words ?? "").utf8), at: .now)
            case let act as ConferenceReadingBegun: try negotiation.begin(act, at: .now)
            case let act as ConferenceAmendmentProposed: try negotiation.propose(act, at: .now)
            case let act as ConferenceAmendmentCosponsored: try negotiation.cosponsor(act, at: .now)
            case let act as ConferenceAmendmentWithdrawn: try negotiation.withdraw(act, at: .now)
            case let act as ConferenceAmendmentApplied: try negotiation.apply(act, at: .now)
            case let act as ConferenceProvisionStatusSet: try negotiation.set(act, at: .now)
            default: break
            }
        }
        #expect(negotiation.readings.map(\.number) == [1, 2, 3])
        let current = try #require(negotiation.current)
        #expect(current.number == 6)
        #expect(current.text.measures.standing == 4 && current.text.measures.unbalanced == 0)
        #expect(negotiation.amendments.filter { $0.state == .pending }.map(\.id) == ["fra-2", "ind-1", "nor-2", "can-1"])
        #expect(!negotiation.conflicts.isEmpty, "two amendments want different words in one place")
        let statuses = negotiation.statusCounts
        #expect((statuses[.agreedAdReferendum] ?? 0) >= 10 && (statuses[.reserved] ?? 0) == 2 && !negotiation.isEverythingAgreed)
        let middle = try negotiation.version(3)
        #expect(String(decoding: middle.text.bytes, as: UTF8.self).contains("[should][FRA, CHL: shall]"))
    }

    @Test("Every act of a room is one that the rules of procedure admit")
    func rooms() throws {
        let rules = try #require(try ShippedProcedures.load().set("general-assembly"))
        let engine = ProcedureEngine(rules)
        var states: [String: MeetingState] = [:]
        let seats = (SampleConference.states + SampleConference.observers).compactMap { code in
            ActorCode(rawValue: code).map { actor in
                var seat = MeetingState.Seat(actor: actor, names: ["en": code])
                if SampleConference.observers.contains(code) { seat.rank = .observerState }
                return seat
            }
        }
        #expect(seats.count == 13)
        for step in sample.steps {
            switch step.payload {
            case let act as ConferenceMeetingChanged:
                var state =
                    states[act.body]
                    ?? MeetingState(
                        session: ConferenceSession(conference: act.conference, body: act.body, meeting: act.meeting), seats: seats)
                if act.change == .opened { state.begin(meeting: act.meeting) } else { state.phase = .adjourned }
                states[act.body] = state
            case let act as ConferencePresenceNoted: states[act.body]?.present.insert(act.actor)
            case let act as ConferenceFocusSet: states[act.body]?.item = act.item
            default:
                guard let body = step.payload.json["body"]?.string, step.payload.json["meeting"] != nil, var state = states[body] else {
                    continue
                }
                try engine.admit(step.payload, state, at: .now)
                state.apply(step.payload, received: .now)
                states[body] = state
            }
        }
        let plenary = try #require(states["plenary"])
        #expect(plenary.phase == .open && plenary.session.meeting == 2)
        #expect(engine.speakers(plenary).map(\.actor.rawValue) == ["NOR", "FJI"])
        #expect(plenary.proposals.filter { $0.fate == .pending }.count == 2)
        #expect(plenary.motions.contains { $0.kind == .recordedVote && $0.fate == .pending })
    }
}
