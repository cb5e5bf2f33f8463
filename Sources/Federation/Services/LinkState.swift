import Acts
import Synchronization

/// How it goes with one peer in one matter: what is shown of it, and when it is tried again.
struct LinkState: Sendable {
    var isBusy = false
    var failures = 0
    var notBefore = Moment(milliseconds: .min)
    var lastSuccess: Moment?
    /// How long the last answer took.
    var latency: Duration?
    var lastFailure: String?
    /// The size of this node's record that the peer cosigned last; of its own record, where that is followed.
    var size: Int64?

    /// Twice as long after each failure, from one second to ten minutes.
    static func pause(after failures: Int) -> Int64 { min(600_000, 1_000 << Int64(min(max(failures - 1, 0), 20))) }
}

/// What a node is about with its peers; in memory, and shown on the page of nodes. What must last is in the record.
final class LinkBoard: Sendable {
    enum Matter: Hashable, Sendable {
        case witnessing
        case delivery
        case document
        case comparing
        /// Bringing a mirror up to the newest checkpoint.
        case mirroring
        /// Asking all witnesses after a start; kept under this node's own name.
        case start
        /// Reading what another process of this node, which sees to the peers, has learnt; under this node's own name.
        case catchingUp
        /// Following the node's record.
        case following
    }

    private struct Key: Hashable {
        let node: NodeName
        let matter: Matter
    }

    private let states = Mutex<[Key: LinkState]>([:])

    func state(_ node: NodeName, _ matter: Matter) -> LinkState {
        states.withLock { $0[Key(node: node, matter: matter)] ?? LinkState() }
    }

    /// Takes the matter in hand, where nobody has and it is time.
    func begin(_ node: NodeName, _ matter: Matter, at now: Moment) -> Bool {
        states.withLock { states in
            var state = states[Key(node: node, matter: matter)] ?? LinkState()
            guard !state.isBusy, now >= state.notBefore else { return false }
            state.isBusy = true
            states[Key(node: node, matter: matter)] = state
            return true
        }
    }

    func succeed(_ node: NodeName, _ matter: Matter, at now: Moment, latency: Duration?, size: Int64? = nil, pause: Duration = .zero) {
        states.withLock { states in
            var state = states[Key(node: node, matter: matter)] ?? LinkState()
            state.isBusy = false
            state.failures = 0
            state.notBefore = Moment(milliseconds: now.milliseconds + Int64(pause / .milliseconds(1)))
            state.lastSuccess = now
            state.latency = latency ?? state.latency
            state.lastFailure = nil
            state.size = size ?? state.size
            states[Key(node: node, matter: matter)] = state
        }
    }

    func fail(_ node: NodeName, _ matter: Matter, at now: Moment, because reason: String) {
        states.withLock { states in
            var state = states[Key(node: node, matter: matter)] ?? LinkState()
            state.isBusy = false
            state.failures += 1
            state.notBefore = Moment(milliseconds: now.milliseconds + LinkState.pause(after: state.failures))
            state.lastFailure = reason
            states[Key(node: node, matter: matter)] = state
        }
    }

    /// Has everything with a node tried at once: it was heard of.
    func hurry(_ node: NodeName) {
        states.withLock { states in
            for key in states.keys where key.node == node { states[key]?.notBefore = Moment(milliseconds: .min) }
        }
    }
}
