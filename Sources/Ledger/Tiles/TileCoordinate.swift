/// Where a tile of the tree stands: its level, its place in the level, and how wide it is (C2SP tlog-tiles).
///
/// Tile `index` of level `level` holds up to 256 nodes of tree level `8 * level`, from node `256 * index` on.
public struct TileCoordinate: Hashable, Sendable {
    /// The number of hashes in a full tile.
    public static let fullWidth = 256

    /// The level of tiles, 0 for the one that holds leaf hashes; 0...63.
    public let level: Int

    /// The place of the tile within its level, from 0.
    public let index: UInt64

    /// The number of hashes in it: 256 for a full tile, 1...255 for a partial one.
    public let width: Int

    /// - Returns: nil for a level outside 0...63, a width outside 1...256, or an index so large that no tree reaches it.
    public init?(level: Int, index: UInt64, width: Int = TileCoordinate.fullWidth) {
        guard 0...63 ~= level, 1...TileCoordinate.fullWidth ~= width, index <= Decimal.largest / 256 else { return nil }
        self.init(knownLevel: level, index: index, width: width)
    }

    init(knownLevel level: Int, index: UInt64, width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// Whether the tile holds all its 256 hashes and so never changes again.
    public var isFull: Bool { width == TileCoordinate.fullWidth }

    /// The path of the tile under a log's prefix: `tile/<L>/<N>[.p/<W>]`.
    public var path: String { "tile/\(level)/" + TilePath.encode(index: index, width: width) }

    /// Reads such a path, in its one canonical spelling, without a leading slash.
    public init?(path: some StringProtocol) {
        var rest = Substring(path)
        guard let prefix = rest.utf8.firstIndex(of: 0x2f), rest[..<prefix] == "tile" else { return nil }
        rest = rest[rest.utf8.index(after: prefix)...]
        guard let slash = rest.utf8.firstIndex(of: 0x2f), let level = Decimal.decode(rest[..<slash].utf8), level <= 63,
            let place = TilePath.decode(rest[rest.utf8.index(after: slash)...])
        else { return nil }
        self.init(level: Int(level), index: place.index, width: place.width)
    }

    /// The tiles of a level in a tree: the full ones and, when the level ends within a tile, the partial one.
    ///
    /// - Returns: the number of full tiles, and the width of the partial one after them, 0 when there is none.
    public static func extent(level: Int, size: UInt64) -> (full: UInt64, partial: Int) {
        guard 0..<8 ~= level else { return (0, 0) }
        let nodes = size >> UInt64(8 * level)
        return (nodes >> 8, Int(nodes & 255))
    }

    /// Every tile that a tree of `size` leaves ends with: for each level its last, full or partial.
    ///
    /// These are what a copy of the log must hold, besides the full tiles left of them, to serve that size.
    public static func rightEdge(size: UInt64) -> [TileCoordinate] {
        var tiles: [TileCoordinate] = []
        var level = 0
        while level < 8, size >> UInt64(8 * level) > 0 {
            let (full, partial) = extent(level: level, size: size)
            if partial > 0 {
                tiles.append(TileCoordinate(knownLevel: level, index: full, width: partial))
            } else {
                tiles.append(TileCoordinate(knownLevel: level, index: full - 1, width: fullWidth))
            }
            level += 1
        }
        return tiles
    }
}
