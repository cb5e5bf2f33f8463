#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file, closed when the last reference goes. Thin over the system calls, whose order is what durability rests on.
final class PosixFile: Sendable {
    let descriptor: Int32
    let path: String

    /// What a system call reported.
    struct Failure: Error, CustomStringConvertible {
        let call: String
        let path: String
        let code: Int32

        var description: String { "\(call) \(path): \(String(cString: strerror(code)))" }
    }

    init(_ path: String, flags: Int32, mode: mode_t = 0o600) throws(Failure) {
        let opened = open(path, flags | O_CLOEXEC, mode)
        guard opened >= 0 else { throw Failure(call: "open", path: path, code: errno) }
        descriptor = opened
        self.path = path
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done, off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(call: "write", path: path, code: count == 0 ? ENOSPC : errno) }
            done += count
        }
    }

    /// Up to `count` bytes from `offset` on; fewer at the end of the file.
    func read(_ count: Int, at offset: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Failure(call: "read", path: path, code: errno) }
            if got == 0 { break }
            done += got
        }
        bytes.removeLast(count - done)
        return bytes
    }

    func synchronize() throws(Failure) {
        while fsync(descriptor) != 0 {
            guard errno == EINTR else { throw Failure(call: "fsync", path: path, code: errno) }
        }
    }

    func truncate(to length: Int) throws(Failure) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw Failure(call: "truncate", path: path, code: errno) }
    }

    /// Makes names in a folder durable: a file's own fsync does not.
    static func synchronizeFolder(_ path: String) throws(Failure) {
        try PosixFile(path, flags: O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// Writes a whole file under a temporary name, makes it durable if asked, and gives it its name.
    static func replace(_ path: String, with bytes: [UInt8], mode: mode_t = 0o600, isDurable: Bool = true) throws(Failure) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
        do {
            let file = try PosixFile(temporary, flags: O_WRONLY | O_CREAT | O_EXCL, mode: mode)
            try file.write(bytes, at: 0)
            if isDurable { try file.synchronize() }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw Failure(call: "rename", path: path, code: code)
        }
        guard isDurable else { return }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        try synchronizeFolder(folder.isEmpty ? "/" : folder)
    }

    /// The whole file; `nil` where there is none.
    static func contents(of path: String) throws(Failure) -> [UInt8]? {
        let file: PosixFile
        do {
            file = try PosixFile(path, flags: O_RDONLY)
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw error
        }
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { throw Failure(call: "stat", path: path, code: errno) }
        return try file.read(Int(status.st_size), at: 0)
    }
}
