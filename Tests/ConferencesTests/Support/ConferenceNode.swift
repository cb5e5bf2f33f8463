import Acts
import Federation
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Record
import Synchronization
import TestSupport
import Testing

import class Record.Record

@testable import Conferences
@testable import Web

/// A node with a real record and a conference of four States, whose clock the test moves. Each State's delegate is `d-CODE`, and
/// `c-FRA` instructs from Paris; `secretary` serves the conference, and `operator` administers the node.
final class ConferenceNode: Sendable {
    let folder: URL
    let record: Record
    let house: House
    let desk: ConferenceDesk
    let log = KeptLog()

    static let states = ["FRA", "KEN", "CHL", "IDN"]

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chancery-space-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "data"), withIntermediateDirectories: true)
        desk = try ConferenceDesk(
            node: NodeName("conf.example.org"), ring: OfficeKeyring(folder: folder.appending(path: "keys")))
        let log = log
        let logger = Logger(label: "test") { _ in log }
        let data = folder.appending(path: "data")
        let clock = Clock()
        record = try Record.open(
            RecordConfiguration(
                folder: data.path(percentEncoded: false), origin: "conf.example.org/record", clock: { clock.now }, logger: logger),
            views: House.views(of: [desk]))
        house = try House(
            configuration: HouseConfiguration(
                origin: try #require(WebOrigin("http://conf.example.org")), otherHosts: ["localhost"], dataFolder: data,
                name: ["en": "Conference"]),
            record: record, desks: [desk], logger: logger, now: { clock.now })
        self.clock = clock
        try await establish()
    }

    let clock: Clock

    deinit {
        try? record.close()
        try? FileManager.default.removeItem(at: folder)
    }

    final class Clock: Sendable {
        private let time = Mutex(Moment(milliseconds: 1_795_687_200_000))
        var now: Moment { time.withLock { $0 } }
        func advance(minutes: Int64) { time.withLock { $0 = $0.adding(milliseconds: minutes * 60_000) } }
    }

    static func code(_ text: String) throws -> ActorCode { try #require(ActorCode(rawValue: text)) }

    private func establish() async throws {
        var drafts: [ActDraft] = []
        func appoint(_ person: String, _ office: String, _ roles: [Role]) {
            drafts.append(
                ActDraft(
                    PersonAppointed(person: person, name: "Person \(person)", office: office, roles: roles), office: office, author: "node",
                    marking: .restricted(.init(audience: [], label: "internal"))))
        }
        drafts.append(
            ActDraft(OfficeEstablished(office: "secretariat", name: ["en": "Secretariat"]), office: "secretariat", author: "node"))
        appoint("secretary", "secretariat", [.conferenceOfficer])
        appoint("operator", "secretariat", [.administrator])
        for state in Self.states {
            let office = "mission-\(state.lowercased())"
            drafts.append(
                ActDraft(
                    OfficeEstablished(office: office, name: ["en": "Mission of \(state)"], actor: try Self.code(state)), office: office,
                    author: "node"))
            appoint("d-\(state)", office, [.delegate])
        }
        appoint("c-FRA", "mission-fra", [.capital])
        _ = try await record.enter(Command(drafts))
        try await enter(
            ConferenceConvened(
                conference: "c", symbol: "A/CONF.9", title: ["en": "Conference on the High Seas"], place: "Geneva",
                opens: try #require(CalendarDate("2026-11-01")), zone: "Europe/Zurich", procedure: "general-assembly", languages: ["en"]))
        try await enter(ConferenceBodyEstablished(conference: "c", body: "plenary", form: .plenary, name: ["en": "Plenary"]))
        for state in Self.states {
            try await enter(
                ConferenceDelegationRegistered(
                    conference: "c", actor: try Self.code(state), standing: .participant, office: "mission-\(state.lowercased())",
                    members: [.init(name: "Head", function: "Head of delegation")]))
        }
        try await group(["KEN", "IDN"])
    }

    /// Forms the group `south` of these members, anew where it is there.
    func group(_ members: [String]) async throws {
        try await enter(
            ConferenceGroupFormed(conference: "c", group: "south", name: ["en": "South"], members: try members.map(Self.code)))
    }

    func enter(_ payload: some Payload) async throws {
        _ = try await record.enter(Command([ActDraft(payload, dossier: "conference/c", office: "secretariat", author: "secretary")]))
    }

    func last(_ kind: ActKind) throws -> Entry {
        try #require(try record.entries(from: 0, limit: 4_096).last { $0.kind == kind })
    }

    /// Somebody signed in, at the routes, without a network.
    func visit<Value: Sendable>(_ person: String?, _ test: @escaping @Sendable (Visitor) async throws -> Value) async throws -> Value {
        let application = Application(router: house.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let cookie = person.map { String(house.identity.cookie(for: $0).prefix { $0 != ";" }) }
        return try await application.test(.router) { try await test(Visitor(client: $0, cookie: cookie)) }
    }

    /// Somebody at a browser, or a program.
    struct Visitor: Sendable {
        let client: any TestClientProtocol
        let cookie: String?

        struct Answer: Sendable {
            let status: Int
            let location: String?
            let text: String
            func json() throws -> JSON { try JSONParser.parse(Array(text.utf8)) }
        }

        func get(_ path: String, accept: String = "text/html") async throws -> Answer { try await send(.get, path, [.accept: accept], nil) }

        func json(_ path: String) async throws -> JSON { try await get(path, accept: "application/json").json() }

        /// Fetches the page, takes a form's token, and sends the fields.
        func submit(_ page: String, to action: String, _ fields: [(String, String)]) async throws -> Answer {
            let shown = try await get(page)
            #expect(shown.status == 200, "\(page): \(shown.status)")
            let mark = try #require(shown.text.range(of: "name=\"request\" value=\""))
            let token = String(shown.text[mark.upperBound...].prefix { $0 != "\"" })
            let body = ([("request", token)] + fields).map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
            return try await send(.post, action, [.contentType: "application/x-www-form-urlencoded"], Array(body.utf8))
        }

        private func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]?) async throws -> Answer {
            var headers = headers
            headers[.cookie] = cookie
            if method == .post, let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = "same-origin" }
            return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }) {
                Answer(
                    status: Int($0.status.code), location: $0.headers[.location],
                    text: String(decoding: $0.body.readableBytesView, as: UTF8.self))
            }
        }
    }
}
