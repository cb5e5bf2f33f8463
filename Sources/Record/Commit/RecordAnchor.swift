import Acts
import Ledger

/// Reads tiles from a store, for the tree and its proofs.
struct StoredTiles: TileReader {
    let store: any EntryReading

    func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
        let bytes = try store.tile(level: coordinate.level, index: Int64(coordinate.index)) ?? []
        guard let hashes = Hash.run(of: bytes) else { throw TreeError.shortTile(coordinate, found: bytes.count / Hash.byteCount) }
        return hashes
    }
}

/// Remembers the tiles that it read, for as long as one question takes.
final class RememberedTiles: TileReader {
    private let tiles: StoredTiles
    private var known: [TileCoordinate: [Hash]] = [:]

    init(_ tiles: StoredTiles) {
        self.tiles = tiles
    }

    func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
        if let hashes = known[coordinate] { return hashes }
        let hashes = try tiles.hashes(of: coordinate)
        known[coordinate] = hashes
        return hashes
    }
}

/// Holds the record against the last checkpoint that was signed over it.
enum RecordAnchor {
    /// The tree over a store's entries, resumed from the tiles at its right edge, never by a scan.
    ///
    /// - Throws: ``RecordError`` where the store does not extend what was signed.
    static func tree(end: Int64, signed: SignedCheckpoint?, store: any RecordStore) throws -> TiledTree {
        let tiles = StoredTiles(store: store)
        if let signed, signed.size > end { throw RecordError.behindCheckpoint(size: end, signed: signed.size) }
        do {
            let tree = try TiledTree(size: UInt64(end), tiles: tiles)
            if let signed {
                // Both roots are made from the same tiles, so equality at the older size is the consistency proof.
                let root = try Hash.root(ofTreeOf: UInt64(signed.size), tiles: tiles)
                guard root == signed.root else {
                    throw RecordError.differsFromCheckpoint(
                        signed: signed.size, reason: "its tiles give root \(root.base64), and \(signed.root.base64) was signed")
                }
            }
            try checkLastEntries(end: end, store: store)
            return tree
        } catch let error as TreeError {
            throw RecordError.differsFromCheckpoint(signed: signed?.size ?? 0, reason: "\(error)")
        }
    }

    /// Whether the newest entries hash to what the last tile holds: the place where a torn write would show.
    private static func checkLastEntries(end: Int64, store: any RecordStore) throws {
        guard end > 0 else { return }
        let first = (end - 1) / 256 * 256
        let entries = try store.entries(from: first, limit: Int(end - first))
        guard entries.count == Int(end - first) else { throw RecordError.damagedEntry(index: first, reason: "it is missing") }
        let width = Int(end - first)
        guard let coordinate = TileCoordinate(level: 0, index: UInt64(first / 256), width: width) else { return }
        let hashes = try StoredTiles(store: store).hashes(of: coordinate)
        for (offset, hash) in Hash.leaves(entries.map(\.leaf)).enumerated() where hashes.count <= offset || hashes[offset] != hash {
            throw RecordError.damagedEntry(index: first + Int64(offset), reason: "its hash is not the one in the tile over it")
        }
    }
}
