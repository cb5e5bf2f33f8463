/// Why a tree cannot be resumed or read.
public enum TreeError: Error, Hashable, Sendable {
    /// Sizes stop at 2^63 - 1.
    case sizeTooLarge(UInt64)
    /// A tree of this size has another number of perfect subtrees than hashes were given.
    case wrongEdge(size: UInt64, expected: Int, found: Int)
    /// No leaf has this index in a tree of this size.
    case indexOutOfRange(index: UInt64, size: UInt64)
    /// The older of two trees is larger than the newer.
    case olderIsLarger(older: UInt64, newer: UInt64)
    /// A tile came with fewer hashes than the tree needs of it.
    case shortTile(TileCoordinate, found: Int)
    /// The tiles give another root than the one they were said to have.
    case wrongRoot(size: UInt64, expected: Hash, found: Hash)
}

extension TreeError: CustomStringConvertible {
    /// A sentence for an operator's log.
    public var description: String {
        switch self {
        case .sizeTooLarge(let size):
            "a tree of \(size) leaves is larger than 2^63 - 1"
        case .wrongEdge(let size, let expected, let found):
            "a tree of \(size) leaves has \(expected) perfect subtrees, not \(found)"
        case .indexOutOfRange(let index, let size):
            "leaf \(index) is not in a tree of \(size) leaves"
        case .olderIsLarger(let older, let newer):
            "the older tree has \(older) leaves, more than the newer's \(newer)"
        case .shortTile(let tile, let found):
            "tile \(tile.path) came with \(found) hashes instead of \(tile.width)"
        case .wrongRoot(let size, let expected, let found):
            "the tiles of a tree of \(size) leaves give root \(found.base64), not \(expected.base64)"
        }
    }
}
