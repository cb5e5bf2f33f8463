import Ledger
import TestSupport
import Testing

@Suite("Hashes")
struct HashTests {
    @Test("Leaves and nodes are RFC 6962's, whatever their length and however many at once")
    func leavesAndNodes() {
        var random = SeededGenerator.fresh()
        let entries = (0...400).map { random.bytes($0) } + [1_023, 1_024, 1_025, 65_535].map { random.bytes($0) }
        let expected = entries.map(ReferenceTree.leaf)
        #expect(Hash.leaves(entries) == expected, "seed \(random.seed)")
        #expect(entries.map { Hash.leaf($0) } == expected)
        #expect(entries.map { Hash.leaf(AnyCollection($0)) } == expected, "not contiguous")
        #expect(Hash.leaf(entries[80][3...]) == ReferenceTree.leaf(Array(entries[80][3...])), "a slice")
        for count in [0, 1, 2, 3, 4, 5, 7, 8, 255, 256, 257] {
            let hashes = Array(expected.prefix(count))
            let nodes = stride(from: 0, to: count - 1, by: 2).map { ReferenceTree.node(hashes[$0], hashes[$0 + 1]) }
            #expect(Hash.nodes(over: hashes) == nodes)
            #expect(Hash.nodes(over: AnyCollection(hashes)) == nodes)
            #expect(Hash.root(over: hashes) == ReferenceTree.root(hashes[...]))
        }
        #expect(Hash.node(expected[1], expected[2]) == ReferenceTree.node(expected[1], expected[2]))
    }

    @Test("Pairs of leaves whose lengths differ are hashed like each alone")
    func unequalPairs() {
        var random = SeededGenerator.fresh()
        for _ in 0..<2_000 {
            let pair = [random.bytes(Int.random(in: 0...300, using: &random)), random.bytes(Int.random(in: 0...300, using: &random))]
            #expect(Hash.leaves(pair) == pair.map(ReferenceTree.leaf), "lengths \(pair.map(\.count)), seed \(random.seed)")
        }
    }

    @Test("Every spelling reads back, and only the canonical one is read")
    func spellings() throws {
        let hash = Hash.leaf(Array("act".utf8))
        #expect(Hash(hash.bytes) == hash)
        #expect(Hash(hexadecimal: hash.hexadecimal) == hash)
        #expect(Hash(hexadecimal: hash.hexadecimal.uppercased()) == hash)
        #expect(Hash(base64: hash.base64) == hash)
        #expect(hash.base64.count == 44)
        #expect(Hash([1, 2, 3]) == nil)
        #expect(Hash(base64: hash.base64.dropLast()) == nil, "no padding")
        #expect(Hash(base64: hash.base64 + "\n") == nil)
        #expect(Hash(hexadecimal: hash.hexadecimal.dropLast()) == nil)
        // The last character before the padding carries two bits that stand for nothing; only zeros are read.
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let last = alphabet.firstIndex(of: hash.base64[hash.base64.index(hash.base64.startIndex, offsetBy: 42)])!
        for stray in 1...3 { #expect(Hash(base64: hash.base64.prefix(42) + "\(alphabet[last + stray])=") == nil) }
    }

    @Test("Runs of hashes are their bytes one after another, and order is that of the bytes")
    func runsAndOrder() {
        let hashes = Hash.leaves((0..<5).map { [UInt8($0)] })
        let bytes = hashes.flatMap(\.bytes)
        #expect(Hash.bytes(of: hashes) == bytes)
        #expect(Hash.run(of: bytes) == hashes)
        #expect(Hash.run(of: bytes.dropLast()) == nil)
        let sorted = hashes.sorted()
        #expect(sorted.map(\.hexadecimal) == hashes.map(\.hexadecimal).sorted())
        #expect(Hash.zero < hashes[0])
    }
}
