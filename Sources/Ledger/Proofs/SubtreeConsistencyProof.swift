/// A proof that a subtree is a part of a tree: that the same leaves stand in both
/// (draft-ietf-plants-merkle-tree-certs-02, "Subtree Consistency Proofs").
///
/// From the first leaf on it is a ``ConsistencyProof``, for one leaf an ``InclusionProof``, hash for hash.
public struct SubtreeConsistencyProof: Hashable, Sendable {
    /// The most hashes such a proof may have in the formats that carry one (C2SP tlog-mirror, tlog-witness).
    public static let mostHashes = 63

    /// The leaves of the subtree.
    public let leaves: Range<UInt64>

    /// The number of leaves of the tree.
    public let size: UInt64

    /// The hashes, those nearest to the leaves first.
    public let hashes: [Hash]

    /// Takes a proof as it came; ``verify(subtreeRoot:root:)`` judges it.
    public init(leaves: Range<UInt64>, size: UInt64, hashes: [Hash]) {
        self.leaves = leaves
        self.size = size
        self.hashes = hashes
    }

    /// Makes a proof from tiles.
    ///
    /// - Parameters:
    ///   - leaves: a range that ``Subtree/isRange(_:)`` takes.
    ///   - size: the tree, as large as the tiles reach or smaller.
    ///   - tiles: where the tiles are.
    /// - Throws: ``ProofError/noSubtree(_:size:)``, ``TreeError``, or what the reader throws.
    public init(of leaves: Range<UInt64>, inTreeOf size: UInt64, tiles: some TileReader) throws {
        let way = try SubtreeWay(to: leaves, size: size)
        var reading = SubtreeReading(size: size, tiles: tiles)
        var hashes: [Hash] = []
        if !way.endsAtSubtree { hashes.append(try reading.root(of: way.bottom)) }
        for step in way.steps.reversed() { hashes.append(try reading.root(of: step.sibling)) }
        self.init(leaves: leaves, size: size, hashes: hashes)
    }

    /// Checks the proof.
    ///
    /// - Parameters:
    ///   - subtreeRoot: the root over ``leaves``.
    ///   - root: the root of the tree, from a checkpoint whose signatures were checked.
    /// - Throws: ``ProofError`` when the proof does not show that the tree has this subtree.
    public func verify(subtreeRoot: Hash, root: Hash) throws(ProofError) {
        let way = try SubtreeWay(to: leaves, size: size)
        guard hashes.count == way.length else { throw .wrongLength(expected: way.length, found: hashes.count) }
        var rest = hashes[...]
        // Both roots are rebuilt from the same hashes, bottom up; a subtree that is a node of the tree is its own bottom.
        let bottom = way.endsAtSubtree ? subtreeRoot : (rest.popFirst() ?? .zero)
        var subtreeFound = bottom
        var found = bottom
        for (step, hash) in zip(way.steps.reversed(), rest) {
            switch step.side {
            case .right: found = .node(found, hash)
            case .left: found = .node(hash, found)
            case .leftInside:
                subtreeFound = .node(hash, subtreeFound)
                found = .node(hash, found)
            }
        }
        guard subtreeFound == subtreeRoot else { throw .wrongRoot(expected: subtreeRoot, found: subtreeFound) }
        guard found == root else { throw .wrongRoot(expected: root, found: found) }
    }
}

/// The way from a tree's root down to where a subtree ends: SUBTREE_SUBPROOF of the draft without its hashes.
private struct SubtreeWay {
    enum Side {
        /// The sibling stands right of the way, and of the subtree.
        case right
        /// The sibling stands left of the way, and of the subtree.
        case left
        /// The sibling stands left of the way, and is a part of the subtree.
        case leftInside
    }

    struct Step {
        let side: Side
        let sibling: Range<UInt64>
    }

    /// From the root down.
    private(set) var steps: [Step] = []
    /// What the way ends at.
    private(set) var bottom: Range<UInt64>
    /// Whether that is all of the subtree, so that its root is known to the verifier.
    private(set) var endsAtSubtree = true

    var length: Int { steps.count + (endsAtSubtree ? 0 : 1) }

    init(to leaves: Range<UInt64>, size: UInt64) throws(ProofError) {
        guard Subtree.isRange(leaves), leaves.upperBound <= size, size <= Decimal.largest else {
            throw .noSubtree(leaves, size: size)
        }
        bottom = 0..<size
        // What of the subtree lies under the way; it shrinks only where the way leaves a part of it on the left.
        var within = leaves
        while bottom != within {
            let middle = bottom.lowerBound + largestPowerOfTwo(below: bottom.upperBound - bottom.lowerBound)
            if within.upperBound <= middle {
                steps.append(Step(side: .right, sibling: middle..<bottom.upperBound))
                bottom = bottom.lowerBound..<middle
            } else if middle <= within.lowerBound {
                steps.append(Step(side: .left, sibling: bottom.lowerBound..<middle))
                bottom = middle..<bottom.upperBound
            } else {
                // A subtree that crosses the middle begins where the node does, since it is aligned.
                steps.append(Step(side: .leftInside, sibling: bottom.lowerBound..<middle))
                bottom = middle..<bottom.upperBound
                within = middle..<within.upperBound
                endsAtSubtree = false
            }
        }
    }
}
