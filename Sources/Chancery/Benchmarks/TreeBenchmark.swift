import Glibc
import Ledger

/// How fast one core appends leaves to a Merkle tree in memory, for `chancery bench tree`.
///
/// `Benchmarks/tree` does the same work with Go's `sumdb/tlog`; compare the two in one run on one machine.
public enum TreeBenchmark {
    /// How the leaves come.
    public enum Arrival: String, Sendable, CaseIterable {
        /// One at a time, each appended before the next is looked at.
        case single
        /// In batches of 256 with a root after each, as the record's group commit appends them.
        case batch
    }

    /// What a run found.
    public struct Result: Sendable, Hashable {
        /// The number of leaves appended.
        public let leaves: Int
        /// The length of each, in bytes.
        public let leafBytes: Int
        /// How they came.
        public let arrival: Arrival
        /// Processor time of the whole process, in seconds.
        public let processorSeconds: Double
        /// The root at the end, in base64, so that two programs can show that they did the same work.
        public let root: String

        /// Leaves per second of processor time.
        public var leavesPerSecond: Double { Double(leaves) / processorSeconds }
    }

    /// Appends leaves on the calling thread and keeps every tile.
    ///
    /// - Parameters:
    ///   - leaves: how many, at least 1.
    ///   - leafBytes: how long each is, at least 8: its index, big-endian, and zeros.
    ///   - arrival: one by one or in batches.
    public static func run(leaves: Int, leafBytes: Int, arrival: Arrival) -> Result {
        let batch = arrival == .single ? 1 : 256
        var entries = [[UInt8]](repeating: [UInt8](repeating: 0, count: max(leafBytes, 8)), count: batch)
        var tree = TiledTree()
        var tiles: [Tile] = []
        var root = tree.root
        let start = processorSeconds()
        var done = 0
        while done < leaves {
            let count = min(batch, leaves - done)
            if count < entries.count { entries.removeLast(entries.count - count) }
            for place in 0..<count {
                withUnsafeBytes(of: UInt64(done + place).bigEndian) { index in
                    for byte in 0..<8 { entries[place][byte] = index[byte] }
                }
            }
            switch arrival {
            case .single:
                tree.append(Hash.leaf(entries[0])) { tiles.append($0) }
            case .batch:
                let changed = tree.append(Hash.leaves(entries))
                // A full tile is final; partial ones are written again until they are full.
                for tile in changed where tile.coordinate.isFull { tiles.append(tile) }
                root = tree.root
            }
            done += count
        }
        root = tree.root
        let seconds = processorSeconds() - start
        precondition(tiles.count == (0..<8).reduce(0) { $0 + Int(TileCoordinate.extent(level: $1, size: tree.size).full) })
        return Result(leaves: leaves, leafBytes: leafBytes, arrival: arrival, processorSeconds: seconds, root: root.base64)
    }

    private static func processorSeconds() -> Double {
        // Microseconds, by POSIX (clock(3)). One thread works here, so the process's time is its own.
        Double(clock()) / 1_000_000
    }
}
