import Dispatch
import Foundation
import Synchronization

/// Threads that do nothing but sign, a little behind everybody else.
///
/// A signature with ML-DSA keeps a processor for half a millisecond or more. Where it has the one that the disk's answer comes to, the
/// thread that waits for the disk would be let in only afterwards, and the two would take their times one after the other. So these
/// threads are nicer than others (`nice(2)`, which on Linux is each thread's own): whoever wakes goes first.
final class CosigningThreads: Sendable {
    /// How much nicer: enough that whoever wakes is let in, and so little that under load signing keeps a third of another's share.
    private static let niceness: Int32 = 5

    /// What the threads share; they do not keep their owner alive.
    private final class Shared: Sendable {
        struct State: Sendable {
            var work: [@Sendable () -> Void] = []
            var isBegun = false
        }

        let state = Mutex(State())
        let turns = DispatchSemaphore(value: 0)

        func run() {
            _ = nice(CosigningThreads.niceness)
            while true {
                turns.wait()
                let next = state.withLock { $0.work.isEmpty ? nil : $0.work.removeFirst() }
                guard let next else { return }
                next()
            }
        }
    }

    private let shared = Shared()
    private let count: Int

    /// - Parameter count: how many; they begin when there is something to do.
    init(count: Int = ProcessInfo.processInfo.activeProcessorCount) { self.count = max(1, count) }

    func async(_ work: @escaping @Sendable () -> Void) {
        let begins = shared.state.withLock { state in
            state.work.append(work)
            defer { state.isBegun = true }
            return !state.isBegun
        }
        if begins {
            for _ in 0..<count { Thread.detachNewThread { [shared] in shared.run() } }
        }
        shared.turns.signal()
    }

    /// Lets the threads end, each after what there was to do.
    deinit { for _ in 0..<count { shared.turns.signal() } }
}
