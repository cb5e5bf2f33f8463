import Ledger
import Synchronization

/// What readers see: the size that is durable, signed and in the views, and the newest signed checkpoint.
final class PublishedState: Sendable {
    private let signed = Mutex<SignedCheckpoint?>(nil)
    /// Whether what others know of the record keeps it from being written.
    let hold = SigningHold()
    private let turnstile = Turnstile()
    private let failure = Mutex<RecordError?>(nil)
    private let batches = Atomic<Int>(0)

    /// `nil` only before the first act.
    var checkpoint: SignedCheckpoint? { signed.withLock { $0 } }

    var size: Int64 { turnstile.value }

    func publish(_ checkpoint: SignedCheckpoint) {
        signed.withLock { $0 = checkpoint }
        turnstile.advance(to: checkpoint.size)
    }

    /// What keeps the writer from writing; `nil` while nothing does.
    var trouble: RecordError? {
        get { failure.withLock { $0 } }
        set { failure.withLock { $0 = newValue } }
    }

    /// Batches that were published since the record was opened.
    var batchCount: Int { batches.load(ordering: .relaxed) }

    func countBatch() { batches.add(1, ordering: .relaxed) }

    func wait(past size: Int64) async throws { try await turnstile.wait(past: size) }

    func close() { turnstile.close() }
}
