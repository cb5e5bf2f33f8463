/// Where tiles come from: a store, a folder, memory.
public protocol TileReader {
    /// Reads one tile.
    ///
    /// Once a tile is full a log may drop the partial ones before it; so a reader asked for a partial tile may answer with
    /// a wider one of the same level and index. Hashes past the asked width are not looked at.
    ///
    /// - Parameter coordinate: a tile that exists in the tree being read.
    /// - Returns: at least `coordinate.width` hashes.
    /// - Throws: when the tile cannot be had.
    func hashes(of coordinate: TileCoordinate) throws -> [Hash]
}

/// Tiles in memory, each place holding its widest tile.
public struct TileShelf: TileReader, Sendable {
    private struct Place: Hashable {
        let level: Int
        let index: UInt64
    }

    private var tiles: [Place: [Hash]] = [:]

    /// A shelf without tiles.
    public init() {}

    /// Puts a tile on the shelf, unless a wider one stands there already.
    public mutating func store(_ tile: Tile) {
        let place = Place(level: tile.coordinate.level, index: tile.coordinate.index)
        if let present = tiles[place], present.count >= tile.hashes.count { return }
        tiles[place] = tile.hashes
    }

    /// Reads a tile.
    ///
    /// - Throws: ``TreeError/shortTile(_:found:)`` when it is not there or not wide enough.
    public func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
        let hashes = tiles[Place(level: coordinate.level, index: coordinate.index)] ?? []
        guard hashes.count >= coordinate.width else { throw TreeError.shortTile(coordinate, found: hashes.count) }
        return hashes
    }
}
