import Acts
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import NIOCore
import Synchronization

@testable import Federation
@testable import Outbound

/// A log in memory, signed with a key of its own, that can be served as a node serves its record, and can lie.
struct TestLog: Sendable {
    static let name = "peer.example/record"
    static let seed = [UInt8](repeating: 7, count: 32)

    struct Line: Sendable {
        let leaf: [UInt8]
        let payload: SealedPayload
        let isPublic: Bool
    }

    var lines: [Line] = []

    /// - Parameter text: what entry 5 says: two texts make two histories.
    init(_ count: Int, text: String = "as it was") {
        append(count, text: text)
    }

    mutating func append(_ count: Int, text: String = "as it was") {
        for number in lines.count..<(lines.count + count) {
            let marking: Marking = number % 10 == 9 ? .restricted(.init(audience: ["treaties"], label: "internal")) : .public
            append(Remark(text: number == 5 ? text : "remark \(number)"), marking: marking, dossier: "treaties/\(number % 3)")
        }
    }

    mutating func append(_ content: some Payload, marking: Marking = .public, dossier: String? = nil) {
        // The same salts in every log, so that only what is meant to differ does.
        let payload = SealedPayload(
            salt: Array(SHA256.hash(data: Array("salt \(lines.count)".utf8))), bytes: content.json.canonicalBytes)
        let draft = ActDraft(
            kind: type(of: content).kind, payload: payload, dossier: dossier, office: "treaties", author: "node", marking: marking)
        let header = EntryHeader(statement: draft.statement, received: Moment(milliseconds: 1_700_000_000_000 + Int64(lines.count)))
        lines.append(Line(leaf: header.canonicalBytes, payload: payload, isPublic: marking == .public))
    }

    static func signer(_ seed: [UInt8] = seed) throws -> Ed25519NoteSigner {
        try Ed25519NoteSigner(name: KeyName(name), seed: seed)
    }

    func root(_ size: Int) -> Hash {
        var frontier = TreeFrontier()
        frontier.append(Hash.leaves(lines.prefix(size).map(\.leaf)))
        return frontier.root
    }

    func checkpoint(_ size: Int? = nil, root: Hash? = nil, claims: UInt64? = nil, seed: [UInt8] = seed) throws -> [UInt8] {
        let size = size ?? lines.count
        let checkpoint = try Checkpoint(origin: TestLog.name, size: claims ?? UInt64(size), root: root ?? self.root(size))
        return try SignedCheckpoint(checkpoint, signers: [TestLog.signer(seed)]).note.bytes
    }

    /// What an honest node answers at a path under `/record/`; `nil`: 404.
    func honest(_ path: String) throws -> [UInt8]? {
        if path == "checkpoint" { return try checkpoint() }
        if let bundle = EntryBundleCoordinate(path: path) {
            guard let range = range(bundle) else { return nil }
            return try EntryBundle(lines[range].map(\.leaf)).bytes
        }
        if path.hasPrefix("payloads/"), let bundle = EntryBundleCoordinate(path: "tile/entries/" + path.dropFirst(9)) {
            guard let range = range(bundle) else { return nil }
            var bytes: [UInt8] = []
            for line in lines[range] {
                if line.isPublic {
                    PayloadBundle.append(salt: line.payload.salt, bytes: line.payload.bytes, to: &bytes)
                } else {
                    PayloadBundle.appendAbsent(to: &bytes)
                }
            }
            return bytes
        }
        guard let tile = TileCoordinate(path: path) else { return nil }
        let span = 1 << (8 * tile.level)
        return Hash.bytes(
            of: (0..<tile.width).map { place in
                let first = (Int(tile.index) * 256 + place) * span
                return Hash.root(over: Hash.leaves(lines[first..<(first + span)].map(\.leaf)))
            })
    }

    private func range(_ bundle: EntryBundleCoordinate) -> Range<Int>? {
        let range = Int(bundle.entries.lowerBound)..<Int(bundle.entries.upperBound)
        return range.upperBound <= lines.count ? range : nil
    }
}

/// A node on loopback that serves a log as it is told to.
final class PeerServer: Sendable {
    /// What is answered at a path: status and body, or nothing for ever.
    enum Answer: Sendable {
        case body([UInt8])
        case status(Int)
        case redirect(String)
        case endless
    }

    private struct State {
        var log: TestLog
        var lie: @Sendable (String, TestLog) throws -> Answer?
        var asked: [String] = []
    }

    private let state: Mutex<State>

    init(_ log: TestLog) { state = Mutex(State(log: log, lie: { _, _ in nil })) }

    func set(_ log: TestLog) { state.withLock { $0.log = log } }
    func set(lie: @escaping @Sendable (String, TestLog) throws -> Answer?) { state.withLock { $0.lie = lie } }
    var asked: [String] { state.withLock { $0.asked } }

    private func answer(_ path: String) throws -> Answer {
        let (log, lie) = state.withLock { state in
            state.asked.append(path)
            return (state.log, state.lie)
        }
        if let told = try lie(path, log) { return told }
        return try log.honest(path).map(Answer.body) ?? .status(404)
    }

    /// Serves while the body runs.
    func run<T: Sendable>(_ body: @escaping @Sendable (_ address: String) async throws -> T) async throws -> T {
        let router = Router()
        router.get("/record/**") { request, _ -> Response in
            let path = String(request.uri.path.dropFirst("/record/".count))
            switch try self.answer(path) {
            case .body(let bytes): return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
            case .status(let code): return Response(status: .init(code: code))
            case .redirect(let address): return Response(status: .found, headers: [.location: address])
            case .endless:
                return Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        while !Task.isCancelled { try await writer.write(ByteBuffer(repeating: 0x61, count: 65_536)) }
                    })
            }
        }
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "peer")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in told.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body("http://127.0.0.1:\(port)") }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}
