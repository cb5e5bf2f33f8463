import GRDB

/// The queries over a record's SQLite file, for whoever has it open.
enum SQLiteQueries {
    private static let endQuery = "SELECT ifnull(max(position) + 1, 0) FROM entry"

    static func end(in database: Database) throws -> Int64 {
        let query = try RawStatement(database, endQuery)
        defer { query.reset() }
        return try query.next() ? query.integer(0) : 0
    }

    static func entries(from position: Int64, limit: Int, in database: Database) throws -> [StoredEntry] {
        let query = try RawStatement(
            database, "SELECT position, leaf, salt, payload FROM entry WHERE position >= ? ORDER BY position LIMIT ?")
        query.bind(position, at: 1)
        query.bind(Int64(limit), at: 2)
        defer { query.reset() }
        var entries: [StoredEntry] = []
        while try query.next() {
            // Positions have no gaps unless somebody else wrote the file.
            let expected = position + Int64(entries.count)
            guard query.integer(0) == expected else { throw RecordError.damagedEntry(index: expected, reason: "it is missing") }
            let payload = query.isNull(3) ? nil : StoredPayload(salt: query.bytes(2), bytes: query.bytes(3))
            entries.append(StoredEntry(leaf: query.bytes(1), payload: payload))
        }
        return entries
    }

    static func tile(level: Int, index: Int64, in database: Database) throws -> [UInt8]? {
        let query = try RawStatement(database, "SELECT hashes FROM tile WHERE level = ? AND place = ?")
        query.bind(Int64(level), at: 1)
        query.bind(index, at: 2)
        defer { query.reset() }
        return try query.next() ? query.bytes(0) : nil
    }
}
