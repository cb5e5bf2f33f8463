/// The largest power of two smaller than `count`, which is at least 2: where RFC 6962 splits a tree.
@inline(__always)
func largestPowerOfTwo(below count: UInt64) -> UInt64 {
    1 << UInt64(63 - (count - 1).leadingZeroBitCount)
}

/// Reads the roots of subtrees of one tree from its tiles, each tile once.
struct SubtreeReading<Tiles: TileReader> {
    let size: UInt64
    let tiles: Tiles
    private var read: [TileCoordinate: [Hash]] = [:]

    init(size: UInt64, tiles: Tiles) {
        self.size = size
        self.tiles = tiles
    }

    /// The root of the leaves in `span`, a range that a split of RFC 6962 gives: it begins at a multiple of the power of two
    /// not smaller than its length.
    mutating func root(of span: Range<UInt64>) throws -> Hash {
        let count = span.upperBound - span.lowerBound
        if count & (count - 1) == 0 { return try perfect(level: count.trailingZeroBitCount, leaf: span.lowerBound) }
        // Right to left: the perfect subtrees that make up the span.
        var upper = span.upperBound
        var root: Hash?
        while upper > span.lowerBound {
            let level = (upper - span.lowerBound).trailingZeroBitCount
            let subtree = try perfect(level: level, leaf: upper - (1 << UInt64(level)))
            root = root.map { .node(subtree, $0) } ?? subtree
            upper -= 1 << UInt64(level)
        }
        return root ?? .emptyTree
    }

    /// The root of the `2^level` leaves from `leaf` on.
    private mutating func perfect(level: Int, leaf: UInt64) throws -> Hash {
        let tileLevel = level / 8
        let node = leaf >> UInt64(8 * tileLevel)
        let (full, partial) = TileCoordinate.extent(level: tileLevel, size: size)
        let index = node >> 8
        let width = index < full ? TileCoordinate.fullWidth : partial
        let coordinate = TileCoordinate(knownLevel: tileLevel, index: index, width: width)
        let start = Int(node & 255)
        let hashes = try hashes(of: coordinate)
        return Hash.root(over: hashes[start..<(start + (1 << (level % 8)))])
    }

    private mutating func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
        if let known = read[coordinate] { return known }
        let hashes = try tiles.hashes(of: coordinate)
        guard hashes.count >= coordinate.width else { throw TreeError.shortTile(coordinate, found: hashes.count) }
        read[coordinate] = hashes
        return hashes
    }
}

extension Hash {
    /// The root of the first `size` leaves of a tree, from its tiles.
    ///
    /// - Throws: ``TreeError``, or what the reader throws.
    public static func root(ofTreeOf size: UInt64, tiles: some TileReader) throws -> Hash {
        guard size <= Decimal.largest else { throw TreeError.sizeTooLarge(size) }
        guard size > 0 else { return .emptyTree }
        var reading = SubtreeReading(size: size, tiles: tiles)
        return try reading.root(of: 0..<size)
    }
}
