import GRDB
import GRDBSQLite

/// Holds two files of views against each other, table by table and row by row.
struct ViewComparison {
    let left: Database
    let right: Database

    /// What differs first in each table that differs.
    func differences(in tables: [String]) throws -> [(table: String, reason: String)] {
        try tables.compactMap { table in
            try difference(in: table).map { (table, $0) }
        }
    }

    private func difference(in table: String) throws -> String? {
        let query = "SELECT sql FROM sqlite_master WHERE name = ?"
        let leftForm = try String.fetchOne(left, sql: query, arguments: [table])
        let rightForm = try String.fetchOne(right, sql: query, arguments: [table])
        guard leftForm == rightForm else { return "the tables have other columns" }
        guard let leftForm, !leftForm.uppercased().hasPrefix("CREATE VIEW") else { return nil }
        let select = try select(table)
        let leftRows = try left.makeStatement(sql: select)
        let rightRows = try right.makeStatement(sql: select)
        var row = 0
        while true {
            let leftCode = sqlite3_step(leftRows.sqliteStatement)
            let rightCode = sqlite3_step(rightRows.sqliteStatement)
            for (code, database) in [(leftCode, left), (rightCode, right)] where code != SQLITE_ROW && code != SQLITE_DONE {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
            }
            row += 1
            switch (leftCode == SQLITE_ROW, rightCode == SQLITE_ROW) {
            case (false, false): return nil
            case (true, false): return "it has a row that it should not have: \(text(leftRows.sqliteStatement))"
            case (false, true): return "it lacks the row \(text(rightRows.sqliteStatement))"
            case (true, true):
                guard !sameRow(leftRows.sqliteStatement, rightRows.sqliteStatement) else { continue }
                return "row \(row) is \(text(leftRows.sqliteStatement)) and should be \(text(rightRows.sqliteStatement))"
            }
        }
    }

    /// All columns of all rows, in an order that does not depend on how they came in.
    private func select(_ table: String) throws -> String {
        let name = table.quotedDatabaseIdentifier
        let columns = try Row.fetchAll(left, sql: "SELECT name, pk FROM pragma_table_info(?)", arguments: [table])
        let names = columns.map { ($0["name"] as String).quotedDatabaseIdentifier }
        let key = columns.filter { ($0["pk"] as Int) > 0 }.sorted { ($0["pk"] as Int) < ($1["pk"] as Int) }
            .map { ($0["name"] as String).quotedDatabaseIdentifier }
        return "SELECT \(names.joined(separator: ", ")) FROM \(name) ORDER BY \((key.isEmpty ? names : key).joined(separator: ", "))"
    }

    private func sameRow(_ left: OpaquePointer, _ right: OpaquePointer) -> Bool {
        let count = sqlite3_column_count(left)
        guard count == sqlite3_column_count(right) else { return false }
        for column in 0..<count {
            let kind = sqlite3_column_type(left, column)
            guard kind == sqlite3_column_type(right, column) else { return false }
            switch kind {
            case SQLITE_INTEGER:
                guard sqlite3_column_int64(left, column) == sqlite3_column_int64(right, column) else { return false }
            case SQLITE_FLOAT:
                guard sqlite3_column_double(left, column).bitPattern == sqlite3_column_double(right, column).bitPattern else {
                    return false
                }
            case SQLITE_NULL: break
            default:
                let leftStart = sqlite3_column_blob(left, column)
                let rightStart = sqlite3_column_blob(right, column)
                let leftBytes = UnsafeRawBufferPointer(start: leftStart, count: Int(sqlite3_column_bytes(left, column)))
                let rightBytes = UnsafeRawBufferPointer(start: rightStart, count: Int(sqlite3_column_bytes(right, column)))
                guard leftBytes.elementsEqual(rightBytes) else { return false }
            }
        }
        return true
    }

    /// A row for people, cut short: views may hold what not everybody may read, and the operator needs only to find it.
    private func text(_ row: OpaquePointer) -> String {
        let values = (0..<sqlite3_column_count(row)).map { column -> String in
            guard let start = sqlite3_column_text(row, column) else { return "null" }
            return String(String(cString: start).prefix(40))
        }
        return "(\(values.joined(separator: ", ").prefix(200)))"
    }
}
