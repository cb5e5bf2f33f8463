import GRDB
import GRDBSQLite

extension Database {
    /// The connection, for SQLite's own interface, which crashes where there is none.
    ///
    /// - Throws: ``RecordError/closed``.
    func openConnection() throws -> OpaquePointer {
        guard let sqliteConnection else { throw RecordError.closed }
        return sqliteConnection
    }

    /// Undoes the transaction that is open, if any: SQLite rolls back by itself where the disk is full.
    func rollBackIfOpen() {
        guard isInsideTransaction else { return }
        try? RawStatement(self, "ROLLBACK").run()
    }
}

/// A prepared statement driven straight through SQLite's own interface: for the few that run for every act, where boxing each
/// value costs more than the insert. GRDB keeps and finalizes the statement.
///
/// To be used inside one access to the database, by its thread.
struct RawStatement {
    private let statement: Statement
    private let handle: OpaquePointer

    /// The cached statement of that text, prepared at its first use on the connection.
    init(_ database: Database, _ sql: String) throws {
        statement = try database.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    private var failure: DatabaseError {
        let connection = sqlite3_db_handle(handle)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)), sql: statement.sql)
    }

    func bind(_ value: Int64, at index: CInt) {
        sqlite3_bind_int64(handle, index, value)
    }

    func bindNull(at index: CInt) {
        sqlite3_bind_null(handle, index)
    }

    /// The bytes must stay where they are until the statement was run.
    func bind(_ bytes: UnsafeRawBufferPointer, at index: CInt) {
        if let start = bytes.baseAddress {
            sqlite3_bind_blob(handle, index, start, CInt(bytes.count), nil)
        } else {
            sqlite3_bind_zeroblob(handle, index, 0)
        }
    }

    /// Copies the text: to the arena, which must be kept and left alone until the statement was run, or where that is full, by SQLite,
    /// which asks for memory each time.
    func bind(_ text: String, at index: CInt, in arena: BindingArena? = nil) {
        var text = text
        text.withUTF8 { utf8 in
            if let kept = arena?.copy(utf8) {
                sqlite3_bind_text(handle, index, kept.assumingMemoryBound(to: CChar.self), CInt(utf8.count), nil)
                return
            }
            let start = UnsafeRawPointer(utf8.baseAddress)?.assumingMemoryBound(to: CChar.self)
            // SQLITE_TRANSIENT, which C spells as a cast of -1 that Swift does not import.
            sqlite3_bind_text(handle, index, start, CInt(utf8.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    func bind(_ text: String?, at index: CInt, in arena: BindingArena? = nil) {
        if let text { bind(text, at: index, in: arena) } else { bindNull(at: index) }
    }

    /// Runs a statement that gives no rows.
    func run() throws {
        let code = sqlite3_step(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            let failure = failure
            sqlite3_reset(handle)
            throw failure
        }
        sqlite3_reset(handle)
    }

    /// Steps to the next row; resets and gives `false` at the end.
    func next() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else {
            let failure = failure
            sqlite3_reset(handle)
            throw failure
        }
        sqlite3_reset(handle)
        return false
    }

    func reset() {
        sqlite3_reset(handle)
    }

    func integer(_ column: CInt) -> Int64 { sqlite3_column_int64(handle, column) }

    func isNull(_ column: CInt) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// The column's bytes where they lie, until the next step.
    func withBytes<T>(_ column: CInt, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        let start = sqlite3_column_blob(handle, column)
        return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))))
    }

    /// A copy of the column's bytes.
    func bytes(_ column: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}

/// Memory for the texts that one run of a statement binds. Touched by the writer's thread only.
final class BindingArena {
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
    private var used = 0

    deinit { memory.deallocate() }

    /// To be called when no statement that binds what lies here will run again.
    func reset() { used = 0 }

    /// - Returns: where the copy lies; `nil` where there is no room left.
    func copy(_ utf8: UnsafeBufferPointer<UInt8>) -> UnsafeRawPointer? {
        guard let start = utf8.baseAddress, utf8.count <= memory.count - used else { return nil }
        let target = UnsafeMutableRawBufferPointer(rebasing: memory[used..<(used + utf8.count)])
        target.copyMemory(from: UnsafeRawBufferPointer(start: start, count: utf8.count))
        used += utf8.count
        return UnsafeRawPointer(target.baseAddress)
    }
}
