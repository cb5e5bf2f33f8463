/// Why a proof does not hold.
public enum ProofError: Error, Hashable, Sendable {
    /// No leaf has this index in a tree of this size.
    case indexOutOfRange(index: UInt64, size: UInt64)
    /// The older of two trees is larger than the newer.
    case olderIsLarger(older: UInt64, newer: UInt64)
    /// A proof between these trees has another number of hashes.
    case wrongLength(expected: Int, found: Int)
    /// These leaves are no subtree of a tree of this size.
    case noSubtree(Range<UInt64>, size: UInt64)
    /// The hashes lead to another root.
    case wrongRoot(expected: Hash, found: Hash)
}

extension ProofError: CustomStringConvertible {
    /// A sentence for a reader of the proof.
    public var description: String {
        switch self {
        case .indexOutOfRange(let index, let size): "leaf \(index) is not in a tree of \(size) leaves"
        case .olderIsLarger(let older, let newer): "the older tree has \(older) leaves, more than the newer's \(newer)"
        case .wrongLength(let expected, let found): "the proof has \(found) hashes where \(expected) are needed"
        case .noSubtree(let leaves, let size):
            "leaves \(leaves.lowerBound) to \(leaves.upperBound) are no subtree of a tree of \(size) leaves"
        case .wrongRoot(let expected, let found): "the proof leads to root \(found.base64), not \(expected.base64)"
        }
    }
}
