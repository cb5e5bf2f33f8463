import Acts
import Foundation
import Ledger
import Record
import TestSupport
import Testing

import class Record.Record

@Suite("What the record hands out")
struct ServingTests {
    @Test("Every entry has a proof that verifies for its leaf, and for no other")
    func proofs() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        _ = try await record.enter(Command((0..<600).map { .remark("\($0)") }))
        let verifier = try record.verifierKey.verifier()
        for index: Int64 in [0, 1, 255, 256, 257, 511, 512, 599, 600] {
            let proof = try ProofFile(parsing: record.proof(of: index))
            let leaf = try #require(try record.entry(at: index)).leaf
            try proof.verify(leaf: .leaf(leaf), origin: record.origin, verifiers: [verifier])
            let both = [verifier, try record.mlDSA44VerifierKey.verifier()]
            #expect(try proof.verify(leaf: .leaf(leaf), origin: record.origin, verifiers: both).count == 2)
            #expect(throws: ProofError.self) {
                try proof.verify(leaf: .leaf(leaf + [0x20]), origin: record.origin, verifiers: [verifier])
            }
        }
        #expect(throws: Refusal.self) { try record.proof(of: 601) }
        #expect(throws: Refusal.self) { try record.proof(of: -1) }
        // Many at once are the same, one by one.
        let checkpoint = try record.servedCheckpoint()
        let asked: [Int64] = [599, 0, 300, 0, 255, 256]
        let many = try record.proofs(of: asked, in: checkpoint)
        #expect(try many == asked.map { try record.proof(of: $0, in: checkpoint).inclusion })
        #expect(throws: Refusal.self) { try record.proofs(of: [3, 601], in: checkpoint) }
    }

    @Test("Served checkpoints have an Ed25519 line and an ML-DSA-44 line, the same bytes each time, after a new start too")
    func bothLines() async throws {
        let folder = TemporaryFolder()
        var served: SignedCheckpoint
        do {
            let record = try Record.test(folder)
            defer { try? record.close() }
            _ = try await record.enter(Command([.remark("one")]))
            served = try record.servedCheckpoint()
            #expect(served.checkpoint == record.checkpoint.checkpoint)
            #expect(record.checkpoint.note.signatures.count == 1)
            #expect(served.note.signatures.map(\.keyID) == [record.verifierKey.keyID, record.mlDSA44VerifierKey.keyID])
            #expect(record.mlDSA44VerifierKey.type == .mlDSA44Cosignature && record.mlDSA44VerifierKey.name.text == record.origin)
            for key in [record.verifierKey, record.mlDSA44VerifierKey] {
                #expect(try served.verified(origin: record.origin, by: [key.verifier()]).count == 1)
            }
            let again = try await withThrowingTaskGroup(of: SignedCheckpoint.self) { group in
                for _ in 0..<8 { group.addTask { try record.servedCheckpoint() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(again.allSatisfy { $0.note.bytes == served.note.bytes })
        }
        let record = try Record.test(folder)
        defer { try? record.close() }
        #expect(try record.servedCheckpoint().note.bytes == served.note.bytes)
        _ = try await record.enter(Command([.remark("two")]))
        #expect(try record.servedCheckpoint().size == served.size + 1)
    }

    @Test("The record of any earlier checkpoint is provably the beginning of the newest")
    func consistency() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        var earlier: [SignedCheckpoint] = []
        for number in 0..<60 {
            earlier.append(record.checkpoint)
            _ = try await record.enter(Command((0...(number % 13)).map { .remark("\($0)") }))
        }
        for checkpoint in earlier {
            try record.consistencyProof(from: checkpoint.size).verify(olderRoot: checkpoint.root, newerRoot: record.checkpoint.root)
        }
    }

    @Test("Tiles and bundles of every published width, and nothing beyond")
    func tiles() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        _ = try await record.enter(Command((0..<299).map { .remark("\($0)") }))
        let leaves = try record.entries(from: 0, limit: 300).map(\.leaf)
        let hashes = Hash.leaves(leaves)
        for width in 1...256 {
            #expect(try record.tile(level: 0, index: 0, width: width) == Hash.bytes(of: hashes[..<width]))
            #expect(try record.entryBundle(index: 0, width: width) == EntryBundle(Array(leaves[..<width])).bytes)
        }
        #expect(try record.tile(level: 0, index: 1, width: 44) == Hash.bytes(of: hashes[256...]))
        #expect(try record.entryBundle(index: 1, width: 44) == EntryBundle(Array(leaves[256...])).bytes)
        #expect(try record.tile(level: 1, index: 0, width: 1) == Hash.root(over: hashes[..<256]).bytes)
        #expect(try record.tile(level: 0, index: 1, width: 45) == nil)
        #expect(try record.entryBundle(index: 1, width: 45) == nil)
        #expect(try record.tile(level: 0, index: 1) == nil)
        #expect(try record.tile(level: 1, index: 0, width: 2) == nil)
        #expect(try record.tile(level: 2, index: 0, width: 1) == nil)
        #expect(try record.tile(level: 64, index: 0, width: 1) == nil)
        #expect(try record.tile(level: 0, index: -1, width: 1) == nil)
        #expect(try record.entryBundle(index: .max, width: 1) == nil)
        #expect(try record.tile(level: 0, index: .max, width: 1) == nil)
    }

    @Test("Entries past the end, and odd questions, have empty answers")
    func bounds() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        #expect(try record.entry(at: 1) == nil)
        #expect(try record.entry(at: -1) == nil)
        #expect(try record.entry(at: .max) == nil)
        #expect(try record.entries(from: 0, limit: 0).isEmpty)
        #expect(try record.entries(from: 0, limit: .max).count == 1)
        #expect(try record.entries(from: -5, limit: 10).isEmpty)
    }

    @Test("A blob is stored under its SHA-256; a damaged one is an error, and mended when it comes again")
    func blobs() throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let bytes = Array("The text of the treaty".utf8)
        let name = try record.storeBlob(bytes)
        #expect(try record.blob(sha256: name) == bytes)
        let hexadecimal = try #require(Hash(name)).hexadecimal
        let path = "\(folder.path)/blobs/\(hexadecimal.prefix(2))/\(hexadecimal.dropFirst(2))"
        try Data(bytes.dropLast()).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self) { try record.blob(sha256: name) }
        _ = try record.storeBlob(bytes)
        #expect(try record.blob(sha256: name) == bytes)
        #expect(try record.blob(sha256: [1, 2, 3]) == nil)
    }
}
