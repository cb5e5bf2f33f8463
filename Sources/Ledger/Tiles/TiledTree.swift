/// An append-only tree that tells, batch by batch, which tiles to store.
///
/// It keeps the right edge in memory: at most 255 hashes for each level of tiles. Append the leaf hashes of a batch, store the
/// tiles it returns, then sign a checkpoint over ``size`` and ``root``, in that order, so that nobody ever sees a checkpoint
/// whose tiles are missing.
public struct TiledTree: Hashable, Sendable {
    /// The size and the perfect subtrees at the right edge.
    public private(set) var frontier: TreeFrontier

    // For each level of tiles, the hashes of its partial tile; empty when the level ends with a full one.
    private var partials: [[Hash]]

    /// A tree without leaves.
    public init() {
        frontier = TreeFrontier()
        partials = []
    }

    /// Resumes a tree from the tiles at its right edge.
    ///
    /// - Parameters:
    ///   - size: the number of leaves.
    ///   - tiles: where its tiles are; at most eight are read.
    ///   - root: the root that the tree must have, from its last signed checkpoint; nil to take the tiles at their word.
    /// - Throws: ``TreeError``, or what the reader throws.
    public init(size: UInt64, tiles: some TileReader, root: Hash? = nil) throws {
        guard size <= Decimal.largest else { throw TreeError.sizeTooLarge(size) }
        var partials: [[Hash]] = []
        var edge: [Hash] = []
        for last in TileCoordinate.rightEdge(size: size) {
            guard !last.isFull else {
                partials.append([])
                continue
            }
            let read = try tiles.hashes(of: last)
            guard read.count >= last.width else { throw TreeError.shortTile(last, found: read.count) }
            let hashes = Array(read.prefix(last.width))
            partials.append(hashes)
            edge = TiledTree.perfectSubtrees(in: hashes) + edge
        }
        frontier = try TreeFrontier(size: size, edge: edge)
        self.partials = partials
        if let root, frontier.root != root {
            throw TreeError.wrongRoot(size: size, expected: root, found: frontier.root)
        }
    }

    /// The number of leaves.
    public var size: UInt64 { frontier.size }

    /// The root: ``Hash/emptyTree`` for no leaves.
    public var root: Hash { frontier.root }

    /// Appends the leaves of a batch.
    ///
    /// - Parameter leaves: their hashes, in order (``Hash/leaves(_:)``).
    /// - Returns: every tile that the batch filled or widened, lowest level first and in order within a level. A tile that
    ///   was partial before comes whole, so storing means replacing what stands at its level and index.
    public mutating func append(_ leaves: [Hash]) -> [Tile] {
        var changed: [Tile] = []
        let before = frontier.size
        let levels = frontier.append(leaves)
        for (treeLevel, hashes) in levels.enumerated() where treeLevel % 8 == 0 {
            let level = treeLevel / 8
            if partials.count <= level { partials.append([]) }
            var index = before >> UInt64(treeLevel + 8)
            var taken = 0
            while taken < hashes.count {
                let room = TileCoordinate.fullWidth - partials[level].count
                let upTo = min(taken + room, hashes.count)
                partials[level] += hashes[taken..<upTo]
                taken = upTo
                let width = partials[level].count
                changed.append(
                    Tile(known: TileCoordinate(knownLevel: level, index: index, width: width), hashes: partials[level]))
                if width == TileCoordinate.fullWidth {
                    partials[level] = []
                    index += 1
                }
            }
        }
        return changed
    }

    /// Appends one leaf, handing over only the tiles it fills, for a log whose entries come one by one.
    ///
    /// ``partialTiles`` gives what is not full yet, when a checkpoint is due.
    ///
    /// - Parameters:
    ///   - leaf: its hash.
    ///   - filled: takes each tile that the leaf fills, lowest level first.
    public mutating func append(_ leaf: Hash, filled: (Tile) -> Void) {
        var node = leaf
        var level = 0
        while true {
            if partials.count <= level { partials.append([]) }
            if partials[level].isEmpty { partials[level].reserveCapacity(TileCoordinate.fullWidth) }
            partials[level].append(node)
            guard partials[level].count == TileCoordinate.fullWidth else { break }
            let index = frontier.size >> UInt64(8 * level + 8)
            let coordinate = TileCoordinate(knownLevel: level, index: index, width: TileCoordinate.fullWidth)
            filled(Tile(known: coordinate, hashes: partials[level]))
            // The frontier would come to the same node; it is appended to below.
            node = Hash.root(over: partials[level])
            partials[level] = []
            level += 1
        }
        frontier.append(leaf)
    }

    /// The tiles at the right edge that are partial, lowest level first: what a store that keeps only full tiles adds.
    public var partialTiles: [Tile] {
        partials.enumerated().compactMap { level, hashes in
            guard !hashes.isEmpty else { return nil }
            let index = TileCoordinate.extent(level: level, size: size).full
            return Tile(known: TileCoordinate(knownLevel: level, index: index, width: hashes.count), hashes: hashes)
        }
    }

    /// The roots of the perfect subtrees that a partial tile's hashes make up, largest first.
    private static func perfectSubtrees(in hashes: [Hash]) -> [Hash] {
        var roots: [Hash] = []
        var start = 0
        for bit in (0..<8).reversed() where hashes.count >> bit & 1 == 1 {
            roots.append(Hash.root(over: hashes[start..<(start + (1 << bit))]))
            start += 1 << bit
        }
        return roots
    }
}
