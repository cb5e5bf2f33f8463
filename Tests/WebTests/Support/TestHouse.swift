import Acts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Record
import Synchronization
import TestSupport
import Testing

@testable import Web

/// A house over a real record in a temporary folder, with a clock that the test sets.
final class TestHouse: Sendable {
    let folder: URL
    let record: Record
    let house: House
    let log: KeptLog
    private let time: Mutex<Moment>

    init(origin: String = "http://localhost", start: String = "2026-11-22T12:00:00.000Z") throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = TestClock(try #require(Moment(start)))
        let log = KeptLog()
        let logger = Logger(label: "test") { _ in log }
        let desks: [any Desk] = [NoteDesk()]
        let record = try Record.open(
            RecordConfiguration(
                folder: folder.path(percentEncoded: false), origin: "notes.example/record", clock: { clock.now }, logger: logger),
            views: House.views(of: desks))
        house = try House(
            configuration: HouseConfiguration(
                origin: try #require(WebOrigin(origin)), otherHosts: ["other.example"], dataFolder: folder, name: ["en": "The Node"],
                securityContact: "mailto:security@notes.example"),
            record: record, desks: desks, logger: logger, now: { clock.now })
        self.folder = folder
        self.record = record
        self.log = log
        self.clock = clock
        time = Mutex(clock.now)
    }

    let clock: TestClock

    deinit {
        try? record.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a test against the routes, without a network.
    func visit<Value: Sendable>(_ test: @escaping @Sendable (Visitor) async throws -> Value) async throws -> Value {
        let application = Application(router: house.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await application.test(.router) { try await test(Visitor(client: $0)) }
    }

    /// Enters remarks, by the node itself.
    @discardableResult
    func remark(_ texts: String..., dossier: String? = nil, marking: Marking = .public) async throws -> [Entry] {
        try await record.enter(
            Command(texts.map { ActDraft(Remark(text: $0), dossier: dossier, office: "depositary", author: "node", marking: marking) }))
    }

    /// Establishes the first office and gives its officer a session.
    func officer() throws -> Person {
        let people = try Identity.people(in: record)
        return try #require(people.first { $0.holds(.administrator) })
    }

    func cookie(for person: Person) -> String {
        let header = house.identity.cookie(for: person.id)
        return String(header.prefix { $0 != ";" })
    }
}

final class TestClock: Sendable {
    private let time: Mutex<Moment>

    init(_ start: Moment) { time = Mutex(start) }

    var now: Moment { time.withLock { $0 } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1000) } }
}
