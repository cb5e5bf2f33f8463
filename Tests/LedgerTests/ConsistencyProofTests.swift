import Ledger
import Testing

@Suite("Consistency proofs")
struct ConsistencyProofTests {
    @Test("Between any two trees up to 70 leaves, the proof made from tiles is RFC 6962's and holds")
    func small() throws {
        let log = try SampleLog(size: 70)
        let roots = try (0...70).map { try log.root($0) }
        for newer in 0...70 {
            for older in 0...newer {
                let proof = try ConsistencyProof(from: UInt64(older), to: UInt64(newer), tiles: log.tiles)
                let expected = older == 0 ? [] : ReferenceTree.consistency(older, log.leaves.prefix(newer))
                #expect(proof.hashes == expected, "\(older) to \(newer)")
                try proof.verify(olderRoot: roots[older], newerRoot: roots[newer])
            }
        }
    }

    @Test("Proofs hold to every size up to 1,030, and to 65,536 and 65,537")
    func everySize() throws {
        let log = try SampleLog(size: 65_537)
        let roots = try (0...1_030).map { try log.root($0) }
        for newer in Array(1...1_030) + [65_536, 65_537] {
            let newerRoot = newer <= 1_030 ? roots[newer] : try log.root(newer)
            for older in Set(InclusionProofTests.telling(newer).suffix(8) + [1, 255, 256, newer]) where older <= newer {
                let proof = try ConsistencyProof(from: UInt64(older), to: UInt64(newer), tiles: log.tiles)
                try proof.verify(olderRoot: older <= 1_030 ? roots[older] : try log.root(older), newerRoot: newerRoot)
            }
        }
    }

    @Test("Every single flipped bit of a small proof is refused", arguments: [(1, 7), (3, 7), (4, 7), (6, 7), (6, 8), (4, 8)])
    func flippedBits(older: UInt64, newer: UInt64) throws {
        let log = try SampleLog(size: 8)
        let proof = try ConsistencyProof(from: older, to: newer, tiles: log.tiles)
        let (olderRoot, newerRoot) = (try log.root(Int(older)), try log.root(Int(newer)))
        try proof.verify(olderRoot: olderRoot, newerRoot: newerRoot)
        for place in proof.hashes.indices {
            for flipped in proof.hashes[place].flips {
                var hashes = proof.hashes
                hashes[place] = flipped
                let changed = ConsistencyProof(older: older, newer: newer, hashes: hashes)
                #expect(throws: ProofError.self) { try changed.verify(olderRoot: olderRoot, newerRoot: newerRoot) }
            }
        }
        for flipped in olderRoot.flips {
            #expect(throws: ProofError.self) { try proof.verify(olderRoot: flipped, newerRoot: newerRoot) }
        }
        for flipped in newerRoot.flips {
            #expect(throws: ProofError.self) { try proof.verify(olderRoot: olderRoot, newerRoot: flipped) }
        }
        for hashes in [proof.hashes + [newerRoot], Array(proof.hashes.dropLast())] {
            #expect(throws: ProofError.wrongLength(expected: proof.hashes.count, found: hashes.count)) {
                try ConsistencyProof(older: older, newer: newer, hashes: hashes)
                    .verify(olderRoot: olderRoot, newerRoot: newerRoot)
            }
        }
    }

    @Test("Nothing is proved from nothing, between equals, or backwards")
    func edges() throws {
        let log = try SampleLog(size: 5)
        let (three, five) = (try log.root(3), try log.root(5))
        try ConsistencyProof(older: 0, newer: 5, hashes: []).verify(olderRoot: .emptyTree, newerRoot: five)
        try ConsistencyProof(older: 5, newer: 5, hashes: []).verify(olderRoot: five, newerRoot: five)
        try ConsistencyProof(older: 0, newer: 0, hashes: []).verify(olderRoot: .emptyTree, newerRoot: .emptyTree)
        #expect(throws: ProofError.wrongLength(expected: 0, found: 1)) {
            try ConsistencyProof(older: 0, newer: 5, hashes: [three]).verify(olderRoot: .emptyTree, newerRoot: five)
        }
        #expect(throws: ProofError.self) {
            try ConsistencyProof(older: 0, newer: 0, hashes: []).verify(olderRoot: .emptyTree, newerRoot: five)
        }
        #expect(throws: ProofError.self) {
            try ConsistencyProof(older: 0, newer: 5, hashes: []).verify(olderRoot: three, newerRoot: five)
        }
        #expect(throws: ProofError.wrongRoot(expected: five, found: three)) {
            try ConsistencyProof(older: 5, newer: 5, hashes: []).verify(olderRoot: three, newerRoot: five)
        }
        #expect(throws: ProofError.olderIsLarger(older: 5, newer: 3)) {
            try ConsistencyProof(older: 5, newer: 3, hashes: []).verify(olderRoot: five, newerRoot: three)
        }
        #expect(throws: TreeError.olderIsLarger(older: 5, newer: 3)) {
            try ConsistencyProof(from: 5, to: 3, tiles: log.tiles)
        }
    }
}
