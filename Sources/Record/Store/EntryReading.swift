import Acts
import Ledger

/// The reading half of a store.
public protocol EntryReading: Sendable {
    /// How many entries there are; the position of the next one.
    func end() throws -> Int64

    /// Up to `limit` entries from `position` on; fewer at the end, none past it.
    func entries(from position: Int64, limit: Int) throws -> [StoredEntry]

    /// The bytes of the widest tile stored at that level and index; a narrower one is a beginning of it.
    func tile(level: Int, index: Int64) throws -> [UInt8]?
}

extension EntryReading {
    /// Entries that are there, each held against its hash in the tiles and its payload against the leaf: what comes from here is what
    /// was entered.
    ///
    /// - Parameter limit: no more than there are.
    /// - Throws: ``RecordError/damagedEntry(index:reason:)``.
    func checkedEntries(from position: Int64, limit: Int) throws -> [Entry] {
        let stored = try entries(from: position, limit: limit)
        guard stored.count == limit else {
            throw RecordError.damagedEntry(index: position + Int64(stored.count), reason: "it is missing")
        }
        let hashes = Hash.leaves(stored.lazy.map(\.leaf))
        var entries: [Entry] = []
        entries.reserveCapacity(stored.count)
        var tile: (index: Int64, hashes: [Hash]) = (-1, [])
        for (offset, stored) in stored.enumerated() {
            let index = position + Int64(offset)
            if tile.index != index / 256 {
                tile = (index / 256, Hash.run(of: try self.tile(level: 0, index: index / 256) ?? []) ?? [])
            }
            let place = Int(index % 256)
            guard place < tile.hashes.count, tile.hashes[place] == hashes[offset] else {
                throw RecordError.damagedEntry(index: index, reason: "its hash is not the one in the tile over it")
            }
            entries.append(try Entry(index: index, stored: stored))
        }
        return entries
    }
}

// What a log of a given size serves (C2SP tlog-tiles).
extension EntryReading {
    /// A tile's bytes; `nil` where a log of that size does not have it.
    func servedTile(_ coordinate: TileCoordinate, size: Int64) throws -> [UInt8]? {
        let (full, partial) = TileCoordinate.extent(level: coordinate.level, size: UInt64(size))
        guard coordinate.index < full || (coordinate.index == full && coordinate.width <= partial) else { return nil }
        // What is narrower is a beginning of what is stored; hashes past the size are not shown.
        let bytes = try tile(level: coordinate.level, index: Int64(coordinate.index)) ?? []
        guard bytes.count >= coordinate.width * Hash.byteCount else {
            throw RecordError.damaged(file: coordinate.path, reason: "it is missing or too short")
        }
        return Array(bytes.prefix(coordinate.width * Hash.byteCount))
    }

    /// A bundle of leaves; `nil` where a log of that size does not have it.
    func servedBundle(_ coordinate: EntryBundleCoordinate, size: Int64) throws -> [UInt8]? {
        guard Int64(coordinate.entries.upperBound) <= size else { return nil }
        let first = Int64(coordinate.entries.lowerBound)
        let leaves = try entries(from: first, limit: coordinate.width).map(\.leaf)
        guard leaves.count == coordinate.width else {
            throw RecordError.damagedEntry(index: first + Int64(leaves.count), reason: "it is missing")
        }
        do {
            return try EntryBundle(leaves).bytes
        } catch {
            throw RecordError.damagedEntry(index: first, reason: "\(error)")
        }
    }
}
