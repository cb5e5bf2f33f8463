import Acts
import Synchronization

/// Counts failed attempts at signing in, by the other end's network address, and bids it wait when there are too many.
///
/// Kept in memory only and forgotten after its window; addresses are never logged.
final class AttemptLimit: Sendable {
    private struct Count {
        var failures: Int
        var since: Moment
    }

    /// Failures an address may have in a window.
    let allowed: Int
    /// Milliseconds.
    let window: Int64
    private let counts = Mutex<[String: Count]>([:])

    init(allowed: Int = 20, window: Int64 = 5 * 60_000) {
        self.allowed = allowed
        self.window = window
    }

    /// - Throws: 429 with the time to wait.
    func check(_ address: String?, now: Moment) throws {
        let address = address ?? "-"
        let wait = counts.withLock { counts -> Int64? in
            guard let count = counts[address], now.milliseconds - count.since.milliseconds < window, count.failures >= allowed else {
                return nil
            }
            return count.since.milliseconds + window - now.milliseconds
        }
        if let wait { throw HTTPRefusal.tooManyAttempts(retryAfter: max(1, Int((wait + 999) / 1000))) }
    }

    func failed(_ address: String?, now: Moment) {
        let address = address ?? "-"
        counts.withLock { counts in
            if counts.count > 10_000 { counts = counts.filter { now.milliseconds - $0.value.since.milliseconds < window } }
            if let count = counts[address], now.milliseconds - count.since.milliseconds < window {
                counts[address]?.failures = count.failures + 1
            } else {
                counts[address] = Count(failures: 1, since: now)
            }
        }
    }
}
