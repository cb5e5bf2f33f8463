import Acts
import Foundation
import Ledger
import TestSupport
import Testing

@testable import Federation
@testable import Outbound

/// What is kept of other nodes' records: each apart from the others, to be let go of whole.
@Suite("What is kept of followed records", .timeLimit(.minutes(20)))
struct FollowedStoreTests {
    private static func follow(_ log: TestLog, as node: NodeName, into store: FollowedStore) async throws -> FollowedStore.Log {
        try await PeerServer(log).run { address in
            let client = NodeClient(allowsPrivateAddresses: true, limit: .seconds(600), now: { .now })
            let key = try TestLog.signer().verifierKey
            let follower = RecordFollower(
                node: node, address: address, origin: TestLog.name, verifiers: [try key.verifier()], keys: [key], client: client,
                store: store)
            do {
                let outcome = try await follower.follow()
                await client.close()
                return outcome.log
            } catch {
                await client.close()
                throw error
            }
        }
    }

    @Test("Two records stand side by side: each has its own acts, kinds and root, and letting go of one leaves the other whole")
    func apart() async throws {
        let folder = try TemporaryFolder.made()
        defer { withExtendedLifetime(folder) {} }
        let store = try FollowedStore(path: folder.path + "/followed.sqlite")
        var second = TestLog(300, text: "another record")
        second.append(PeerUnfollowed(node: "third.example"), dossier: "nodes")
        let (left, right) = (try #require(NodeName("left.example")), try #require(NodeName("right.example")))
        let first = try await Self.follow(TestLog(600), as: left, into: store)
        let other = try await Self.follow(second, as: right, into: store)
        #expect(first.id != other.id)
        #expect(try await store.kinds(of: first) == [Remark.kind.description])
        #expect(try await store.kinds(of: other) == [PeerUnfollowed.kind.description, Remark.kind.description])
        #expect(try await store.acts(of: other, .init(dossier: "nodes")) == [300])
        #expect(try await store.acts(of: first, .init(dossier: "nodes")).isEmpty)
        #expect(try await store.acts(of: first, .init(before: 5, limit: 3)) == [4, 3, 2])
        #expect(try await store.acts(of: first, .init(kind: Remark.kind.description, from: 596, newestFirst: false)) == [596, 597, 598])
        try await store.forget(left)
        #expect(try await store.log(of: left) == nil)
        #expect(try await store.acts(of: first, .init()).isEmpty)
        #expect(try await store.root(of: 301, in: other) == second.root(301))
        #expect(try await store.entry(5, of: other)?.payload(as: Remark.self)?.text == "another record")
        // What is still on its way when a record is let go of leaves nothing behind, under whatever number others are kept then.
        await #expect(throws: CancellationError.self) {
            try await store.keep(
                [], tiles: [], size: 256, of: first, covering: SignedCheckpoint(parsing: TestLog(256).checkpoint()))
        }
        // Followed again, it is whole again.
        let again = try await Self.follow(TestLog(600), as: left, into: store)
        #expect(try await store.root(of: 600, in: again) == TestLog(600).root(600))
        try store.close()
    }

    @Test("A node that keeps another log now is followed from the beginning")
    func anotherLog() async throws {
        let folder = try TemporaryFolder.made()
        defer { withExtendedLifetime(folder) {} }
        let store = try FollowedStore(path: folder.path + "/followed.sqlite")
        let node = try #require(NodeName("left.example"))
        let log = try await Self.follow(TestLog(300), as: node, into: store)
        #expect(log.size == 300)
        let begun = try await store.begin(node, origin: "left.example/another")
        #expect(begun.size == 0 && begun.complete == nil)
        #expect(try await store.acts(of: log, .init()).isEmpty)
        try store.close()
    }

    @Test("What was kept is there when the file is opened again, with proofs")
    func reopened() async throws {
        let folder = try TemporaryFolder.made()
        defer { withExtendedLifetime(folder) {} }
        let path = folder.path + "/followed.sqlite"
        let node = try #require(NodeName("left.example"))
        var store = try FollowedStore(path: path)
        _ = try await Self.follow(TestLog(700), as: node, into: store)
        try store.close()
        store = try FollowedStore(path: path)
        let log = try #require(try await store.log(of: node))
        #expect(log.size == 700 && log.complete?.checkpoint.size == 700)
        let entry = try #require(try await store.entry(699 - 256, of: log))
        let proof = try #require(try await store.proof(of: entry, in: log, extra: [1, 2, 3]))
        let verifier = try TestLog.signer().verifierKey.verifier()
        try ProofFile(parsing: proof.bytes).verify(leaf: .leaf(entry.leaf), origin: TestLog.name, verifiers: [verifier])
        try store.close()
    }
}
