import Acts
import Dispatch
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
/// from the beginning, while the log's own signature is still checked. What is made is handed out only once everything was checked and
/// the disk has answered; otherwise it is thrown away, and that log's next question is signed at its turn.
public final class WitnessStore: Sendable {
    /// What was decided on a request, and what is needed to answer it.
    struct Decision: Sendable {
        let outcome: AddCheckpointOutcome
        /// The note known before, where the new one contradicts it.
        let known: [UInt8]?
        let cosignatures: [NoteSignature]
    }

    private struct Waiting: Sendable {
        let request: AddCheckpointRequest
        let time: UInt64
        /// Cosignatures begun before anything was decided.
        let early: Later<[NoteSignature]>?
        let decision = Later<Decision>()

        var origin: String { request.checkpoint.origin }
    }

    private struct Shared: Sendable {
        var waiting: [Waiting] = []
        var isScheduled = false
        /// All that were asked and are not answered, those that wait for a signature included.
        var pending = 0
        /// The logs whose last question was cosigned.
        var good: Set<String> = []
    }

    private let memory: any WitnessMemory
    let cosigners: [any Cosigner]
    private let queue = DispatchQueue(label: "chancery.witness", qos: .userInitiated)
    private let signers = CosigningThreads()
    private let shared = Mutex(Shared())
    /// How many requests may be under way.
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
            return Decision(outcome: .malformed(error), known: nil, cosignatures: [])
        }
        let origin = request.checkpoint.origin
        let log = log(origin)
        let early = log != nil && shared.withLock { $0.good.contains(origin) } ? begin(request.checkpoint, at: time) : nil
        // What no memory is needed for is settled here, beside other requests, signatures above all.
        if let refusal = AddCheckpointOutcome.refusal(of: request, log: log) {
            if early != nil { shared.withLock { _ = $0.good.remove(origin) } }
            return Decision(outcome: refusal, known: nil, cosignatures: [])
        }
        return try await settle(Waiting(request: request, time: time, early: early)).get()
    }

    /// Has a request decided on, and what is decided stored.
    private func settle(_ waiting: Waiting) throws -> Later<Decision> {
        let mustSchedule: Bool? = shared.withLock { shared in
            guard shared.pending < WitnessStore.limit else { return nil }
            shared.pending += 1
            shared.waiting.append(waiting)
            defer { shared.isScheduled = true }
            return !shared.isScheduled
        }
        guard let mustSchedule else {
            throw Refusal(
                .tooMany, code: "witness.too-many", "The witness has too many requests waiting.", mend: "Ask again in a moment.",
                citation: "RFC 6585, 4")
        }
        if mustSchedule { queue.async { self.work() } }
        return waiting.decision
    }

    /// Begins to cosign, beside everything else.
    private func begin(_ checkpoint: SignedCheckpoint, at time: UInt64) -> Later<[NoteSignature]> {
        let begun = Later<[NoteSignature]>()
        let cosigners = cosigners
        signers.async { begun.end(Result { try cosigners.map { try $0.cosign(checkpoint.note, at: time) } }) }
        return begun
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
            if shared.withLock({ $0.isScheduled }) { queue.async { self.work() } }
        }
        guard !batch.isEmpty else { return }
        var decisions: [(outcome: AddCheckpointOutcome, known: [UInt8]?)] = []
        var signings = batch.map(\.early)
        do {
            try memory.update(Set(batch.map(\.origin))) { known in
                let changed: [String: WitnessKnown]
                (decisions, changed) = WitnessStore.decide(batch, known)
                for (place, decision) in decisions.enumerated() where signings[place] == nil {
                    guard case .cosign(let checkpoint, _) = decision.outcome else { continue }
                    signings[place] = begin(checkpoint, at: batch[place].time)
                }
                return changed
            }
        } catch {
            for waiting in batch { answer(waiting, .failure(error)) }
            return
        }
        for (place, waiting) in batch.enumerated() {
            let (outcome, known) = decisions[place]
            guard case .cosign = outcome, let signing = signings[place] else {
                answer(waiting, .success(Decision(outcome: outcome, known: known, cosignatures: [])))
                continue
            }
            signing.then { made in
                self.answer(waiting, made.map { Decision(outcome: outcome, known: known, cosignatures: $0) })
            }
        }
    }

    private func answer(_ waiting: Waiting, _ result: Result<Decision, any Error>) {
        shared.withLock { shared in
            shared.pending -= 1
            if case .success(let decision) = result, case .cosign = decision.outcome {
                shared.good.insert(waiting.origin)
            } else {
                shared.good.remove(waiting.origin)
            }
        }
        waiting.decision.end(result)
    }

    /// Decides on requests in their order, each on what the one before it has left.
    private static func decide(
        _ batch: [Waiting], _ known: [String: WitnessKnown]
    ) -> (decisions: [(outcome: AddCheckpointOutcome, known: [UInt8]?)], changed: [String: WitnessKnown]) {
        var known = known
        var changed: [String: WitnessKnown] = [:]
        var decisions: [(outcome: AddCheckpointOutcome, known: [UInt8]?)] = []
        for waiting in batch {
            let outcome = AddCheckpointOutcome.decide(trusted: waiting.request, state: known[waiting.origin]?.state ?? .never)
            var contradicted: [UInt8]?
            switch outcome {
            case .cosign(let checkpoint, let state):
                let next = WitnessKnown(state: state, note: checkpoint.note.bytes, time: waiting.time)
                known[waiting.origin] = next
                changed[waiting.origin] = next
            case .otherRoot: contradicted = known[waiting.origin]?.note
            default: break
            }
            decisions.append((outcome, contradicted))
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
