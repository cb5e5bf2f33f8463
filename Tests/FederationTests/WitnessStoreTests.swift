import Acts
import Crypto
import Foundation
import Ledger
import TestSupport
import Testing

@testable import Federation

@Suite("The witness's memory")
struct WitnessStoreTests {
    static let log = "log.example/acts"

    static func signer() throws -> Ed25519NoteSigner { try Ed25519NoteSigner(name: KeyName(log), seed: [UInt8](repeating: 5, count: 32)) }

    static func cosigners() throws -> [any Cosigner] {
        [try Ed25519Cosigner(name: KeyName("w.example/witness"), seed: [UInt8](repeating: 6, count: 32))]
    }

    /// A log that can prove every size from every other.
    struct Log {
        let leaves: [Hash]
        let tiles: TileShelf

        init(_ count: Int) {
            leaves = (0..<count).map { Hash.leaf(Array("act \($0)".utf8)) }
            var tree = TiledTree()
            var shelf = TileShelf()
            for tile in tree.append(leaves) { shelf.store(tile) }
            tiles = shelf
        }

        func request(from old: Int, to size: Int) throws -> [UInt8] {
            let root = try Hash.root(ofTreeOf: UInt64(size), tiles: tiles)
            let checkpoint = try SignedCheckpoint(
                Checkpoint(origin: WitnessStoreTests.log, size: UInt64(size), root: root), signers: [WitnessStoreTests.signer()])
            let proof = old == 0 ? [] : try ConsistencyProof(from: UInt64(old), to: UInt64(size), tiles: tiles).hashes
            return try AddCheckpointRequest(oldSize: UInt64(old), proof: proof, checkpoint: checkpoint).bytes
        }
    }

    static func watched(_ origin: String) -> WitnessedLog? {
        guard origin == log, let key = try? signer().verifierKey.verifier() else { return nil }
        return WitnessedLog(origin: log, verifiers: [key])
    }

    @Test("What is cosigned for one and what is cosigned in a crowd are both good, with each key, and a refusal carries none")
    func everyKey() async throws {
        let folder = try TemporaryFolder.made()
        let name = try KeyName("w.example/witness")
        let cosigners: [any Cosigner] = [
            try Ed25519Cosigner(name: name, seed: [UInt8](repeating: 6, count: 32)),
            try MLDSA44Cosigner(name: name, seed: [UInt8](repeating: 7, count: 32)),
        ]
        let store = try WitnessStore(path: folder.path + "/witness.sqlite", cosigners: cosigners)
        let log = Log(600)
        var size = 0
        for next in [1, 40, 300] {
            let body = try log.request(from: size, to: next)
            var forged = body
            forged[forged.count - 10] ^= 1
            let refused = try await store.add(forged, at: 100, log: Self.watched)
            #expect(refused.outcome.status != 200 && refused.cosignatures.isEmpty)
            let decision = try await store.add(body, at: 100, log: Self.watched)
            #expect(decision.outcome.status == 200)
            try Self.check(decision, body, cosigners)
            size = next
        }
        // Many ask the same at once: the first is answered as before, the others are told of it, and whoever got a cosignature got a good one.
        let body = try log.request(from: 300, to: 300)
        let decisions = try await withThrowingTaskGroup(of: WitnessStore.Decision.self) { group in
            for _ in 0..<40 { group.addTask { try await store.add(body, at: 101, log: Self.watched) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(decisions.count == 40)
        for decision in decisions { try Self.check(decision, body, cosigners) }
    }

    private static func check(_ decision: WitnessStore.Decision, _ body: [UInt8], _ cosigners: [any Cosigner]) throws {
        var note = try AddCheckpointRequest(parsing: body).checkpoint.note
        for cosignature in decision.cosignatures { try note.add(cosignature) }
        #expect(decision.cosignatures.map(\.keyID) == cosigners.map(\.verifierKey.keyID))
        for cosigner in cosigners { try note.verified(by: [cosigner.verifierKey.verifier()]) }
    }

    @Test("What was cosigned is remembered over a restart, and nothing is cosigned twice at one size with two roots")
    func memory() async throws {
        let folder = try TemporaryFolder.made()
        let path = folder.path + "/witness.sqlite"
        let log = Log(600)
        var store = try WitnessStore(path: path, cosigners: Self.cosigners())
        let first = try await store.add(log.request(from: 0, to: 300), at: 100, log: Self.watched)
        #expect(first.outcome.status == 200 && first.cosignatures.count == 1)
        try store.close()
        store = try WitnessStore(path: path, cosigners: Self.cosigners())
        let again = try await store.add(log.request(from: 0, to: 600), at: 101, log: Self.watched)
        #expect(again.outcome == .otherOldSize(lastCosigned: 300))
        let next = try await store.add(log.request(from: 300, to: 600), at: 102, log: Self.watched)
        #expect(next.outcome.status == 200)
        let forked = try SignedCheckpoint(
            Checkpoint(origin: Self.log, size: 600, root: .leaf([1])), signers: [Self.signer()])
        let fork = try await store.add(
            try AddCheckpointRequest(oldSize: 600, proof: [], checkpoint: forked).bytes, at: 103, log: Self.watched)
        #expect(fork.outcome.status == 422 && fork.cosignatures.isEmpty)
        let known = try #require(try await store.known(Self.log))
        #expect(fork.known == (try SignedCheckpoint(parsing: known.note)).note.bytes)
        try store.close()
    }

    @Test("Of many requests at once from one size, exactly one is cosigned, and the state never goes back (C2SP tlog-witness)")
    func race() async throws {
        let folder = try TemporaryFolder.made()
        let store = try WitnessStore(path: folder.path + "/witness.sqlite", cosigners: Self.cosigners())
        let log = Log(1_000)
        var old = 0
        for round in 1...8 {
            let from = old
            let cosigned = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 1...20 {
                    let size = from + number * 3 + round
                    let request = try log.request(from: from, to: size)
                    group.addTask {
                        try await store.add(request, at: 100, log: Self.watched).outcome.status == 200 ? size : nil
                    }
                }
                return try await group.reduce(into: [Int]()) { sizes, size in if let size { sizes.append(size) } }
            }
            #expect(cosigned.count == 1)
            old = try #require(cosigned.first)
            #expect(try await store.known(Self.log)?.state.size == UInt64(old))
        }
        try store.close()
    }
}
