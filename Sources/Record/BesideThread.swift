import CProcessors
import Dispatch
import Foundation
import Synchronization

/// A thread for work that goes on beside what its caller does meanwhile, on another processor than the caller's.
///
/// A virtual machine's kernel does not take a processor that sleeps for one that is free: it lets a thread that is woken wait behind the
/// one that woke it, and of two things meant to go on at once the second begins when the first ends. So the thread is kept off the
/// caller's processor before it is woken. Where there is one processor only, nothing changes.
public final class BesideThread: Sendable {
    /// What the thread shares with its owner, and does not keep it alive.
    private final class Shared: Sendable {
        struct State: Sendable {
            var work: [@Sendable () -> Void] = []
            /// The thread's number; `nil` before it runs.
            var thread: Int32?
            var isBegun = false
        }

        let state = Mutex(State())
        let turns = DispatchSemaphore(value: 0)

        func run() {
            state.withLock { $0.thread = cprocessors_this_thread() }
            while true {
                turns.wait()
                let next = state.withLock { $0.work.isEmpty ? nil : $0.work.removeFirst() }
                guard let next else { return }
                next()
            }
        }
    }

    private let shared = Shared()
    private let name: String

    /// - Parameter name: the thread's, for who looks at the process. The thread begins when there is something to do.
    public init(name: String) { self.name = name }

    /// Does this after all that was given before.
    public func async(_ work: @escaping @Sendable () -> Void) {
        let begins = shared.state.withLock { state in
            state.work.append(work)
            // Only speed hangs on it.
            if let thread = state.thread { _ = cprocessors_keep_off_mine(thread) }
            defer { state.isBegun = true }
            return !state.isBegun
        }
        if begins {
            let thread = Thread { [shared] in shared.run() }
            thread.name = name
            thread.start()
        }
        shared.turns.signal()
    }

    /// The thread ends after what there was to do.
    deinit { shared.turns.signal() }
}
