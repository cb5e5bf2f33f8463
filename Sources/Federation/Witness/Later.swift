import Synchronization

/// What somebody else finds out, once; who wants it waits, or is called.
final class Later<Value: Sendable>: Sendable {
    typealias Outcome = Result<Value, any Error>

    private enum State {
        case underWay
        case awaited(@Sendable (Outcome) -> Void)
        case known(Outcome)
    }

    private let state = Mutex(State.underWay)

    /// Says what was found out. It is said once.
    func end(_ outcome: Outcome) {
        let awaits: (@Sendable (Outcome) -> Void)? = state.withLock { state in
            defer { state = .known(outcome) }
            if case .awaited(let body) = state { return body }
            return nil
        }
        awaits?(outcome)
    }

    /// Calls the body once with what was found out: now, or when it is. There is one who waits.
    func then(_ body: @escaping @Sendable (Outcome) -> Void) {
        let known: Outcome? = state.withLock { state in
            if case .known(let outcome) = state { return outcome }
            state = .awaited(body)
            return nil
        }
        if let known { body(known) }
    }

    func get() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in then { continuation.resume(with: $0) } }
    }
}
