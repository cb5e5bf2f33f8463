import Acts
import Foundation
import Logging
import Record
import Synchronization
import Testing

import class Record.Record

@testable import Treaties

/// Deadlines follow from the register, pass on their day, and are said to have passed once, however often the node is started.
struct DeadlineTests {
    private static let opened = TreatyOpened(
        treaty: "XXVII-99", titles: ["en": "A convention"], chapter: "XXVII", chapterNames: ["en": "Environment"],
        adoptedOn: CalendarDate("2020-01-10"), openForSignature: CalendarDate("2020-02-01"),
        closedForSignature: CalendarDate("2024-03-10"), article: "Art. 9",
        clause: ["condition": ["count": 2], "delay": ["unit": "days", "count": 30], "later": ["unit": "days", "count": 30]])

    private static func withTreaty(
        _ acts: [TreatyParticipation], _ body: (TreatyDesk, Record, TreatyViewTests.Clock) async throws -> Void
    ) async throws {
        try await TreatyViewTests.withRegister { desk, record, clock in
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            _ = try await record.enter(
                Command {
                    try commands.open(
                        .init(opened: opened, participation: acts), exists: false, first: $0.nextIndex, asOf: $0.now.date)
                })
            try await body(desk, record, clock)
        }
    }

    private static func record(_ act: TreatyParticipation, _ desk: TreatyDesk, _ record: Record) async throws -> Int64 {
        let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "officer")
        return try await record.enter(
            Command { context in
                let file = try #require(try TreatyQueries(database: context.database).file(of: act.treaty))
                return try commands.record(
                    act, in: file, inForce: [:], next: context.nextIndex, today: context.now.date, request: nil)
            })[0].index
    }

    private static func deadlines(_ desk: TreatyDesk, _ record: Record) async throws -> [TreatyDeadline] {
        let rule = StandingRule(actors: desk.actors)
        return try await record.read { try DeadlineQueries(database: $0, rule: rule).deadlines(of: "XXVII-99") }
    }

    private static func watch(_ desk: TreatyDesk, _ record: Record, _ clock: TreatyViewTests.Clock) -> DeadlineWatch {
        DeadlineWatch(desk: desk, record: record, logger: Logger(label: "test"), now: { clock.now })
    }

    @Test("What lies ahead: the last day for signature, entry into force, a later joiner's day, a withdrawal's")
    func ahead() async throws {
        try await Self.withTreaty([TreatyViewTests.act("FRA", .accession, "2023-05-01")]) { desk, record, clock in
            #expect(try await Self.deadlines(desk, record).map(\.kind) == [.signatureCloses])
            _ = try await Self.record(TreatyViewTests.act("KEN", .accession, "2024-02-20"), desk, record)
            let later = try await Self.record(TreatyViewTests.act("BRA", .accession, "2024-03-01"), desk, record)
            clock.move(to: "2024-03-02T08:00:00.000Z")
            var leaving = TreatyViewTests.act("FRA", .withdrawal, "2024-03-02")
            leaving.takesEffect = CalendarDate("2025-03-02")
            let notice = try await Self.record(leaving, desk, record)
            let found = try await Self.deadlines(desk, record)
            #expect(found.map(\.kind) == [.signatureCloses, .entersIntoForce, .entersIntoForceFor, .withdrawalTakesEffect])
            #expect(found.map(\.day.description) == ["2024-03-10", "2024-03-21", "2024-03-31", "2025-03-02"])
            #expect(found.map(\.entry) == [nil, nil, later, notice])
            #expect(found.map(\.id)[2] == "XXVII-99/enters-into-force-for/\(later)")
        }
    }

    @Test("What was past when the depositary learnt of it was never a deadline: a register entered today fires nothing")
    func history() async throws {
        try await TreatyViewTests.withRegister { desk, record, clock in
            clock.move(to: "2026-11-25T12:00:00.000Z")
            _ = try await desk.enter(try SampleRegister.shipped(), into: record, office: "depositary", author: "node")
            let size = record.size
            #expect(try await Self.watch(desk, record, clock).pass().isEmpty)
            #expect(record.size == size)
        }
    }

    @Test("A deadline passes on its day and not before, and is entered once over restarts")
    func once() async throws {
        let acts = [TreatyViewTests.act("FRA", .accession, "2023-05-01")]
        try await Self.withTreaty(acts) { desk, record, clock in
            let watch = Self.watch(desk, record, clock)
            let entry = try await Self.record(TreatyViewTests.act("KEN", .accession, "2024-02-20"), desk, record)
            #expect(try await watch.pass().isEmpty)
            // The last day for signature is still a day for signature.
            clock.move(to: "2024-03-10T23:59:59.000Z")
            #expect(try await watch.pass().isEmpty)
            clock.move(to: "2024-03-11T00:00:01.000Z")
            let closing = try await watch.pass()
            #expect(try closing.map { try $0.payload(as: TreatyDeadlinePassed.self)?.period } == ["signature-closes"])
            #expect(closing.first?.statement.effective == CalendarDate("2024-03-11"))
            #expect(try await watch.pass().isEmpty)
            // The node was off for a year: what became due meanwhile is said at once, each once, by a new watch over the same record.
            clock.move(to: "2025-03-11T00:00:01.000Z")
            let again = Self.watch(try TreatyDesk(), record, clock)
            let passed = try await again.pass()
            #expect(try passed.map { try $0.payload(as: TreatyDeadlinePassed.self)?.period } == ["enters-into-force"])
            #expect(try await Self.watch(try TreatyDesk(), record, clock).pass().isEmpty)
            try await record.rebuildViews()
            #expect(try await Self.watch(try TreatyDesk(), record, clock).pass().isEmpty)
            #expect(entry > 0)
        }
    }

    @Test("A withdrawal revoked in time takes no effect, and nothing passes")
    func revoked() async throws {
        let acts = [TreatyViewTests.act("FRA", .accession, "2023-05-01"), TreatyViewTests.act("KEN", .accession, "2023-06-01")]
        try await Self.withTreaty(acts) { desk, record, clock in
            var leaving = TreatyViewTests.act("FRA", .withdrawal, "2024-03-01")
            leaving.takesEffect = CalendarDate("2025-03-01")
            _ = try await Self.record(leaving, desk, record)
            #expect(try await Self.deadlines(desk, record).contains { $0.kind == .withdrawalTakesEffect })
            clock.move(to: "2024-05-01T12:00:00.000Z")
            _ = try await Self.record(TreatyViewTests.act("FRA", .withdrawalRevocation, "2024-05-01"), desk, record)
            clock.move(to: "2025-06-01T12:00:00.000Z")
            let passed = try await Self.watch(desk, record, clock).pass()
            #expect(try passed.compactMap { try $0.payload(as: TreatyDeadlinePassed.self)?.period } == ["signature-closes"])
        }
    }

    @Test("The service fires as days go by, and ends when it is told to")
    func service() async throws {
        try await Self.withTreaty([TreatyViewTests.act("FRA", .accession, "2023-05-01")]) { desk, record, clock in
            let days = Mutex(["2024-03-10T12:00:00.000Z", "2024-03-11T12:00:00.000Z", "2024-03-12T12:00:00.000Z"])
            let watch = DeadlineWatch(
                desk: desk, record: record, logger: Logger(label: "test"), now: { clock.now },
                pause: { _ in
                    guard let next = days.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { throw CancellationError() }
                    clock.move(to: next)
                })
            try await watch.run()
            let rule = StandingRule(actors: desk.actors)
            let passed = try await record.read { try DeadlineQueries(database: $0, rule: rule).passed() }
            #expect(passed.map(\.deadline.kind) == [.signatureCloses])
            #expect(passed.first?.deadline.day == CalendarDate("2024-03-10"))
        }
    }

    @Test("A deadline's act is read back as it was written, and nothing else is")
    func payload() throws {
        let passed = TreatyDeadlinePassed(
            treaty: "IV-4", deadline: "IV-4/reservation-accepted/12", period: "reservation-accepted", day: CalendarDate("2026-01-17")!,
            actors: [ActorCode(rawValue: "FRA")!], subject: "12", rule: "VCLT art. 20(5)")
        #expect(try TreatyDeadlinePassed(json: passed.json) == passed)
        var object = try #require(passed.json.object)
        object["more"] = "x"
        #expect(throws: MalformedAct.self) { try TreatyDeadlinePassed(json: .object(object)) }
    }
}
