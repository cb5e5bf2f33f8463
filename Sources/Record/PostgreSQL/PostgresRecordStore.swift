import Acts
import Crypto
import Ledger
import Synchronization

/// A record in PostgreSQL, blobs included: any number of processes at a time.
///
/// An append is one transaction with `synchronous_commit` on: entries by COPY, tiles and checkpoint, and a notification. That the
/// primary key refuses a second entry at one position is all that correctness rests on. The turn is an advisory lock that the
/// transaction holds from before the rules run until it commits, so processes do not work in vain; the server gives it up with
/// the transaction, also when the process ends or is cut off.
final class PostgresRecordStore: SharedRecordStore {
    /// The connection that appends, and how far its turn is.
    private struct Writer {
        var connection: PostgresConnection?
        var features: PostgresFeatures?
        /// The store's end as it was when the open turn began.
        var turn: Int64?
    }

    private let address: PostgresAddress
    private let writer = Mutex(Writer())
    private let readers: PostgresPool
    private let turnstile = Turnstile()
    private let listener: PostgresListener

    /// Connects, and makes the tables where there are none.
    ///
    /// - Throws: ``RecordError``.
    init(_ address: PostgresAddress, createsWhereNone: Bool = true) throws {
        self.address = address
        readers = PostgresPool(address, limit: 8, writes: true)
        listener = PostgresListener(address) { [turnstile] in turnstile.advance(to: $0) }
        do {
            let connection = try PostgresConnection(address)
            try PostgresSchema.prepare(connection, address, createsWhereNone: createsWhereNone)
            try PostgresMemory.prepare(connection, address)
            turnstile.advance(to: try PostgresQueries.end(connection))
            try writer.withLock {
                $0.features = try PostgresFeatures(connection)
                $0.connection = connection
            }
        } catch {
            throw RecordError(postgres: error, address)
        }
        listener.start()
    }

    // MARK: Reading

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

    func wait(past position: Int64) async throws {
        try await turnstile.wait(past: position)
    }

    func watch(_ told: @escaping @Sendable () -> Void) {
        listener.watch(told)
    }

    func state() throws -> SharedState {
        try reading { try PostgresQueries.state($0.run(PostgresQueries.state), address) }
    }

    // MARK: Writing

    /// Runs a body on the connection that appends, which is opened anew where it was lost. What fails leaves nothing open behind.
    private func writing<T>(_ body: (inout Writer, PostgresConnection) throws -> T) throws -> T {
        try writer.withLock { writer in
            do {
                let connection: PostgresConnection
                if let open = writer.connection, open.isUsable {
                    connection = open
                } else {
                    writer.turn = nil
                    writer.connection = nil
                    connection = try PostgresConnection(address)
                    writer.features = try PostgresFeatures(connection)
                    writer.connection = connection
                }
                return try body(&writer, connection)
            } catch {
                writer.turn = nil
                writer.connection?.rollBack()
                if writer.connection?.isUsable == false || (error as? PostgresFailure)?.isCutOff == true { writer.connection = nil }
                throw RecordError(postgres: error, address)
            }
        }
    }

    func beginTurn() throws -> SharedState {
        try writing { writer, connection in
            connection.rollBack()
            let result: PostgresResult
            if writer.features?.hasAdvisoryLocks == true {
                do {
                    result = try connection.run(
                        """
                        BEGIN; SET LOCAL lock_timeout = '3s'; SELECT pg_advisory_xact_lock(\(PostgresFeatures.lock(of: address)));
                        SET LOCAL lock_timeout = '10s'; \(PostgresQueries.state)
                        """)
                } catch let failure as PostgresFailure where failure.state == PostgresFailure.lockNotAvailable {
                    // Whoever holds it sleeps, or was cut off and the server has not noticed.
                    result = try connection.run("ROLLBACK; BEGIN; \(PostgresQueries.state)")
                }
            } else {
                result = try connection.run("BEGIN; \(PostgresQueries.state)")
            }
            let state = try PostgresQueries.state(result, address)
            writer.turn = state.end
            return state
        }
    }

    func endTurn() {
        writer.withLock { writer in
            guard writer.turn != nil else { return }
            writer.turn = nil
            writer.connection?.rollBack()
        }
    }

    func append(_ entries: [StoredEntry], at position: Int64, erasing erased: [Int64], tiles: () throws -> [Tile]) throws {
        try append(entries, at: position, erasing: erased) { (try tiles(), nil) }
    }

    func append(
        _ entries: [StoredEntry], at position: Int64, erasing erased: [Int64],
        covering: () throws -> (tiles: [Tile], checkpoint: SignedCheckpoint?)
    ) throws {
        try writing { writer, connection in
            let end: Int64
            if let turn = writer.turn, connection.isInTransaction {
                end = turn
            } else {
                connection.rollBack()
                let result = try connection.run("BEGIN; SELECT coalesce(max(position) + 1, 0) FROM entry")
                end = Int64(result.text(0, 0)) ?? 0
            }
            writer.turn = nil
            guard end == position else { throw RecordError.positionTaken(position: position, end: end) }
            do {
                try connection.copy(
                    "COPY entry (position, leaf, salt, payload) FROM STDIN (FORMAT binary)", PostgresQueries.rows(entries, at: position))
            } catch let failure as PostgresFailure where failure.state == PostgresFailure.uniqueViolation {
                connection.rollBack()
                throw RecordError.positionTaken(position: position, end: try PostgresQueries.end(connection))
            }
            if !erased.isEmpty {
                _ = try connection.query("UPDATE entry SET salt = NULL, payload = NULL WHERE position = ANY ($1)", [.integers(erased)])
                _ = try connection.query(
                    "INSERT INTO erasure SELECT * FROM unnest($1) ON CONFLICT DO NOTHING", [.integers(erased)])
            }
            let cover = try covering()
            try keep(cover.tiles, cover.checkpoint, connection)
            let notice = writer.features?.hasNotifications == true ? "NOTIFY \(address.channel); " : ""
            try commit(connection, notice)
        }
        turnstile.advance(to: position + Int64(entries.count))
    }

    /// Puts tiles and a checkpoint in the place of older ones, in one statement.
    private func keep(_ tiles: [Tile], _ checkpoint: SignedCheckpoint?, _ connection: PostgresConnection) throws {
        _ = try connection.query(
            """
            WITH signed AS (
                INSERT INTO checkpoint (size, note) SELECT $4[1], $5 WHERE cardinality($4) = 1
                ON CONFLICT (single) DO UPDATE SET size = excluded.size, note = excluded.note WHERE checkpoint.size <= excluded.size)
            INSERT INTO tile SELECT * FROM unnest($1, $2, $3) ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes
            """,
            [
                .integers(tiles.map { Int64($0.coordinate.level) }), .integers(tiles.map { Int64($0.coordinate.index) }),
                .byteStrings(tiles.map(\.bytes)), .integers(checkpoint.map { [$0.size] } ?? []), .bytes(checkpoint?.note.bytes ?? []),
            ])
    }

    /// Commits, and takes no half yes: a commit that was not waited for to reach the standby comes with a warning.
    private func commit(_ connection: PostgresConnection, _ before: String = "") throws {
        let result = try connection.run("\(before)COMMIT", patience: 30)
        guard result.command == "COMMIT" else {
            throw PostgresFailure(state: nil, message: "the server has undone the transaction", isCutOff: false)
        }
        if let warning = connection.warnings.first { throw PostgresFailure(state: nil, message: warning, isCutOff: false) }
    }

    func keep(_ checkpoint: SignedCheckpoint) throws {
        try writing { writer, connection in
            writer.turn = nil
            connection.rollBack()
            try connection.run("BEGIN")
            try keep([], checkpoint, connection)
            try commit(connection)
        }
    }

    func forgetCheckpoint() throws {
        try reading { _ = try $0.query("DELETE FROM checkpoint") }
    }

    func assure() throws {
        try reading { connection in
            guard try PostgresFeatures(connection).waitsForStandby else { return }
            try assure(connection)
        }
    }

    /// Commits something: the log is sent in order, so everything seen before is then where the commit is.
    private func assure(_ connection: PostgresConnection) throws {
        try connection.run("BEGIN; UPDATE settled SET number = number + 1")
        try commit(connection)
    }

    func recover() throws {
        readers.renew()
        try writing { writer, connection in
            writer.turn = nil
            connection.rollBack()
            try assure(connection)
            turnstile.advance(to: try PostgresQueries.end(connection))
        }
    }

    // MARK: Erasure

    /// Writes the table anew without what was erased. Everybody waits meanwhile. The server's write-ahead log keeps the old pages
    /// until it is recycled, and so do its archive and its backups.
    func purge() throws {
        do {
            let connection = try PostgresConnection(address)
            guard try connection.query("SELECT count(*) FROM erasure").integer(0, 0) > 0 else { return }
            let done = try connection.query("SELECT position FROM erasure ORDER BY position")
            let positions = (0..<done.count).map { done.integer($0, 0) }
            try connection.run("SET statement_timeout = 0; SET lock_timeout = '30s'")
            try connection.run("VACUUM (FULL, VERBOSE) entry", patience: 86_400)
            // "n dead row versions cannot be removed yet": a number, in whatever language.
            let kept = connection.details.compactMap { Int($0.prefix { $0.isNumber }) }.max() ?? 0
            guard kept == 0 else {
                throw RecordError.unavailable(
                    reason: "\(address.shown): a reader of an older state, or a standby's, still holds \(kept) erased rows")
            }
            _ = try connection.query("DELETE FROM erasure WHERE position = ANY ($1)", [.integers(positions)])
        } catch {
            throw RecordError(postgres: error, address)
        }
    }

    // MARK: Blobs

    func blob(sha256 digest: [UInt8]) throws -> [UInt8]? {
        guard digest.count == 32 else { return nil }
        return try PostgresQueries.checked(reading { try PostgresQueries.blob(digest, $0) }, digest, address)
    }

    func storeBlob(_ bytes: [UInt8]) throws -> [UInt8] {
        let digest = Array(SHA256.hash(data: bytes))
        // Content that is whole is kept; a damaged one is mended.
        if let whole = try? blob(sha256: digest), whole.count == bytes.count {
            try assure()
            return digest
        }
        try reading { connection in
            try connection.run("BEGIN")
            _ = try connection.query(
                """
                INSERT INTO blob (sha256, content) VALUES ($1, $2)
                ON CONFLICT (sha256) DO UPDATE SET content = excluded.content WHERE blob.content <> excluded.content
                """, [.bytes(digest), .bytes(bytes)])
            try commit(connection)
        }
        return digest
    }

    // MARK: What the processes remember together

    func remember(_ names: [String], _ decide: ([String: [UInt8]]) throws -> [String: [UInt8]]) throws {
        try reading { connection in
            try connection.run("BEGIN")
            do {
                let changed = try decide(try PostgresMemory.locked(names, connection))
                guard !changed.isEmpty else { return connection.rollBack() }
                try PostgresMemory.store(changed, connection)
                try commit(connection)
            } catch {
                connection.rollBack()
                throw error
            }
        }
    }

    func remembered(_ name: String) throws -> [UInt8]? {
        try reading { try PostgresMemory.value(name, $0) }
    }

    func claim(_ name: String, holder: String, seconds: Int) throws -> Bool {
        try reading { try PostgresMemory.claim(name, holder: holder, seconds: seconds, $0) }
    }

    func giveUp(_ name: String, holder: String) throws {
        try reading { try PostgresMemory.giveUp(name, holder: holder, $0) }
    }

    // MARK: Housekeeping

    /// The server keeps house by itself.
    func maintain() throws {}

    func close() throws {
        listener.stop()
        turnstile.close()
        readers.close()
        writer.withLock { writer in
            writer.turn = nil
            writer.connection = nil
        }
    }
}
