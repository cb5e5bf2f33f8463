#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Holds a folder of keys while keys are made in it, so that processes that start together come to the same ones. The kernel lets go
/// when the process ends.
public final class KeysLock: Sendable {
    private let file: PosixFile

    /// Waits until no other process holds it.
    ///
    /// - Throws: ``RecordError/unavailable(reason:)``.
    public init(_ folder: String) throws {
        try FolderLayout.makeFolder(folder)
        let path = folder + "/lock"
        do {
            file = try PosixFile(path, flags: O_RDWR | O_CREAT)
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
        while flock(file.descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw RecordError.unavailable(reason: "\(PosixFile.Failure(call: "flock", path: path, code: errno))")
            }
        }
    }

    public func release() {
        flock(file.descriptor, LOCK_UN)
    }
}
