import GRDB

/// The open connections of a file of views.
struct ViewConnections: Sendable {
    let pool: DatabasePool
    let log: WriteAheadLog

    init(_ path: String, isScratch: Bool = false) throws {
        var configuration = Configuration()
        configuration.label = "chancery.views"
        configuration.maximumReaderCount = 8
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA secure_delete = \(isScratch ? "OFF" : "ON");
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -16384;
                    """)
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            log = try WriteAheadLog(of: pool, at: path, synchronous: isScratch ? "OFF" : "NORMAL")
            try pool.write { try $0.execute(sql: ViewCursor.table) }
        } catch {
            throw RecordError(sqlite: error, file: path)
        }
    }

    /// Renames a closed file of views over another closed one.
    static func move(_ source: String, to target: String) throws {
        for file in FolderLayout.files(of: target).dropFirst() { try FolderLayout.remove(file) }
        try FolderLayout.rename(source, to: target)
    }
}
