import Acts
import Foundation
import Logging
import Record
import Synchronization
import Testing

import class Record.Record

@testable import Conferences

@Suite("Silences in the record")
struct SilenceWatchTests {
    /// A clock that stands still until it is moved.
    private final class Clock: Sendable {
        private let moment = Mutex(Moment(milliseconds: 1_795_687_200_000))
        var now: Moment { moment.withLock { $0 } }
        func pass(hours: Int64) { moment.withLock { $0 = $0.adding(milliseconds: hours * 3_600_000) } }
    }

    private func enter(_ payload: some Payload, _ record: Record) async throws {
        let commands = ConferenceCommands(office: "secretariat", author: "officer", form: nil)
        _ = try await record.enter(Command { _ in [commands.draft(payload, in: "c")] })
    }

    private func begun(_ name: String, _ deadline: Moment) -> ConferenceSilenceBegun {
        ConferenceSilenceBegun(
            conference: "c", body: "plenary", silence: name, concerns: "A/CONF.9/L.1", paragraphs: ["OP1", "OP2"], deadline: deadline,
            zone: "Africa/Nairobi", isSecret: false, isPartial: true)
    }

    @Test("When its deadline has passed, the record says once how a silence ended: adopted, or adopted but for what was objected to")
    func ends() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-silences-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = Clock()
        let states = RoomStates(procedures: try ShippedProcedures.load())
        let record = try Record.open(
            RecordConfiguration(folder: folder.path(percentEncoded: false), origin: "test.example/record", clock: { clock.now }),
            views: try ConferenceDesk().views)
        let day = try #require(CalendarDate("2026-11-01"))
        try await enter(
            ConferenceConvened(
                conference: "c", symbol: "A/CONF.9", title: ["en": "C"], place: "Geneva", opens: day, zone: "Europe/Zurich",
                procedure: "general-assembly", languages: ["en"]), record)
        try await enter(
            ConferenceBodyEstablished(conference: "c", body: "plenary", form: .plenary, name: ["en": "Plenary"]), record)
        let deadline = clock.now.adding(milliseconds: 72 * 3_600_000)
        for name in ["s1", "s2", "s3"] { try await enter(begun(name, deadline), record) }
        try await enter(
            ConferenceSilenceBroken(conference: "c", body: "plenary", silence: "s2", actor: Room.code("FRA"), paragraphs: ["OP2"]), record)
        try await enter(
            ConferenceSilenceExtended(
                conference: "c", body: "plenary", silence: "s3", deadline: deadline.adding(milliseconds: 3_600_000), zone: "UTC"), record)
        let watch = SilenceWatch(record: record, states: states, logger: Logger(label: "test"), now: { clock.now })
        #expect(try await watch.pass() == 0)
        clock.pass(hours: 72)
        // The very deadline is still in time.
        #expect(try await watch.pass() == 0)
        clock.pass(hours: 1)
        #expect(try await watch.pass() == 2)
        #expect(try await watch.pass() == 0)
        clock.pass(hours: 1)
        #expect(try await watch.pass() == 1)
        let silences = try await record.read { try SilenceQueries(database: $0).silences(of: "c") }
        #expect(silences.map { $0.silence.begun.silence } == ["s3", "s2", "s1"])
        #expect(silences.map { $0.silence.ended?.outcome } == [.adopted, .partlyAdopted, .adopted])
        #expect(silences[1].silence.ended?.open == ["OP2"])
        #expect(silences.allSatisfy { $0.silence.ended?.rule == "GA decision 74/544" })
        try record.close()
    }

    @Test("An hour is shown as the clocks of its zone show it")
    func clock() throws {
        let moment = try #require(Moment("2026-03-09T22:05:00.000Z"))
        #expect(Silence.clock(moment, zone: "America/New_York") == "2026-03-09 18:05 (America/New_York)")
        #expect(Silence.clock(moment, zone: "nowhere") == "2026-03-09 22:05 (UTC)")
    }
}
