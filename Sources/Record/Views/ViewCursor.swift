import GRDB
import Ledger

/// How far a view has come, as its row in `view_cursor` tells.
struct ViewCursor {
    let version: Int
    /// Entries taken.
    let position: Int64
    /// The record's root at that size, base64.
    let root: String
    /// The tables its `createTables` made.
    let tables: [String]

    static let table = """
        CREATE TABLE IF NOT EXISTS view_cursor (name TEXT PRIMARY KEY, version INTEGER NOT NULL, cursor INTEGER NOT NULL,
            root TEXT NOT NULL, tables TEXT NOT NULL) WITHOUT ROWID
        """

    static func all(in database: Database) throws -> [String: ViewCursor] {
        var cursors: [String: ViewCursor] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT name, version, cursor, root, tables FROM view_cursor") {
            let tables: String = row["tables"]
            cursors[row["name"]] = ViewCursor(
                version: row["version"], position: row["cursor"], root: row["root"],
                tables: tables.split(separator: "\n").map(String.init))
        }
        return cursors
    }

    static func move(_ name: String, to position: Int64, root: String, in database: Database) throws {
        try database.execute(
            sql: "UPDATE view_cursor SET cursor = ?, root = ? WHERE name = ?", arguments: [position, root, name])
    }

    /// Creates a view's tables, noting which they are so that they can be dropped. Inside a transaction.
    static func create(_ view: any RecordView, replacing old: ViewCursor?, in database: Database) throws {
        try old?.drop(view.name, in: database)
        let before = try Set(tableNames(in: database))
        try view.createTables(database)
        let tables = try tableNames(in: database).filter { !before.contains($0) }
        try database.execute(
            sql: "INSERT INTO view_cursor (name, version, cursor, root, tables) VALUES (?, ?, 0, ?, ?)",
            arguments: [view.name, view.version, Hash.emptyTree.base64, tables.joined(separator: "\n")])
    }

    /// Drops the view's tables and its row. Inside a transaction.
    func drop(_ name: String, in database: Database) throws {
        for table in tables {
            let kind = try String.fetchOne(database, sql: "SELECT type FROM sqlite_master WHERE name = ?", arguments: [table])
            guard let kind else { continue }
            try database.execute(sql: "DROP \(kind == "view" ? "VIEW" : "TABLE") \(table.quotedDatabaseIdentifier)")
        }
        try database.execute(sql: "DELETE FROM view_cursor WHERE name = ?", arguments: [name])
    }

    /// What a view may have made. Tables that a virtual table keeps for itself come and go with it and are left out.
    static func tableNames(in database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual', 'view')
                AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'view_cursor' ORDER BY name
                """)
    }
}
