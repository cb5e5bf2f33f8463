import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files that hold secrets: made with their final permissions, read only where nobody else may read them.
public enum PrivateFile {
    /// No key file is longer; a chain of certificates may be.
    static let maximumLength = 256 << 10

    /// The whole file.
    ///
    /// - Throws: ``SealError`` where there is no such file, or others may read it.
    public static func read(_ path: String) throws(SealError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SealError(
                errno == ENOENT ? .missing : .file, "\(path) cannot be read: \(String(cString: strerror(errno))).",
                mend: "Check the name and whether you may read it.")
        }
        defer { close(descriptor) }
        let attributes = try? FileManager.default.attributesOfItem(atPath: URL(filePath: path).resolvingSymlinksInPath().path)
        let length = lseek(descriptor, 0, SEEK_END)
        guard attributes?[.type] as? FileAttributeType == .typeRegular, length >= 0, length <= off_t(maximumLength) else {
            throw SealError(.file, "\(path) is not a file of at most 256 KiB.", mend: "Name the key's file.")
        }
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 == 0 else {
            throw SealError(.file, "\(path) holds a secret and others than its owner may read it.", mend: "Run: chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(done)) }
            guard count > 0 else { break }
            done += count
        }
        bytes.removeLast(bytes.count - done)
        return bytes
    }

    /// Makes a file, its owner's alone unless it holds no secret; never writes over one that is there.
    public static func create(_ path: String, _ bytes: [UInt8], isSecret: Bool = true) throws(SealError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isSecret ? 0o600 : 0o644)
        guard descriptor >= 0 else {
            let mend =
                errno == EEXIST ? "Choose another name, or move that file away." : "Check the folder and whether you may write to it."
            throw SealError(.file, "\(path) cannot be written: \(String(cString: strerror(errno))).", mend: mend)
        }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(done)) }
            guard count > 0 else { break }
            done += count
        }
        guard done == bytes.count, fsync(descriptor) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(path)
            throw SealError(.file, "\(path) cannot be written: \(reason).", mend: "Check the room on the disk.")
        }
    }

    /// Makes the names in a folder durable.
    static func synchronizeFolder(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
