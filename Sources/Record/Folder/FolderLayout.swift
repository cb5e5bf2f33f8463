#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where things stand in a data folder.
struct FolderLayout: Sendable {
    let folder: String

    var lock: String { folder + "/lock" }
    var record: String { folder + "/record.sqlite" }
    var views: String { folder + "/views.sqlite" }
    var checkpoint: String { folder + "/checkpoint" }
    var blobs: String { folder + "/blobs" }
    var keys: String { folder + "/keys" }
    var logKey: String { keys + "/log.key" }

    /// The files SQLite keeps for a database, the database first.
    static func files(of database: String) -> [String] {
        [database, database + "-wal", database + "-shm"]
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Removes a file, where there is one.
    static func remove(_ path: String) throws(PosixFile.Failure) {
        guard unlink(path) == 0 || errno == ENOENT else { throw PosixFile.Failure(call: "remove", path: path, code: errno) }
    }

    /// Makes a folder, and those above it, that only its owner may enter: payloads under restriction lie below it.
    static func makeFolder(_ path: String) throws {
        guard !exists(path) else { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolder(String(path[..<slash])) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw RecordError.unavailable(reason: "\(PosixFile.Failure(call: "make the folder", path: path, code: errno))")
        }
    }
}
