#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is written to and waited for, and nothing else.
final class SyncProbe {
    private let descriptor: CInt
    private let path: String
    private let block = [UInt8](repeating: 0x5a, count: 4_096)

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw WitnessBenchmark.Failure(description: "\(path) cannot be written.") }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    func sync() throws {
        #if canImport(Darwin)
            let synced = { fcntl(self.descriptor, F_FULLFSYNC) }
        #else
            let synced = { fdatasync(self.descriptor) }
        #endif
        guard write(descriptor, block, block.count) == block.count, synced() == 0 else {
            throw WitnessBenchmark.Failure(description: "\(path) cannot be written.")
        }
    }
}
