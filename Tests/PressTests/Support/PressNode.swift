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

@testable import Press
@testable import Web

/// Nodes of a test by name, which know each other's offices.
final class PressBook: AddressBook, Sendable {
    private let known = Mutex<[Addressee]>([])
    func add(_ addressee: Addressee) { known.withLock { $0.append(addressee) } }
    func addressees(in database: Database) throws -> [Addressee] { known.withLock { $0 } }
    func log(of node: NodeName, in database: Database) throws -> KnownLog? { nil }
}

/// A clock that stands still until it is moved.
final class MovedClock: Sendable {
    private let time = Mutex(Moment("2026-11-20T12:00:00.000Z")!)
    var now: Moment { time.withLock { $0 } }
    func advance(minutes: Int64) { time.withLock { $0 = $0.adding(milliseconds: minutes * 60_000) } }
}

/// A ministry's node with a real record: the press office, the legal office and its people, and the press desk.
final class PressNode: Sendable {
    let folder: URL
    let record: Record
    let house: House
    let clock: MovedClock
    let log = KeptLog()
    let logger: Logger
    let name: NodeName
    let desk: PressDesk

    static let drafter = "p-drafter"
    static let secondDrafter = "p-second-drafter"
    static let approver = "p-approver"
    static let secondApprover = "p-second-approver"
    static let lawyer = "p-lawyer"
    static let stranger = "p-stranger"

    /// - Parameter book: the offices of nodes that make statements together.
    init(
        host: String = "mfa.example", book: PressBook = PressBook(), clock: MovedClock = MovedClock(), languages: [String] = ["en", "fr"],
        clearances: [PressClearance] = [PressClearance(step: "legal", office: "legal")]
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chancery-press-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.clock = clock
        name = try #require(NodeName(host))
        let log = log
        logger = Logger(label: "test") { _ in log }
        desk = PressDesk(node: name, book: book)
        record = try Record.open(
            RecordConfiguration(
                folder: folder.path(percentEncoded: false), origin: "\(host)/record", clock: { clock.now }, logger: logger),
            views: House.views(of: [desk]))
        house = try House(
            configuration: HouseConfiguration(
                origin: try #require(WebOrigin("http://\(host)")), otherHosts: ["localhost"], dataFolder: folder,
                name: ["en": "Ministry"]),
            record: record, desks: [desk], logger: logger, now: { clock.now })
        let internally = Marking.restricted(.init(audience: [], label: "internal"))
        func person(_ id: String, _ office: String, _ roles: [Role]) -> ActDraft {
            ActDraft(
                PersonAppointed(person: id, name: "Name of \(id)", office: office, roles: roles), office: office, author: "node",
                marking: internally)
        }
        book.add(Addressee(node: name, nodeTitle: ["en": host], office: "press", officeName: ["en": "Press office"], keys: []))
        _ = try await record.enter(
            Command([
                ActDraft(
                    OfficeEstablished(office: "press", name: ["en": "Press office", "fr": "Service de presse"]), office: "press",
                    author: "node"),
                ActDraft(OfficeEstablished(office: "legal", name: ["en": "Legal office"]), office: "legal", author: "node"),
                ActDraft(OfficeEstablished(office: "consular", name: ["en": "Consular office"]), office: "consular", author: "node"),
                person(Self.drafter, "press", [.pressOfficer]), person(Self.secondDrafter, "press", [.pressOfficer, .approver]),
                person(Self.approver, "press", [.approver]), person(Self.secondApprover, "press", [.approver]),
                person(Self.lawyer, "legal", [.approver]), person(Self.stranger, "consular", [.approver, .pressOfficer]),
                ActDraft(
                    PressOfficeSet(
                        office: "press", holder: ["en": "A. Mensah, Minister"], languages: languages, clearances: clearances),
                    office: "press", author: "node", marking: internally),
            ]))
    }

    deinit {
        try? record.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// What a node would do over the network: the act as it stands in one record is entered as received in the other.
    @discardableResult
    func receive(_ entry: Entry, from other: PressNode, claiming node: NodeName? = nil) async throws -> Entry {
        guard case .present(let sealed) = entry.content else { throw PressCommands.unknown }
        let json: JSON = [
            "node": .string((node ?? other.name).description), "origin": .string(other.record.origin), "index": .integer(entry.index),
            "leaf": .string(Acts.Base64.encode(entry.leaf)), "payload": .string(Acts.Base64.encode(sealed.bytes)),
            "salt": .string(Acts.Base64.encode(sealed.salt)), "proof": "",
        ]
        let draft = ActDraft(
            kind: try #require(ActKind("exchange.received@1")), payload: SealedPayload(json), office: "node", author: "node",
            marking: .restricted(.init(audience: ["press"], label: "internal")))
        return try #require(try await record.enter(Command([draft])).first)
    }

    func last(_ kind: ActKind) throws -> Entry {
        try #require(try record.entries(from: 0, limit: 4_096).last { $0.kind == kind })
    }

    /// One look of the service that releases joint statements; what this node has released since.
    func lookAfterJoints() async throws -> [StatementReleased] {
        let access = house.access
        try await JointWatch(
            record: record, node: name,
            officeName: { office, database in try access.offices(in: database).first { $0.id == office }?.names ?? [:] }, logger: logger,
            now: { [clock] in clock.now }
        ).pass()
        return try record.entries(from: 0, limit: 4_096).filter { $0.kind == StatementReleased.kind }.compactMap {
            try $0.payload(as: StatementReleased.self)
        }
    }

    /// Somebody at the routes, without a network; `nil`: the public.
    func visit<Value: Sendable>(_ person: String?, _ test: @escaping @Sendable (PressVisitor) async throws -> Value) async throws -> Value {
        let application = Application(router: house.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let cookie = person.map { String(house.identity.cookie(for: $0).prefix { $0 != ";" }) }
        return try await application.test(.router) { try await test(PressVisitor(client: $0, cookie: cookie)) }
    }

    static let fields: [(String, String)] = [
        ("office", "press"), ("form", "statement"), ("label", "TLP:CLEAR"), ("authoritative", "en"), ("language", "en"),
        ("language", "fr"), ("title.en", "On the ceasefire"),
        ("body.en", "The Government welcomes the ceasefire agreed today.\n\nIt calls on all parties to respect it in full."),
        ("title.fr", "Sur le cessez-le-feu"),
        (
            "body.fr",
            "Le Gouvernement se félicite du cessez-le-feu convenu ce jour.\n\nIl appelle toutes les parties à le respecter pleinement."
        ),
    ]

    /// Drafts by the form; the draft's address.
    func drafted(_ changes: [(String, String)] = [], by person: String = PressNode.drafter, from page: String = "/press/new") async throws
        -> String
    {
        let changed = Set(changes.map(\.0))
        let fields = Self.fields.filter { !changed.contains($0.0) } + changes
        return try await visit(person) { visitor in
            let answer = try await visitor.submit(page, to: page.prefix { $0 != "?" }.description, fields)
            #expect(answer.status == 303, "\(answer.text)")
            return try #require(answer.location)
        }
    }

    func act(_ person: String, _ draft: String, _ what: String, _ fields: [(String, String)] = []) async throws -> PressVisitor.Answer {
        let entry = try #require(draft.split(separator: "/").last.flatMap { Int64($0) })
        let version = try #require(try await record.read { try PressQueries(database: $0).draft(entry) }).version
        return try await visit(person) { try await $0.submit(draft, to: "\(draft)/\(what)", [("version", String(version))] + fields) }
    }

    /// Drafts, clears and approves; the address of the statement.
    func released(_ changes: [(String, String)] = [], from page: String = "/press/new") async throws -> String {
        let draft = try await drafted(changes, from: page)
        #expect(try await act(Self.lawyer, draft, "clear", [("step", "legal")]).status == 303)
        let answer = try await act(Self.approver, draft, "approve", [("hour", "now")])
        #expect(answer.status == 303, "\(answer.text)")
        return try #require(answer.location)
    }

    func json(_ path: String) async throws -> JSON {
        try await visit(nil) { visitor in
            let answer = try await visitor.get(path, accept: "application/json")
            #expect(answer.status == 200, "\(path): \(answer.text)")
            return try JSONParser.parse(answer.body)
        }
    }
}

/// Somebody at a browser.
struct PressVisitor: Sendable {
    let client: any TestClientProtocol
    let cookie: String?

    struct Answer: Sendable {
        let status: Int
        let location: String?
        let type: String?
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func get(_ path: String, accept: String = "text/html") async throws -> Answer {
        try await send(.get, path, [.accept: accept], nil)
    }

    /// Fetches the page, takes its form's token, and sends the fields.
    func submit(_ page: String, to action: String, _ fields: [(String, String)]) async throws -> Answer {
        let shown = try await get(page)
        #expect(shown.status == 200, "\(page): \(shown.status)")
        let mark = try #require(shown.text.range(of: "name=\"request\" value=\""))
        let token = String(shown.text[mark.upperBound...].prefix { $0 != "\"" })
        return try await post(action, [("request", token)] + fields)
    }

    func post(_ action: String, _ fields: [(String, String)], accept: String = "text/html") async throws -> Answer {
        let body = fields.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return try await send(
            .post, action, [.contentType: "application/x-www-form-urlencoded", .accept: accept], Array(body.utf8))
    }

    func post(_ action: String, json: JSON) async throws -> Answer {
        try await send(.post, action, [.contentType: "application/json", .accept: "application/json"], json.canonicalBytes)
    }

    func upload(_ page: String, to action: String, _ fields: [(String, String)], file: (String, String, [UInt8])) async throws -> Answer {
        let shown = try await get(page)
        var all = fields
        if let mark = shown.text.range(of: "name=\"request\" value=\"") {
            all.insert(("request", String(shown.text[mark.upperBound...].prefix { $0 != "\"" })), at: 0)
        }
        var body: [UInt8] = []
        for (name, value) in all {
            body += Array("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.0)\"\r\nContent-Type: \(file.1)\r\n\r\n"
        body += Array(head.utf8) + file.2 + Array("\r\n--edge--\r\n".utf8)
        return try await send(.post, action, [.contentType: "multipart/form-data; boundary=edge"], body)
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]?) async throws -> Answer {
        var headers = headers
        if let cookie { headers[.cookie] = cookie }
        if method == .post, let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = "same-origin" }
        return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }) {
            Answer(
                status: Int($0.status.code), location: $0.headers[.location], type: $0.headers[.contentType],
                body: Array($0.body.readableBytesView))
        }
    }
}
