import Foundation
import GRDB
import Ledger
import Record

/// The copy of one log, in a file of its own: entries, the tiles over them, and how far it is (C2SP tlog-mirror).
///
/// A package's entries, their tiles and the next entry are stored in one durable transaction, so a copy that was interrupted is a
/// shorter copy and nothing else. The checkpoint it vouches for is stored in another, after them.
struct MirrorLog: Sendable {
    private let database: DatabaseQueue

    /// Opens the file, or makes it where there is none.
    init(path: String, origin: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        database = try DatabaseQueue(path: path, configuration: configuration)
        try database.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS log (
                        place INTEGER PRIMARY KEY CHECK (place = 0), origin TEXT NOT NULL, next INTEGER NOT NULL, mirrored BLOB,
                        cosigned BLOB
                    );
                    CREATE TABLE IF NOT EXISTS pending (size INTEGER PRIMARY KEY, note BLOB NOT NULL);
                    CREATE TABLE IF NOT EXISTS bundle (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
                    CREATE TABLE IF NOT EXISTS tile (
                        level INTEGER NOT NULL, place INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, place)
                    ) WITHOUT ROWID;
                    """)
            try database.execute(
                sql: "INSERT INTO log (place, origin, next) VALUES (0, ?, 0) ON CONFLICT DO NOTHING", arguments: [origin])
            let known = try String.fetchOne(database, sql: "SELECT origin FROM log")
            guard known == origin else {
                throw RecordError.damaged(file: path, reason: "it holds the log \(known ?? "of no name"), and should hold \(origin)")
            }
        }
    }

    /// The tiles, as they are in a transaction.
    private struct Tiles: TileReader {
        let database: Database

        func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
            let bytes = try Data.fetchOne(
                database.cachedStatement(sql: "SELECT hashes FROM tile WHERE level = ? AND place = ?"),
                arguments: [coordinate.level, Int64(coordinate.index)])
            guard let hashes = Hash.run(of: bytes ?? Data()), hashes.count >= coordinate.width else {
                throw TreeError.shortTile(coordinate, found: (bytes?.count ?? 0) / Hash.byteCount)
            }
            return hashes
        }
    }

    private static func state(_ database: Database) throws -> MirrorState {
        let row = try Row.fetchOne(database, sql: "SELECT next, mirrored FROM log")
        let pending = try Data.fetchAll(database, sql: "SELECT note FROM pending ORDER BY size").map {
            try SignedCheckpoint(parsing: Array($0))
        }
        let mirrored = try (row?["mirrored"] as Data?).map { try SignedCheckpoint(parsing: Array($0)) }
        return MirrorState(pending: pending, mirrored: mirrored, nextEntry: UInt64((row?["next"] as Int64?) ?? 0))
    }

    /// How far it is.
    func state() async throws -> MirrorState { try await database.read { try MirrorLog.state($0) } }

    /// Decides on a new pending checkpoint as a witness does, and stores it.
    ///
    /// - Parameter request: one that nothing stands against whatever is remembered (`AddCheckpointOutcome.refusal(of:log:)`).
    func expect(_ request: AddCheckpointRequest) async throws -> AddCheckpointOutcome {
        try await database.write { database in
            var state = try MirrorLog.state(database)
            let outcome = AddCheckpointOutcome.decide(trusted: request, state: state.witnessed)
            guard case .cosign(let checkpoint, _) = outcome else { return outcome }
            state.expect(checkpoint)
            try database.execute(sql: "DELETE FROM pending")
            for one in state.pending {
                try database.execute(
                    sql: "INSERT INTO pending (size, note) VALUES (?, ?)", arguments: [one.size, Data(one.note.bytes)])
            }
            return outcome
        }
    }

    /// The hashes of entries that are there.
    func leaves(_ entries: Range<UInt64>) async throws -> [Hash] {
        guard !entries.isEmpty,
            let coordinate = TileCoordinate(
                level: 0, index: entries.lowerBound / 256, width: Int(entries.upperBound - entries.lowerBound / 256 * 256))
        else { return [] }
        let first = Int(entries.lowerBound % 256)
        return try await database.read { database in
            Array(try Tiles(database: database).hashes(of: coordinate)[first..<(first + entries.count)])
        }
    }

    /// Stores a package's entries, those that are not there.
    func keep(_ proven: MirrorUpload.Proven, _ entries: [[UInt8]]) async throws {
        try await database.write { database in
            let state = try MirrorLog.state(database)
            guard proven.entries.lowerBound <= state.nextEntry, proven.entries.upperBound > state.nextEntry else { return }
            let known = Int(state.nextEntry - proven.entries.lowerBound)
            let place = Int64(state.nextEntry / 256)
            var bytes = try Data.fetchOne(database, sql: "SELECT bytes FROM bundle WHERE place = ?", arguments: [place]) ?? Data()
            for entry in entries.dropFirst(known) {
                bytes.append(contentsOf: [UInt8(truncatingIfNeeded: entry.count >> 8), UInt8(truncatingIfNeeded: entry.count)])
                bytes.append(contentsOf: entry)
            }
            try database.execute(
                sql: "INSERT INTO bundle (place, bytes) VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET bytes = excluded.bytes",
                arguments: [place, bytes])
            var tree = try TiledTree(size: state.nextEntry, tiles: Tiles(database: database))
            for tile in tree.append(Array(proven.leaves.dropFirst(known))) {
                try database.execute(
                    sql: """
                        INSERT INTO tile (level, place, hashes) VALUES (?, ?, ?)
                        ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes
                        """, arguments: [tile.coordinate.level, Int64(tile.coordinate.index), Data(tile.bytes)])
            }
            try database.execute(sql: "UPDATE log SET next = ?", arguments: [Int64(proven.entries.upperBound)])
        }
    }

    /// Ends an upload. Where all is there, the checkpoint is vouched for from now on: stored first, and only then handed out.
    ///
    /// - Parameter cosign: makes the mirror's cosignatures.
    func finish(
        _ upload: MirrorUpload, cosign: @escaping @Sendable (SignedCheckpoint) throws -> [NoteSignature]
    ) async throws -> (outcome: AddEntriesOutcome, cosignatures: [NoteSignature]) {
        try await database.write { database in
            var state = try MirrorLog.state(database)
            let outcome = upload.finish(&state)
            guard case .mirrored(let checkpoint) = outcome else { return (outcome, []) }
            // What is served must come to the root that is vouched for, whatever was proven on the way.
            let size = checkpoint.checkpoint.size
            let root = size == 0 ? Hash.emptyTree : try Hash.root(ofTreeOf: size, tiles: Tiles(database: database))
            guard root == checkpoint.root else {
                throw RecordError.damaged(
                    file: "the mirror of \(checkpoint.origin)", reason: "its tiles do not come to the root at \(size) entries")
            }
            let cosignatures = try cosign(checkpoint)
            var note = checkpoint.note
            for signature in cosignatures { try note.add(signature) }
            try database.execute(
                sql: "UPDATE log SET mirrored = ?, cosigned = ?", arguments: [Data(checkpoint.note.bytes), Data(note.bytes)])
            return (outcome, cosignatures)
        }
    }

    /// The checkpoint that the mirror vouches for, cosigned; `nil` before the first.
    func checkpoint() async throws -> [UInt8]? {
        try await database.read { try Data.fetchOne($0, sql: "SELECT cosigned FROM log WHERE cosigned IS NOT NULL").map { Array($0) } }
    }

    /// A tile's bytes as C2SP tlog-tiles serves them; `nil` where it is not there.
    func tile(_ coordinate: TileCoordinate) async throws -> [UInt8]? {
        try await database.read { database in
            guard let hashes = try? Tiles(database: database).hashes(of: coordinate) else { return nil }
            return Hash.bytes(of: Array(hashes.prefix(coordinate.width)))
        }
    }

    /// A bundle of entries; `nil` where it is not there.
    func bundle(_ coordinate: EntryBundleCoordinate) async throws -> [UInt8]? {
        let stored = try await database.read {
            try Data.fetchOne($0, sql: "SELECT bytes FROM bundle WHERE place = ?", arguments: [Int64(coordinate.index)])
        }
        guard let stored else { return nil }
        let bundle = try EntryBundle(parsing: Array(stored))
        guard bundle.entries.count >= coordinate.width else { return nil }
        return try EntryBundle(Array(bundle.entries.prefix(coordinate.width))).bytes
    }

    func close() throws { try database.close() }
}
