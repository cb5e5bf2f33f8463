import Acts
import Crypto
import Dispatch
import Foundation
import GRDB
public import Ledger
import Record
import Synchronization

/// What a witness must never forget: for each log the last checkpoint it cosigned (C2SP tlog-witness).
///
/// Its own small file, `witness.sqlite`, because it is the witness's memory against other logs, not part of this node's record, and
/// because a cosignature must not make an act, or two nodes that witness each other would never come to rest. Requests that wait
/// at the same time are decided one after another and stored in one transaction with one sync; only then are they answered. Storing
/// and deciding are one turn of one queue, so no slower request can roll a state back.
public final class WitnessStore: Sendable {
    /// A log's last cosigned checkpoint.
    struct Known: Sendable {
        var state: WitnessedState
        /// The signed note, as the log signed it.
        var note: [UInt8]
        /// POSIX seconds.
        var time: UInt64
    }

    /// What was decided on a request, and what is needed to answer it.
    struct Decision: Sendable {
        let outcome: AddCheckpointOutcome
        /// The note known before, where the new one contradicts it.
        let known: [UInt8]?
        let cosignatures: [NoteSignature]
    }

    private struct Waiting: Sendable {
        let body: [UInt8]
        let log: @Sendable (String) -> WitnessedLog?
        let time: UInt64
        let continuation: CheckedContinuation<Decision, any Error>
    }

    private struct Shared: Sendable {
        var waiting: [Waiting] = []
        var isScheduled = false
        var known: [String: Known] = [:]
    }

    private let database: DatabaseQueue
    private let cosigners: [any Cosigner]
    private let queue = DispatchQueue(label: "chancery.witness", qos: .userInitiated)
    private let shared: Mutex<Shared>
    /// How many requests may wait.
    private static let limit = 4_096

    /// Opens the file, or makes it where there is none.
    public init(path: String, cosigners: [any Cosigner]) throws {
        self.cosigners = cosigners
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        database = try DatabaseQueue(path: path, configuration: configuration)
        let known = try database.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS witnessed (
                        origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, time INTEGER NOT NULL
                    );
                    CREATE TABLE IF NOT EXISTS own (place INTEGER PRIMARY KEY CHECK (place = 0), note BLOB NOT NULL);
                    """)
            var known: [String: Known] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM witnessed") {
                guard let root = Hash(row["root"] as Data) else { continue }
                known[row["origin"]] = Known(
                    state: WitnessedState(size: UInt64(row["size"] as Int64), root: root), note: Array(row["note"] as Data),
                    time: UInt64(row["time"] as Int64))
            }
            return known
        }
        shared = Mutex(Shared(known: known))
    }

    /// The witness's keys.
    public var keys: [VerifierKey] { cosigners.map(\.verifierKey) }

    /// Decides on a request, remembers what it cosigns, and cosigns.
    ///
    /// - Parameters:
    ///   - body: as it came.
    ///   - log: the log of an origin; `nil` where it is not watched.
    ///   - time: now, POSIX seconds.
    func add(_ body: [UInt8], at time: UInt64, log: @escaping @Sendable (String) -> WitnessedLog?) async throws -> Decision {
        try await withCheckedThrowingContinuation { continuation in
            let mustSchedule: Bool? = shared.withLock { shared in
                guard shared.waiting.count < WitnessStore.limit else { return nil }
                shared.waiting.append(Waiting(body: body, log: log, time: time, continuation: continuation))
                defer { shared.isScheduled = true }
                return !shared.isScheduled
            }
            guard let mustSchedule else {
                continuation.resume(
                    throwing: Refusal(
                        .tooMany, code: "witness.too-many", "The witness has too many requests waiting.", mend: "Ask again in a moment.",
                        citation: "RFC 6585, 4"))
                return
            }
            if mustSchedule { queue.async { self.work() } }
        }
    }

    /// One turn: all that wait.
    private func work() {
        let (batch, known) = shared.withLock { shared in
            defer {
                shared.waiting = []
                shared.isScheduled = false
            }
            return (shared.waiting, shared.known)
        }
        guard !batch.isEmpty else { return }
        var states = known
        var decisions: [(outcome: AddCheckpointOutcome, known: [UInt8]?)] = []
        var changed: Set<String> = []
        for waiting in batch {
            let outcome = AddCheckpointOutcome.decide(body: waiting.body) { origin in
                waiting.log(origin).map { ($0, states[origin]?.state ?? .never) }
            }
            var contradicted: [UInt8]?
            switch outcome {
            case .cosign(let checkpoint, let state):
                states[checkpoint.origin] = Known(state: state, note: checkpoint.note.bytes, time: waiting.time)
                changed.insert(checkpoint.origin)
            case .otherRoot:
                let origin = (try? AddCheckpointRequest(parsing: waiting.body))?.checkpoint.origin
                contradicted = origin.flatMap { states[$0]?.note }
            default: break
            }
            decisions.append((outcome, contradicted))
        }
        do {
            if !changed.isEmpty { try store(changed, of: states) }
        } catch {
            for waiting in batch { waiting.continuation.resume(throwing: error) }
            return
        }
        let stored = states
        // Only this queue writes it, so nothing was changed in between.
        shared.withLock { $0.known = stored }
        for (waiting, decision) in zip(batch, decisions) {
            waiting.continuation.resume(
                with: Result {
                    var cosignatures: [NoteSignature] = []
                    if case .cosign(let checkpoint, _) = decision.outcome {
                        cosignatures = try cosigners.map { try $0.cosign(checkpoint.note, at: waiting.time) }
                    }
                    return Decision(outcome: decision.outcome, known: decision.known, cosignatures: cosignatures)
                })
        }
    }

    private func store(_ origins: Set<String>, of states: [String: Known]) throws {
        try database.write { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO witnessed (origin, size, root, note, time) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note,
                        time = excluded.time
                    """)
            for origin in origins {
                guard let known = states[origin] else { continue }
                try statement.execute(
                    arguments: [origin, Int64(known.state.size), Data(known.state.root.bytes), Data(known.note), Int64(known.time)])
            }
        }
    }

    /// The last checkpoint cosigned of a log; `nil` where there is none.
    func known(_ origin: String) -> Known? { shared.withLock { $0.known[origin] } }

    /// The same by the SHA-256 of the origin, in lowercase hexadecimal, as the monitoring address names it.
    func known(hash: String) -> Known? {
        shared.withLock { shared in
            shared.known.first { origin, _ in
                Hexadecimal.encode(SHA256.hash(data: Array(origin.utf8))) == hash
            }?.value
        }
    }

    /// A checkpoint with this witness's cosignature.
    func cosigned(_ known: Known) throws -> SignedNote {
        var note = try SignedNote(parsing: known.note)
        for cosigner in cosigners { try note.add(cosigner.cosign(note, at: known.time)) }
        return note
    }

    /// Keeps the newest checkpoint of this node's own record that enough witnesses signed.
    func keepOwn(_ checkpoint: SignedCheckpoint) throws {
        try database.write { database in
            try database.execute(
                sql: "INSERT INTO own (place, note) VALUES (0, ?) ON CONFLICT (place) DO UPDATE SET note = excluded.note",
                arguments: [Data(checkpoint.note.bytes)])
        }
    }

    /// What ``keepOwn(_:)`` kept.
    func own() throws -> SignedCheckpoint? {
        let bytes = try database.read { try Data.fetchOne($0, sql: "SELECT note FROM own") }
        return try bytes.map { try SignedCheckpoint(parsing: Array($0)) }
    }

    /// Lets go of the file.
    public func close() throws { try database.close() }
}
