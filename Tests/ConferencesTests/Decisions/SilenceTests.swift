import Acts
import Testing

@testable import Conferences

/// General Assembly decision 74/544.
@Suite("The silence procedure")
struct SilenceTests {
    private let seats =
        Room.members.map { MeetingState.Seat(actor: $0, names: [:]) }
        + [MeetingState.Seat(actor: Room.observer, names: [:], rank: .observerBody)]

    private func begun(_ deadline: String, paragraphs: [String] = [], secret: Bool = false, partial: Bool = false) throws
        -> ConferenceSilenceBegun
    {
        ConferenceSilenceBegun(
            conference: "c", body: "plenary", silence: "s", concerns: "L.1", paragraphs: paragraphs,
            deadline: try instant(deadline), zone: "America/New_York", isSecret: secret, isPartial: partial)
    }

    private func instant(_ text: String) throws -> Moment { try #require(Moment(text)) }

    private func broken(_ actor: String?, _ paragraphs: [String] = []) -> ConferenceSilenceBroken {
        ConferenceSilenceBroken(
            conference: "c", body: "plenary", silence: "s", actor: actor.map(Room.code), paragraphs: paragraphs, reason: "Not in line.")
    }

    private func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch let refusal as Refusal {
            return refusal.code.replacing("conference.procedure.", with: "")
        } catch {
            return "\(error)"
        }
    }

    @Test("The hour is the clock's in the zone that was announced, summer time counted in")
    func hours() throws {
        for (day, instant) in [("2026-03-06", "2026-03-06T23:00:00.000Z"), ("2026-03-09", "2026-03-09T22:00:00.000Z")] {
            let deadline = try Silence.deadline(on: try #require(CalendarDate(day)), hour: 18, minute: 0, zone: "America/New_York")
            #expect(deadline.description == instant)
        }
        #expect(
            code { _ = try Silence.deadline(on: try #require(CalendarDate("2026-03-09")), hour: 18, minute: 0, zone: "New York") } == "zone"
        )
        #expect(code { _ = try Silence.timeZone("../etc/passwd") } == "zone")
    }

    @Test("A silence lasts seventy-two hours at least")
    func shortest() throws {
        let engine = ProcedureEngine(try Room.rules("general-assembly"))
        let now = try instant("2026-11-26T10:00:00.000Z")
        #expect(code { try engine.admit(try begun("2026-11-29T09:59:59.999Z"), at: now) } == "silence-short")
        #expect(code { try engine.admit(try begun("2026-11-29T10:00:00.000Z"), at: now) } == nil)
    }

    @Test("Unbroken, it adopts when the deadline has passed, and not at the deadline itself")
    func adopts() throws {
        let rules = try Room.rules("general-assembly").silence
        let silence = Silence(try begun("2026-11-29T22:00:00.000Z"))
        #expect(silence.ending(at: try instant("2026-11-29T22:00:00.000Z"), rules: rules) == nil)
        let ended = try #require(silence.ending(at: try instant("2026-11-29T22:00:00.001Z"), rules: rules))
        #expect(ended.outcome == .adopted)
        #expect(ended.rule == "GA decision 74/544")
    }

    @Test("An objection by the deadline breaks it; later ones, observers' and strangers' do not")
    func breaks() throws {
        let engine = ProcedureEngine(try Room.rules("general-assembly"))
        var silence = Silence(try begun("2026-11-29T22:00:00.000Z", paragraphs: ["OP1", "OP2"]))
        let at = try instant("2026-11-29T22:00:00.000Z")
        let late = try instant("2026-11-29T22:00:00.001Z")
        #expect(code { try engine.admit(broken("FRA"), to: silence, seats: seats, at: late) } == "silence-over")
        #expect(code { try engine.admit(broken("WHO"), to: silence, seats: seats, at: at) } == "observer")
        #expect(code { try engine.admit(broken("ZZZ"), to: silence, seats: seats, at: at) } == "no-seat")
        #expect(code { try engine.admit(broken(nil), to: silence, seats: seats, at: at) } == "silence-objector")
        #expect(code { try engine.admit(broken("FRA", ["OP3"]), to: silence, seats: seats, at: at) } == "silence-paragraph")
        #expect(code { try engine.admit(broken("FRA", ["OP2"]), to: silence, seats: seats, at: at) } == nil)
        silence.apply(broken("FRA", ["OP2"]))
        // Not partial: one paragraph breaks the whole, at once.
        let ended = try #require(silence.ending(at: at, rules: engine.rules.silence))
        #expect(ended.outcome == .broken)
        #expect(ended.open == ["OP1", "OP2"])
        silence.apply(ended)
        #expect(code { try engine.admit(broken("KEN"), to: silence, seats: seats, at: at) } == "silence-over")
    }

    @Test("Broken in part, what nobody objected to is adopted, and the rest goes back")
    func partial() throws {
        let rules = try Room.rules("general-assembly").silence
        var silence = Silence(try begun("2026-11-29T22:00:00.000Z", paragraphs: ["OP1", "OP2", "OP3"], partial: true))
        silence.apply(broken("FRA", ["OP3"]))
        silence.apply(broken("KEN", ["OP1", "OP3"]))
        #expect(silence.ending(at: silence.deadline, rules: rules) == nil)
        let ended = try #require(silence.ending(at: silence.deadline.adding(milliseconds: 1), rules: rules))
        #expect(ended.outcome == .partlyAdopted)
        #expect(ended.open == ["OP1", "OP3"])
        silence.apply(broken("GHA"))
        #expect(silence.ending(at: silence.deadline, rules: rules)?.outcome == .broken)
    }

    @Test("A deadline is put off before it has passed, and only to later")
    func extends() throws {
        let engine = ProcedureEngine(try Room.rules("general-assembly"))
        var silence = Silence(try begun("2026-11-29T22:00:00.000Z"))
        func extended(_ deadline: String) throws -> ConferenceSilenceExtended {
            ConferenceSilenceExtended(
                conference: "c", body: "plenary", silence: "s", deadline: try instant(deadline), zone: "Africa/Nairobi")
        }
        let now = try instant("2026-11-29T12:00:00.000Z")
        #expect(code { try engine.admit(try extended("2026-11-29T21:00:00.000Z"), to: silence, seats: seats, at: now) } == "silence-short")
        let later = try extended("2026-12-01T22:00:00.000Z")
        #expect(code { try engine.admit(later, to: silence, seats: seats, at: now) } == nil)
        #expect(code { try engine.admit(later, to: silence, seats: seats, at: silence.deadline.adding(milliseconds: 1)) } == "silence-over")
        silence.apply(later)
        #expect(silence.ending(at: try instant("2026-11-30T12:00:00.000Z"), rules: engine.rules.silence) == nil)
    }

    @Test("The objector stays unnamed where the silence says so")
    func secretObjector() throws {
        let engine = ProcedureEngine(try Room.rules("general-assembly"))
        let silence = Silence(try begun("2026-11-29T22:00:00.000Z", secret: true))
        #expect(code { try engine.admit(broken("FRA"), to: silence, seats: seats, at: silence.deadline) } == "silence-objector")
        #expect(code { try engine.admit(broken(nil), to: silence, seats: seats, at: silence.deadline) } == nil)
    }

    @Test("Nobody ends a running silence as adopted")
    func early() throws {
        let engine = ProcedureEngine(try Room.rules("general-assembly"))
        let silence = Silence(try begun("2026-11-29T22:00:00.000Z"))
        let ended = ConferenceSilenceEnded(
            conference: "c", body: "plenary", silence: "s", outcome: .adopted, rule: engine.rules.silence.rule)
        #expect(code { try engine.admit(ended, to: silence, seats: seats, at: silence.deadline) } == "silence-running")
        var withdrawn = ended
        withdrawn.outcome = .withdrawn
        #expect(code { try engine.admit(withdrawn, to: silence, seats: seats, at: silence.deadline) } == nil)
    }
}
