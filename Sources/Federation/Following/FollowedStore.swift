import Acts
import Foundation
import GRDB
import GRDBSQLite
import Ledger
import Synchronization

/// Other nodes' records as far as this node follows them: `followed.sqlite`.
///
/// All of it was served by these nodes and is checked against their checkpoints before it is kept, so all of it can be had again: the
/// file may be deleted at any time. What this node takes over from another's record it enters in its own.
final class FollowedStore: Sendable {
    /// How far a record is followed.
    struct Log: Hashable, Sendable {
        let id: Int64
        let node: NodeName
        let origin: String
        /// Entries kept.
        var size: Int64
        /// The newest checkpoint all of whose entries are kept: what proofs lead to.
        var complete: SignedCheckpoint?
        /// The newest checkpoint that covers all that is kept, as it was signed.
        var covering: SignedCheckpoint?
    }

    private let database: DatabasePool
    private let changes = Mutex<Int64>(0)

    /// Counts up whenever something is kept or let go.
    var version: Int64 { changes.withLock { $0 } }

    private func changed() { changes.withLock { $0 += 1 } }

    /// Opens the file, or makes it where there is none.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA cache_size = -32768")
        }
        database = try DatabasePool(path: path, configuration: configuration)
        try database.write { database in
            let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard version != FollowedStore.version else { return }
            try database.execute(sql: FollowedStore.schema)
        }
    }

    private static let version: Int64 = 1

    /// A row's key is the log's number, shifted, and the place within that log.
    private static let schema = """
        DROP TABLE IF EXISTS log; DROP TABLE IF EXISTS bundle; DROP TABLE IF EXISTS tile; DROP TABLE IF EXISTS word;
        DROP TABLE IF EXISTS act;
        CREATE TABLE log (
            id INTEGER PRIMARY KEY, node TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, size INTEGER NOT NULL, complete BLOB, covering BLOB
        );
        CREATE TABLE bundle (id INTEGER PRIMARY KEY, leaves BLOB NOT NULL, payloads BLOB NOT NULL);
        CREATE TABLE tile (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
        CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE act (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, dossier INTEGER, received INTEGER NOT NULL);
        CREATE INDEX act_kind ON act (kind);
        CREATE INDEX act_dossier ON act (dossier) WHERE dossier IS NOT NULL;
        PRAGMA user_version = 1;
        """

    static func key(_ log: Int64, act index: Int64) -> Int64 { log << 40 | index }
    static func key(_ log: Int64, bundle index: Int64) -> Int64 { log << 40 | index }
    static func key(_ log: Int64, tile coordinate: TileCoordinate) -> Int64 {
        log << 40 | Int64(coordinate.level) << 34 | Int64(coordinate.index)
    }

    // MARK: How far

    func log(of node: NodeName) async throws -> Log? {
        try await database.read { try FollowedStore.log(of: node, $0) }
    }

    private static func log(of node: NodeName, _ database: Database) throws -> Log? {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM log WHERE node = ?", arguments: [node.description]) else {
            return nil
        }
        func checkpoint(_ column: String) throws -> SignedCheckpoint? {
            try (row[column] as Data?).map { try SignedCheckpoint(parsing: Array($0)) }
        }
        return Log(
            id: row["id"], node: node, origin: row["origin"], size: row["size"], complete: try checkpoint("complete"),
            covering: try checkpoint("covering"))
    }

    /// The log of a node; begun where there is none yet, and begun anew where the node keeps another log now.
    func begin(_ node: NodeName, origin: String) async throws -> Log {
        try await database.write { database in
            if let known = try FollowedStore.log(of: node, database) {
                if known.origin == origin { return known }
                try FollowedStore.forget(known, database)
            }
            try database.execute(
                sql: "INSERT INTO log (node, origin, size) VALUES (?, ?, 0)", arguments: [node.description, origin])
            return Log(id: database.lastInsertedRowID, node: node, origin: origin, size: 0)
        }
    }

    /// Lets go of all that is kept of a node's record.
    func forget(_ node: NodeName) async throws {
        defer { changed() }
        try await database.write { database in
            if let known = try FollowedStore.log(of: node, database) { try FollowedStore.forget(known, database) }
        }
    }

    private static func forget(_ log: Log, _ database: Database) throws {
        for table in ["act", "bundle", "tile"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE id >= ? AND id < ?", arguments: [log.id << 40, (log.id + 1) << 40])
        }
        try database.execute(sql: "DELETE FROM log WHERE id = ?", arguments: [log.id])
    }

    /// Resumes the tree over what is kept.
    func tree(of log: Log) async throws -> TiledTree {
        try await database.read { database in
            try TiledTree(size: UInt64(log.size), tiles: StoredTiles(database: database, log: log.id))
        }
    }

    // MARK: Keeping

    /// Keeps checked bundles with the tiles over them, all or nothing.
    ///
    /// - Parameters:
    ///   - covering: the checkpoint against which they were checked.
    ///   - size: entries kept then.
    func keep(_ bundles: [FollowedBundle], tiles: [Tile], size: Int64, of log: Log, covering: SignedCheckpoint) async throws {
        try await database.write { database in
            var words: [String: Int64] = [:]
            let bundleStatement = try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO bundle (id, leaves, payloads) VALUES (?, ?, ?)")
            let acts = try ActInsertion(database)
            for bundle in bundles {
                try bundleStatement.execute(
                    arguments: [FollowedStore.key(log.id, bundle: bundle.index), Data(bundle.leaves), Data(bundle.payloads)])
                for act in bundle.acts {
                    try acts.insert(
                        FollowedStore.key(log.id, act: act.index), kind: try FollowedStore.word(act.kind, &words, database),
                        dossier: try act.dossier.map { try FollowedStore.word($0, &words, database) }, received: act.received.milliseconds)
                }
            }
            let tileStatement = try database.cachedStatement(sql: "INSERT OR REPLACE INTO tile (id, hashes) VALUES (?, ?)")
            for tile in tiles {
                try tileStatement.execute(arguments: [FollowedStore.key(log.id, tile: tile.coordinate), Data(tile.bytes)])
            }
            for bundle in bundles {
                for entry in bundle.erased { try FollowedStore.erase(entry, of: log.id, database) }
            }
            try database.execute(
                sql: "UPDATE log SET size = ?, covering = ? WHERE id = ?",
                arguments: [size, Data(covering.note.bytes), log.id])
        }
    }

    /// All entries that the checkpoint covers are kept: proofs lead to it from now on.
    func complete(_ checkpoint: SignedCheckpoint, of log: Log) async throws {
        defer { changed() }
        try await database.write { database in
            let note = Data(checkpoint.note.bytes)
            try database.execute(sql: "UPDATE log SET complete = ?, covering = ? WHERE id = ?", arguments: [note, note, log.id])
        }
    }

    private static func word(_ text: String, _ known: inout [String: Int64], _ database: Database) throws -> Int64 {
        if let id = known[text] { return id }
        var id = try Int64.fetchOne(database.cachedStatement(sql: "SELECT id FROM word WHERE text = ?"), arguments: [text])
        if id == nil {
            try database.cachedStatement(sql: "INSERT INTO word (text) VALUES (?)").execute(arguments: [text])
            id = database.lastInsertedRowID
        }
        guard let id else { return 0 }
        known[text] = id
        return id
    }

    /// Forgets a payload that the other node has erased.
    private static func erase(_ entry: Int64, of log: Int64, _ database: Database) throws {
        let key = FollowedStore.key(log, bundle: entry / 256)
        guard let bytes = try Data.fetchOne(database, sql: "SELECT payloads FROM bundle WHERE id = ?", arguments: [key]),
            var contents = try? PayloadBundle(parsing: Array(bytes)).contents, Int(entry % 256) < contents.count
        else { return }
        contents[Int(entry % 256)] = .absent
        try database.execute(
            sql: "UPDATE bundle SET payloads = ? WHERE id = ?", arguments: [Data(FollowedBundle.bytes(of: contents)), key])
    }

    // MARK: Reading

    /// What is asked of the acts of a record.
    struct Filter: Hashable, Sendable {
        var kind: String?
        var dossier: String?
        /// Only entries before this one.
        var before: Int64?
        /// Only entries from this one on.
        var from: Int64?
        var limit = 50
        var newestFirst = true
    }

    /// Places of public acts.
    func acts(of log: Log, _ filter: Filter) async throws -> [Int64] {
        try await database.read { database in
            var clauses = ["id >= ?", "id < ?"]
            var arguments: StatementArguments = [
                FollowedStore.key(log.id, act: filter.from ?? 0),
                filter.before.map { FollowedStore.key(log.id, act: min($0, 1 << 39)) } ?? (log.id + 1) << 40,
            ]
            for (column, text) in [("kind", filter.kind), ("dossier", filter.dossier)] {
                guard let text else { continue }
                guard let id = try Int64.fetchOne(database, sql: "SELECT id FROM word WHERE text = ?", arguments: [text]) else { return [] }
                clauses.append("\(column) = ?")
                arguments += [id]
            }
            arguments += [filter.limit]
            let rows = try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT id FROM act WHERE \(clauses.joined(separator: " AND "))
                        ORDER BY id \(filter.newestFirst ? "DESC" : "") LIMIT ?
                        """), arguments: arguments)
            return rows.map { $0 & ((1 << 40) - 1) }
        }
    }

    /// The kinds of a record's public acts, by name.
    func kinds(of log: Log) async throws -> [String] {
        try await database.read { database in
            // One step of the index for each kind there is.
            let all = try String.fetchAll(
                database,
                sql: """
                    WITH RECURSIVE found (kind) AS (
                        SELECT min(kind) FROM act UNION ALL SELECT (SELECT min(kind) FROM act WHERE kind > found.kind) FROM found
                        WHERE found.kind IS NOT NULL)
                    SELECT word.text FROM found JOIN word ON word.id = found.kind
                    WHERE EXISTS (SELECT 1 FROM act WHERE act.kind = found.kind AND act.id >= ? AND act.id < ?) ORDER BY word.text
                    """, arguments: [log.id << 40, (log.id + 1) << 40])
            return all
        }
    }

    /// An entry as it stands in the other record, its payload where that is public; `nil` where it is not kept or cannot be read.
    func entry(_ index: Int64, of log: Log) async throws -> Entry? {
        try await entries([index], of: log).first
    }

    /// Entries in the order asked for; those that are not kept or cannot be read are left out.
    func entries(_ indices: [Int64], of log: Log) async throws -> [Entry] {
        try await database.read { database in
            var read: (index: Int64, leaves: [[UInt8]], contents: [PayloadBundle.Content]) = (-1, [], [])
            var found: [Entry] = []
            for index in indices where index >= 0 && index < log.size {
                if read.index != index / 256 {
                    guard
                        let row = try Row.fetchOne(
                            database.cachedStatement(sql: "SELECT leaves, payloads FROM bundle WHERE id = ?"),
                            arguments: [FollowedStore.key(log.id, bundle: index / 256)])
                    else { continue }
                    read = (
                        index / 256, try EntryBundle(parsing: Array(row["leaves"] as Data)).entries,
                        try PayloadBundle(parsing: Array(row["payloads"] as Data)).contents
                    )
                }
                let place = Int(index % 256)
                guard place < read.leaves.count, place < read.contents.count, let header = try? EntryHeader(leaf: read.leaves[place])
                else { continue }
                var content = Entry.Content.erased
                if case .present(let payload) = read.contents[place], payload.commitment == header.statement.payloadCommitment {
                    content = .present(payload)
                }
                found.append(Entry(index: index, leaf: read.leaves[place], header: header, content: content))
            }
            return found
        }
    }

    /// The `.tlog-proof` of an entry against the newest checkpoint all of whose entries are kept; `nil` for entries after that.
    ///
    /// - Parameter extra: leaf, payload and salt (docs/protocol.md, section 7).
    func proof(of entry: Entry, in log: Log, extra: [UInt8]?) async throws -> ProofFile? {
        guard let checkpoint = log.complete, UInt64(entry.index) < checkpoint.checkpoint.size else { return nil }
        return try await database.read { database in
            let proof = try InclusionProof(
                of: UInt64(entry.index), inTreeOf: checkpoint.checkpoint.size, tiles: StoredTiles(database: database, log: log.id))
            return try ProofFile(proof, checkpoint: checkpoint, extra: extra)
        }
    }

    /// The root over the first entries of what is kept.
    func root(of size: Int64, in log: Log) async throws -> Hash {
        try await database.read { database in
            try TiledTree(size: UInt64(size), tiles: NarrowTiles(tiles: StoredTiles(database: database, log: log.id))).root
        }
    }

    /// Lets go of the file.
    func close() throws { try database.close() }

    /// Rows of acts, straight through SQLite's own interface: there is one for each public entry, and boxing each value would cost more
    /// than the insert.
    private struct ActInsertion {
        private let statement: Statement
        private let handle: OpaquePointer

        init(_ database: Database) throws {
            statement = try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO act (id, kind, dossier, received) VALUES (?, ?, ?, ?)")
            handle = statement.sqliteStatement
        }

        func insert(_ key: Int64, kind: Int64, dossier: Int64?, received: Int64) throws {
            sqlite3_bind_int64(handle, 1, key)
            sqlite3_bind_int64(handle, 2, kind)
            if let dossier { sqlite3_bind_int64(handle, 3, dossier) } else { sqlite3_bind_null(handle, 3) }
            sqlite3_bind_int64(handle, 4, received)
            let code = sqlite3_step(handle)
            let message = code == SQLITE_DONE ? nil : String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
            sqlite3_reset(handle)
            guard code == SQLITE_DONE else {
                throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
            }
        }
    }

    /// The tiles of one log.
    private struct StoredTiles: TileReader {
        let database: Database
        let log: Int64

        func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
            let bytes = try Data.fetchOne(
                database.cachedStatement(sql: "SELECT hashes FROM tile WHERE id = ?"),
                arguments: [FollowedStore.key(log, tile: coordinate)])
            let hashes = bytes.flatMap { Hash.run(of: $0) } ?? []
            guard hashes.count >= coordinate.width else { throw TreeError.shortTile(coordinate, found: hashes.count) }
            return hashes
        }
    }

    /// Tiles cut to the width asked for, to resume a smaller tree than the one they are of.
    private struct NarrowTiles<Tiles: TileReader>: TileReader {
        let tiles: Tiles

        func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
            Array(try tiles.hashes(of: coordinate).prefix(coordinate.width))
        }
    }
}
