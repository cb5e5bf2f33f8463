import Acts
import TestSupport
import Testing

@testable import Treaties

@Suite("What holds for any life of an instrument")
struct LifePropertyTests {
    static let seeds: [UInt64] = [3, 14, 159, 2_653]

    private static let states = (0..<6).map { Participant(ParticipantID("State \($0)"), name: "State \($0)") }
    private static let first = CalendarDate(dayNumber: 11_000)

    /// A life of random acts, each possible or not.
    private static func life(_ generator: inout SeededGenerator, events count: Int = 60) -> TreatyLife {
        var clauses = FinalClauses(
            entryIntoForce: EntryIntoForceClause(
                condition: .count(2, of: nil), delay: ClauseDelay(30, .days), later: LaterJoinerRule(ClauseDelay(30, .days))))
        clauses.withdrawal = ExitClause(rule: .own(WithdrawalRule(.after(ClauseDelay(6, .months)))))
        if Bool.random(using: &generator) {
            clauses.amendments = AmendmentClause(
                entryIntoForce: EntryIntoForceClause(
                    condition: .fraction(.fraction(1, 2), .atLeast, of: .on(.adoption, .listed("Parties")), size: nil)))
        }
        if Bool.random(using: &generator) { clauses.reservations.incompatible = .init(.fraction(2, 3)) }
        var life = TreatyLife(clauses: clauses)
        life.events.append(LifeEvent(id: "base0", .participation(.ratification), by: states[0], on: first))
        life.events.append(LifeEvent(id: "base1", .participation(.ratification), by: states[1], on: first))
        for number in 0..<count {
            guard let state = states.randomElement(using: &generator) else { continue }
            let day = first.adding(days: 40 + Int.random(in: 0...2_500, using: &generator))
            let earlier = life.events.randomElement(using: &generator)?.id ?? "base0"
            let kind: LifeEvent.Kind =
                switch Int.random(in: 0..<12, using: &generator) {
                case 0, 1: .participation(.ratification)
                case 2: .participation(.signature)
                case 3: .participation(.withdrawal)
                case 4: .participation(.withdrawalRevocation)
                case 5, 6: .reservation(ReservationStatement(provisions: ["art. \(number % 7)"]))
                case 7, 8: .objection(to: earlier, precludes: Bool.random(using: &generator))
                case 9: .statementWithdrawal(of: earlier, remaining: nil)
                case 10: .amendmentAdopted(AmendmentStatement())
                default: .amendmentAccepted(earlier)
                }
            life.events.append(
                LifeEvent(
                    id: "e\(number)", kind, by: state, on: day, known: day.adding(days: Int.random(in: 0...90, using: &generator)),
                    notified: .on(day.adding(days: Int.random(in: 0...60, using: &generator)))))
        }
        return life
    }

    /// Everything a reading says.
    private struct Answers: Equatable {
        var relations: [TreatyRelation]
        var reservations: [ReservationReading]
        var obligations: [InterimObligation]
        var exits: [ExitReading]
        var entries: [CalendarDate?]
        var bound: [[Participant]]
        var deadlines: [LegalDeadline]
    }

    private static func answers(_ life: TreatyLife, on day: CalendarDate, known: CalendarDate?) throws -> Answers {
        let reading = try life.reading(on: day, known: known)
        return Answers(
            relations: Array(reading.matrix()), reservations: reading.reservations,
            obligations: states.map { reading.interimObligation(of: $0.id) }, exits: states.map { reading.exit(of: $0.id) },
            entries: reading.amendments.map(\.entryIntoForce), bound: reading.amendments.map { reading.bound(by: $0) },
            deadlines: reading.deadlines())
    }

    @Test("what becomes known after a day never changes the answers as known on that day", arguments: seeds)
    func knowledge(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6 {
            let life = Self.life(&generator)
            let known = Self.first.adding(days: Int.random(in: 100...2_400, using: &generator))
            let day = Self.first.adding(days: Int.random(in: 100...2_600, using: &generator))
            var before = life
            before.events.removeAll { $0.known > known }
            #expect(try Self.answers(life, on: day, known: known) == Self.answers(before, on: day, known: nil), "seed \(seed)")
        }
    }

    @Test("what happens after a day changes nothing that was so on it", arguments: seeds)
    func later(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6 {
            let life = Self.life(&generator)
            let day = Self.first.adding(days: Int.random(in: 100...2_400, using: &generator))
            var before = life
            before.events.removeAll { $0.date > day }
            #expect(try Self.answers(life, on: day, known: nil) == Self.answers(before, on: day, known: nil), "seed \(seed)")
        }
    }

    @Test("a relation is the same from both sides, and the matrix agrees with each of them", arguments: seeds)
    func symmetry(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<8 {
            let reading = try Self.life(&generator).reading(on: Self.first.adding(days: Int.random(in: 50...2_600, using: &generator)))
            let matrix = reading.matrix()
            #expect(matrix.count == matrix.participants.count * (matrix.participants.count - 1) / 2)
            for a in matrix.participants {
                for b in matrix.participants where a.id != b.id {
                    let there = try #require(reading.relation(of: a.id, towards: b.id))
                    let back = try #require(reading.relation(of: b.id, towards: a.id))
                    #expect(there.state == back.state && there.since == back.since && there.until == back.until, "seed \(seed)")
                    #expect(there.amendments == back.amendments)
                    #expect(Set(there.reservations) == Set(back.reservations))
                    let cell = try #require(matrix[a.id, b.id])
                    #expect(cell == (cell.first == a ? there : back), "seed \(seed)")
                }
            }
        }
    }

    @Test("a deadline lies after the day, and is gone once the day has come", arguments: seeds)
    func deadlines(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6 {
            let life = Self.life(&generator)
            let day = Self.first.adding(days: Int.random(in: 50...2_600, using: &generator))
            let deadlines = try life.reading(on: day).deadlines()
            #expect(deadlines.allSatisfy { $0.day > day }, "seed \(seed)")
            #expect(deadlines == deadlines.sorted { $0.day < $1.day }, "sorted by day; seed \(seed)")
            guard let next = deadlines.first else { continue }
            let then = try life.reading(on: next.day).deadlines()
            #expect(!then.contains { $0.day <= next.day })
        }
    }

    @Test("a refused act leaves the reason, the rule and the way out", arguments: seeds)
    func refusals(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let life = Self.life(&generator, events: 40)
        for event in life.events {
            guard case .refused(let refusal) = try life.admission(of: event) else { continue }
            #expect(refusal.code.hasPrefix("treaty."))
            #expect(!refusal.mend.isEmpty)
            #expect(refusal.citation != nil || refusal.kind == .notFound)
        }
    }
}
