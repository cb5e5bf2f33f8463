import Acts
import Fediverse
import Synchronization

/// How a server takes requests, as far as it has shown it.
struct InboxManner: Hashable, Sendable {
    /// Whether it wants the other form of signature (RFC 9421).
    var wantsStandard = false
    /// Whether it takes the key before the newest, of an office whose keys were rolled, or the newest; `nil`: it has not refused either.
    var takesFormerKey: Bool?
}

/// What is on its way to which inbox: entries in order, who is at work, who fails. Everything here can be worked out anew from the record.
final class DeliveryBoard: Sendable {
    /// How an inbox was dealt with.
    enum End: Sendable {
        /// The server answered.
        case answered
        /// The server answered, and is sent the rest a while later: it has to take in new keys first.
        case rests
        case failed(after: Int?)
        case gone
    }

    private struct Destination {
        var entries: [Int64] = []
        var isBusy = false
        var isQueued = false
        /// Until when it is left alone, in POSIX milliseconds.
        var restsUntil: Int64 = 0
        var breaker = CircuitBreaker()
        var manner = InboxManner()
    }

    private struct Content {
        var destinations: [String: Destination] = [:]
        /// Inboxes that answer and have something to be sent, in order; those before `next` are taken.
        var fast: [String] = []
        var next = 0
        var failing: Set<String> = []
        var resting: Set<String> = []
        var busy = (fast: 0, slow: 0)
        var receipts: [FediverseDelivered.Receipt] = []
        /// For health and tests: how much was sent, refused, failed.
        var delivered = 0
        var firstDelivery: ContinuousClock.Instant?
    }

    /// How long a server is left alone after it was told of new keys, in milliseconds: snac verifies twice, at two turns of its queue of three
    /// seconds each, and loses what came under either key in between.
    static let rest: Int64 = 15_000

    private let content = Mutex(Content())
    let lanes: DeliveryLanes

    init(lanes: DeliveryLanes = DeliveryLanes()) { self.lanes = lanes }

    /// Takes up what goes to inboxes; what is there already is passed over.
    func add(_ dues: [FediverseQueries.Due]) {
        content.withLock { content in
            for due in dues {
                var destination = content.destinations[due.destination] ?? Destination()
                guard destination.entries.last ?? -1 < due.entry else { continue }
                destination.entries.append(due.entry)
                if !destination.isBusy, !destination.isQueued, !destination.breaker.isFailing, !content.resting.contains(due.destination) {
                    destination.isQueued = true
                    content.fast.append(due.destination)
                }
                content.destinations[due.destination] = destination
            }
        }
    }

    /// How many more workers there may be in each lane now, given what waits.
    func open(at now: Moment) -> (fast: Int, slow: Int) {
        content.withLock { content in
            for name in content.resting where content.destinations[name].map({ $0.restsUntil <= now.milliseconds }) ?? true {
                content.resting.remove(name)
                guard let destination = content.destinations[name], !destination.entries.isEmpty, !destination.isBusy, !destination.isQueued
                else {
                    continue
                }
                content.destinations[name]?.isQueued = true
                content.fast.append(name)
            }
            let waiting = content.fast.count - content.next
            let due = content.failing.filter { name in
                content.destinations[name].map { !$0.isBusy && !$0.entries.isEmpty && $0.breaker.mayTry(at: now) } ?? false
            }.count
            return (
                min(waiting, max(0, lanes.places - lanes.slowPlaces - content.busy.fast)),
                min(due, max(0, lanes.slowPlaces - content.busy.slow))
            )
        }
    }

    struct Work: Sendable {
        let destination: String
        let entries: [Int64]
        let manner: InboxManner
        let isSlow: Bool
        /// Whether it has failed for so long that what waits is dropped after this try.
        let isLost: Bool
    }

    /// The next inbox of a lane; whoever takes it ends it with ``end(_:sentUpTo:_:at:)``.
    func take(slow: Bool, at now: Moment) -> Work? {
        content.withLock { content in
            var name: String?
            if slow {
                name = content.failing.first { name in
                    content.destinations[name].map { !$0.isBusy && !$0.entries.isEmpty && $0.breaker.mayTry(at: now) } ?? false
                }
            } else if content.next < content.fast.count {
                name = content.fast[content.next]
                content.next += 1
                if content.next == content.fast.count { (content.fast, content.next) = ([], 0) }
            }
            guard let name, var destination = content.destinations[name] else { return nil }
            destination.isBusy = true
            destination.isQueued = false
            content.destinations[name] = destination
            if slow { content.busy.slow += 1 } else { content.busy.fast += 1 }
            return Work(
                destination: name, entries: destination.entries, manner: destination.manner, isSlow: slow,
                isLost: destination.breaker.isLost(at: now))
        }
    }

    /// - Parameter sentUpTo: the last entry that was dealt with whole; `nil`: none.
    func end(_ work: Work, sentUpTo: Int64?, outcome: FediverseDelivered.Outcome, _ end: End, _ manner: InboxManner, at now: Moment) {
        content.withLock { content in
            if work.isSlow { content.busy.slow -= 1 } else { content.busy.fast -= 1 }
            guard var destination = content.destinations[work.destination] else { return }
            destination.isBusy = false
            destination.manner = manner
            if let sentUpTo {
                destination.entries.removeAll { $0 <= sentUpTo }
                content.receipts.append(.init(inbox: work.destination, upTo: sentUpTo, outcome: outcome, at: now.milliseconds))
                if outcome == .delivered {
                    content.delivered += 1
                    content.firstDelivery = content.firstDelivery ?? ContinuousClock().now
                }
            }
            switch end {
            case .answered, .rests:
                destination.breaker.succeed()
                content.failing.remove(work.destination)
                if case .rests = end {
                    destination.restsUntil = now.milliseconds + Self.rest
                    content.resting.insert(work.destination)
                }
            case .failed(let after):
                destination.breaker.fail(at: now, after: after, chance: .random(in: 0...1))
                content.failing.insert(work.destination)
                if work.isLost, let last = destination.entries.last {
                    content.receipts.append(.init(inbox: work.destination, upTo: last, outcome: .dropped, at: now.milliseconds))
                    destination.entries = []
                }
            case .gone:
                if let last = destination.entries.last {
                    content.receipts.append(.init(inbox: work.destination, upTo: last, outcome: .gone, at: now.milliseconds))
                }
                destination = Destination()
                content.failing.remove(work.destination)
            }
            if !destination.entries.isEmpty, !destination.breaker.isFailing, !destination.isQueued,
                !content.resting.contains(work.destination)
            {
                destination.isQueued = true
                content.fast.append(work.destination)
            }
            content.destinations[work.destination] = destination
        }
    }

    /// The receipts since the last time, the newest of each inbox.
    func takeReceipts(most: Int) -> [FediverseDelivered.Receipt] {
        content.withLock { content in
            let taken = Array(content.receipts.prefix(most))
            content.receipts.removeFirst(taken.count)
            return taken
        }
    }

    func giveBack(_ receipts: [FediverseDelivered.Receipt]) { content.withLock { $0.receipts = receipts + $0.receipts } }

    /// The inboxes that failed at the last try and wait for the next.
    var failing: Set<String> { content.withLock { $0.failing } }

    /// Inboxes that had everything of an entry, since the program began, and when the first of them had it.
    var progress: (delivered: Int, first: ContinuousClock.Instant?, waiting: Int) {
        content.withLock { content in
            (content.delivered, content.firstDelivery, content.destinations.values.reduce(0) { $0 + $1.entries.count })
        }
    }
}
