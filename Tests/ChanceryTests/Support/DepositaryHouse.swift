import Acts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Mail
import NIOCore
import Record
import Synchronization
import Testing

import class Record.Record

@testable import Treaties
@testable import Web

/// A house with the treaty desk over a real record, one treaty in it, a clock that the test sets, and mail that goes where the test says.
final class DepositaryHouse: Sendable {
    static let treaty = "XXVII-99"

    let folder: URL
    let record: Record
    let house: House
    let desk: TreatyDesk
    let clock: TestTime

    init(sender: (any MailSender)? = nil, folder: URL? = nil) async throws {
        let folder = folder ?? FileManager.default.temporaryDirectory.appending(path: "chancery-depositary-\(UUID().uuidString)")
        let clock = TestTime()
        let desk = try TreatyDesk(depositary: .standard, sender: sender)
        let desks: [any Desk] = [desk]
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let record = try Record.open(
            RecordConfiguration(
                folder: folder.path(percentEncoded: false), origin: "test.example/record", clock: { clock.now }, logger: logger),
            views: House.views(of: desks))
        house = try House(
            configuration: HouseConfiguration(
                origin: try #require(WebOrigin("http://localhost")), dataFolder: folder, name: ["en": "The Node"]),
            record: record, desks: desks, logger: logger, now: { clock.now })
        self.folder = folder
        self.record = record
        self.desk = desk
        self.clock = clock
        guard try await desk.isEmpty(record) else { return }
        _ = try await Identity.bootstrap(record, personName: "Depositary officer")
        let opened = TreatyOpened(
            treaty: Self.treaty, titles: ["en": "Convention on Rivers", "fr": "Convention sur les fleuves"], chapter: "XXVII",
            chapterNames: ["en": "Environment"], adoptedAt: "Nairobi", adoptedOn: CalendarDate("2020-01-10"),
            article: "Art. 9: on the 30th day after the 2nd instrument",
            clause: ["condition": ["count": 2], "delay": ["unit": "days", "count": 30], "later": ["unit": "days", "count": 30]])
        let acts = [("FRA", "2023-05-01"), ("KEN", "2024-02-20")].map { actor, date in
            TreatyParticipation(treaty: Self.treaty, actor: ActorCode(rawValue: actor)!, action: .accession, date: CalendarDate(date)!)
        }
        let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
        _ = try await record.enter(
            Command {
                try commands.open(
                    .init(opened: opened, participation: acts, entryIntoForce: CalendarDate("2024-03-21")), exists: false,
                    first: $0.nextIndex,
                    asOf: $0.now.date)
            })
    }

    deinit {
        try? record.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a test against the routes, as the officer, without a network.
    func visit<Value: Sendable>(_ test: @escaping @Sendable (DepositaryVisitor) async throws -> Value) async throws -> Value {
        let application = Application(router: house.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await application.test(.router) { try await test(self.officer($0)) }
    }

    /// The officer, signed in now: a session does not outlast a clock that is moved on.
    func officer(_ client: any TestClientProtocol) throws -> DepositaryVisitor {
        let officer = try #require(try Identity.people(in: record).first { $0.holds(.depositaryOfficer) })
        return DepositaryVisitor(client: client, cookie: String(house.identity.cookie(for: officer.id).prefix { $0 != ";" }))
    }
}

/// A clock that stands still until it is moved.
final class TestTime: Sendable {
    private let time = Mutex(Moment("2026-11-20T12:00:00.000Z")!)

    var now: Moment { time.withLock { $0 } }

    func move(to text: String) { time.withLock { $0 = Moment(text)! } }
    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1000) } }
}

/// Somebody at a browser who may be the officer or nobody in particular.
struct DepositaryVisitor: Sendable {
    let client: any TestClientProtocol
    let cookie: String

    struct Answer: Sendable {
        let status: Int
        let type: String
        let location: String?
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSON { get throws { try JSONParser.parse(body, limits: .init(bytes: 16 << 20)) } }
    }

    func get(_ path: String, accept: String = "text/html", language: String = "en", anonymous: Bool = false) async throws -> Answer {
        try await send(.get, path, accept: accept, language: language, body: nil, anonymous: anonymous)
    }

    func json(_ path: String, anonymous: Bool = false) async throws -> JSON {
        let answer = try await get(path, accept: "application/json", anonymous: anonymous)
        #expect(answer.status == 200, "\(path): \(answer.text.prefix(300))")
        return try answer.json
    }

    /// Fetches the page, takes its form's token, and sends the fields.
    func post(
        _ path: String, from page: String, form: String, _ fields: [(String, String)], anonymous: Bool = false, accept: String = "text/html"
    ) async throws -> Answer {
        let answer = try await get(page, anonymous: anonymous)
        let text = answer.text
        let start = try #require(text.range(of: "data-test=\"\(form)\""), "no form \(form) on \(page): \(answer.status)")
        let field = try #require(text.range(of: "name=\"request\" value=\"", range: start.upperBound..<text.endIndex))
        let token = String(text[field.upperBound...].prefix { $0 != "\"" })
        return try await send(.post, path, accept: accept, language: "en", body: fields + [("request", token)], anonymous: anonymous)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, accept: String, language: String, body: [(String, String)]?, anonymous: Bool
    ) async throws -> Answer {
        var headers: HTTPFields = [.accept: accept, .acceptLanguage: language, .origin: "http://localhost"]
        if !anonymous { headers[.cookie] = cookie }
        var buffer: ByteBuffer?
        if let body {
            headers[.contentType] = "application/x-www-form-urlencoded"
            buffer = ByteBuffer(string: body.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&"))
        }
        return try await client.execute(uri: path, method: method, headers: headers, body: buffer) { response in
            Answer(
                status: response.status.code, type: response.headers[.contentType] ?? "", location: response.headers[.location],
                body: Array(response.body.readableBytesView))
        }
    }
}
