import Ledger
import Synchronization

/// What readers see: the size that is durable, signed and in the views, and the newest signed checkpoint.
final class PublishedState: Sendable {
    private let signed = Mutex<SignedCheckpoint?>(nil)
    private let turnstile = Turnstile()

    var checkpoint: SignedCheckpoint? {
        get { signed.withLock { $0 } }
        set { signed.withLock { $0 = newValue } }
    }

    var size: Int64 { turnstile.value }

    func advance(to size: Int64) { turnstile.advance(to: size) }

    func wait(past size: Int64) async throws { try await turnstile.wait(past: size) }

    func close() { turnstile.close() }
}
