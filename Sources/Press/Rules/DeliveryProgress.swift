import Acts
import Fediverse

/// How a release came to one inbox of another server.
struct InboxReceipt: Hashable, Sendable {
    /// The inbox.
    var destination: String
    /// `nil`: it has not answered yet.
    var outcome: FediverseDelivered.Outcome?
    var at: Moment?
}

/// How far a release has come to the servers that follow: by server, since what an inbox is to its server is nobody's business.
struct DeliveryProgress: Hashable, Sendable {
    enum State: String, Hashable, Sendable, CaseIterable {
        /// All its inboxes answered that they took it.
        case confirmed
        /// It has not been asked yet, or is being asked.
        case waiting
        /// It did not answer, and is asked again.
        case failing
        /// It answered that it will not have it.
        case refused
        /// It did not answer for seven days.
        case givenUp
        /// Its inboxes are there no more.
        case gone
    }

    struct Server: Hashable, Sendable {
        /// Host and port.
        var host: String
        var inboxes: Int
        var confirmed: Int
        var state: State
        var first: Moment?
        var last: Moment?
    }

    /// Those that wait or fail first, then by name.
    let servers: [Server]

    /// - Parameter failing: the inboxes that did not answer at the last try.
    init(_ receipts: [InboxReceipt], failing: Set<String> = []) {
        var byHost: [String: [InboxReceipt]] = [:]
        for receipt in receipts { byHost[Origin(receipt.destination)?.authority ?? receipt.destination, default: []].append(receipt) }
        servers = byHost.map { host, receipts in
            let times = receipts.filter { $0.outcome == .delivered }.compactMap(\.at)
            let states = Set(receipts.map { Self.state($0, failing) })
            let order: [State] = [.failing, .waiting, .givenUp, .refused, .gone, .confirmed]
            return Server(
                host: host, inboxes: receipts.count, confirmed: times.count, state: order.first(where: states.contains) ?? .waiting,
                first: times.min(), last: times.max())
        }.sorted { ($0.state == .confirmed ? 1 : 0, $0.host) < ($1.state == .confirmed ? 1 : 0, $1.host) }
    }

    private static func state(_ receipt: InboxReceipt, _ failing: Set<String>) -> State {
        switch receipt.outcome {
        case .delivered: .confirmed
        case .refused: .refused
        case .gone: .gone
        case .dropped: .givenUp
        case nil: failing.contains(receipt.destination) ? .failing : .waiting
        }
    }

    /// Servers all of whose inboxes took it.
    var confirmed: Int { count(.confirmed) }
    var first: Moment? { servers.compactMap(\.first).min() }
    func count(_ state: State) -> Int { servers.filter { $0.state == state }.count }
}
