import Acts
import Synchronization

/// How far acts of followed records were looked at to be taken, and why some were not; in memory. What was taken is in the record,
/// so that looking again changes nothing.
final class TakenBoard: Sendable {
    private struct Key: Hashable {
        let node: NodeName
        /// The peer's document: what its offices are is asked again when it changes.
        let document: Int64
        let kind: ActKind
    }

    private struct Refused {
        let reason: String
        /// How many entries this node's record had then: while it has no more, asking again gives the same.
        let size: Int64
    }

    private struct State {
        var cursors: [Key: Int64] = [:]
        var refused: [NodeName: [Int64: Refused]] = [:]
    }

    /// The most refusals that are remembered of a node.
    private static let most = 100

    private let state = Mutex(State())

    func cursor(of peer: Peer, _ kind: ActKind) -> Int64 {
        state.withLock { $0.cursors[Key(node: peer.name, document: peer.entry, kind: kind)] ?? 0 }
    }

    func set(_ cursor: Int64, of peer: Peer, _ kind: ActKind) {
        state.withLock { $0.cursors[Key(node: peer.name, document: peer.entry, kind: kind)] = cursor }
    }

    /// - Parameter size: how many entries this node's record has.
    /// - Returns: whether this reason is new.
    @discardableResult
    func refuse(_ peer: Peer, _ entry: Int64, because reason: String, at size: Int64) -> Bool {
        state.withLock { state in
            let known = state.refused[peer.name]?[entry]
            guard known != nil || state.refused[peer.name, default: [:]].count < TakenBoard.most else { return false }
            state.refused[peer.name, default: [:]][entry] = Refused(reason: reason, size: size)
            return known?.reason != reason
        }
    }

    func accept(_ peer: Peer, _ entry: Int64) {
        state.withLock { $0.refused[peer.name]?[entry] = nil }
    }

    /// What was refused while this node's record had another size.
    func refused(of node: NodeName, before size: Int64) -> [Int64] {
        state.withLock { ($0.refused[node] ?? [:]).filter { $0.value.size != size }.keys.sorted() }
    }

    /// Why an act was not taken; `nil` where it was, or was not looked at.
    func refusal(of node: NodeName, _ entry: Int64) -> String? { state.withLock { $0.refused[node]?[entry]?.reason } }

    /// Has everything looked at again, since what it depends on may have changed.
    func reset(_ node: NodeName) {
        state.withLock { state in
            state.cursors = state.cursors.filter { $0.key.node != node }
            state.refused[node] = nil
        }
    }
}
