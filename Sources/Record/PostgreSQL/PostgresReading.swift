import Crypto
import Ledger

/// A record in PostgreSQL, read without a writer; a standby will do.
final class PostgresRecordReading: ClosableReading, BlobReading {
    private let address: PostgresAddress
    private let readers: PostgresPool

    init(_ address: PostgresAddress) {
        self.address = address
        readers = PostgresPool(address, limit: 2, writes: false)
    }

    private func reading<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
        do {
            return try readers.reading(body)
        } catch {
            throw RecordError(postgres: error, address)
        }
    }

    func end() throws -> Int64 {
        try reading { try PostgresQueries.end($0) }
    }

    func entries(from position: Int64, limit: Int) throws -> [StoredEntry] {
        try reading { try PostgresQueries.entries(from: position, limit: limit, $0) }
    }

    func tile(level: Int, index: Int64) throws -> [UInt8]? {
        try reading { try PostgresQueries.tile(level: level, index: index, $0) }
    }

    func all() throws -> [[UInt8]] {
        try reading { try PostgresQueries.blobs($0) }
    }

    func blob(sha256 digest: [UInt8]) throws -> [UInt8]? {
        try PostgresQueries.checked(reading { try PostgresQueries.blob(digest, $0) }, digest, address)
    }

    func state() throws -> SharedState {
        try reading { try PostgresQueries.state($0.run(PostgresQueries.state), address) }
    }

    func close() throws {
        readers.close()
    }
}

/// The rows of a record in PostgreSQL, some hundreds at a time.
final class PostgresLogReading: LogReading {
    private static let stride: Int64 = 512

    private let address: PostgresAddress
    private let connection: PostgresConnection

    init(_ address: PostgresAddress) throws {
        self.address = address
        do {
            connection = try PostgresConnection(address, writes: false)
        } catch {
            throw RecordError(postgres: error, address)
        }
    }

    func forEachRow(in span: Range<Int64>, _ body: (LogRow) throws -> Void) throws {
        var next = span.lowerBound
        while next < span.upperBound {
            let rows: PostgresResult
            do {
                rows = try connection.query(
                    "SELECT position, leaf, salt, payload FROM entry WHERE position >= $1 AND position < $2 ORDER BY position LIMIT $3",
                    [.integer(next), .integer(span.upperBound), .integer(PostgresLogReading.stride)])
            } catch {
                throw RecordError(postgres: error, address)
            }
            guard rows.count > 0 else { return }
            for row in 0..<rows.count {
                let position = rows.integer(row, 0)
                try rows.withBytes(row, 1) { leaf in
                    try rows.withBytes(row, 2) { salt in
                        try rows.withBytes(row, 3) { payload in
                            try body(LogRow(position: position, leaf: leaf, salt: salt, payload: rows.isNull(row, 3) ? nil : payload))
                        }
                    }
                }
                next = position + 1
            }
        }
    }

    func hashes(level: Int, index: Int64) throws -> [Hash] {
        do {
            return Hash.run(of: try PostgresQueries.tile(level: level, index: index, connection) ?? []) ?? []
        } catch {
            throw RecordError(postgres: error, address)
        }
    }

    func close() throws {}
}
