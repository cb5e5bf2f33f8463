import GRDB
import Ledger
import Synchronization

/// A record in one SQLite file, with its blobs in a folder beside it. Nothing to install; one process at a time.
final class SQLiteRecordStore: RecordStore {
    private let path: String
    private let blobs: BlobFolder
    private let turnstile = Turnstile()
    // One connection writes, on the writer's thread; several read. All are opened anew after a failed append.
    private let connections: Mutex<SQLiteConnections>

    /// Opens the file, creating it where there is none.
    init(path: String, blobs: String) throws {
        self.path = path
        self.blobs = try BlobFolder(creating: blobs)
        let opened = try SQLiteConnections(path)
        connections = Mutex(opened)
        turnstile.advance(to: try opened.end())
    }

    private var current: SQLiteConnections {
        connections.withLock { $0 }
    }

    /// A reading that meets connections just being renewed is done again on the new ones.
    private func reading<T>(_ body: (SQLiteConnections) throws -> T) throws -> T {
        let used = current
        do {
            return try body(used)
        } catch {
            let renewed = current
            guard renewed !== used else { throw error }
            return try body(renewed)
        }
    }

    func end() throws -> Int64 {
        try reading { try $0.end() }
    }

    func append(_ entries: [StoredEntry], at position: Int64, erasing erased: [Int64], tiles: () throws -> [Tile]) throws {
        try current.append(entries, at: position, erasing: erased, tiles: tiles)
        turnstile.advance(to: position + Int64(entries.count))
    }

    func entries(from position: Int64, limit: Int) throws -> [StoredEntry] {
        try reading { try $0.entries(from: position, limit: limit) }
    }

    func wait(past position: Int64) async throws {
        try await turnstile.wait(past: position)
    }

    func tile(level: Int, index: Int64) throws -> [UInt8]? {
        try reading { try $0.tile(level: level, index: index) }
    }

    func purge() throws {
        // `secure_delete` has overwritten the row; the log still holds the page as it was.
        try current.truncateLog()
    }

    func blob(sha256: [UInt8]) throws -> [UInt8]? {
        try blobs.blob(sha256: sha256)
    }

    func storeBlob(_ bytes: [UInt8]) throws -> [UInt8] {
        try blobs.store(bytes)
    }

    func recover() throws {
        let old = current
        let fresh = try old.renewed()
        connections.withLock { $0 = fresh }
        try? old.close()
        turnstile.advance(to: try fresh.end())
    }

    func maintain() throws {
        try current.maintain()
    }

    func close() throws {
        turnstile.close()
        try current.close()
    }
}
