/// Where a bundle of entries stands: which 256 entries, and how many of them (C2SP tlog-tiles).
public struct EntryBundleCoordinate: Hashable, Sendable {
    /// The place of the bundle: it holds entries from `256 * index` on.
    public let index: UInt64

    /// The number of entries in it: 256 for a full one, 1...255 for a partial one.
    public let width: Int

    /// - Returns: nil for a width outside 1...256 or an index so large that no tree reaches it.
    public init?(index: UInt64, width: Int = TileCoordinate.fullWidth) {
        guard 1...TileCoordinate.fullWidth ~= width, index <= Decimal.largest / 256 else { return nil }
        self.index = index
        self.width = width
    }

    /// The path of the bundle under a log's prefix: `tile/entries/<N>[.p/<W>]`.
    public var path: String { "tile/entries/" + TilePath.encode(index: index, width: width) }

    /// Reads such a path, in its one canonical spelling, without a leading slash.
    public init?(path: some StringProtocol) {
        let text = Substring(path)
        let prefix = "tile/entries/"
        guard text.utf8.starts(with: prefix.utf8) else { return nil }
        guard let place = TilePath.decode(Substring(text.utf8.dropFirst(prefix.utf8.count))) else { return nil }
        self.init(index: place.index, width: place.width)
    }

    /// The indexes of its entries.
    public var entries: Range<UInt64> { (index * 256)..<(index * 256 + UInt64(width)) }
}

/// Up to 256 consecutive entries as a log serves them: each after its length in two bytes, big-endian (C2SP tlog-tiles).
public struct EntryBundle: Hashable, Sendable {
    /// The longest entry that the format can hold, in bytes.
    public static let longestEntry = 65_535

    /// The entries, in order.
    public let entries: [[UInt8]]

    /// - Parameter entries: 1...256 of them, none longer than ``longestEntry``.
    /// - Throws: ``EntryBundleError`` for other numbers or longer entries.
    public init(_ entries: [[UInt8]]) throws(EntryBundleError) {
        guard 1...TileCoordinate.fullWidth ~= entries.count else { throw .wrongCount(entries.count) }
        for (place, entry) in entries.enumerated() where entry.count > EntryBundle.longestEntry {
            throw .entryTooLong(place: place, length: entry.count)
        }
        self.entries = entries
    }

    /// Reads a served bundle.
    ///
    /// - Throws: ``EntryBundleError`` when it ends in the middle of an entry or holds none or more than 256.
    public init(parsing bytes: [UInt8]) throws(EntryBundleError) {
        var entries: [[UInt8]] = []
        var at = 0
        while at < bytes.count {
            guard entries.count < TileCoordinate.fullWidth else { throw .wrongCount(entries.count + 1) }
            guard bytes.count - at >= 2 else { throw .endsEarly(place: entries.count) }
            let length = Int(bytes[at]) << 8 | Int(bytes[at + 1])
            at += 2
            guard bytes.count - at >= length else { throw .endsEarly(place: entries.count) }
            entries.append(Array(bytes[at..<(at + length)]))
            at += length
        }
        try self.init(entries)
    }

    /// The bundle as it is served.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
        for entry in entries {
            bytes.append(UInt8(entry.count >> 8))
            bytes.append(UInt8(entry.count & 255))
            bytes += entry
        }
        return bytes
    }

    /// The leaf hashes: what the tile of level 0 at the same index holds.
    public var leaves: [Hash] { Hash.leaves(entries) }
}

/// Why bytes are no entry bundle, or entries make none.
public enum EntryBundleError: Error, Hashable, Sendable {
    /// A bundle holds 1 to 256 entries.
    case wrongCount(Int)
    /// An entry's length must fit in two bytes.
    case entryTooLong(place: Int, length: Int)
    /// The bytes end before the entry at this place (from 0) does.
    case endsEarly(place: Int)
}

extension EntryBundleError: CustomStringConvertible {
    /// A sentence for an operator's log.
    public var description: String {
        switch self {
        case .wrongCount(let count): "an entry bundle holds 1 to 256 entries, not \(count)"
        case .entryTooLong(let place, let length): "entry \(place) of the bundle has \(length) bytes, more than 65,535"
        case .endsEarly(let place): "the bundle ends in the middle of entry \(place)"
        }
    }
}
