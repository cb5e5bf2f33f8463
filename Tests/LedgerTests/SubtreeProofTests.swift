import Ledger
import TestSupport
import Testing

@Suite("Subtree consistency proofs")
struct SubtreeProofTests {
    private static let size = 70

    private static func subtrees(upTo size: Int) -> [Range<Int>] {
        (0..<size).flatMap { start in (start + 1...size).map { start..<$0 } }
            .filter { Subtree.isRange(UInt64($0.lowerBound)..<UInt64($0.upperBound)) }
    }

    private static func range(_ leaves: Range<Int>) -> Range<UInt64> { UInt64(leaves.lowerBound)..<UInt64(leaves.upperBound) }

    @Test("Every proof of small trees is the draft's, word for word, and verifies")
    func reference() throws {
        let log = try SampleLog(size: SubtreeProofTests.size)
        var count = 0
        for size in Array(1...33) + [48, 64, SubtreeProofTests.size] {
            let root = try log.root(size)
            for leaves in SubtreeProofTests.subtrees(upTo: size) {
                let proof = try SubtreeConsistencyProof(of: SubtreeProofTests.range(leaves), inTreeOf: UInt64(size), tiles: log.tiles)
                #expect(proof.hashes == ReferenceTree.subtreeProof(leaves, log.leaves[..<size]), "\(leaves) in \(size)")
                try proof.verify(subtreeRoot: ReferenceTree.root(log.leaves[leaves]), root: root)
                count += 1
            }
        }
        #expect(count > 1_500)
    }

    @Test("From the first leaf on they are RFC 6962's consistency proofs, for one leaf its inclusion proofs")
    func special() throws {
        let log = try SampleLog(size: SubtreeProofTests.size)
        for size in 1...UInt64(SubtreeProofTests.size) {
            for other in 1...size {
                let first = try SubtreeConsistencyProof(of: 0..<other, inTreeOf: size, tiles: log.tiles)
                #expect(try first.hashes == ConsistencyProof(from: other, to: size, tiles: log.tiles).hashes)
                let one = try SubtreeConsistencyProof(of: (other - 1)..<other, inTreeOf: size, tiles: log.tiles)
                #expect(try one.hashes == InclusionProof(of: other - 1, inTreeOf: size, tiles: log.tiles).hashes)
            }
        }
    }

    @Test("A wrong root, hash, length, range or size does not verify")
    func refused() throws {
        let log = try SampleLog(size: SubtreeProofTests.size)
        let root = try log.root(SubtreeProofTests.size)
        let size = UInt64(SubtreeProofTests.size)
        for leaves in SubtreeProofTests.subtrees(upTo: SubtreeProofTests.size) {
            let range = SubtreeProofTests.range(leaves)
            let own = ReferenceTree.root(log.leaves[leaves])
            let proof = try SubtreeConsistencyProof(of: range, inTreeOf: size, tiles: log.tiles)
            #expect(throws: ProofError.self) { try proof.verify(subtreeRoot: .zero, root: root) }
            #expect(throws: ProofError.self) { try proof.verify(subtreeRoot: own, root: .zero) }
            for place in proof.hashes.indices {
                var hashes = proof.hashes
                hashes[place] = .zero
                let bad = SubtreeConsistencyProof(leaves: range, size: size, hashes: hashes)
                #expect(throws: ProofError.self, "\(leaves), hash \(place)") { try bad.verify(subtreeRoot: own, root: root) }
            }
            let count = proof.hashes.count
            let long = SubtreeConsistencyProof(leaves: range, size: size, hashes: proof.hashes + [.zero])
            #expect(throws: ProofError.wrongLength(expected: count, found: count + 1)) { try long.verify(subtreeRoot: own, root: root) }
            if count > 0 {
                let short = SubtreeConsistencyProof(leaves: range, size: size, hashes: proof.hashes.dropLast())
                #expect(throws: ProofError.wrongLength(expected: count, found: count - 1)) {
                    try short.verify(subtreeRoot: own, root: root)
                }
            }
        }
        for leaves in [1..<3, 2..<5, 0..<0, 64..<71, 6..<9] as [Range<UInt64>] {
            let none = SubtreeConsistencyProof(leaves: leaves, size: size, hashes: [])
            #expect(throws: ProofError.noSubtree(leaves, size: size)) { try none.verify(subtreeRoot: root, root: root) }
            #expect(throws: ProofError.noSubtree(leaves, size: size)) {
                try SubtreeConsistencyProof(of: leaves, inTreeOf: size, tiles: log.tiles)
            }
        }
    }

    @Test("Any numbers and hashes are judged without a fall, the largest among them")
    func anything() {
        var random = SeededGenerator.fresh()
        let edges: [UInt64] = [0, 1, 2, 255, 256, 1 << 62, 1 << 63 - 1, 1 << 63, .max]
        for _ in 0..<20_000 {
            func number() -> UInt64 {
                Bool.random(using: &random) ? edges.randomElement(using: &random) ?? 0 : .random(in: 0...600, using: &random)
            }
            let (first, second) = (number(), number())
            let hashes = [Hash](repeating: .zero, count: Int.random(in: 0...70, using: &random))
            let proof = SubtreeConsistencyProof(leaves: min(first, second)..<max(first, second), size: number(), hashes: hashes)
            #expect(throws: ProofError.self, "seed \(random.seed): \(proof)") { try proof.verify(subtreeRoot: .emptyTree, root: .zero) }
        }
    }
}
