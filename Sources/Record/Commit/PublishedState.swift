import Ledger
import Synchronization

/// What readers see: the size that is durable, signed and in the views, and the newest signed checkpoint.
final class PublishedState: Sendable {
    private let signed = Mutex<SignedCheckpoint?>(nil)
    private let turnstile = Turnstile()

    /// `nil` only before the first act.
    var checkpoint: SignedCheckpoint? { signed.withLock { $0 } }

    var size: Int64 { turnstile.value }

    func publish(_ checkpoint: SignedCheckpoint) {
        signed.withLock { $0 = checkpoint }
        turnstile.advance(to: checkpoint.size)
    }

    func wait(past size: Int64) async throws { try await turnstile.wait(past: size) }

    func close() { turnstile.close() }
}
