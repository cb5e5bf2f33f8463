import Ledger
import TestSupport
import Testing

@Suite("The tree")
struct TreeTests {
    static let largest = 1_030

    @Test("Three acts give the published root")
    func publishedRoot() {
        var frontier = TreeFrontier()
        frontier.append(Hash.leaves(["act 0", "act 1", "act 2"].map { Array($0.utf8) }))
        #expect(frontier.root.hexadecimal == "9d801f7c65a5dd1520d37f87b0f2f0224ab62d706d75b5844a7137b635962cca")
        #expect(TreeFrontier().root == .emptyTree)
        #expect(Hash.emptyTree == ReferenceTree.sha256([]))
    }

    @Test("Every size from 0 to 1,030 has RFC 6962's root: leaf by leaf, at once, from tiles and resumed from its edge")
    func everySize() throws {
        let log = try SampleLog(size: TreeTests.largest)
        var single = TreeFrontier()
        for size in 0...TreeTests.largest {
            let expected = ReferenceTree.root(log.leaves.prefix(size))
            var whole = TreeFrontier()
            whole.append(Array(log.leaves.prefix(size)))
            let resumed = try TreeFrontier(size: UInt64(size), edge: single.edge)
            #expect(single.root == expected && whole == single && resumed == single, "size \(size)")
            #expect(try log.root(size) == expected, "from tiles, size \(size)")
            #expect(single.edge.count == size.nonzeroBitCount)
            if size < TreeTests.largest { single.append(log.leaves[size]) }
        }
    }

    @Test("So have 65,536 and 65,537, around the third level of tiles")
    func aroundTheThirdLevel() throws {
        let log = try SampleLog(size: 65_537)
        for size in [65_536, 65_537] {
            let expected = ReferenceTree.root(log.leaves.prefix(size))
            var single = TreeFrontier()
            for leaf in log.leaves.prefix(size) { single.append(leaf) }
            #expect(single.root == expected)
            #expect(Hash.root(over: log.leaves.prefix(size)) == expected)
            #expect(try log.root(size) == expected)
        }
    }

    @Test("Batches of any sizes give the same tree, and tell every new node once")
    func batches() throws {
        var random = SeededGenerator.fresh()
        let leaves = try SampleLog(size: 2_000).leaves
        for _ in 0..<20 {
            var frontier = TreeFrontier()
            var levels: [[Hash]] = []
            while frontier.size < 2_000 {
                let start = Int(frontier.size)
                let count = min(Int.random(in: 0...300, using: &random), 2_000 - start)
                for (level, nodes) in frontier.append(Array(leaves[start..<(start + count)])).enumerated() {
                    if levels.count == level { levels.append([]) }
                    #expect(levels[level].count == start >> level, "seed \(random.seed)")
                    levels[level] += nodes
                }
            }
            #expect(levels[0] == leaves)
            for level in 1..<levels.count { #expect(levels[level] == Hash.nodes(over: levels[level - 1])) }
            #expect(levels.count == 11)
            #expect(frontier.root == Hash.root(over: leaves))
        }
    }

    @Test("An edge that does not fit its size, and sizes past 2^63 - 1, are refused")
    func badEdges() {
        #expect(throws: TreeError.wrongEdge(size: 5, expected: 2, found: 1)) { try TreeFrontier(size: 5, edge: [.zero]) }
        #expect(throws: TreeError.sizeTooLarge(1 << 63)) { try TreeFrontier(size: 1 << 63, edge: [.zero]) }
    }
}
