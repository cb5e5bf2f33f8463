import Ledger
import Testing

@Suite("Inclusion proofs")
struct InclusionProofTests {
    /// The indexes where the shape of a path changes, and a few between.
    static func telling(_ size: Int) -> [Int] {
        var indexes: Set<Int> = [0, 1, size / 3, size / 2, size - 2, size - 1]
        var power = 2
        while power <= size {
            indexes.formUnion([power - 1, power])
            power *= 2
        }
        return indexes.filter { 0..<size ~= $0 }.sorted()
    }

    @Test("For every leaf of every tree up to 70 leaves, the proof made from tiles is RFC 6962's and holds")
    func small() throws {
        let log = try SampleLog(size: 70)
        for size in 1...70 {
            let root = try log.root(size)
            for index in 0..<size {
                let proof = try InclusionProof(of: UInt64(index), inTreeOf: UInt64(size), tiles: log.tiles)
                #expect(proof.hashes == ReferenceTree.path(index, log.leaves.prefix(size)), "\(index) in \(size)")
                try proof.verify(leaf: log.leaves[index], root: root)
            }
        }
    }

    @Test("Proofs hold in every tree up to 1,030 leaves, and in 65,536 and 65,537")
    func everySize() throws {
        let log = try SampleLog(size: 65_537)
        for size in Array(1...1_030) + [65_536, 65_537] {
            let root = try log.root(size)
            let indexes = (size == 1_025) ? Array(0..<size) : InclusionProofTests.telling(size).suffix(12)
            for index in indexes {
                let proof = try InclusionProof(of: UInt64(index), inTreeOf: UInt64(size), tiles: log.tiles)
                try proof.verify(leaf: log.leaves[index], root: root)
            }
        }
    }

    @Test("Every single flipped bit of a small proof is refused")
    func flippedBits() throws {
        let log = try SampleLog(size: 7)
        for index in 0..<7 {
            let proof = try InclusionProof(of: UInt64(index), inTreeOf: 7, tiles: log.tiles)
            let (leaf, root) = (log.leaves[index], try log.root(7))
            for place in proof.hashes.indices {
                for flipped in proof.hashes[place].flips {
                    var hashes = proof.hashes
                    hashes[place] = flipped
                    let changed = InclusionProof(index: proof.index, size: 7, hashes: hashes)
                    #expect(throws: ProofError.self) { try changed.verify(leaf: leaf, root: root) }
                }
            }
            for flipped in leaf.flips { #expect(throws: ProofError.self) { try proof.verify(leaf: flipped, root: root) } }
            for flipped in root.flips { #expect(throws: ProofError.self) { try proof.verify(leaf: leaf, root: flipped) } }
            for bit in 0..<64 {
                let changed = InclusionProof(index: proof.index ^ 1 << UInt64(bit), size: 7, hashes: proof.hashes)
                #expect(throws: ProofError.self) { try changed.verify(leaf: leaf, root: root) }
            }
        }
    }

    @Test("A proof with a hash too many or too few says so")
    func wrongLength() throws {
        let log = try SampleLog(size: 7)
        let (leaf, root) = (log.leaves[3], try log.root(7))
        let proof = try InclusionProof(of: 3, inTreeOf: 7, tiles: log.tiles)
        let long = InclusionProof(index: 3, size: 7, hashes: proof.hashes + [root])
        let short = InclusionProof(index: 3, size: 7, hashes: Array(proof.hashes.dropLast()))
        #expect(throws: ProofError.wrongLength(expected: 3, found: 4)) { try long.verify(leaf: leaf, root: root) }
        #expect(throws: ProofError.wrongLength(expected: 3, found: 2)) { try short.verify(leaf: leaf, root: root) }
        #expect(throws: ProofError.indexOutOfRange(index: 7, size: 7)) {
            try InclusionProof(index: 7, size: 7, hashes: []).verify(leaf: leaf, root: root)
        }
        #expect(throws: TreeError.indexOutOfRange(index: 7, size: 7)) {
            try InclusionProof(of: 7, inTreeOf: 7, tiles: log.tiles)
        }
        try InclusionProof(index: 0, size: 1, hashes: []).verify(leaf: leaf, root: leaf)
    }

    @Test("A reader that answers with too few hashes is told so, not believed")
    func shortTiles() throws {
        let short = try #require(TileCoordinate(level: 0, index: 1, width: 44))
        #expect(throws: TreeError.shortTile(short, found: 0)) {
            try InclusionProof(of: 270, inTreeOf: 300, tiles: try SampleLog(size: 256).tiles)
        }
    }
}

extension Hash {
    /// The 256 hashes that differ from this one in one bit.
    var flips: [Hash] {
        (0..<256).map { bit in
            var bytes = self.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            return Hash(bytes)!
        }
    }
}
