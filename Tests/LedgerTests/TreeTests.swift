import Ledger
import Testing

@Suite("The tree")
struct TreeTests {
    @Test("Three acts give the published root")
    func publishedRoot() {
        let leaves = Hash.leaves(["act 0", "act 1", "act 2"].map { Array($0.utf8) })
        var frontier = TreeFrontier()
        frontier.append(leaves)
        #expect(frontier.root.hexadecimal == "9d801f7c65a5dd1520d37f87b0f2f0224ab62d706d75b5844a7137b635962cca")
        #expect(TreeFrontier().root == .emptyTree)
        #expect(Hash.emptyTree == ReferenceTree.sha256([]))
    }
}
