import Acts
import GRDB
import GRDBSQLite
import Ledger
import Logging
import Synchronization

/// The file of views: opens it, brings it up to date with the record, and lets readers and the one writer in.
///
/// Each view has a row in `view_cursor`: its version, how many entries it has taken, the root of the record at that size (so that a
/// file left from another record is noticed), and its tables. Rows and cursor change in one transaction. The file can always be
/// made anew, so it is not synced on each commit: after a power cut it is merely behind.
final class ViewHouse: Sendable {
    let path: String
    let views: [any RecordView]
    private let logger: Logger
    private let pool: Mutex<DatabasePool>

    /// - Parameter views: besides ``ActsView``, which always comes first.
    init(path: String, views: [any RecordView], logger: Logger) throws {
        self.path = path
        self.views = [ActsView()] + views
        self.logger = logger
        pool = Mutex(try ViewHouse.open(path))
    }

    var database: DatabasePool { pool.withLock { $0 } }

    private static func open(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "chancery.views"
        configuration.maximumReaderCount = 8
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA secure_delete = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -16384;
                    """)
        }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS view_cursor (name TEXT PRIMARY KEY, version INTEGER NOT NULL,
                            cursor INTEGER NOT NULL, root TEXT NOT NULL, tables TEXT NOT NULL) WITHOUT ROWID
                        """)
            }
            return pool
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    /// How far a view has come, as its row tells.
    struct Cursor {
        let version: Int
        let cursor: Int64
        let root: String
        let tables: [String]
    }

    static func cursors(in database: Database) throws -> [String: Cursor] {
        var cursors: [String: Cursor] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT name, version, cursor, root, tables FROM view_cursor") {
            let tables: String = row["tables"]
            cursors[row["name"]] = Cursor(
                version: row["version"], cursor: row["cursor"], root: row["root"],
                tables: tables.split(separator: "\n").map(String.init))
        }
        return cursors
    }

    /// Makes the tables that are missing or of another version, drops those of views that are gone, and applies what entries they
    /// have not taken. Called by the writer before it takes commands, and after it failed.
    ///
    /// - Parameter rootAt: the record's root at an earlier size.
    func catchUp(
        to end: Int64, root: Hash, from store: any RecordStore, rootAt: (Int64) throws -> Hash,
        progress: (Int64) throws -> Void = { _ in }
    ) throws {
        try database.writeWithoutTransaction { database in
            let known = try ViewHouse.cursors(in: database)
            var positions: [Int64] = []
            for view in views {
                if let cursor = known[view.name], cursor.version == view.version, cursor.cursor <= end,
                    try cursor.root == (cursor.cursor == end ? root : rootAt(cursor.cursor)).base64
                {
                    positions.append(cursor.cursor)
                } else {
                    if known[view.name] != nil { logger.notice("making the view anew", metadata: ["view": "\(view.name)"]) }
                    try ViewHouse.create(view, replacing: known[view.name], in: database)
                    positions.append(0)
                }
            }
            for (name, cursor) in known where !views.contains(where: { $0.name == name }) {
                try ViewHouse.drop(name, cursor, in: database)
            }
            try apply(from: positions, to: end, root: root, store: store, rootAt: rootAt, in: database, progress: progress)
        }
    }

    /// Applies entries to views that stand at different positions, in transactions of some thousands.
    private func apply(
        from start: [Int64], to end: Int64, root: Hash, store: any RecordStore, rootAt: (Int64) throws -> Hash,
        in database: Database, progress: (Int64) throws -> Void
    ) throws {
        var positions = start
        while let from = positions.min(), from < end {
            let entries = try store.entries(from: from, limit: Int(min(end - from, 4096)))
            guard !entries.isEmpty else { throw RecordError.damagedEntry(index: from, reason: "it is missing") }
            let upTo = from + Int64(entries.count)
            let upToRoot = upTo == end ? root : try rootAt(upTo)
            try database.inTransaction(.immediate) {
                for (offset, stored) in entries.enumerated() {
                    let index = from + Int64(offset)
                    let entry = try Entry(index: index, stored: stored)
                    for (place, view) in views.enumerated() where positions[place] <= index {
                        try ViewHouse.apply(entry, to: view, in: database)
                    }
                }
                for place in views.indices where positions[place] < upTo {
                    try database.execute(
                        sql: "UPDATE view_cursor SET cursor = ?, root = ? WHERE name = ?",
                        arguments: [upTo, upToRoot.base64, views[place].name])
                }
                return .commit
            }
            for place in views.indices where positions[place] < upTo { positions[place] = upTo }
            try progress(upTo)
        }
    }

    /// One entry to one view; what goes wrong names both.
    static func apply(_ entry: Entry, to view: any RecordView, in database: Database) throws {
        do {
            try view.apply(entry, to: database)
        } catch {
            if let error = error as? DatabaseError {
                switch error.resultCode.primaryResultCode {
                case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_NOMEM, .SQLITE_CANTOPEN:
                    throw error
                default: break
                }
            }
            throw RecordError.viewFailed(view: view.name, entry: entry.index, reason: "\(error)")
        }
    }

    /// Applies an entry to all views, which have all taken every entry before it.
    func apply(_ entry: Entry, in database: Database) throws {
        for view in views { try ViewHouse.apply(entry, to: view, in: database) }
    }

    func moveCursors(to position: Int64, root: Hash, in database: Database) throws {
        let update = try RawStatement(database, "UPDATE view_cursor SET cursor = ?, root = ?")
        update.bind(position, at: 1)
        update.bind(root.base64, at: 2)
        try update.run()
    }

    /// Creates a view's tables in a transaction of their own, noting which they are so that they can be dropped.
    static func create(_ view: any RecordView, replacing old: Cursor?, in database: Database) throws {
        if let old { try drop(view.name, old, in: database) }
        try database.inTransaction(.immediate) {
            let before = try Set(tableNames(in: database))
            try view.createTables(database)
            let tables = try tableNames(in: database).filter { !before.contains($0) }
            try database.execute(
                sql: "INSERT INTO view_cursor (name, version, cursor, root, tables) VALUES (?, ?, 0, ?, ?)",
                arguments: [view.name, view.version, Hash.emptyTree.base64, tables.joined(separator: "\n")])
            return .commit
        }
    }

    static func drop(_ name: String, _ cursor: Cursor, in database: Database) throws {
        try database.inTransaction(.immediate) {
            for table in cursor.tables {
                try database.execute(sql: "DROP TABLE IF EXISTS \(table.quotedDatabaseIdentifier)")
            }
            try database.execute(sql: "DELETE FROM view_cursor WHERE name = ?", arguments: [name])
            return .commit
        }
    }

    private static func tableNames(in database: Database) throws -> [String] {
        // Tables that a virtual table keeps for itself come and go with it and cannot be dropped by hand.
        try String.fetchAll(
            database,
            sql: """
                SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual', 'view')
                AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'view_cursor' ORDER BY name
                """)
    }

    func close() throws {
        try database.close()
    }
}
