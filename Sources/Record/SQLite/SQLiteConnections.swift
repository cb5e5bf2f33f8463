import GRDB
import GRDBSQLite
import Ledger

/// The open connections of a record's SQLite file: one that writes, several that read.
///
/// Durability: write-ahead log, `synchronous=FULL`, so a commit is one fdatasync of the log; the log is carried over into the
/// file by ``WriteAheadLog``, off the writer's way. `secure_delete` overwrites what is erased.
final class SQLiteConnections: Sendable {
    private let path: String
    private let pool: DatabasePool
    private let log: WriteAheadLog

    /// Large enough that a page holds several acts and a full tile fits without an overflow chain of its own.
    static let pageSize = 8192

    init(_ path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.label = "chancery.record"
        configuration.maximumReaderCount = 8
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            if !database.configuration.readonly {
                try database.execute(sql: "PRAGMA page_size = \(SQLiteConnections.pageSize)")
            }
            try database.execute(
                sql: """
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA secure_delete = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -8192;
                    PRAGMA mmap_size = 0;
                    """)
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { database in
                try SQLiteConnections.createTables(database)
            }
            // GRDB sets NORMAL when it turns the write-ahead log on; an acknowledged act must outlive a power cut.
            log = try WriteAheadLog(of: pool, at: path, synchronous: "FULL")
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    private static func createTables(_ database: Database) throws {
        guard try !database.tableExists("entry") else { return }
        try database.execute(
            sql: """
                BEGIN IMMEDIATE;
                CREATE TABLE entry (position INTEGER PRIMARY KEY, leaf BLOB NOT NULL, salt BLOB, payload BLOB);
                CREATE TABLE tile (level INTEGER NOT NULL, place INTEGER NOT NULL, hashes BLOB NOT NULL,
                    PRIMARY KEY (level, place)) WITHOUT ROWID;
                PRAGMA user_version = 1;
                COMMIT;
                """)
    }

    private func reading<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try pool.read(body)
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    func end() throws -> Int64 {
        try reading { try SQLiteQueries.end(in: $0) }
    }

    func append(_ entries: [StoredEntry], at position: Int64, erasing erased: [Int64], tiles: () throws -> [Tile]) throws {
        do {
            try pool.writeWithoutTransaction { database in
                try RawStatement(database, "BEGIN IMMEDIATE").run()
                do {
                    try append(entries, at: position, to: database)
                    try replace(try tiles(), in: database)
                    for position in erased {
                        let erase = try RawStatement(database, "UPDATE entry SET salt = NULL, payload = NULL WHERE position = ?")
                        erase.bind(position, at: 1)
                        try erase.run()
                    }
                    try RawStatement(database, "COMMIT").run()
                } catch {
                    database.rollBackIfOpen()
                    throw error
                }
            }
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    private func append(_ entries: [StoredEntry], at position: Int64, to database: Database) throws {
        let end = try SQLiteQueries.end(in: database)
        guard end == position else { throw RecordError.positionTaken(position: position, end: end) }
        let insert = try RawStatement(database, "INSERT INTO entry (position, leaf, salt, payload) VALUES (?, ?, ?, ?)")
        var next = position
        for entry in entries {
            insert.bind(next, at: 1)
            try entry.leaf.withUnsafeBytes { leaf in
                insert.bind(leaf, at: 2)
                guard let payload = entry.payload else {
                    insert.bindNull(at: 3)
                    insert.bindNull(at: 4)
                    return try insert.run()
                }
                try payload.salt.withUnsafeBytes { salt in
                    insert.bind(salt, at: 3)
                    try payload.bytes.withUnsafeBytes { bytes in
                        insert.bind(bytes, at: 4)
                        try insert.run()
                    }
                }
            }
            next += 1
        }
    }

    private func replace(_ tiles: [Tile], in database: Database) throws {
        let replace = try RawStatement(database, "INSERT OR REPLACE INTO tile (level, place, hashes) VALUES (?, ?, ?)")
        for tile in tiles {
            replace.bind(Int64(tile.coordinate.level), at: 1)
            replace.bind(Int64(tile.coordinate.index), at: 2)
            try tile.hashes.withUnsafeBytes { bytes in
                replace.bind(bytes, at: 3)
                try replace.run()
            }
        }
    }

    func entries(from position: Int64, limit: Int) throws -> [StoredEntry] {
        try reading { try SQLiteQueries.entries(from: position, limit: limit, in: $0) }
    }

    func tile(level: Int, index: Int64) throws -> [UInt8]? {
        try reading { try SQLiteQueries.tile(level: level, index: index, in: $0) }
    }

    /// Carries the whole write-ahead log over into the file, durably, and cuts it to nothing.
    func truncateLog() throws {
        do {
            try log.truncate()
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    /// Opens new connections beside these, and makes sure that what they show is on the disk.
    ///
    /// What the log shows may have come from the page cache, a failed fsync having left it there, and not be on the disk at all.
    /// Carrying it over writes it again and syncs both files; only when that works may anything be built on it.
    func renewed() throws -> SQLiteConnections {
        let fresh = try SQLiteConnections(path)
        do {
            try fresh.truncateLog()
        } catch {
            try? fresh.close()
            throw error
        }
        return fresh
    }

    /// What can be done beside the writer.
    func maintain() throws {
        do {
            try log.carryOver()
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    func close() throws {
        try log.close()
    }
}

extension RecordError {
    /// What SQLite reported, as what it means for the record.
    init(sqlite error: any Error, file: String) {
        switch error {
        case let error as RecordError:
            self = error
        case let error as DatabaseError:
            let reason = error.message ?? error.resultCode.description
            switch error.resultCode.primaryResultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                self = .damaged(file: file, reason: reason)
            default:
                self = .unavailable(reason: "\(file): \(reason) (SQLite \(error.extendedResultCode.rawValue))")
            }
        default:
            self = .unavailable(reason: "\(file): \(error)")
        }
    }
}
