import Synchronization

/// A number that only grows, and that tasks wait for to pass a mark.
final class Turnstile: Sendable {
    private struct State {
        var value: Int64 = 0
        var isClosed = false
        var nextTicket = 0
        var waiting: [Int: (mark: Int64, continuation: CheckedContinuation<Void, any Error>)] = [:]
    }

    private let state = Mutex(State())

    var value: Int64 { state.withLock { $0.value } }

    /// Raises the number; a lower one changes nothing.
    func advance(to value: Int64) {
        let passed = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
            guard value > state.value else { return [] }
            state.value = value
            guard !state.waiting.isEmpty else { return [] }
            let passed = state.waiting.filter { $0.value.mark < value }
            for ticket in passed.keys { state.waiting[ticket] = nil }
            return passed.values.map(\.continuation)
        }
        for continuation in passed { continuation.resume() }
    }

    /// Lets everybody through with ``RecordError/closed``, now and from now on.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            let waiting = state.waiting.values.map(\.continuation)
            state.waiting = [:]
            return waiting
        }
        for continuation in waiting { continuation.resume(throwing: RecordError.closed) }
    }

    /// Waits until the number is above the mark.
    ///
    /// - Throws: `CancellationError`, or ``RecordError/closed``.
    func wait(past mark: Int64) async throws {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.value > mark { return .success(()) }
                    if state.isClosed { return .failure(RecordError.closed) }
                    // Asked inside the lock: a cancellation either is seen here or finds the ticket below.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiting[ticket] = (mark, continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiting = state.withLock { $0.waiting.removeValue(forKey: ticket) }
            waiting?.continuation.resume(throwing: CancellationError())
        }
    }
}
