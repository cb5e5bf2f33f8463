import Acts
import Synchronization

/// Remembers the nonces of messages for as long as their signatures count, so that none is taken twice. Bounded: when it is full of
/// nonces that still count, no more messages are taken until some have run out.
final class NonceMemory: Sendable {
    private struct Content {
        var seen: Set<String> = []
        var order: [(until: Int64, nonce: String)] = []
        var next = 0
    }

    private let limit: Int
    private let content = Mutex(Content())

    init(limit: Int = 200_000) { self.limit = limit }

    /// Whether it is new; remembered from now on.
    func take(_ nonce: String, of node: NodeName, at now: Moment) -> Bool {
        content.withLock { content in
            while content.next < content.order.count, content.order[content.next].until < now.milliseconds {
                content.seen.remove(content.order[content.next].nonce)
                content.next += 1
            }
            if content.next > limit {
                content.order.removeFirst(content.next)
                content.next = 0
            }
            let key = "\(node) \(nonce)"
            guard content.seen.count < limit, content.seen.insert(key).inserted else { return false }
            content.order.append((now.milliseconds + MessageSignature.oldest + MessageSignature.youngest, key))
            return true
        }
    }
}
