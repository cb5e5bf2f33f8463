import GRDB
import Ledger

/// A record's SQLite file, read without a writer: by a verification, which may run beside the node.
final class SQLiteRecordReading: TileReader, EntryReading {
    private let path: String
    private let connection: DatabaseQueue

    init(_ path: String) throws {
        self.path = path
        connection = try SQLiteReading.open(path)
    }

    func end() throws -> Int64 {
        try reading { try SQLiteQueries.end(in: $0) }
    }

    func entries(from position: Int64, limit: Int) throws -> [StoredEntry] {
        try reading { try SQLiteQueries.entries(from: position, limit: limit, in: $0) }
    }

    func tile(level: Int, index: Int64) throws -> [UInt8]? {
        try reading { try SQLiteQueries.tile(level: level, index: index, in: $0) }
    }

    func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
        try StoredTiles(store: self).hashes(of: coordinate)
    }

    private func reading<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try connection.unsafeRead(body)
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    func close() throws {
        try connection.close()
    }
}
