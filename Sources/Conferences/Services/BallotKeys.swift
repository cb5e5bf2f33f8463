import Crypto
import Foundation
import Logging
import Record
import ServiceLifecycle

import class Record.Record

/// The private keys of secret ballots, each in a file of its own that only its owner reads, for as long as papers are signed: when the
/// box is opened the key is destroyed. They are no part of the record; with a key that is lost a ballot is held anew.
struct BallotKeys: Sendable {
    /// Where they lie: `ballots` beside the node's other keys.
    let folder: URL

    /// Why a key cannot be kept.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let reason: String
        var description: String { "\(path) cannot be written: \(reason)" }
    }

    /// A new key, kept before anybody sees its public half.
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

    /// The private half of a key by its public one; `nil` where it is not kept here, or not any more.
    func key(_ published: String) -> BallotKey? {
        guard let bytes = try? Data(contentsOf: URL(filePath: path(published))) else { return nil }
        return try? BallotKey(der: Array(bytes))
    }

    /// Overwrites the key and removes it. What a disk or a copy of it keeps of removed files is beyond a program's reach.
    func destroy(_ published: String) { remove(path(published)) }

    /// Destroys the keys that no ballot needs, such as one whose decision was refused, or whose box was opened by another process.
    ///
    /// - Parameters:
    ///   - needed: the public halves of those that ballots still sign with.
    ///   - before: younger files stay: their decisions may be about to be entered.
    /// - Returns: how many were destroyed.
    @discardableResult
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

    /// SHA-256 of the public half, in hexadecimal.
    private static func name(_ published: String) -> String {
        SHA256.hash(data: Data(published.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + ".key"
    }
}

/// Destroys keys of secret ballots that nobody needs any more, at start and once a minute.
struct BallotKeyWatch: Service {
    let record: Record
    let keys: BallotKeys
    let logger: Logger

    private static let interval = Duration.seconds(60)
    /// Seconds that a key may lie before its decision is entered.
    private static let grace: TimeInterval = 600

    func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                let needed = try await record.read { try BallotQueries(database: $0).neededKeys() }
                keys.sweep(needed: needed, before: Date(timeIntervalSinceNow: -Self.grace))
            } catch is CancellationError {
                return
            } catch {
                logger.error("keys of ballots could not be looked through", metadata: ["error": .string("\(error)")])
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            } catch {
                return
            }
        }
    }
}
