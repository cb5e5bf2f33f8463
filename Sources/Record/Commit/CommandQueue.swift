import Acts

/// The commands and jobs that wait for the writer, in the order they came.
final class CommandQueue: @unchecked Sendable {
    /// A command and who waits for its outcome.
    final class Waiting: @unchecked Sendable {
        let command: Command
        // Both guarded by the queue's bell.
        fileprivate var continuation: CheckedContinuation<[Entry], any Error>?
        fileprivate var isCancelled = false

        init(_ command: Command) {
            self.command = command
        }
    }

    /// What the writer does next.
    enum Work {
        case batch([Turn])
        case job(@Sendable () -> Void)
        case stop
    }

    /// A command whose turn has come: it can no longer be cancelled, and its caller is told the outcome exactly once.
    struct Turn {
        let command: Command
        let continuation: CheckedContinuation<[Entry], any Error>
    }

    // All guarded by the bell.
    private let bell = Bell()
    private var waiting: [Waiting] = []
    private var jobs: [@Sendable () -> Void] = []
    private var isClosed = false
    private var writerWaits = false
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Waits for a command's turn and outcome. A cancellation before its turn takes it out of the queue; one after it is too late.
    func enter(_ command: Command) async throws -> [Entry] {
        let waiting = Waiting(command)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if let refusal = add(waiting, continuation) { continuation.resume(throwing: refusal) }
            }
        } onCancel: {
            let continuation = bell.whileLocked {
                waiting.isCancelled = true
                defer { waiting.continuation = nil }
                return waiting.continuation
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func add(_ added: Waiting, _ continuation: CheckedContinuation<[Entry], any Error>) -> (any Error)? {
        bell.whileLocked {
            if isClosed { return RecordError.closed }
            if added.isCancelled { return CancellationError() }
            if waiting.count >= limit {
                return Refusal(
                    .tooMany, code: "record.busy", "\(limit) acts are already waiting to be entered.", mend: "Try again in a moment.")
            }
            added.continuation = continuation
            waiting.append(added)
            if writerWaits { bell.ring() }
            return nil
        }
    }

    /// Has the writer do something between two batches.
    ///
    /// - Throws: ``RecordError/closed`` when the writer has stopped.
    func add(job: @escaping @Sendable () -> Void) throws {
        try bell.whileLocked {
            if isClosed { throw RecordError.closed }
            jobs.append(job)
            if writerWaits { bell.ring() }
        }
    }

    /// No more is taken in; what waits is still done.
    func close() {
        bell.whileLocked {
            isClosed = true
            bell.ring()
        }
    }

    /// What to do next; blocks the writer's thread until there is something.
    func next(batchLimit: Int) -> Work {
        bell.whileLocked {
            while true {
                if !jobs.isEmpty { return .job(jobs.removeFirst()) }
                if !waiting.isEmpty {
                    let taken = waiting.prefix(batchLimit)
                    var turns: [Turn] = []
                    turns.reserveCapacity(taken.count)
                    for waiting in taken {
                        guard let continuation = waiting.continuation else { continue }
                        waiting.continuation = nil
                        turns.append(Turn(command: waiting.command, continuation: continuation))
                    }
                    waiting.removeFirst(taken.count)
                    if !turns.isEmpty { return .batch(turns) }
                    continue
                }
                if isClosed { return .stop }
                writerWaits = true
                bell.wait()
                writerWaits = false
            }
        }
    }
}
