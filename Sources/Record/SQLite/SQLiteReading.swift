import GRDB

/// Opens a SQLite file for reading only, beside a process that may be writing it.
enum SQLiteReading {
    static func open(_ path: String) throws -> DatabaseQueue {
        guard FolderLayout.exists(path) else { throw RecordError.damaged(file: path, reason: "it is missing") }
        var configuration = Configuration()
        configuration.label = "chancery.reading"
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            return try probed(path, configuration)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
            // Its writer was killed while it began the file: what was half written has to be rolled back first, which a
            // reader may not.
            do {
                try DatabaseQueue(path: path).read { database in _ = try database.tableExists("entry") }
                return try probed(path, configuration)
            } catch {
                throw RecordError(sqlite: error, file: path)
            }
        } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_CANTOPEN {
            // A file in write-ahead mode wants its log beside it; on a medium that cannot be written there is none, and the file
            // cannot change either.
            guard !FolderLayout.exists(path + "-wal") else { throw RecordError(sqlite: error, file: path) }
            do {
                return try DatabaseQueue(path: "file:\(escaped(path))?immutable=1", configuration: configuration)
            } catch {
                throw RecordError(sqlite: error, file: path)
            }
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    /// Opens the file and reads its first page, where a journal left behind shows.
    private static func probed(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        _ = try queue.unsafeRead { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
        return queue
    }

    /// What SQLite finds wrong with the structure of a file, a few lines at most. Content is another matter.
    static func structuralProblems(in path: String) throws -> [String] {
        let connection = try open(path)
        defer { try? connection.close() }
        return try connection.unsafeRead { database in
            try String.fetchAll(database, sql: "PRAGMA quick_check(20)").filter { $0 != "ok" }
        }
    }

    /// A path within an address (RFC 3986): the three characters that would end it or start an escape.
    private static func escaped(_ path: String) -> String {
        path.reduce(into: "") { escaped, character in
            switch character {
            case "%": escaped += "%25"
            case "?": escaped += "%3F"
            case "#": escaped += "%23"
            default: escaped.append(character)
            }
        }
    }
}
