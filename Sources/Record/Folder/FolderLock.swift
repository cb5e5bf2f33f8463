#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Holds a data folder for one process. The kernel lets go when the process ends, however it ends.
final class FolderLock: Sendable {
    private let file: PosixFile

    /// - Throws: ``RecordError/inUse(folder:process:)`` naming the holder.
    init(_ layout: FolderLayout) throws {
        let file: PosixFile
        do {
            file = try PosixFile(layout.lock, flags: O_RDWR | O_CREAT)
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
        // flock belongs to the open file, so a second opening within one process is refused too.
        guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else {
                throw RecordError.unavailable(reason: "\(PosixFile.Failure(call: "flock", path: layout.lock, code: errno))")
            }
            let text = (try? file.read(32, at: 0)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            throw RecordError.inUse(folder: layout.folder, process: Int32(text.prefix { $0.isASCII && $0.isNumber }))
        }
        do {
            try file.truncate(to: 0)
            try file.write(Array("\(getpid())\n".utf8), at: 0)
        } catch {
            // The number is for people; the lock holds without it, on a full disk too.
        }
        self.file = file
    }

    func release() {
        flock(file.descriptor, LOCK_UN)
    }
}
