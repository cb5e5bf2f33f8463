import Acts
import Foundation
import GRDB
import Record
import Synchronization
import Testing

import class Record.Record

@testable import Treaties

/// The register over a real record: what is entered is what is seen, on any day, by what was known on any day.
struct TreatyViewTests {
    /// A clock that stands still until it is moved.
    final class Clock: Sendable {
        private let moment = Mutex(Moment("2024-03-01T12:00:00.000Z")!)
        var now: Moment { moment.withLock { $0 } }
        func move(to text: String) { moment.withLock { $0 = Moment(text)! } }
    }

    static func withRegister(_ body: (TreatyDesk, Record, Clock) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-treaties-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let desk = try TreatyDesk()
        let clock = Clock()
        let record = try Record.open(
            RecordConfiguration(folder: folder.path(percentEncoded: false), origin: "test.example/record", clock: { clock.now }),
            views: desk.views)
        try await body(desk, record, clock)
        try record.close()
    }

    static let opened = TreatyOpened(
        treaty: "XXVII-99", titles: ["en": "A convention"], chapter: "XXVII", chapterNames: ["en": "Environment"],
        adoptedOn: CalendarDate("2020-01-10"), article: "Art. 9: on the 30th day after the 2nd instrument",
        clause: [
            "condition": ["count": 2], "delay": ["unit": "days", "count": 30], "later": ["unit": "days", "count": 30],
        ])

    static func act(_ actor: String, _ action: ParticipationKind, _ date: String) -> TreatyParticipation {
        TreatyParticipation(treaty: "XXVII-99", actor: ActorCode(rawValue: actor)!, action: action, date: CalendarDate(date)!)
    }

    private static func enter(_ act: TreatyParticipation, _ desk: TreatyDesk, _ record: Record, request: String? = nil) async throws
        -> [Entry]
    {
        let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "officer")
        return try await record.enter(
            Command { context in
                guard let file = try TreatyQueries(database: context.database).file(of: act.treaty) else { return [] }
                return try commands.record(act, in: file, inForce: [:], next: context.nextIndex, today: context.now.date, request: request)
            })
    }

    private static func standing(
        _ desk: TreatyDesk, _ record: Record, asOf: String, known: Moment? = nil
    ) async throws -> TreatyStanding? {
        let rule = StandingRule(actors: desk.actors)
        return try await record.read { database in
            try TreatyQueries(database: database).standing(of: "XXVII-99", asOf: CalendarDate(asOf)!, knownAt: known, rule: rule)
        }
    }

    @Test("The instrument that tips the condition brings a proposal with it, naming the decisive entries")
    func proposal() async throws {
        try await Self.withRegister { desk, record, _ in
            let register = SampleRegister.Treaty(opened: Self.opened, participation: [Self.act("FRA", .accession, "2023-05-01")])
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            _ = try await record.enter(
                Command { try commands.open(register, exists: false, first: $0.nextIndex, asOf: $0.now.date) })
            let entries = try await Self.enter(Self.act("KEN", .accession, "2024-02-20"), desk, record)
            #expect(entries.map(\.kind) == [TreatyParticipation.kind, TreatyEntryIntoForceProposed.kind])
            let proposal: TreatyEntryIntoForceProposed = try #require(try entries[1].payload())
            #expect(proposal.date == CalendarDate("2024-03-21"))
            #expect(proposal.decisiveDay == CalendarDate("2024-02-20"))
            #expect(proposal.decisiveEntries == [entries[0].index])
        }
    }

    @Test("A correction is a further act: the register follows it, and what was known before it can still be asked for")
    func correction() async throws {
        try await Self.withRegister { desk, record, clock in
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "officer")
            _ = try await record.enter(
                Command {
                    try commands.open(
                        .init(opened: Self.opened, participation: [Self.act("FRA", .accession, "2023-05-01")]), exists: false,
                        first: $0.nextIndex, asOf: $0.now.date)
                })
            let wrong = try await Self.enter(Self.act("KEN", .accession, "2024-02-20"), desk, record)[0]
            let before = clock.now
            clock.move(to: "2024-04-01T12:00:00.000Z")
            _ = try await record.enter(
                Command { context in
                    let file = try #require(try TreatyQueries(database: context.database).file(of: "XXVII-99"))
                    return try commands.correct(
                        TreatyParticipationCorrected(
                            entry: wrong.index, replacement: Self.act("KEN", .accession, "2024-01-20"), reason: "The stamp was misread"),
                        in: file, inForce: [:], next: context.nextIndex, today: context.now.date, request: nil)
                })
            let now = try await Self.standing(desk, record, asOf: "2024-04-01")
            #expect(now?.entryIntoForce?.date == CalendarDate("2024-02-19"))
            #expect(now?.isInForce == true)
            let then = try await Self.standing(desk, record, asOf: "2024-04-01", known: before)
            #expect(then?.entryIntoForce?.date == CalendarDate("2024-03-21"))
            let history = try await record.read { try TreatyQueries(database: $0).history(of: "XXVII-99") }
            #expect(history.count == 3)
            #expect(history.filter(\.isStruck).map(\.entry) == [wrong.index])
        }
    }

    @Test("As of an earlier day, later acts are unseen")
    func asOf() async throws {
        try await Self.withRegister { desk, record, _ in
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            let acts = [Self.act("FRA", .accession, "2023-05-01"), Self.act("KEN", .accession, "2023-06-01")]
            _ = try await record.enter(
                Command {
                    try commands.open(
                        .init(opened: Self.opened, participation: acts, entryIntoForce: CalendarDate("2023-07-01")), exists: false,
                        first: $0.nextIndex, asOf: $0.now.date)
                })
            #expect(try await Self.standing(desk, record, asOf: "2023-05-15")?.bound == 1)
            #expect(try await Self.standing(desk, record, asOf: "2023-05-15")?.isInForce == false)
            #expect(try await Self.standing(desk, record, asOf: "2023-07-01")?.parties == 2)
        }
    }

    @Test("The whole sample register is entered, and every treaty stands where the depositary says")
    func wholeRegister() async throws {
        try await Self.withRegister { desk, record, _ in
            let sample = try SampleRegister.shipped()
            let entered = try await desk.enter(sample, into: record, office: "depositary", author: "node")
            #expect(Int64(entered) + 1 == record.size)
            let rule = StandingRule(actors: desk.actors)
            let dates = try await record.read { database -> [String: CalendarDate?] in
                let queries = TreatyQueries(database: database)
                return try Dictionary(
                    uniqueKeysWithValues: queries.treaties().map { listed in
                        (
                            listed.opened.treaty,
                            try queries.standing(of: listed.opened.treaty, asOf: CalendarDate("2026-01-01")!, rule: rule)?
                                .entryIntoForce?.date
                        )
                    })
            }
            for treaty in sample.treaties { #expect(dates[treaty.opened.treaty] == .some(treaty.entryIntoForce)) }
            // A second time, every number is taken, and nothing is entered.
            let size = record.size
            await #expect(throws: Refusal.self) { try await desk.enter(sample, into: record, office: "depositary", author: "node") }
            #expect(record.size == size)
        }
    }

    @Test("The same form sent twice is entered once")
    func replay() async throws {
        try await Self.withRegister { desk, record, _ in
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            _ = try await record.enter(
                Command {
                    try commands.open(.init(opened: Self.opened, participation: []), exists: false, first: $0.nextIndex, asOf: $0.now.date)
                })
            _ = try await Self.enter(Self.act("FRA", .accession, "2023-05-01"), desk, record, request: "form-1")
            let size = record.size
            let refusal = await #expect(throws: Refusal.self) {
                try await Self.enter(Self.act("KEN", .accession, "2023-05-01"), desk, record, request: "form-1")
            }
            #expect(refusal?.code == "record.replayed")
            #expect(record.size == size)
        }
    }
}
