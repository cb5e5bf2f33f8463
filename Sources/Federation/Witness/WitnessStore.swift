import Acts
public import Ledger
public import Record
import Synchronization

/// What a witness must never forget: for each log the last checkpoint it cosigned (C2SP tlog-witness).
///
/// Its own small memory beside the record, because it is the witness's memory against other logs, not part of this node's record, and
/// because a cosignature must not make an act, or two nodes that witness each other would never come to rest. Requests that wait
/// at the same time are decided one after another and stored in one transaction with one sync; only then are they answered. Storing
/// and deciding are one turn of one queue, and of one transaction where processes share the memory, so no slower request can roll a
/// state back.
///
/// Signing takes longer than all the rest, ML-DSA above all, so it goes on beside the rest: for a log whose last question was cosigned,
/// from the beginning, while the log's own signature is still being checked. What is made is handed out only once everything was checked
/// and the disk has answered; otherwise it is thrown away, and that log's next question is checked first and signed at the end.
public final class WitnessStore: Sendable {
    /// What was decided on a request, and what is needed to answer it.
    struct Decision: Sendable {
        let outcome: AddCheckpointOutcome
        /// The note known before, where the new one contradicts it.
        var known: [UInt8]?
        var cosignatures: [NoteSignature] = []
    }

    private struct Waiting: Sendable {
        let request: AddCheckpointRequest
        let time: UInt64
        /// The log to check the request by; `nil` where it was checked.
        let log: WitnessedLog?
        let decided = Later<Decision>()

        var origin: String { request.checkpoint.origin }
    }

    private struct Shared: Sendable {
        var waiting: [Waiting] = []
        var isScheduled = false
        /// The logs whose last question was cosigned.
        var good: Set<String> = []
    }

    private let memory: any WitnessMemory
    let cosigners: [any Cosigner]
    private let thread = BesideThread(name: "chancery.witness")
    private let shared = Mutex(Shared())
    /// How many requests may wait.
    private static let limit = 4_096
    /// How many are decided in one transaction.
    private static let batch = 256

    /// Opens the file, or makes it where there is none.
    public init(path: String, cosigners: [any Cosigner]) throws {
        self.cosigners = cosigners
        memory = try WitnessFile(path: path)
    }

    /// Remembers in what the processes of a record share.
    public init(shared: SharedMemory, cosigners: [any Cosigner]) {
        self.cosigners = cosigners
        memory = SharedWitnessMemory(memory: shared)
    }

    /// The witness's keys.
    public var keys: [VerifierKey] { cosigners.map(\.verifierKey) }

    /// Decides on a request, remembers what it cosigns, and cosigns.
    ///
    /// - Parameters:
    ///   - body: as it came.
    ///   - log: the log of an origin; `nil` where it is not watched.
    ///   - time: now, POSIX seconds.
    func add(_ body: [UInt8], at time: UInt64, log: (String) -> WitnessedLog?) async throws -> Decision {
        let request: AddCheckpointRequest
        do throws(AddCheckpointRequestError) {
            request = try AddCheckpointRequest(parsing: body)
        } catch {
            return Decision(outcome: .malformed(error))
        }
        let log = log(request.checkpoint.origin)
        let isGood = log != nil && shared.withLock { $0.good.contains(request.checkpoint.origin) }
        // What no memory is needed for is settled here, beside other requests, signatures above all.
        if !isGood, let refusal = AddCheckpointOutcome.refusal(of: request, log: log) { return Decision(outcome: refusal) }
        let waiting = Waiting(request: request, time: time, log: isGood ? log : nil)
        try take(waiting)
        let early = isGood ? Result { try cosign(waiting) } : nil
        var decision = try await waiting.decided.get()
        guard case .cosign = decision.outcome else { return decision }
        decision.cosignatures = try early?.get() ?? cosign(waiting)
        return decision
    }

    private func cosign(_ waiting: Waiting) throws -> [NoteSignature] {
        try cosigners.map { try $0.cosign(waiting.request.checkpoint.note, at: waiting.time) }
    }

    /// Has a request decided on, and what is decided stored.
    private func take(_ waiting: Waiting) throws {
        let mustSchedule: Bool? = shared.withLock { shared in
            guard shared.waiting.count < WitnessStore.limit else { return nil }
            shared.waiting.append(waiting)
            defer { shared.isScheduled = true }
            return !shared.isScheduled
        }
        guard let mustSchedule else {
            throw Refusal(
                .tooMany, code: "witness.too-many", "The witness has too many requests waiting.", mend: "Ask again in a moment.",
                citation: "RFC 6585, 4")
        }
        if mustSchedule { thread.async { self.work() } }
    }

    /// One turn: all that wait, up to a limit.
    private func work() {
        let batch = shared.withLock { shared in
            let batch = Array(shared.waiting.prefix(WitnessStore.batch))
            shared.waiting.removeFirst(batch.count)
            shared.isScheduled = !shared.waiting.isEmpty
            return batch
        }
        defer {
            if shared.withLock({ $0.isScheduled }) { thread.async { self.work() } }
        }
        guard !batch.isEmpty else { return }
        var decisions: [Decision] = []
        do {
            try memory.update(Set(batch.map(\.origin))) { known in
                let changed: [String: WitnessKnown]
                (decisions, changed) = WitnessStore.decide(batch, known)
                return changed
            }
        } catch {
            for waiting in batch { waiting.decided.end(.failure(error)) }
            return
        }
        shared.withLock { shared in
            for (decision, waiting) in zip(decisions, batch) {
                if case .cosign = decision.outcome { shared.good.insert(waiting.origin) } else { shared.good.remove(waiting.origin) }
            }
        }
        for (decision, waiting) in zip(decisions, batch) { waiting.decided.end(.success(decision)) }
    }

    /// Decides on requests in their order, each on what the one before it has left.
    private static func decide(
        _ batch: [Waiting], _ known: [String: WitnessKnown]
    ) -> (decisions: [Decision], changed: [String: WitnessKnown]) {
        var known = known
        var changed: [String: WitnessKnown] = [:]
        var decisions: [Decision] = []
        for waiting in batch {
            let refusal = waiting.log.flatMap { AddCheckpointOutcome.refusal(of: waiting.request, log: $0) }
            let outcome = refusal ?? .decide(trusted: waiting.request, state: known[waiting.origin]?.state ?? .never)
            var contradicted: [UInt8]?
            switch outcome {
            case .cosign(let checkpoint, let state):
                let next = WitnessKnown(state: state, note: checkpoint.note.bytes, time: waiting.time)
                known[waiting.origin] = next
                changed[waiting.origin] = next
            case .otherRoot: contradicted = known[waiting.origin]?.note
            default: break
            }
            decisions.append(Decision(outcome: outcome, known: contradicted))
        }
        return (decisions, changed)
    }

    /// The last checkpoint cosigned of a log; `nil` where there is none.
    func known(_ origin: String) async throws -> WitnessKnown? { try await memory.known(hash: WitnessKnown.hash(of: origin)) }

    /// The same by the SHA-256 of the origin, in lowercase hexadecimal, as the monitoring address names it.
    func known(hash: String) async throws -> WitnessKnown? { try await memory.known(hash: hash) }

    /// A checkpoint with this witness's cosignature.
    func cosigned(_ known: WitnessKnown) throws -> SignedNote {
        var note = try SignedNote(parsing: known.note)
        for cosigner in cosigners { try note.add(cosigner.cosign(note, at: known.time)) }
        return note
    }

    /// Keeps the newest checkpoint of this node's own record that enough witnesses signed.
    func keepOwn(_ checkpoint: SignedCheckpoint) async throws { try await memory.keepOwn(checkpoint.note.bytes) }

    /// What ``keepOwn(_:)`` kept.
    func own() async throws -> SignedCheckpoint? { try await memory.own().map { try SignedCheckpoint(parsing: $0) } }

    /// Lets go of the file.
    public func close() throws { try memory.close() }
}
