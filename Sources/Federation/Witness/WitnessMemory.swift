import Acts
import Crypto
import Foundation
import GRDB
import Ledger
import Record
import Synchronization

/// A log's last cosigned checkpoint.
struct WitnessKnown: Sendable {
    var state: WitnessedState
    /// The signed note, as the log signed it.
    var note: [UInt8]
    /// POSIX seconds.
    var time: UInt64

    init(state: WitnessedState, note: [UInt8], time: UInt64) {
        self.state = state
        self.note = note
        self.time = time
    }

    /// Reads what ``bytes`` writes.
    init?(bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0a), let time = UInt64(String(decoding: bytes[..<end], as: UTF8.self)),
            let checkpoint = try? SignedCheckpoint(parsing: Array(bytes[(end + 1)...]))
        else { return nil }
        self.init(
            state: WitnessedState(size: checkpoint.checkpoint.size, root: checkpoint.root), note: checkpoint.note.bytes, time: time)
    }

    /// The time in decimal, a line feed, and the note, which says the rest.
    var bytes: [UInt8] { Array("\(time)\n".utf8) + note }

    /// How the monitoring address names a log: the SHA-256 of its origin in lowercase hexadecimal.
    static func hash(of origin: String) -> String { Hexadecimal.encode(SHA256.hash(data: Array(origin.utf8))) }
}

/// Where a witness keeps what it must never forget.
protocol WitnessMemory: Sendable {
    /// Gives what is known of these logs, and keeps what the body returns, durably; nobody else changes them meanwhile.
    ///
    /// - Parameter decide: it may be called again where the outcome of the first time is unknown.
    func update(_ origins: Set<String>, _ decide: ([String: WitnessKnown]) -> [String: WitnessKnown]) throws

    /// The same as ``WitnessStore/known(hash:)``.
    func known(hash: String) async throws -> WitnessKnown?

    /// Keeps the newest checkpoint of this node's own record that enough witnesses signed.
    func keepOwn(_ note: [UInt8]) async throws

    /// What ``keepOwn(_:)`` kept.
    func own() async throws -> [UInt8]?

    func close() throws
}

/// The memory of a node that has its record to itself: `witness.sqlite` in the data folder.
final class WitnessFile: WitnessMemory {
    private let database: DatabaseQueue
    /// All of it, by the hash of the origin; only ``update(_:_:)`` changes it, one caller at a time.
    private let known: Mutex<[String: WitnessKnown]>

    /// Opens the file, or makes it where there is none.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // The data folder is this process's alone, so no memory needs to be shared with others.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        database = try DatabaseQueue(path: path, configuration: configuration)
        // Only speed hangs on it: on a full disk the node starts all the same.
        _ = try? WitnessFile.makeRoom(database)
        let known = try database.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS witnessed (
                        origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, time INTEGER NOT NULL
                    );
                    CREATE TABLE IF NOT EXISTS own (place INTEGER PRIMARY KEY CHECK (place = 0), note BLOB NOT NULL);
                    """)
            var known: [String: WitnessKnown] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM witnessed") {
                guard let root = Hash(row["root"] as Data) else { continue }
                known[WitnessKnown.hash(of: row["origin"])] = WitnessKnown(
                    state: WitnessedState(size: UInt64(row["size"] as Int64), root: root), note: Array(row["note"] as Data),
                    time: UInt64(row["time"] as Int64))
            }
            return known
        }
        self.known = Mutex(known)
    }

    /// Writes the write-ahead log once as long as it gets before SQLite begins it anew, so that from then on each cosignature overwrites
    /// what is there: a sync of a file that does not grow is twice to four times as fast. The log is removed when the node stops.
    private static func makeRoom(_ database: DatabaseQueue) throws {
        try database.writeWithoutTransaction { database in
            try database.execute(sql: "CREATE TABLE IF NOT EXISTS room (content BLOB NOT NULL)")
            try database.execute(sql: "INSERT INTO room VALUES (zeroblob(4200000))")
            try database.execute(sql: "DELETE FROM room")
            _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(RESTART)")
        }
    }

    func update(_ origins: Set<String>, _ decide: ([String: WitnessKnown]) -> [String: WitnessKnown]) throws {
        let hashes = Dictionary(uniqueKeysWithValues: origins.map { ($0, WitnessKnown.hash(of: $0)) })
        let before = known.withLock { known in hashes.compactMapValues { known[$0] } }
        let changed = decide(before)
        guard !changed.isEmpty else { return }
        try database.write { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO witnessed (origin, size, root, note, time) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note,
                        time = excluded.time
                    """)
            for (origin, known) in changed {
                try statement.execute(
                    arguments: [origin, Int64(known.state.size), Data(known.state.root.bytes), Data(known.note), Int64(known.time)])
            }
        }
        known.withLock { for (origin, state) in changed { $0[hashes[origin] ?? WitnessKnown.hash(of: origin)] = state } }
    }

    func known(hash: String) async throws -> WitnessKnown? { known.withLock { $0[hash] } }

    func keepOwn(_ note: [UInt8]) async throws {
        try await database.write { database in
            try database.execute(
                sql: "INSERT INTO own (place, note) VALUES (0, ?) ON CONFLICT (place) DO UPDATE SET note = excluded.note",
                arguments: [Data(note)])
        }
    }

    func own() async throws -> [UInt8]? {
        try await database.read { try Data.fetchOne($0, sql: "SELECT note FROM own").map { Array($0) } }
    }

    func close() throws { try database.close() }
}

/// The memory of nodes whose record several processes share: in the record's database, so that all of them are one witness.
///
/// Decision and storing are one transaction that holds the log's row, so of two processes that are asked at once about one log the
/// second decides on what the first has stored.
struct SharedWitnessMemory: WitnessMemory {
    let memory: SharedMemory

    private static func name(_ hash: String) -> String { "witnessed/\(hash)" }
    private static let ownName = "witnessed-own"

    func update(_ origins: Set<String>, _ decide: ([String: WitnessKnown]) -> [String: WitnessKnown]) throws {
        let names = Dictionary(uniqueKeysWithValues: origins.map { ($0, SharedWitnessMemory.name(WitnessKnown.hash(of: $0))) })
        try memory.update(Set(names.values)) { values in
            var before: [String: WitnessKnown] = [:]
            for (origin, name) in names {
                guard let bytes = values[name] else { continue }
                // What cannot be read is not forgotten: nothing is cosigned until somebody has looked into it.
                guard let known = WitnessKnown(bytes: bytes) else {
                    throw RecordError.damaged(file: "table memory, \(name)", reason: "it is no checkpoint that a witness cosigned")
                }
                before[origin] = known
            }
            var after: [String: [UInt8]] = [:]
            for (origin, known) in decide(before) { if let name = names[origin] { after[name] = known.bytes } }
            return after
        }
    }

    func known(hash: String) async throws -> WitnessKnown? {
        guard hash.utf8.count == 64 else { return nil }
        return try await memory.value(SharedWitnessMemory.name(hash)).flatMap(WitnessKnown.init(bytes:))
    }

    func keepOwn(_ note: [UInt8]) async throws {
        try await memory.change([SharedWitnessMemory.ownName]) { values in
            let old = values[SharedWitnessMemory.ownName].flatMap { try? SignedCheckpoint(parsing: $0) }
            let new = try? SignedCheckpoint(parsing: note)
            guard let new, old.map({ $0.size <= new.size }) ?? true else { return [:] }
            return [SharedWitnessMemory.ownName: note]
        }
    }

    func own() async throws -> [UInt8]? { try await memory.value(SharedWitnessMemory.ownName) }

    func close() throws {}
}
