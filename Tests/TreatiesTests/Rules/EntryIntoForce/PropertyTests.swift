import Acts
import TestSupport
import Testing

@testable import Treaties

@Suite("What holds for any acts")
struct EntryIntoForcePropertyTests {
    static let seeds: [UInt64] = [1, 20, 300, 4_000, 50_000]

    private static let monotone = [
        #"{"count": 5, "delay": {"unit": "days", "count": 30}}"#,
        #"{"all": [{"count": 4}, {"named": ["AAA", "AAC"]}], "delay": {"unit": "months", "count": 3}}"#,
        #"{"any": [{"count": 6}, {"named": ["AAB", "AAD"]}]}"#,
        #"{"all": [{"count": 3, "delay": {"unit": "days", "count": 90}}, {"share": 40, "metric": "m"}], "date": "latest"}"#,
        #"{"count": 4, "of": "club", "delay": {"unit": "calendar-months", "count": 2}}"#,
        #"{"fraction": "2/3", "of": "club", "size": 7}"#,
    ]

    private static func context(_ generator: inout SeededGenerator) -> ClauseContext {
        let ids = names.map { ParticipantID($0) }
        return ClauseContext(
            classes: ["club": DatedClass(members: ids.filter { _ in Bool.random(using: &generator) })],
            metrics: [
                "m": Metric(editions: [
                    .init(
                        values: Dictionary(ids.map { ($0, ExactDecimal(Int.random(in: 0...30, using: &generator))) }) { a, _ in a },
                        total: 100)
                ])
            ])
    }

    private static let names = (0..<12).map { "AA" + String(UnicodeScalar(UInt8(0x41 + $0))) }
    private static let first = CalendarDate(year: 2001, month: 1, day: 1)

    private static func act(_ generator: inout SeededGenerator, _ kinds: [ParticipationKind]) -> ParticipationAct? {
        guard let kind = kinds.randomElement(using: &generator), let name = names.randomElement(using: &generator), let first else {
            return nil
        }
        return ParticipationAct(
            kind, by: Participant(ParticipantID(name)), on: first.adding(days: Int.random(in: 0...400, using: &generator)))
    }

    @Test("a further instrument never delays a treaty whose clause only counts", arguments: seeds)
    func monotone(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let asOf = try date("2010-01-01")
        for text in Self.monotone {
            let treaty = try clause(text)
            #expect(treaty.condition?.isMonotone == true, "\(text)")
            for _ in 0..<40 {
                let context = Self.context(&generator)
                var given = (0..<Int.random(in: 0...9, using: &generator)).compactMap { _ in
                    Self.act(&generator, [.ratification, .accession, .signature])
                }
                let before = try treaty.evaluate(given, context: context, asOf: asOf).date
                given.append(contentsOf: [Self.act(&generator, [.ratification])].compactMap(\.self))
                let after = try treaty.evaluate(given, context: context, asOf: asOf).date
                if let before { #expect(after.map { $0 <= before } == true, "seed \(seed), \(text)") }
            }
        }
    }

    @Test("the order in which acts are given makes no difference, and every act is accounted for", arguments: seeds)
    func orderDoesNotMatter(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let asOf = try date("2001-12-01")
        for text in Self.monotone {
            let treaty = try clause(text)
            for _ in 0..<20 {
                let context = Self.context(&generator)
                // One act a day and participant: acts of one day stand in the order they were done.
                var seen: Set<String> = []
                let given = (0..<20).compactMap { _ in
                    Self.act(&generator, [.ratification, .accession, .withdrawal, .signature, .provisionalApplication])
                }
                .filter { seen.insert("\($0.participant.id)\($0.date)").inserted }
                let result = try treaty.evaluate(given, context: context, asOf: asOf)
                let shuffled = try treaty.evaluate(given.shuffled(using: &generator), context: context, asOf: asOf)
                #expect(result.date == shuffled.date, "seed \(seed), \(text)")
                #expect(result.decisiveDay == shuffled.decisiveDay)
                #expect(result.considered.count == given.count)
                #expect(Set(result.decisiveActs) == Set(shuffled.decisiveActs))
                #expect(result.considered.filter { $0.act.date > asOf }.allSatisfy { $0.verdict == .notCounted(.afterAsOf) })
            }
        }
    }

    @Test("a date that has come stands, whatever happens later (VCLT arts. 24, 55)", arguments: seeds)
    func datesStand(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let late = try date("2010-01-01")
        for text in Self.monotone {
            let treaty = try clause(text)
            for _ in 0..<20 {
                let context = Self.context(&generator)
                let given = (0..<25).compactMap { _ in Self.act(&generator, [.ratification, .ratification, .accession, .withdrawal]) }
                let asOf = try date("2001-10-01")
                let early = try treaty.evaluate(given, context: context, asOf: asOf)
                guard early.isInForce else { continue }
                #expect(try treaty.evaluate(given, context: context, asOf: late).date == early.date, "seed \(seed), \(text)")
            }
        }
    }

    @Test("nobody is bound before the treaty is in force", arguments: seeds)
    func nobodyBefore(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for text in Self.monotone {
            let treaty = try clause(text)
            let context = Self.context(&generator)
            let given = (0..<25).compactMap { _ in Self.act(&generator, [.ratification, .accession, .withdrawal, .succession, .signature]) }
            let result = try treaty.participation(given, context: context, asOf: try date("2001-11-01"))
            for standing in result.standings {
                if let effect = standing.dateOfEffect { #expect(result.entryIntoForce.date.map { $0 <= effect } == true) }
                if standing.state == .party { #expect(result.entryIntoForce.isInForce) }
            }
        }
    }
}
