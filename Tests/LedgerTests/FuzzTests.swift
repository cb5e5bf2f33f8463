import Ledger
import TestSupport
import Testing

/// Damaged input: a parser may refuse it or read it, but must not fall over, and what it reads it must write back unchanged.
@Suite("Parsers under damaged input")
struct FuzzTests {
    private static let rounds = 3_000

    private func fuzz(_ originals: [[UInt8]], _ check: ([UInt8]) -> Bool) {
        var random = SeededGenerator.fresh()
        for original in originals {
            #expect(check(original), "the undamaged input itself")
            for round in 0..<FuzzTests.rounds {
                let damaged = round % 50 == 0 ? random.bytes(Int.random(in: 0...200, using: &random)) : random.damaged(original)
                #expect(check(damaged), "seed \(random.seed), round \(round): \(damaged)")
            }
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("Notes and checkpoints")
    func notes() throws {
        let log = try SampleLog(size: 5)
        fuzz([try log.checkpoint(5, cosignedAt: 1).note.bytes]) { bytes in
            guard let note = try? SignedNote(parsing: bytes) else { return true }
            guard let checkpoint = try? Checkpoint(parsing: note.textBytes) else { return note.bytes == bytes }
            return note.bytes == bytes && Array(checkpoint.text.utf8) == note.textBytes
        }
        fuzz([Array(try log.checkpoint(5).checkpoint.text.utf8)]) { bytes in
            guard let checkpoint = try? Checkpoint(parsing: bytes) else { return true }
            return Array(checkpoint.text.utf8) == bytes
        }
    }

    @Test("Signature lines, verifier keys and hashes")
    func words() throws {
        let log = try SampleLog(size: 5)
        fuzz([Array(try log.checkpoint(5).note.signatures[0].line.utf8.dropLast())]) { bytes in
            guard let line = NoteSignature(line: text(bytes)) else { return true }
            return line.line == text(bytes) + "\n"
        }
        fuzz([Array(log.signer.verifierKey.description.utf8)]) { bytes in
            guard let key = try? VerifierKey(text(bytes)) else { return true }
            return key.description == text(bytes)
        }
        fuzz([Array(Hash.emptyTree.base64.utf8)]) { bytes in
            guard let hash = Hash(base64: text(bytes)) else { return true }
            return hash.base64 == text(bytes)
        }
        fuzz([Array(Hash.emptyTree.hexadecimal.utf8)]) { bytes in
            guard let hash = Hash(hexadecimal: text(bytes)) else { return true }
            return hash.hexadecimal == text(bytes).lowercased()
        }
        fuzz([try log.witness.cosign(log.checkpoint(5).note, at: 1).signature]) { bytes in
            guard let cosignature = Cosignature(bytes) else { return true }
            return cosignature.bytes == bytes
        }
    }

    @Test("Tile paths, bundle paths and bundles")
    func tiles() throws {
        fuzz(["tile/0/x001/x234/067.p/17", "tile/63/000"].map { Array($0.utf8) }) { bytes in
            guard let place = TileCoordinate(path: text(bytes)) else { return true }
            return place.path == text(bytes)
        }
        fuzz([Array("tile/entries/x001/000.p/255".utf8)]) { bytes in
            guard let place = EntryBundleCoordinate(path: text(bytes)) else { return true }
            return place.path == text(bytes)
        }
        fuzz([try EntryBundle([Array("act 0".utf8), [], Array("act 2".utf8)]).bytes]) { bytes in
            guard let bundle = try? EntryBundle(parsing: bytes) else { return true }
            return bundle.bytes == bytes
        }
    }

    @Test("Proof files and witness requests")
    func files() throws {
        let log = try SampleLog(size: 7)
        fuzz([try log.proofFile(index: 3, size: 7, cosignedAt: 1, extra: [1, 2]).bytes]) { bytes in
            guard let file = try? ProofFile(parsing: bytes) else { return true }
            _ = try? file.verify(leaf: log.leaves[3], policy: log.policy())
            return file.bytes == bytes
        }
        let proof = try ConsistencyProof(from: 3, to: 7, tiles: log.tiles).hashes
        let verifiers = [try log.signer.verifierKey.verifier()]
        fuzz([try AddCheckpointRequest(oldSize: 3, proof: proof, checkpoint: log.checkpoint(7)).bytes]) { bytes in
            let state = WitnessedState(size: 3, root: Hash.root(over: log.leaves.prefix(3)))
            let outcome = AddCheckpointOutcome.decide(body: bytes) { origin in
                origin == SampleLog.origin ? (WitnessedLog(origin: origin, verifiers: verifiers), state) : nil
            }
            guard let request = try? AddCheckpointRequest(parsing: bytes) else { return outcome.status == 400 }
            return request.bytes == bytes
        }
    }

    @Test("Mirror requests, their replies, and requests for subtrees")
    func mirrors() throws {
        let log = try SampleLog(size: 600)
        let header = try AddEntriesHeader(origin: SampleLog.origin, entries: 300..<600, ticket: [1])
        let request = try AddEntriesRequest(header, tiles: log.tiles) { Array(log.entries[Int($0.lowerBound)..<Int($0.upperBound)]) }
        fuzz([request.bytes]) { bytes in
            guard let (read, leftOver) = try? AddEntriesRequest.parse(bytes) else { return true }
            return read.bytes == Array(bytes.dropLast(leftOver))
        }
        fuzz([Array("600\n300\nAQI=\n".utf8)]) { bytes in
            guard let info = MirrorInfo(parsing: bytes) else { return true }
            return info.text == text(bytes)
        }
        let subtree = try #require(Subtree(leaves: 0..<5, root: log.root(5)))
        let proof = try SubtreeConsistencyProof(of: 0..<5, inTreeOf: 7, tiles: log.tiles).hashes
        fuzz([try SignSubtreeRequest(subtree, proof: proof, checkpoint: log.checkpoint(7)).bytes]) { bytes in
            guard let read = try? SignSubtreeRequest(parsing: bytes) else { return true }
            return read.bytes == bytes
        }
        let cosigner = try MLDSA44Cosigner(name: KeyName("w"), seed: Array(repeating: 1, count: 32))
        fuzz([Array(cosigner.verifierKey.description.utf8)]) { bytes in
            guard let key = try? VerifierKey(text(bytes)) else { return true }
            _ = try? key.verifier()
            return key.description == text(bytes)
        }
    }

    @Test("Policies")
    func policies() throws {
        let policy = try SampleLog(size: 0).policy().bytes
        let grouped = String(decoding: policy, as: UTF8.self).replacing("quorum w1", with: "group g any w1\nquorum g")
        fuzz([policy, Array(grouped.utf8)]) { bytes in
            guard let policy = try? TrustPolicy(parsing: bytes) else { return true }
            return (try? TrustPolicy(parsing: policy.bytes)) == policy
        }
    }

    @Test("Proofs with any numbers in them")
    func proofs() {
        var random = SeededGenerator.fresh()
        let hashes = Hash.leaves((0..<64).map { [UInt8($0)] })
        for _ in 0..<FuzzTests.rounds {
            let sizes = (0..<2).map { _ in random.next() >> UInt64.random(in: 0..<64, using: &random) }
            let some = Array(hashes.prefix(Int.random(in: 0...64, using: &random)))
            let inclusion = InclusionProof(index: sizes[0], size: sizes[1], hashes: some)
            #expect(throws: ProofError.self, "seed \(random.seed)") { try inclusion.verify(leaf: hashes[0], root: .zero) }
            let consistency = ConsistencyProof(older: sizes[0], newer: sizes[1], hashes: some)
            #expect(throws: ProofError.self, "seed \(random.seed)") {
                try consistency.verify(olderRoot: hashes[0], newerRoot: .zero)
            }
        }
    }
}
