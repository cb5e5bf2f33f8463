import Acts
import Foundation
public import Ledger
import Synchronization

/// The node as a mirror of other nodes' logs (C2SP tlog-mirror): it keeps whole copies and serves them.
///
/// Its cosignature says "I hold all of it and serve it"; a witness's says only "it was appended to". So its keys and its name are others.
/// The copies lie in `mirrors/` of the data folder, one file for each log.
public final class Mirror: Sendable {
    /// The mirror's keys.
    public let cosigners: [any Cosigner]
    private let folder: String
    private let logs = Mutex<[String: MirrorLog]>([:])

    /// - Parameter folder: where the copies lie; made with the first.
    public init(folder: String, cosigners: [any Cosigner]) {
        self.folder = folder
        self.cosigners = cosigners
    }

    /// What checks its own cosignatures.
    var verifiers: [any NoteVerifier] { cosigners.compactMap { try? $0.verifierKey.verifier() } }

    /// The copy of a log, begun where there is none.
    func log(_ origin: String) throws -> MirrorLog {
        let hash = WitnessKnown.hash(of: origin)
        return try logs.withLock { logs in
            if let log = logs[hash] { return log }
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let log = try MirrorLog(path: "\(folder)/\(hash).sqlite", origin: origin)
            logs[hash] = log
            return log
        }
    }

    /// The copy of a log, where one was begun.
    func existing(_ origin: String) throws -> MirrorLog? {
        let hash = WitnessKnown.hash(of: origin)
        if let log = logs.withLock({ $0[hash] }) { return log }
        guard FileManager.default.fileExists(atPath: "\(folder)/\(hash).sqlite") else { return nil }
        return try log(origin)
    }

    /// Cosigns what is held.
    func cosign(_ checkpoint: SignedCheckpoint, at time: UInt64) throws -> [NoteSignature] {
        try cosigners.map { try $0.cosign(checkpoint.note, at: time) }
    }

    func close() throws {
        let open = logs.withLock { logs in
            defer { logs = [:] }
            return Array(logs.values)
        }
        for log in open { try log.close() }
    }
}
