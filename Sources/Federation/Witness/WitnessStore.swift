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
/// What is cosigned is made while the disk is waited for, and handed out only after it has answered.
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
        let continuation: CheckedContinuation<Decision, any Error>

        var origin: String { request.checkpoint.origin }
    }

    private struct Shared: Sendable {
        var waiting: [Waiting] = []
        var isScheduled = false
    }

    private let memory: any WitnessMemory
    let cosigners: [any Cosigner]
    private let queue = DispatchQueue(label: "chancery.witness", qos: .userInitiated)
    private let signing = DispatchQueue(label: "chancery.cosigning", qos: .userInitiated, attributes: .concurrent)
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
            return Decision(outcome: .malformed(error), known: nil, cosignatures: [])
        }
        // What no memory is needed for is settled here, beside other requests, signatures above all.
        if let refusal = AddCheckpointOutcome.refusal(of: request, log: log(request.checkpoint.origin)) {
            return Decision(outcome: refusal, known: nil, cosignatures: [])
        }
        return try await withCheckedThrowingContinuation { continuation in
            let mustSchedule: Bool? = shared.withLock { shared in
                guard shared.waiting.count < WitnessStore.limit else { return nil }
                shared.waiting.append(Waiting(request: request, time: time, continuation: continuation))
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

    /// Cosignatures that are being made, by the place of their request.
    private final class Signing: Sendable {
        let group = DispatchGroup()
        let made = Mutex<[Int: Result<[NoteSignature], any Error>]>([:])
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
        var signing = Signing()
        do {
            try memory.update(Set(batch.map(\.origin))) { known in
                let changed: [String: WitnessKnown]
                (decisions, changed) = WitnessStore.decide(batch, known)
                signing = begin(decisions.map(\.outcome), batch)
                return changed
            }
        } catch {
            signing.group.wait()
            for waiting in batch { waiting.continuation.resume(throwing: error) }
            return
        }
        signing.group.wait()
        let made = signing.made.withLock { $0 }
        for (place, waiting) in batch.enumerated() {
            let decision = decisions[place]
            waiting.continuation.resume(
                with: Result {
                    Decision(outcome: decision.outcome, known: decision.known, cosignatures: try made[place]?.get() ?? [])
                })
        }
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

    /// Begins to cosign what was decided on, beside the queue. Nothing of it may be handed out before it is stored.
    private func begin(_ outcomes: [AddCheckpointOutcome], _ batch: [Waiting]) -> Signing {
        let begun = Signing()
        for (place, outcome) in outcomes.enumerated() {
            guard case .cosign(let checkpoint, _) = outcome else { continue }
            let (cosigners, time) = (cosigners, batch[place].time)
            signing.async(group: begun.group) {
                let result = Result { try cosigners.map { try $0.cosign(checkpoint.note, at: time) } }
                begun.made.withLock { $0[place] = result }
            }
        }
        return begun
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
