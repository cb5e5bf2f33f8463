import Foundation

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
    /// Where the keys are: in the folder, or where several processes share them.
    let keys: String

    init(folder: String, keys: String? = nil) {
        self.folder = folder
        self.keys = keys ?? folder + "/keys"
    }

    var lock: String { folder + "/lock" }
    var record: String { folder + "/record.sqlite" }
    var views: String { folder + "/views.sqlite" }
    var checkpoint: String { folder + "/checkpoint" }
    var blobs: String { folder + "/blobs" }
    var logKey: String { keys + "/log.key" }
    var logMLDSA44Key: String { keys + "/log-mldsa44.key" }

    /// The files SQLite keeps for a database, the database first.
    static func files(of database: String) -> [String] {
        [database, database + "-wal", database + "-shm"]
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Whether there is no folder of that name, or one without anything in it.
    static func isEmpty(_ path: String) throws -> Bool {
        guard exists(path) else { return true }
        return try FileManager.default.contentsOfDirectory(atPath: path).isEmpty
    }

    static func rename(_ source: String, to target: String) throws {
        guard Foundation.rename(source, target) == 0 else {
            throw RecordError.unavailable(reason: "\(PosixFile.Failure(call: "rename", path: source, code: errno))")
        }
        try synchronizeParent(of: target)
    }

    /// Copies the files of a folder, which has no folders in it.
    static func copyFolder(_ source: String, to target: String) throws {
        guard exists(source) else { return }
        try makeFolder(target)
        for name in try FileManager.default.contentsOfDirectory(atPath: source) {
            guard let bytes = try PosixFile.contents(of: "\(source)/\(name)") else { continue }
            try PosixFile.replace("\(target)/\(name)", with: bytes)
        }
    }

    /// Makes every file and folder below a folder durable.
    static func synchronize(_ folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try synchronize(path)
            } else {
                try PosixFile(path, flags: O_RDONLY).synchronize()
            }
        }
        try PosixFile.synchronizeFolder(folder)
        try synchronizeParent(of: folder)
    }

    /// Makes the names in a folder durable.
    static func synchronizeNames(_ folder: String) throws {
        do {
            try PosixFile.synchronizeFolder(folder)
            try synchronizeParent(of: folder)
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
    }

    private static func synchronizeParent(of path: String) throws {
        guard let slash = path.lastIndex(of: "/") else { return try PosixFile.synchronizeFolder(".") }
        try PosixFile.synchronizeFolder(slash == path.startIndex ? "/" : String(path[..<slash]))
    }

    /// Removes a file, where there is one.
    static func remove(_ path: String) throws(PosixFile.Failure) {
        guard unlink(path) == 0 || errno == ENOENT else { throw PosixFile.Failure(call: "remove", path: path, code: errno) }
    }

    /// Makes a folder, and those above it; one that only its owner may enter, unless it is meant for all.
    static func makeFolder(_ path: String, mode: mode_t = 0o700) throws {
        guard !path.isEmpty, !exists(path) else { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolder(String(path[..<slash]), mode: mode) }
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw RecordError.unavailable(reason: "\(PosixFile.Failure(call: "make the folder", path: path, code: errno))")
        }
    }
}
