import Acts
import Crypto
import GRDB
import Ledger

/// A record as those read it who verify, export or copy it, beside the processes that write: a data folder's, or a database's.
struct RecordSource: Sendable {
    let layout: FolderLayout
    let address: PostgresAddress?

    init(_ layout: FolderLayout, database: String?) throws {
        self.layout = layout
        address = try database.map { try PostgresAddress($0) }
    }

    /// What holds the record, for people.
    var name: String { address?.shown ?? layout.record }

    /// - Throws: where there is no record.
    func check() throws {
        guard address == nil else { return }
        guard FolderLayout.exists(layout.record) else { throw RecordError.noRecord(folder: layout.folder) }
    }

    func reading() throws -> any ClosableReading {
        if let address { return PostgresRecordReading(address) }
        return try SQLiteRecordReading(layout.record)
    }

    func logReading() throws -> any LogReading {
        if let address { return try PostgresLogReading(address) }
        return try SQLiteLogReading(layout.record)
    }

    /// What is wrong with the structure of the file. A server looks after its own.
    func structuralProblems() throws -> [String] {
        address == nil ? try SQLiteReading.structuralProblems(in: layout.record) : []
    }

    func blobs() throws -> any BlobReading {
        if let address { return PostgresRecordReading(address) }
        return BlobFolder(layout.blobs)
    }
}

/// A reading half that is let go of after use.
protocol ClosableReading: EntryReading {
    func close() throws
}

/// Blobs, to be read one after another.
protocol BlobReading: Sendable {
    /// The names of all, in order.
    func all() throws -> [[UInt8]]
    /// The bytes under that name, checked against it.
    func blob(sha256 digest: [UInt8]) throws -> [UInt8]?
}

extension SQLiteRecordReading: ClosableReading {}
extension BlobFolder: BlobReading {}

/// An entry's row as it stands in the store; the bytes hold for the time of the call that they are given to.
struct LogRow {
    let position: Int64
    let leaf: UnsafeRawBufferPointer
    let salt: UnsafeRawBufferPointer
    /// `nil` where it was erased.
    let payload: UnsafeRawBufferPointer?
}

/// A record read row by row, by one thread.
protocol LogReading: AnyObject {
    /// Gives each row of a span, in order; gaps are the caller's to notice.
    func forEachRow(in span: Range<Int64>, _ body: (LogRow) throws -> Void) throws
    /// What is stored at that level and index; empty where nothing is.
    func hashes(level: Int, index: Int64) throws -> [Hash]
    func close() throws
}

/// Rows of a SQLite file.
final class SQLiteLogReading: LogReading {
    private let connection: DatabaseQueue

    init(_ path: String) throws {
        connection = try SQLiteReading.open(path)
    }

    func forEachRow(in span: Range<Int64>, _ body: (LogRow) throws -> Void) throws {
        try connection.unsafeReentrantRead { database in
            let query = try RawStatement(
                database, "SELECT position, leaf, salt, payload FROM entry WHERE position >= ? AND position < ? ORDER BY position")
            query.bind(span.lowerBound, at: 1)
            query.bind(span.upperBound, at: 2)
            defer { query.reset() }
            while try query.next() {
                try query.withBytes(1) { leaf in
                    try query.withBytes(2) { salt in
                        try query.withBytes(3) { payload in
                            try body(
                                LogRow(position: query.integer(0), leaf: leaf, salt: salt, payload: query.isNull(3) ? nil : payload))
                        }
                    }
                }
            }
        }
    }

    func hashes(level: Int, index: Int64) throws -> [Hash] {
        try connection.unsafeReentrantRead { database in
            let query = try RawStatement(database, "SELECT hashes FROM tile WHERE level = ? AND place = ?")
            query.bind(Int64(level), at: 1)
            query.bind(index, at: 2)
            defer { query.reset() }
            guard try query.next() else { return [] }
            return query.withBytes(0) { Hash.run(of: $0) ?? [] }
        }
    }

    func close() throws {
        try connection.close()
    }
}
