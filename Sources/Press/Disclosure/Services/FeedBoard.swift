import Acts
import Synchronization

/// What this process knows of the feeds it looks at: when again, and what the last look gave. None of it is lost if it is: it is asked anew.
final class FeedBoard: Sendable {
    struct State: Sendable {
        /// The act by which the feed was set last: a later one has it looked at at once.
        var act: Int64
        var next: Moment
        var failures = 0
        var entityTag: String?
        var lastModified: String?
        /// Entries without a date that were there at the first look.
        var undated: Set<String>?
        var readAt: Moment?
        /// Why it could not be read, where the last look failed.
        var fault: String?
        var title: String?
    }

    private let feeds = Mutex<[String: State]>([:])

    /// Takes the feeds that are due in hand, and forgets those that nobody watches any more.
    ///
    /// - Parameter watched: by address, the act that set it last.
    func due(_ watched: [String: Int64], at now: Moment) -> [(address: String, state: State)] {
        feeds.withLock { feeds in
            for address in feeds.keys where watched[address] == nil { feeds[address] = nil }
            return watched.sorted { $0.key < $1.key }.compactMap { address, act in
                var state = feeds[address] ?? State(act: act, next: now)
                guard act > state.act || now >= state.next else { return nil }
                state.act = act
                feeds[address] = state
                return (address, state)
            }
        }
    }

    func keep(_ state: State, of address: String) { feeds.withLock { $0[address] = state } }

    func state(of address: String) -> State? { feeds.withLock { $0[address] } }

    /// When the next look falls due.
    var next: Moment? { feeds.withLock { $0.values.map(\.next).min() } }
}
