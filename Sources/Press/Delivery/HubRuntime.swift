import Acts
import Fediverse
import Outbound
import Synchronization

/// What the hub's page and its service share while a node runs: what was asked and is to be verified, and the client.
///
/// What is asked and not verified yet is in memory alone: who asked and hears nothing asks again.
final class HubRuntime: Sendable {
    let client: GuardedClient
    private let queue = Mutex<[HubRequest]>([])
    private let hosts = Mutex(FollowLimit(burst: 20, perSecond: 0.2))
    private let all = Mutex(FollowLimit(burst: 500, perSecond: 10))

    private static let mostWaiting = 1_000
    /// Seconds for one question or message.
    static let limit = Duration.seconds(15)

    init(allowsPrivateAddresses: Bool, now: @escaping @Sendable () -> Moment = { .now }) {
        client = GuardedClient(allowsPrivateAddresses: allowsPrivateAddresses, limit: Self.limit, connections: 4, now: now)
    }

    /// Takes a request to be verified.
    /// - Throws: 429 where its host, or all together, asked too often.
    func take(_ request: HubRequest, at now: Moment) throws(Refusal) {
        // Every request makes this node ask a stranger's host: one host is not asked without end.
        guard hosts.withLock({ $0.take(request.host, at: now) }) == nil, all.withLock({ $0.take("", at: now) }) == nil else {
            throw HubRequest.busy
        }
        let isTaken = queue.withLock { queue in
            guard queue.count < Self.mostWaiting else { return false }
            queue.append(request)
            return true
        }
        guard isTaken else { throw HubRequest.busy }
    }

    /// What waits to be verified, once.
    func drain(_ most: Int) -> [HubRequest] {
        queue.withLock { queue in
            let taken = Array(queue.prefix(most))
            queue.removeFirst(taken.count)
            return taken
        }
    }
}
