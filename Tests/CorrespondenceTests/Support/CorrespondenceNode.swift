import Acts
import Federation
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import NIOCore
import Record
import Synchronization
import TestSupport
import Testing

import class Record.Record

@testable import Correspondence
@testable import Web

/// Nodes of a test by name, which know each other's offices.
final class TestBook: AddressBook, Sendable {
    private let known = Mutex<[Addressee]>([])
    func add(_ addressee: Addressee) { known.withLock { $0.append(addressee) } }
    func addressees(in database: Database) throws -> [Addressee] { known.withLock { $0 } }

    private let logs = Mutex<[NodeName: KnownLog]>([:])
    func add(_ log: KnownLog, of node: NodeName) { logs.withLock { $0[node] = log } }
    func log(of node: NodeName, in database: Database) throws -> KnownLog? { logs.withLock { $0[node] } }
}

/// A node with a real record, its people, and the correspondence desk, whose clock the test moves.
final class CorrespondenceNode: Sendable {
    let folder: URL
    let name: NodeName
    let record: Record
    let house: House
    let desk: CorrespondenceDesk
    let book: TestBook
    let log = KeptLog()

    init(_ host: String, book: TestBook) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chancery-notes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "data"), withIntermediateDirectories: true)
        name = try #require(NodeName(host))
        let time = SharedTime()
        desk = CorrespondenceDesk(node: name, ring: OfficeKeyring(folder: folder.appending(path: "keys")), book: book, sender: nil)
        let log = log
        let logger = Logger(label: "test") { _ in log }
        let data = folder.appending(path: "data")
        record = try Record.open(
            RecordConfiguration(
                folder: data.path(percentEncoded: false), origin: "\(host)/record", clock: { time.now }, logger: logger),
            views: House.views(of: [desk]))
        house = try House(
            configuration: HouseConfiguration(
                origin: try #require(WebOrigin("http://\(host)")), otherHosts: ["localhost"], dataFolder: data, name: ["en": host]),
            record: record, desks: [desk], logger: logger, now: { time.now })
        self.book = book
        book.add(
            KnownLog(origin: record.origin, verifiers: try [record.verifierKey, record.mlDSA44VerifierKey].map { try $0.verifier() }),
            of: name)
        clock = time
    }

    let clock: SharedTime

    deinit {
        try? record.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Establishes an office, publishes its key, and appoints a drafter and an approver.
    func establish(_ office: String) async throws -> (drafter: String, approver: String) {
        let (drafter, approver) = ("d-\(office)", "a-\(office)")
        _ = try await record.enter(
            Command([
                ActDraft(OfficeEstablished(office: office, name: ["en": "The \(office)"]), office: office, author: "node"),
                ActDraft(
                    PersonAppointed(person: drafter, name: "D", office: office, roles: [.correspondent]), office: office, author: "node",
                    marking: .restricted(.init(audience: [], label: "internal"))),
                ActDraft(
                    PersonAppointed(person: approver, name: "A", office: office, roles: [.correspondent, .approver]), office: office,
                    author: "node", marking: .restricted(.init(audience: [], label: "internal"))),
            ]))
        book.add(
            Addressee(
                node: name, nodeTitle: ["en": name.description], office: office, officeName: ["en": "The \(office)"],
                keys: [try desk.sealing.ring.publicKey(of: office)]))
        return (drafter, approver)
    }

    /// What a node would do over the network: the act as it stands in one record is entered as received in the other.
    func receive(_ entry: Entry, from other: CorrespondenceNode) async throws -> Entry {
        guard case .present(let sealed) = entry.content else { throw CorrespondenceCommands.unknown }
        let json: JSON = [
            "node": .string(other.name.description), "origin": .string(other.record.origin), "index": .integer(entry.index),
            "leaf": .string(Acts.Base64.encode(entry.leaf)), "payload": .string(Acts.Base64.encode(sealed.bytes)),
            "salt": .string(Acts.Base64.encode(sealed.salt)),
            "proof": .string(String(decoding: try other.record.proof(of: entry.index), as: UTF8.self)),
        ]
        for hash in try sealed.json()["blobs"]?.array ?? [] {
            let text = try #require(hash.string)
            let digest = stride(from: 0, to: 64, by: 2).compactMap { UInt8(text.dropFirst($0).prefix(2), radix: 16) }
            _ = try record.storeBlob(try #require(try other.record.blob(sha256: digest)))
        }
        return try await enter("exchange.received@1", json)
    }

    func enter(_ kind: String, _ json: JSON) async throws -> Entry {
        let draft = ActDraft(
            kind: try #require(ActKind(kind)), payload: SealedPayload(json), office: "node", author: "node",
            marking: .restricted(.init(audience: [], label: "internal")))
        return try #require(try await record.enter(Command([draft])).first)
    }

    func last(_ kind: ActKind) throws -> Entry {
        try #require(try record.entries(from: 0, limit: 4_096).last { $0.kind == kind })
    }

    /// Somebody signed in, at the routes, without a network.
    func visit<Value: Sendable>(_ person: String, _ test: @escaping @Sendable (NoteVisitor) async throws -> Value) async throws -> Value {
        let application = Application(router: house.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let cookie = String(house.identity.cookie(for: person).prefix { $0 != ";" })
        return try await application.test(.router) { try await test(NoteVisitor(client: $0, cookie: cookie)) }
    }
}

/// A clock that stands still until it is moved.
final class SharedTime: Sendable {
    private let time = Mutex(Moment("2026-11-20T12:00:00.000Z")!)
    var now: Moment { time.withLock { $0 } }
    func advance(minutes: Int64) { time.withLock { $0 = $0.adding(milliseconds: minutes * 60_000) } }
}

/// Somebody at a browser.
struct NoteVisitor: Sendable {
    let client: any TestClientProtocol
    let cookie: String

    struct Answer: Sendable {
        let status: Int
        let location: String?
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
        let body = ([("request", token)] + fields).map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return try await send(.post, action, [.contentType: "application/x-www-form-urlencoded"], Array(body.utf8))
    }

    /// The same with a file, as `multipart/form-data`.
    func upload(_ page: String, to action: String, _ fields: [(String, String)], file: (String, [UInt8])) async throws -> Answer {
        let shown = try await get(page)
        let mark = try #require(shown.text.range(of: "name=\"request\" value=\""))
        let token = String(shown.text[mark.upperBound...].prefix { $0 != "\"" })
        var body: [UInt8] = []
        for (name, value) in [("request", token)] + fields {
            body += Array("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            "--edge\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"\(file.0)\"\r\nContent-Type: text/plain\r\n\r\n".utf8
        )
        body += file.1 + Array("\r\n--edge--\r\n".utf8)
        return try await send(.post, action, [.contentType: "multipart/form-data; boundary=edge"], body)
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: [UInt8]?) async throws -> Answer {
        var headers = headers
        headers[.cookie] = cookie
        if method == .post, let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = "same-origin" }
        return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }) {
            Answer(status: Int($0.status.code), location: $0.headers[.location], body: Array($0.body.readableBytesView))
        }
    }
}
