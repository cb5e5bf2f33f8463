import Acts
import Foundation
import Ledger
import TestSupport
import Testing

@testable import Federation
@testable import Outbound

/// Another node's record followed over HTTP: what is kept is what its log signed, and every lie is refused before it is kept.
// Time is no matter of these tests: a busy machine answers late.
@Suite("Following a record", .serialized, .timeLimit(.minutes(20)))
struct FollowingTests {
    private static let node = NodeName("peer.example")!

    private static func follower(_ address: String, _ store: FollowedStore, _ client: NodeClient) throws -> RecordFollower {
        RecordFollower(
            node: node, address: address, origin: TestLog.name, verifiers: [try TestLog.signer().verifierKey.verifier()],
            keys: [try TestLog.signer().verifierKey], client: client, store: store)
    }

    private static func following<T: Sendable>(
        _ server: PeerServer, _ body: @escaping @Sendable (RecordFollower, FollowedStore) async throws -> T
    ) async throws -> T {
        let folder = try TemporaryFolder.made()
        defer { withExtendedLifetime(folder) {} }
        let store = try FollowedStore(path: folder.path + "/followed.sqlite")
        return try await server.run { address in
            let client = NodeClient(allowsPrivateAddresses: true, limit: .seconds(600), now: { .now })
            do {
                let result = try await body(try follower(address, store, client), store)
                await client.close()
                try store.close()
                return result
            } catch {
                await client.close()
                throw error
            }
        }
    }

    @Test(
        "Every size is followed whole, in steps: leaves, payloads, kinds and proofs are the log's own",
        arguments: [1, 255, 256, 257, 700, 1_300])
    func wholeRecord(size: Int) async throws {
        let server = PeerServer(TestLog(size))
        try await Self.following(server) { follower, store in
            var log = TestLog(size)
            for more in [0, 1, 255, 300] {
                log.append(more)
                server.set(log)
                let outcome = try await follower.follow()
                #expect(outcome.log.size == Int64(log.lines.count))
                #expect(try await store.root(of: outcome.log.size, in: outcome.log) == log.root(log.lines.count))
                for place in [0, log.lines.count / 2, log.lines.count - 1] {
                    let line = log.lines[place]
                    let entry = try #require(try await store.entry(Int64(place), of: outcome.log))
                    #expect(entry.leaf == line.leaf)
                    #expect(entry.content == (line.isPublic ? .present(line.payload) : .erased))
                    let proof = try #require(try await store.proof(of: entry, in: outcome.log, extra: nil))
                    try proof.verify(leaf: .leaf(line.leaf), origin: TestLog.name, verifiers: follower.verifiers)
                }
                let listed = try await store.acts(of: outcome.log, .init(dossier: "treaties/1", limit: 10_000, newestFirst: false))
                let expected = log.lines.indices.filter { $0 % 3 == 1 && log.lines[$0].isPublic }.map(Int64.init)
                #expect(listed == expected)
            }
        }
    }

    /// A lie, and the reason for which it is refused.
    struct Lie: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let tell: @Sendable (String, TestLog) throws -> PeerServer.Answer?
        let isRefused: @Sendable (any Error) -> Bool

        init(
            _ description: String, refused: @escaping @Sendable (any Error) -> Bool,
            tell: @escaping @Sendable (String, TestLog) throws -> PeerServer.Answer?
        ) {
            testDescription = description
            isRefused = refused
            self.tell = tell
        }
    }

    private static func failure(_ matches: @escaping @Sendable (FollowingFailure) -> Bool) -> @Sendable (any Error) -> Bool {
        { ($0 as? FollowingFailure).map(matches) ?? false }
    }

    private static func client(_ code: String) -> @Sendable (any Error) -> Bool { { ($0 as? NodeClient.Failure)?.code == code } }

    static let lies: [Lie] = [
        Lie("a checkpoint without a signature", refused: failure { if case .badCheckpoint = $0 { true } else { false } }) { path, log in
            guard path == "checkpoint" else { return nil }
            return .body(
                Array(try log.checkpoint().split(separator: 0x0A, omittingEmptySubsequences: false)[..<4].joined(separator: [0x0A])))
        },
        Lie("a checkpoint signed with another key", refused: failure { if case .badCheckpoint = $0 { true } else { false } }) { path, log in
            path == "checkpoint" ? .body(try log.checkpoint(seed: [UInt8](repeating: 9, count: 32))) : nil
        },
        Lie("what is no checkpoint", refused: failure { if case .badCheckpoint = $0 { true } else { false } }) { path, _ in
            path == "checkpoint" ? .body(Array("<html>".utf8)) : nil
        },
        Lie("a root that the tiles do not lead to", refused: failure { if case .wrongRoot = $0 { true } else { false } }) { path, log in
            path == "checkpoint" ? .body(try log.checkpoint(root: .leaf(Array("other".utf8)))) : nil
        },
        Lie("more entries than there are", refused: failure { if case .answered(_, 404) = $0 { true } else { false } }) { path, log in
            path == "checkpoint" ? .body(try log.checkpoint(claims: UInt64(log.lines.count + 1))) : nil
        },
        Lie("more entries than are followed", refused: failure { if case .tooLarge = $0 { true } else { false } }) { path, log in
            path == "checkpoint" ? .body(try log.checkpoint(claims: 1 << 62)) : nil
        },
        Lie("a gap: a bundle that is not there", refused: failure { $0 == .answered(path: "tile/entries/001", status: 404) }) { path, _ in
            path == "tile/entries/001" ? .status(404) : nil
        },
        Lie("a gap: a bundle without its last entry", refused: failure { if case .badBundle = $0 { true } else { false } }) { path, log in
            path == "tile/entries/001" ? .body(try EntryBundle(log.lines[256..<511].map(\.leaf)).bytes) : nil
        },
        Lie("a bundle cut in the middle of an entry", refused: failure { if case .badBundle = $0 { true } else { false } }) { path, log in
            path == "tile/entries/000" ? .body(Array(try log.honest(path)!.dropLast(3))) : nil
        },
        Lie("another entry than was signed", refused: failure { $0 == .otherEntries(path: "tile/entries/000") }) { path, _ in
            path == "tile/entries/000" ? .body(try TestLog(256, text: "as it never was").honest(path)!) : nil
        },
        Lie("entries in another order", refused: failure { $0 == .otherEntries(path: "tile/entries/000") }) { path, log in
            path == "tile/entries/000" ? .body(try EntryBundle(log.lines[0..<256].reversed().map(\.leaf)).bytes) : nil
        },
        Lie("a hash tile cut short", refused: failure { if case .badTile = $0 { true } else { false } }) { path, log in
            path.hasPrefix("tile/1/") ? .body(Array(try log.honest(path)!.dropLast(1))) : nil
        },
        Lie("a hash tile with another hash", refused: failure { if case .wrongRoot = $0 { true } else { false } }) { path, log in
            guard path.hasPrefix("tile/1/"), var bytes = try log.honest(path) else { return nil }
            bytes[5] ^= 1
            return .body(bytes)
        },
        Lie("a payload that its entry does not commit to", refused: failure { $0 == .otherPayload(entry: 0) }) { path, log in
            guard path == "payloads/000", var bytes = try log.honest(path) else { return nil }
            bytes[40] ^= 1
            return .body(bytes)
        },
        Lie("payloads of fewer entries than there are", refused: failure { if case .badBundle = $0 { true } else { false } }) { path, log in
            guard path == "payloads/000", let bytes = try log.honest("payloads/000.p/255") else { return nil }
            return .body(bytes)
        },
        Lie("a length beyond the end of the payloads", refused: failure { if case .badBundle = $0 { true } else { false } }) { path, _ in
            path == "payloads/000" ? .body([0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3]) : nil
        },
        Lie("an answer that goes on for ever", refused: client("node.too-long")) { path, _ in path == "tile/entries/000" ? .endless : nil },
        Lie("a checkpoint that goes on for ever", refused: client("node.too-long")) { path, _ in path == "checkpoint" ? .endless : nil },
        Lie("a redirect", refused: client("node.redirected")) { path, _ in
            path == "tile/entries/000" ? .redirect("http://127.0.0.1:1/") : nil
        },
    ]

    @Test(
        "Every lie is refused with its reason, keeps nothing that was not proved, and is forgotten once the peer tells the truth",
        arguments: lies)
    func lie(_ lie: Lie) async throws {
        let server = PeerServer(TestLog(700))
        server.set(lie: lie.tell)
        try await Self.following(server) { follower, store in
            do {
                _ = try await follower.follow()
                Issue.record("it was believed")
            } catch {
                #expect(lie.isRefused(error), "\(error)")
            }
            let kept = try await store.log(of: Self.node) ?? FollowedStore.Log(id: 0, node: Self.node, origin: "", size: 0)
            #expect(kept.complete == nil)
            if kept.size > 0 {
                #expect(try await store.root(of: kept.size, in: kept) == TestLog(700).root(Int(kept.size)))
            }
            server.set { _, _ in nil }
            #expect(try await follower.follow().log.size == 700)
        }
    }

    @Test("A log that shows fewer entries than before is refused, and what was kept stays")
    func shrinking() async throws {
        let server = PeerServer(TestLog(700))
        try await Self.following(server) { follower, store in
            _ = try await follower.follow()
            server.set(TestLog(600))
            await #expect(throws: FollowingFailure.shrunk(shown: 600, known: 700)) { try await follower.follow() }
            #expect(try await store.log(of: Self.node)?.size == 700)
        }
    }

    @Test(
        "Two histories of one log are found out, at any size, with both signed checkpoints as evidence", arguments: [600, 700, 701, 1_100])
    func twoHistories(size: Int) async throws {
        let server = PeerServer(TestLog(700))
        try await Self.following(server) { follower, store in
            _ = try await follower.follow()
            server.set(TestLog(size, text: "as it never was"))
            do {
                _ = try await follower.follow()
                Issue.record("the second history was believed")
            } catch let contradiction as RecordFollower.Contradiction {
                #expect(contradiction.known.checkpoint.root == TestLog(700).root(700))
                #expect(contradiction.found.checkpoint.root == TestLog(size, text: "as it never was").root(size))
            }
            let kept = try #require(try await store.log(of: Self.node))
            #expect(try await store.root(of: 700, in: kept) == TestLog(700).root(700))
        }
    }

    @Test("A history that differs within the bundle that was kept in part is found out too")
    func twoHistoriesInTheLastBundle() async throws {
        let server = PeerServer(TestLog(200))
        try await Self.following(server) { follower, _ in
            _ = try await follower.follow()
            server.set(TestLog(230, text: "as it never was"))
            await #expect(throws: RecordFollower.Contradiction.self) { try await follower.follow() }
        }
    }

    @Test("What was kept before an interruption is not asked for again")
    func resumes() async throws {
        let size = RecordFollower.batch * 256 * 4 + 100
        let server = PeerServer(TestLog(size))
        let last = "tile/entries/\(String(format: "%03d", RecordFollower.batch * 4 - 1))"
        server.set { path, _ in path == last ? .status(503) : nil }
        try await Self.following(server) { follower, store in
            await #expect(throws: FollowingFailure.answered(path: last, status: 503)) { try await follower.follow() }
            let kept = try #require(try await store.log(of: Self.node)).size
            // Bundles are asked for at most two batches ahead of what is written.
            #expect(kept >= Int64(RecordFollower.batch * 256) && kept < Int64(size))
            let before = server.asked.count
            server.set { _, _ in nil }
            #expect(try await follower.follow().fetched == Int64(size) - kept)
            #expect(!server.asked[before...].contains("tile/entries/000"))
        }
    }

    @Test("Where the policy asks for a witness, a checkpoint that it has not cosigned is refused, and one that it has is taken")
    func witnessed() async throws {
        let witness = try Ed25519Cosigner(name: KeyName("w.example/witness"), seed: [UInt8](repeating: 3, count: 32))
        let name = OpaqueText("w")
        let policy = try TrustPolicy(
            logs: [], witnesses: [.init(name: name, key: witness.verifierKey)], groups: [], quorum: .member(name))
        let server = PeerServer(TestLog(300))
        try await Self.following(server) { follower, _ in
            var follower = follower
            follower.policy = policy
            do {
                _ = try await follower.follow()
                Issue.record("it was believed")
            } catch FollowingFailure.notWitnessed {}
            server.set { path, log in
                guard path == "checkpoint" else { return nil }
                var note = try SignedNote(parsing: log.checkpoint())
                try note.add(witness.cosign(note, at: 1_700_000_000))
                return .body(note.bytes)
            }
            #expect(try await follower.follow().log.complete?.note.signatures.count == 2)
        }
    }

    @Test("A payload that is left out of its bundle is fetched from the act's own address, and checked like any other")
    func elsewhere() async throws {
        let log = TestLog(300)
        let server = PeerServer(log)
        @Sendable func answer(_ path: String, _ text: String) throws -> PeerServer.Answer? {
            if path == "payloads/000" {
                let first = 4 + SealedPayload.saltLength + log.lines[0].payload.bytes.count
                return .body([0xFF, 0xFF, 0xFF, 0xFF] + (try log.honest(path) ?? []).dropFirst(first))
            }
            guard path == "acts/0" else { return nil }
            let salt = JSON.string(Acts.Base64.encode(log.lines[0].payload.salt))
            return .body(JSON.object(["payload": ["text": .string(text)], "salt": salt]).canonicalBytes)
        }
        server.set { path, _ in try answer(path, "not what was entered") }
        try await Self.following(server) { follower, store in
            await #expect(throws: FollowingFailure.otherPayload(entry: 0)) { try await follower.follow() }
            server.set { path, _ in try answer(path, "remark 0") }
            let kept = try await follower.follow().log
            #expect(try await store.entry(0, of: kept)?.content == .present(log.lines[0].payload))
            #expect(try await store.entry(1, of: kept)?.content == .present(log.lines[1].payload))
        }
    }

    @Test("A payload that the other node erased is forgotten here")
    func erasure() async throws {
        var log = TestLog(300)
        let server = PeerServer(log)
        try await Self.following(server) { follower, store in
            let first = try await follower.follow().log
            #expect(try await store.entry(3, of: first)?.content != .erased)
        }
        log.append(PayloadErased(entry: 3, ground: "A person asked for it."))
        let grown = log
        try await Self.following(PeerServer(grown)) { follower, store in
            let kept = try await follower.follow().log
            #expect(try await store.entry(3, of: kept)?.content == .erased)
            #expect(try await store.entry(4, of: kept)?.content != .erased)
        }
    }

    @Test("Bytes that are no payload bundle never make one, whatever they are", arguments: 0..<200)
    func fuzz(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var bytes = try #require(try TestLog(40).honest("payloads/000.p/40"))
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            }
        }
        guard let bundle = try? PayloadBundle(parsing: bytes) else { return }
        // What is read is what the bytes say: writing it again gives them, apart from words for "elsewhere".
        if !bundle.contents.contains(.elsewhere) { #expect(FollowedBundle.bytes(of: bundle.contents) == bytes) }
    }

    @Test("A leaf is read quickly as it is read in full")
    func leaves() throws {
        for line in TestLog(50).lines {
            let header = try EntryHeader(leaf: line.leaf)
            let quick = try #require(FollowedLeaf(line.leaf))
            #expect(quick.kind == header.statement.kind.description)
            #expect(quick.dossier == header.statement.dossier)
            #expect(quick.received == header.received)
            #expect(quick.isPublic == (header.statement.marking == .public))
            #expect(quick.commitment == header.statement.payloadCommitment)
        }
        for bad in ["", "{", "{}", "[]", "{\"kind\":\"a@1\"}", "{\"kind\":\"a@1\",\"payload\":\"\",\"received\":\"\"}"] {
            #expect(FollowedLeaf(Array(bad.utf8)) == nil, "\(bad)")
        }
    }
}
