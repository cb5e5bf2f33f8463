/// A proof that a leaf is in a tree: the hashes beside the way from the leaf to the root (RFC 6962 section 2.1.1).
public struct InclusionProof: Hashable, Sendable {
    /// The index of the leaf, from 0.
    public let index: UInt64

    /// The number of leaves of the tree.
    public let size: UInt64

    /// The hashes, from the leaf's sibling up to the root's child. At most 63.
    public let hashes: [Hash]

    /// Takes a proof as it came; ``verify(leaf:root:)`` judges it.
    public init(index: UInt64, size: UInt64, hashes: [Hash]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// Makes a proof from tiles.
    ///
    /// - Parameters:
    ///   - index: the leaf.
    ///   - size: the tree, as large as the tiles reach or smaller.
    ///   - tiles: where the tiles are.
    /// - Throws: ``TreeError``, or what the reader throws.
    public init(of index: UInt64, inTreeOf size: UInt64, tiles: some TileReader) throws {
        guard size <= Decimal.largest else { throw TreeError.sizeTooLarge(size) }
        guard index < size else { throw TreeError.indexOutOfRange(index: index, size: size) }
        var reading = SubtreeReading(size: size, tiles: tiles)
        var hashes: [Hash] = []
        var span = 0..<size
        // Down from the root, so the hashes come out in reverse.
        while span.upperBound - span.lowerBound > 1 {
            let middle = span.lowerBound + largestPowerOfTwo(below: span.upperBound - span.lowerBound)
            if index < middle {
                hashes.append(try reading.root(of: middle..<span.upperBound))
                span = span.lowerBound..<middle
            } else {
                hashes.append(try reading.root(of: span.lowerBound..<middle))
                span = middle..<span.upperBound
            }
        }
        self.init(index: index, size: size, hashes: hashes.reversed())
    }

    /// The root that the proof leads to from a leaf.
    ///
    /// - Parameter leaf: the leaf's hash, `Hash.leaf`.
    /// - Throws: ``ProofError`` when the index is not in the tree or the number of hashes does not fit.
    public func root(leaf: Hash) throws(ProofError) -> Hash {
        guard index < size else { throw .indexOutOfRange(index: index, size: size) }
        // RFC 9162 section 2.1.3.2 gives this form of RFC 6962's recursion.
        var position = index
        var last = size - 1
        var root = leaf
        for (used, hash) in hashes.enumerated() {
            guard last > 0 else { throw .wrongLength(expected: used, found: hashes.count) }
            if position & 1 == 1 || position == last {
                root = .node(hash, root)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                root = .node(root, hash)
            }
            position >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .wrongLength(expected: InclusionProof.length(index: index, size: size), found: hashes.count) }
        return root
    }

    /// Checks the proof.
    ///
    /// - Parameters:
    ///   - leaf: the leaf's hash.
    ///   - root: the root of the tree, from a checkpoint whose signatures were checked.
    /// - Throws: ``ProofError`` when the proof does not show that the leaf is at ``index`` in that tree.
    public func verify(leaf: Hash, root: Hash) throws(ProofError) {
        let found = try self.root(leaf: leaf)
        guard found == root else { throw .wrongRoot(expected: root, found: found) }
    }

    /// The number of hashes in a proof for this leaf of a tree of this size, the index being in the tree.
    static func length(index: UInt64, size: UInt64) -> Int {
        var span = 0..<size
        var length = 0
        while span.upperBound - span.lowerBound > 1 {
            let middle = span.lowerBound + largestPowerOfTwo(below: span.upperBound - span.lowerBound)
            span = index < middle ? span.lowerBound..<middle : middle..<span.upperBound
            length += 1
        }
        return length
    }
}
