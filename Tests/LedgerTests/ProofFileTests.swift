import Ledger
import Testing

@Suite("Proof files")
struct ProofFileTests {
    @Test("A proof file reads back byte for byte and holds, with extra data and without")
    func roundTrip() throws {
        let log = try SampleLog(size: 300)
        for extra in [nil, [], [1, 2, 3]] as [[UInt8]?] {
            let file = try log.proofFile(index: 267, size: 300, cosignedAt: 1_700_000_000, extra: extra)
            let read = try ProofFile(parsing: file.bytes)
            #expect(read == file && read.bytes == file.bytes && read.extra == extra)
            let verdict = try read.verify(leaf: log.leaves[267], policy: log.policy())
            #expect(verdict.logs == [log.signer.verifierKey] && verdict.witnesses == [OpaqueText("w1")])
            try read.verify(leaf: log.leaves[267], origin: SampleLog.origin, verifiers: [log.signer.verifierKey.verifier()])
        }
        let single = try log.proofFile(index: 0, size: 1)
        #expect(single.bytes.starts(with: Array("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/acts\n1\n".utf8)))
        #expect(try ProofFile(parsing: single.bytes) == single)
    }

    @Test("Every single flipped bit of a proof file is refused under a policy that asks for the witness")
    func flippedBits() throws {
        let log = try SampleLog(size: 5)
        let policy = try log.policy()
        for index in [3] {
            let bytes = try log.proofFile(index: index, size: 5, cosignedAt: 1_700_000_000).bytes
            for bit in 0..<(bytes.count * 8) {
                var changed = bytes
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(throws: (any Error).self, "bit \(bit)") {
                    try ProofFile(parsing: changed).verify(leaf: log.leaves[index], policy: policy)
                }
            }
        }
    }

    @Test("Another leaf, another log, no cosignature: each has its own reason")
    func reasons() throws {
        let log = try SampleLog(size: 5)
        let file = try log.proofFile(index: 2, size: 5)
        let verifiers = [try log.signer.verifierKey.verifier()]
        #expect(throws: ProofError.self) { try file.verify(leaf: log.leaves[3], origin: SampleLog.origin, verifiers: verifiers) }
        #expect(throws: CheckpointError.otherOrigin(expected: "x", found: SampleLog.origin)) {
            try file.verify(leaf: log.leaves[2], origin: "x", verifiers: verifiers)
        }
        #expect(throws: PolicyRefusal.noQuorum(witnesses: [])) { try file.verify(leaf: log.leaves[2], policy: log.policy()) }
        #expect(throws: ProofFileError.otherSize(proof: 4, checkpoint: 5)) {
            try ProofFile(InclusionProof(of: 2, inTreeOf: 4, tiles: log.tiles), checkpoint: log.checkpoint(5))
        }
        var cosigned = file
        try cosigned.add(log.witness.cosign(file.checkpoint.note, at: 1))
        try cosigned.verify(leaf: log.leaves[2], policy: log.policy())
    }

    @Test("What is no proof file is refused, with the reason")
    func malformed() throws {
        let log = try SampleLog(size: 5)
        let note = try log.checkpoint(5).note.string
        let hash = Hash.emptyTree.base64
        let head = "c2sp.org/tlog-proof@v1\n"
        let cases: [(String, ProofFileError)] = [
            ("", .badHeader), ("c2sp.org/tlog-proof@v2\nindex 1\n\n" + note, .badHeader), (head, .badIndex),
            (head + "index 01\n\n" + note, .badIndex), (head + "index -1\n\n" + note, .badIndex),
            (head + "extra ####\nindex 1\n\n" + note, .badExtra), (head + "index 1\nextra AA==\n\n" + note, .badHash(1)),
            (head + "index 1\n\(hash)\n", .endsEarly), (head + "index 1\n\(hash)\n\(hash.dropLast())\n\n" + note, .badHash(2)),
            (head + "index 1\n" + String(repeating: hash + "\n", count: 64) + "\n" + note, .tooManyHashes),
            (head + "index 1\n\n", .badNote(.noSignatures)),
            (head + "index 1\n\n" + (try SignedNote(text: "text\n", signers: [log.signer]).string), .badCheckpoint(.endsEarly)),
        ]
        for (text, error) in cases { #expect(throws: error, "\(text)") { try ProofFile(parsing: Array(text.utf8)) } }
        #expect(throws: ProofFileError.tooLong(ProofFile.longest + 1)) {
            try ProofFile(parsing: [UInt8](repeating: 0, count: ProofFile.longest + 1))
        }
    }
}
