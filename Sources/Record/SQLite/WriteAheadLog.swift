import GRDB
import GRDBSQLite
import Synchronization

/// The write-ahead log of one SQLite file, and its carrying over into the file, off the writer's way.
///
/// SQLite would do that inside whatever commit passes a limit, and that commit would wait for two syncs of a large file. Here a
/// connection of its own does nearly all of it beside the writer; only the short rest is done in the writer's place, so that the
/// log can begin anew.
final class WriteAheadLog: Sendable {
    private let pool: DatabasePool
    private let carrier: DatabaseQueue
    private let frames: FrameCounter

    /// Counts what SQLite tells after each commit.
    private final class FrameCounter: Sendable {
        let value = Atomic<Int>(0)
    }

    /// Frames in the log from which on it is carried over.
    private static let limit = 16_384
    /// Frames that may be left for the writer's place.
    private static let rest = 512

    init(of pool: DatabasePool, at path: String, synchronous: String) throws {
        self.pool = pool
        let frames = FrameCounter()
        self.frames = frames
        var configuration = Configuration()
        configuration.label = "chancery.carrier"
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = \(synchronous)")
        }
        carrier = try DatabaseQueue(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = \(synchronous)")
            sqlite3_wal_hook(
                try database.openConnection(),
                { context, _, _, count in
                    guard let context else { return SQLITE_OK }
                    Unmanaged<FrameCounter>.fromOpaque(context).takeUnretainedValue().value.store(Int(count), ordering: .relaxed)
                    return SQLITE_OK
                },
                // The counter lives as long as this object, which closes the connection before it goes.
                Unmanaged.passUnretained(frames).toOpaque())
        }
    }

    /// Carries the log over where it has grown long. To be called from a thread beside the writer's, now and then.
    func carryOver() throws {
        guard frames.value.load(ordering: .relaxed) >= WriteAheadLog.limit else { return }
        for _ in 0..<8 {
            let (all, done) = try carrier.writeWithoutTransaction { try WriteAheadLog.checkpoint(.passive, $0) }
            guard all - done > WriteAheadLog.rest else { break }
        }
        _ = try pool.writeWithoutTransaction { try WriteAheadLog.checkpoint(.passive, $0) }
    }

    /// The same in the writer's place, while it has nobody to serve.
    func carryOver(within database: Database) throws {
        guard frames.value.load(ordering: .relaxed) >= WriteAheadLog.limit else { return }
        _ = try WriteAheadLog.checkpoint(.passive, database)
    }

    /// Carries the whole log over, durably, and cuts it to nothing.
    func truncate() throws {
        _ = try pool.writeWithoutTransaction { try WriteAheadLog.checkpoint(.truncate, $0) }
    }

    private static func checkpoint(_ kind: Database.CheckpointMode, _ database: Database) throws -> (all: Int, done: Int) {
        _ = try database.openConnection()
        let (all, done) = try database.checkpoint(kind)
        return (all, done)
    }

    func close() throws {
        // So that the file stands alone. Where that fails, as on a full disk, the log stays beside it and nothing is lost.
        try? truncate()
        try pool.writeWithoutTransaction { database in _ = sqlite3_wal_hook(try database.openConnection(), nil, nil) }
        try carrier.close()
        try pool.close()
    }
}
