import Crypto
import Foundation
import Ledger

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Blobs as files named by their SHA-256: `blobs/ab/cdef…`.
struct BlobFolder: Sendable {
    let folder: String

    init(_ folder: String) {
        self.folder = folder
    }

    /// Makes the folder where there is none, its name durable.
    init(creating folder: String) throws {
        self.init(folder)
        guard !FolderLayout.exists(folder) else { return }
        try FolderLayout.makeFolder(folder)
        try FolderLayout.synchronizeNames(folder)
    }

    private func path(_ digest: [UInt8]) -> (folder: String, file: String)? {
        guard let name = Hash(digest)?.hexadecimal else { return nil }
        let inner = "\(folder)/\(name.prefix(2))"
        return (inner, "\(inner)/\(name.dropFirst(2))")
    }

    /// The bytes under that name, checked against it: a damaged blob is an error, not content.
    func blob(sha256 digest: [UInt8]) throws -> [UInt8]? {
        guard let path = path(digest) else { return nil }
        let bytes: [UInt8]?
        do {
            bytes = try PosixFile.contents(of: path.file)
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
        guard let bytes else { return nil }
        guard SHA256.hash(data: bytes).elementsEqual(digest) else {
            throw RecordError.damaged(file: path.file, reason: "its content does not have the SHA-256 of its name")
        }
        return bytes
    }

    /// The names of all blobs that are there.
    func all() throws -> [[UInt8]] {
        guard FolderLayout.exists(folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { prefix in
            guard prefix.utf8.count == 2 else { return [[UInt8]]() }
            return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(prefix)").sorted().compactMap { rest in
                Hash(hexadecimal: prefix + rest)?.bytes
            }
        }
    }

    func store(_ bytes: [UInt8]) throws -> [UInt8] {
        let digest = Array(SHA256.hash(data: bytes))
        guard let path = path(digest) else { return digest }
        // A file of that name whose content is whole is kept; a damaged one is mended.
        if (try? blob(sha256: digest)) != nil { return digest }
        do {
            let isNew = !FolderLayout.exists(path.folder)
            try FolderLayout.makeFolder(path.folder)
            if isNew { try PosixFile.synchronizeFolder(folder) }
            try PosixFile.replace(path.file, with: bytes)
        } catch let error as PosixFile.Failure {
            throw RecordError.unavailable(reason: "\(error)")
        }
        return digest
    }
}
