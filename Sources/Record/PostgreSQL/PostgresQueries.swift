import Crypto
import Ledger

/// The queries over a record in PostgreSQL, for whoever has a connection.
enum PostgresQueries {
    static func end(_ connection: PostgresConnection) throws -> Int64 {
        let result = try connection.query("SELECT coalesce(max(position) + 1, 0) FROM entry")
        return result.count == 1 ? result.integer(0, 0) : 0
    }

    static func entries(from position: Int64, limit: Int, _ connection: PostgresConnection) throws -> [StoredEntry] {
        let result = try connection.query(
            "SELECT position, leaf, salt, payload FROM entry WHERE position >= $1 ORDER BY position LIMIT $2",
            [.integer(position), .integer(Int64(limit))])
        var entries: [StoredEntry] = []
        entries.reserveCapacity(result.count)
        for row in 0..<result.count {
            // Positions have no gaps unless somebody else wrote the tables.
            let expected = position + Int64(row)
            guard result.integer(row, 0) == expected else { throw RecordError.damagedEntry(index: expected, reason: "it is missing") }
            let payload = result.isNull(row, 3) ? nil : StoredPayload(salt: result.bytes(row, 2), bytes: result.bytes(row, 3))
            entries.append(StoredEntry(leaf: result.bytes(row, 1), payload: payload))
        }
        return entries
    }

    static func tile(level: Int, index: Int64, _ connection: PostgresConnection) throws -> [UInt8]? {
        let result = try connection.query(
            "SELECT hashes FROM tile WHERE level = $1 AND place = $2", [.integer(Int64(level)), .integer(index)])
        return result.count == 1 ? result.bytes(0, 0) : nil
    }

    /// The store's end and the newest checkpoint that is kept, at one moment; to be run as text.
    static let state = "SELECT (SELECT coalesce(max(position) + 1, 0) FROM entry), (SELECT convert_from(note, 'UTF8') FROM checkpoint)"

    static func state(_ result: PostgresResult, _ address: PostgresAddress) throws -> SharedState {
        guard result.count == 1, let end = Int64(result.text(0, 0)) else {
            throw RecordError.damaged(file: address.shown, reason: "it does not say where the record ends")
        }
        guard !result.isNull(0, 1) else { return SharedState(end: end, checkpoint: nil) }
        do {
            return SharedState(end: end, checkpoint: try SignedCheckpoint(parsing: Array(result.text(0, 1).utf8)))
        } catch {
            throw RecordError.damaged(file: "\(address.shown), table checkpoint", reason: "it is no signed checkpoint: \(error)")
        }
    }

    static func blobs(_ connection: PostgresConnection) throws -> [[UInt8]] {
        let result = try connection.query("SELECT sha256 FROM blob ORDER BY sha256")
        return (0..<result.count).map { result.bytes($0, 0) }
    }

    static func blob(_ digest: [UInt8], _ connection: PostgresConnection) throws -> [UInt8]? {
        let result = try connection.query("SELECT content FROM blob WHERE sha256 = $1", [.bytes(digest)])
        return result.count == 1 ? result.bytes(0, 0) : nil
    }

    /// A blob held against its name: a damaged one is an error, not content.
    static func checked(_ content: [UInt8]?, _ digest: [UInt8], _ address: PostgresAddress) throws -> [UInt8]? {
        guard let content else { return nil }
        guard SHA256.hash(data: content).elementsEqual(digest) else {
            throw RecordError.damaged(
                file: "\(address.shown), blob \(Hash(digest)?.hexadecimal ?? "")",
                reason: "its content does not have the SHA-256 of its name")
        }
        return content
    }

    /// Entries as COPY takes them in binary form (PostgreSQL manual, COPY, "Binary Format").
    static func rows(_ entries: [StoredEntry], at position: Int64) -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(64 + entries.reduce(0) { $0 + 64 + $1.leaf.count + ($1.payload?.bytes.count ?? 0) })
        rows += Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
        func add(_ value: [UInt8]?) {
            guard let value else {
                rows += Int32(-1).bigEndianBytes
                return
            }
            rows += Int32(value.count).bigEndianBytes
            rows += value
        }
        for (offset, entry) in entries.enumerated() {
            rows += Int16(4).bigEndianBytes
            add((position + Int64(offset)).bigEndianBytes)
            add(entry.leaf)
            add(entry.payload?.salt)
            add(entry.payload?.bytes)
        }
        rows += Int16(-1).bigEndianBytes
        return rows
    }
}

extension RecordError {
    /// What PostgreSQL reported, as what it means for the record.
    init(postgres error: any Error, _ address: PostgresAddress) {
        switch error {
        case let error as RecordError: self = error
        case let error as PostgresFailure:
            switch error.state {
            case PostgresFailure.undefinedTable, PostgresFailure.undefinedSchema: self = .noRecordInDatabase(address.shown)
            // data_corrupted, index_corrupted
            case "XX001", "XX002": self = .damaged(file: address.shown, reason: error.message)
            default: self = .unavailable(reason: "\(address.shown): \(error)")
            }
        default: self = .unavailable(reason: "\(address.shown): \(error)")
        }
    }
}
