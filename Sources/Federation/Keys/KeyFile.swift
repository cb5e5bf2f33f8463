import Foundation

/// Writes a file of private keys so that it is its owner's alone from its first moment, and whole or not there whatever happens.
enum KeyFile {
    /// Why the file could not be written, in the system's words.
    struct Failure: Error, Hashable {
        let path: String
        let reason: String
    }

    /// Under another name first, with its final permissions; on the disk before it takes its place, and its name on the disk after.
    static func write(_ text: String, to path: String) throws(Failure) {
        let fresh = path + ".new"
        unlink(fresh)
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0, rename(fresh, path) == 0 else {
            throw failure(path)
        }
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure(path) }
    }

    /// Makes the folder of key files, its owner's alone, where there is none.
    static func makeFolder(_ path: String) throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(path: path, reason: error.localizedDescription)
        }
    }

    private static func failure(_ path: String) -> Failure { Failure(path: path, reason: String(cString: strerror(errno))) }
}
