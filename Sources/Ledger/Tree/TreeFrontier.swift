/// The right edge of an append-only Merkle tree: all that is needed to go on appending and to know the root.
///
/// A tree of `size` leaves is a row of perfect subtrees, one for each bit set in `size`; ``edge`` holds their roots, the
/// largest (leftmost) first. Keep the two, and a tree of any size resumes from at most 63 hashes (RFC 6962 section 2.1).
public struct TreeFrontier: Hashable, Sendable {
    /// The number of leaves.
    public private(set) var size: UInt64

    /// The roots of the perfect subtrees from left to right, as many as `size` has bits set.
    public private(set) var edge: [Hash]

    /// A tree without leaves.
    public init() {
        size = 0
        edge = []
    }

    /// Resumes a tree.
    ///
    /// - Parameters:
    ///   - size: the number of leaves, at most 2^63 - 1.
    ///   - edge: the roots of its perfect subtrees from left to right.
    /// - Throws: ``TreeError`` when the number of hashes does not fit the size.
    public init(size: UInt64, edge: [Hash]) throws(TreeError) {
        guard size <= Decimal.largest else { throw .sizeTooLarge(size) }
        guard edge.count == size.nonzeroBitCount else {
            throw .wrongEdge(size: size, expected: size.nonzeroBitCount, found: edge.count)
        }
        self.size = size
        self.edge = edge
    }

    /// The root: ``Hash/emptyTree`` for no leaves.
    public var root: Hash {
        guard var root = edge.last else { return .emptyTree }
        for left in edge.dropLast().reversed() { root = .node(left, root) }
        return root
    }

    /// Appends one leaf by its hash.
    public mutating func append(_ leaf: Hash) {
        var hash = leaf
        for _ in 0..<size.trailingOneBitCount {
            // As many subtrees end the row as `size` ends in ones, so there is a last one to take.
            hash = .node(edge.removeLast(), hash)
        }
        edge.append(hash)
        size += 1
    }

    /// Appends leaves by their hashes and tells every node that became complete.
    ///
    /// - Parameter leaves: the hashes of the new leaves, in order.
    /// - Returns: the new nodes by level. `result[level][i]` is node `(oldSize >> level) + i` of that level, the root of the
    ///   `2^level` leaves from `((oldSize >> level) + i) << level` on. Level 0 is `leaves`; empty levels are left out.
    @discardableResult
    public mutating func append(_ leaves: [Hash]) -> [[Hash]] {
        guard !leaves.isEmpty else { return [] }
        var levels: [[Hash]] = []
        var remaining: [Hash] = []
        var current = leaves
        var level = 0
        while !current.isEmpty {
            levels.append(current)
            if size >> UInt64(level) & 1 == 1 {
                // A left neighbour waits at this level; it is the last of the row, those of lower levels being taken already.
                var joined: [Hash] = []
                joined.reserveCapacity(current.count + 1)
                joined.append(edge.removeLast())
                joined += current
                current = joined
            }
            if current.count % 2 == 1, let last = current.last { remaining.append(last) }
            current = Hash.nodes(over: current)
            level += 1
        }
        edge += remaining.reversed()
        size += UInt64(leaves.count)
        return levels
    }
}

extension UInt64 {
    fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
