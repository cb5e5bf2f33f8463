/// A tile: a run of consecutive tree nodes, and where it stands (C2SP tlog-tiles).
public struct Tile: Hashable, Sendable {
    /// Where it stands and how wide it is.
    public let coordinate: TileCoordinate

    /// Its hashes, as many as the coordinate's width.
    public let hashes: [Hash]

    /// - Returns: nil when the number of hashes is not the coordinate's width.
    public init?(_ coordinate: TileCoordinate, hashes: [Hash]) {
        guard hashes.count == coordinate.width else { return nil }
        self.init(known: coordinate, hashes: hashes)
    }

    init(known coordinate: TileCoordinate, hashes: [Hash]) {
        self.coordinate = coordinate
        self.hashes = hashes
    }

    /// The tile as it is served: its hashes one after another, 8,192 bytes for a full one.
    public var bytes: [UInt8] { Hash.bytes(of: hashes) }

    /// Reads a served tile.
    ///
    /// - Returns: nil when there are not exactly 32 bytes for each hash of the coordinate's width.
    public init?(_ coordinate: TileCoordinate, bytes: some Collection<UInt8>) {
        guard let hashes = Hash.run(of: bytes) else { return nil }
        self.init(coordinate, hashes: hashes)
    }
}
