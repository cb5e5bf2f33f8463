import CPostgres
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What PostgreSQL, or the way to it, reported.
struct PostgresFailure: Error, CustomStringConvertible {
    /// Five characters (PostgreSQL manual, appendix A); `nil` where no server answered.
    let state: String?
    /// In the server's or the library's words, on one line. libpq puts no password in them.
    let message: String
    /// Whether the connection is of no use any more.
    let isCutOff: Bool

    var description: String { state.map { "\(message) (SQLSTATE \($0))" } ?? message }

    /// `unique_violation`: the position is taken.
    static let uniqueViolation = "23505"
    /// `lock_not_available`: a lock was not to be had in time.
    static let lockNotAvailable = "55P03"
    /// `undefined_table` and `invalid_schema_name`: no record was begun here.
    static let undefinedTable = "42P01"
    static let undefinedSchema = "3F000"
    /// `read_only_sql_transaction`: this server has become, or always was, a standby.
    static let readOnly = "25006"
}

/// One connection to a PostgreSQL server. Calls block; one thread at a time uses it.
///
/// Being cut off ends in bounded time: connecting, sending and waiting each have their limits, on this side and on the server's.
final class PostgresConnection: @unchecked Sendable {
    private let handle: OpaquePointer
    private let address: PostgresAddress
    /// Details of the notices that the last statements caused, as `VACUUM (VERBOSE)` gives them.
    private(set) var details: [String] = []
    /// Warnings that the last statements caused. A commit that was not waited for to reach the standby warns, and says yes.
    private(set) var warnings: [String] = []
    /// An answer did not come in time: what is on the way can no longer be told from what is asked next.
    private var isLost = false

    /// Seconds that an answer is waited for. The server's own limits are below, so this one means that it cannot be reached, or
    /// that a commit waits for a standby that is not there.
    static let patience: Double = 75

    /// The limits put on every connection, unless the address says otherwise. Seconds, `tcp_user_timeout` in milliseconds.
    private static let limits: [(String, String)] = [
        ("connect_timeout", "5"), ("keepalives", "1"), ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "10000"), ("client_encoding", "UTF8"), ("fallback_application_name", "chancery"),
    ]

    /// Connects.
    ///
    /// - Parameter writes: whether a server that only reads, a standby, will not do.
    init(_ address: PostgresAddress, writes: Bool = true) throws(PostgresFailure) {
        self.address = address
        var parameters = PostgresConnection.limits.filter { !address.names.contains($0.0) }
        if writes, !address.names.contains("target_session_attrs") { parameters.append(("target_session_attrs", "read-write")) }
        // The address comes last, as `dbname`, and is taken apart by libpq itself.
        parameters.append(("dbname", address.text))
        var names: [UnsafeMutablePointer<CChar>?] = parameters.map { strdup($0.0) }
        var values: [UnsafeMutablePointer<CChar>?] = parameters.map { strdup($0.1) }
        defer { for pointer in names + values { free(pointer) } }
        names.append(nil)
        values.append(nil)
        let connected = names.withUnsafeBufferPointer { names in
            values.withUnsafeBufferPointer { values in
                names.withMemoryRebound(to: UnsafePointer<CChar>?.self) { names in
                    values.withMemoryRebound(to: UnsafePointer<CChar>?.self) { values in
                        PQconnectdbParams(names.baseAddress, values.baseAddress, 1)
                    }
                }
            }
        }
        guard let connected else { throw PostgresFailure(state: nil, message: "there is no memory for a connection", isCutOff: true) }
        handle = connected
        guard PQstatus(handle) == CONNECTION_OK else { throw failure() }
        PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context, let result else { return }
                let connection = Unmanaged<PostgresConnection>.fromOpaque(context).takeUnretainedValue()
                if let detail = PQresultErrorField(result, CInt(UInt8(ascii: "D"))) { connection.details.append(String(cString: detail)) }
                let severity = PQresultErrorField(result, CInt(UInt8(ascii: "V"))).map { String(cString: $0) }
                guard severity == "WARNING", let words = PQresultErrorField(result, CInt(UInt8(ascii: "M"))) else { return }
                connection.warnings.append(String(cString: words))
            }, Unmanaged.passUnretained(self).toOpaque())
        // An acknowledged act is on the disk, whatever the server's default. A statement, or a turn held by a process that sleeps,
        // ends by itself.
        _ = try run(
            """
            SET synchronous_commit = on; SET statement_timeout = '60s'; SET lock_timeout = '10s';
            SET idle_in_transaction_session_timeout = '60s'; SET bytea_output = 'hex'; SET search_path = \(address.quotedSchema)
            """)
    }

    deinit {
        PQfinish(handle)
    }

    var isUsable: Bool { !isLost && PQstatus(handle) == CONNECTION_OK }

    /// Whether a transaction is open, or one failed and was not undone.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// The socket, to wait for it to have something to read.
    var socket: CInt { PQsocket(handle) }

    private func failure(_ result: OpaquePointer? = nil) -> PostgresFailure {
        let state = result.flatMap { PQresultErrorField($0, CInt(UInt8(ascii: "C"))) }.map { String(cString: $0) }
        let words = result.flatMap { PQresultErrorField($0, CInt(UInt8(ascii: "M"))) } ?? PQerrorMessage(handle)
        let message = words.map { String(cString: $0) } ?? "no reason was given"
        let line = message.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "; ")
        // A server that has become a standby answers well, and takes nothing.
        return PostgresFailure(
            state: state, message: line, isCutOff: PQstatus(handle) != CONNECTION_OK || state == PostgresFailure.readOnly)
    }

    // MARK: Queries

    /// Runs statements without parameters, and gives the last one's result, in text.
    @discardableResult
    func run(_ statements: String, patience: Double = PostgresConnection.patience) throws(PostgresFailure) -> PostgresResult {
        details = []
        warnings = []
        guard PQsendQuery(handle, statements) == 1 else { throw failure() }
        return try answer(patience)
    }

    /// Runs one statement with binary parameters; the result is binary too.
    func query(_ statement: String, _ parameters: [PostgresParameter] = []) throws(PostgresFailure) -> PostgresResult {
        let types = parameters.map(\.type)
        let lengths = parameters.map { CInt($0.bytes.count) }
        let formats = [CInt](repeating: 1, count: parameters.count)
        let all = parameters.flatMap(\.bytes)
        let sent = all.withUnsafeBytes { all in
            var offset = 0
            // An empty value still needs an address: none means NULL.
            let start = all.baseAddress ?? UnsafeRawPointer(handle)
            let values = parameters.map { parameter -> UnsafePointer<CChar>? in
                defer { offset += parameter.bytes.count }
                return start.advanced(by: offset).assumingMemoryBound(to: CChar.self)
            }
            return PQsendQueryParams(handle, statement, CInt(parameters.count), types, values, lengths, formats, 1)
        }
        guard sent == 1 else { throw failure() }
        return try answer(PostgresConnection.patience)
    }

    /// Waits for what was asked: the last statement's result, or the first failure.
    private func answer(_ patience: Double) throws(PostgresFailure) -> PostgresResult {
        let deadline = ContinuousClock.now + .seconds(patience)
        var last: PostgresResult?
        var problem: PostgresFailure?
        while true {
            while PQisBusy(handle) == 1 {
                let left = deadline - .now
                let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
                guard milliseconds > 0 else {
                    isLost = true
                    throw PostgresFailure(
                        state: nil, message: "\(address.shown) has not answered for \(Int(patience)) seconds", isCutOff: true)
                }
                var waiting = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
                _ = poll(&waiting, 1, CInt(min(milliseconds, 1000)))
                guard PQconsumeInput(handle) == 1 else { throw problem ?? failure() }
            }
            guard let result = PQgetResult(handle) else { break }
            let isCopy = PQresultStatus(result) == PGRES_COPY_IN
            do throws(PostgresFailure) {
                last = try checked(result)
            } catch {
                problem = problem ?? error
            }
            if isCopy { break }
        }
        if let problem { throw problem }
        guard let last, isUsable else { throw failure() }
        return last
    }

    private func checked(_ result: OpaquePointer) throws(PostgresFailure) -> PostgresResult {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN: return PostgresResult(result)
        default:
            let failure = failure(result)
            PQclear(result)
            throw failure
        }
    }

    /// Sends rows in COPY's binary form (PostgreSQL manual, COPY, "Binary Format").
    func copy(_ statement: String, _ rows: [UInt8]) throws(PostgresFailure) {
        try run(statement)
        let stride = 1 << 20
        var sent = 0
        while sent < rows.count {
            let count = min(stride, rows.count - sent)
            let code = rows.withUnsafeBytes { rows in
                PQputCopyData(handle, rows.baseAddress?.advanced(by: sent).assumingMemoryBound(to: CChar.self), CInt(count))
            }
            guard code == 1 else { throw failure() }
            sent += count
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw failure() }
        _ = try answer(PostgresConnection.patience)
    }

    /// Undoes what is open, where something is; a connection that cannot is of no use any more.
    func rollBack() {
        guard isUsable, isInTransaction else { return }
        _ = try? run("ROLLBACK")
    }

    // MARK: Notifications

    /// Takes in what has come, without waiting, and tells whether a notification was among it.
    func takeNotifications() throws(PostgresFailure) -> Bool {
        guard PQconsumeInput(handle) == 1 else { throw failure() }
        var any = false
        while let notification = PQnotifies(handle) {
            PQfreemem(notification)
            any = true
        }
        return any
    }
}

/// A value for a statement, in PostgreSQL's binary form, with the type's number (`pg_type.oid`, which never changes).
struct PostgresParameter {
    let type: Oid
    let bytes: [UInt8]

    static func integer(_ value: Int64) -> PostgresParameter {
        PostgresParameter(type: 20, bytes: value.bigEndianBytes)
    }

    static func bytes(_ value: [UInt8]) -> PostgresParameter {
        PostgresParameter(type: 17, bytes: value)
    }

    static func text(_ value: String) -> PostgresParameter {
        PostgresParameter(type: 25, bytes: Array(value.utf8))
    }

    static func integers(_ values: [Int64]) -> PostgresParameter {
        array(1016, of: 20, values.map(\.bigEndianBytes))
    }

    static func byteStrings(_ values: [[UInt8]]) -> PostgresParameter {
        array(1001, of: 17, values)
    }

    /// One dimension, no NULLs, counted from 1: what `array_send` writes.
    private static func array(_ type: Oid, of element: Oid, _ values: [[UInt8]]) -> PostgresParameter {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20 + values.reduce(0) { $0 + 4 + $1.count })
        bytes += Int32(values.isEmpty ? 0 : 1).bigEndianBytes + Int32(0).bigEndianBytes + Int32(bitPattern: element).bigEndianBytes
        if !values.isEmpty { bytes += Int32(values.count).bigEndianBytes + Int32(1).bigEndianBytes }
        for value in values {
            bytes += Int32(value.count).bigEndianBytes
            bytes += value
        }
        return PostgresParameter(type: type, bytes: bytes)
    }
}

extension FixedWidthInteger {
    /// Most significant byte first, as PostgreSQL's binary forms have it.
    var bigEndianBytes: [UInt8] {
        withUnsafeBytes(of: bigEndian) { Array($0) }
    }
}

/// The rows that a statement gave.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    var count: Int { Int(PQntuples(handle)) }

    /// What was done, such as `COMMIT`; where a transaction had failed, a commit says `ROLLBACK`.
    var command: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    func isNull(_ row: Int, _ column: Int) -> Bool {
        PQgetisnull(handle, CInt(row), CInt(column)) == 1
    }

    /// The value's bytes, which hold as long as the result; empty where it is NULL.
    func withBytes<T>(_ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        let start = PQgetvalue(handle, CInt(row), CInt(column))
        return try body(UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, CInt(row), CInt(column)))))
    }

    func bytes(_ row: Int, _ column: Int) -> [UInt8] {
        withBytes(row, column) { Array($0) }
    }

    /// A number in binary form, of two, four or eight bytes.
    func integer(_ row: Int, _ column: Int) -> Int64 {
        withBytes(row, column) { bytes in
            let negative = (bytes.first ?? 0) & 0x80 != 0
            return bytes.reduce(negative ? -1 : 0) { $0 << 8 | Int64($1) }
        }
    }

    /// A value in text form.
    func text(_ row: Int, _ column: Int) -> String {
        withBytes(row, column) { String(decoding: $0, as: UTF8.self) }
    }
}
