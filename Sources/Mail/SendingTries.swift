public import Acts
import Synchronization

/// Which messages are on their way, and how often each was tried, in this run of the node: so that none is sent twice at once, and one
/// that a server refuses for now is tried again later and not for ever.
public final class SendingTries<Key: Hashable & Sendable>: Sendable {
    private struct Tries {
        var count = 0
        var isBusy = false
        var notBefore = Moment(milliseconds: .min)
    }

    private let pause: @Sendable (Int) -> Int64?
    private let known = Mutex<[Key: Tries]>([:])

    /// - Parameter pause: milliseconds until a message is tried again after so many tries, one or more; `nil`: it is given up.
    public init(pause: @escaping @Sendable (Int) -> Int64?) { self.pause = pause }

    /// Takes a message in hand, where nobody has and it is time.
    public func begin(_ key: Key, at now: Moment) -> Bool {
        known.withLock { known in
            var tries = known[key] ?? Tries()
            guard !tries.isBusy, now >= tries.notBefore else { return false }
            tries.isBusy = true
            tries.count += 1
            known[key] = tries
            return true
        }
    }

    /// Lets go of a message for a while; `false` where it was tried often enough.
    ///
    /// - Parameter seconds: what the server asked for; an hour at most is granted.
    public func mayRepeat(_ key: Key, after seconds: Int?, at now: Moment) -> Bool {
        known.withLock { known in
            guard var tries = known[key], let pause = pause(tries.count) else { return false }
            tries.isBusy = false
            tries.notBefore = now.adding(milliseconds: max(pause, Int64(min(seconds ?? 0, 3_600)) * 1_000))
            known[key] = tries
            return true
        }
    }

    /// Forgets a message that was settled.
    public func end(_ key: Key) { known.withLock { $0[key] = nil } }
}
