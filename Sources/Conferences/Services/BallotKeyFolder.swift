import Foundation

/// Private keys of secret ballots, each in a file of its own that only its owner reads.
struct BallotKeyFolder: Sendable {
    /// Where they lie: `ballots` beside the node's other keys.
    let folder: URL

    init(_ folder: URL) { self.folder = folder }

    /// Why a key cannot be kept.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let reason: String
        var description: String { "\(path) cannot be written: \(reason)" }
    }

    func make() throws -> BallotKey {
        let key = try BallotKey()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = self.path(key.published)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        let bytes = key.der
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0 else {
            throw Failure(path: path, reason: String(cString: strerror(errno)))
        }
        return key
    }

    func key(_ published: String) -> BallotKey? {
        guard let bytes = try? Data(contentsOf: URL(filePath: path(published))) else { return nil }
        return try? BallotKey(der: Array(bytes))
    }

    /// Overwrites the key and removes it. What a disk or a copy of it keeps of removed files is beyond a program's reach.
    func destroy(_ published: String) { remove(path(published)) }

    func sweep(needed: [String], before: Date) -> Int {
        let kept = Set(needed.map(Self.name))
        var count = 0
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        where name.hasSuffix(".key") && !kept.contains(name) {
            let path = folder.appending(path: name).path(percentEncoded: false)
            let made = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            guard made.map({ $0 < before }) ?? true else { continue }
            remove(path)
            count += 1
        }
        return count
    }

    private func remove(_ path: String) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        if descriptor >= 0 {
            let zeros = [UInt8](repeating: 0, count: 4_096)
            _ = zeros.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            _ = fsync(descriptor)
            close(descriptor)
        }
        unlink(path)
    }

    private func path(_ published: String) -> String { folder.appending(path: Self.name(published)).path(percentEncoded: false) }

    private static func name(_ published: String) -> String { BallotKeys.name(published) + ".key" }
}
