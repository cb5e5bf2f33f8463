/// A run of leaves that is a node of some state of the tree: the range of leaves and the root over them
/// (draft-ietf-plants-merkle-tree-certs-02, "Subtrees").
public struct Subtree: Hashable, Sendable {
    /// The leaves: the first one's index is a multiple of the smallest power of two that holds them all.
    public let leaves: Range<UInt64>

    /// The root over them.
    public let root: Hash

    /// Takes a range and its root.
    ///
    /// - Returns: nil for a range that no tree has as a node, an empty one, or one past 2^63 - 1.
    public init?(leaves: Range<UInt64>, root: Hash) {
        guard Subtree.isRange(leaves) else { return nil }
        self.leaves = leaves
        self.root = root
    }

    /// Whether some tree has a node over exactly these leaves.
    public static func isRange(_ leaves: Range<UInt64>) -> Bool {
        guard !leaves.isEmpty, leaves.upperBound <= Decimal.largest else { return false }
        let count = leaves.upperBound - leaves.lowerBound
        let span: UInt64 = count == 1 ? 1 : largestPowerOfTwo(below: count) * 2
        return leaves.lowerBound & (span - 1) == 0
    }
}
