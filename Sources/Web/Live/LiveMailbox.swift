import NIOCore
import Synchronization

/// What waits to be written to one listener. A listener that takes nothing for long is not waited for: its mailbox is emptied, and it
/// reads from the record what it missed.
final class LiveMailbox: Sendable {
    enum Delivery: Sendable {
        /// The events of the entries from one on, up to another that is not among them.
        case events(ByteBuffer, Range<Int64>)
        case alive(ByteBuffer)
        /// Too much waited: what begins with this entry must be read.
        case missed(from: Int64)
    }

    /// Deliveries that may wait.
    static let most = 64

    private struct State {
        var waiting: [(buffer: ByteBuffer, range: Range<Int64>)] = []
        var missed: Int64?
        var isClosed = false
        var reader: CheckedContinuation<Delivery?, Never>?
    }

    private let state = Mutex(State())

    /// - Parameter range: the entries that the delivery covers.
    func put(_ buffer: ByteBuffer, _ range: Range<Int64>) {
        let reader = state.withLock { state -> CheckedContinuation<Delivery?, Never>? in
            guard !state.isClosed, state.missed == nil else { return nil }
            if let reader = state.reader {
                state.reader = nil
                return reader
            }
            if state.waiting.count < Self.most {
                state.waiting.append((buffer, range))
            } else {
                state.missed = (state.waiting.first?.range ?? range).lowerBound
                state.waiting = []
            }
            return nil
        }
        reader?.resume(returning: .events(buffer, range))
    }

    /// A sign of life for who waits for something.
    func putIfEmpty(_ buffer: ByteBuffer) {
        let reader = state.withLock { state -> CheckedContinuation<Delivery?, Never>? in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: .alive(buffer))
    }

    /// Ends the listening; whoever reads is let go.
    func close() {
        let reader = state.withLock { state -> CheckedContinuation<Delivery?, Never>? in
            state.isClosed = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    /// Waits for what comes next; `nil` when the mailbox was closed or the task cancelled. One reader at a time.
    func next() async -> Delivery? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready: Delivery?? = state.withLock { state in
                    if state.isClosed { return .some(nil) }
                    if let missed = state.missed { return .missed(from: missed) }
                    if let first = state.waiting.first {
                        var (joined, range) = first
                        for (buffer, next) in state.waiting.dropFirst() {
                            joined.writeImmutableBuffer(buffer)
                            range = range.lowerBound..<next.upperBound
                        }
                        state.waiting = []
                        return .events(joined, range)
                    }
                    state.reader = continuation
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            close()
        }
    }
}
