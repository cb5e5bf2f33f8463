import Acts
import Federation

/// A joint statement as this node's record has it: what is proposed, who has signed, whether it is released.
struct JointStatement: Hashable, Sendable {
    enum State: String, Hashable, Sendable {
        case open
        case released
        case stopped
    }

    struct Signature: Hashable, Sendable {
        var party: String
        var at: Moment
    }

    /// The act in this node's record: the proposal, or its reception.
    var entry: Int64
    /// The proposal in the proposer's record.
    var proposal: NoteReference
    var act: JointProposed
    /// What is to be changed; `nil`: it is the statement itself, and ``act`` is its proposal. Of a change, ``act`` has the same parties, hour
    /// and text to read.
    var change: Change?
    var digest: String
    var state: State
    /// A correction or a withdrawal for all parties at once.
    struct Change: Hashable, Sendable {
        /// The joint statement as it was proposed first.
        var original: NoteReference
        var what: JointChangeProposed.Change
        /// What that statement is called here; `nil`: this node has not released it.
        var statement: String?
    }

    /// In the order in which this node had them; the proposer's is the proposal.
    var signatures: [Signature]
    /// Who stopped it.
    var stoppedBy: String?
    /// What it is called here since its release.
    var statement: String?
    var received: Moment

    var signed: Set<String> { Set(signatures.map(\.party)) }

    /// Those of the parties that are offices of a node.
    func offices(at node: NodeName) -> [String] {
        act.parties.compactMap { SealingParty($0) }.filter { $0.node == node }.map(\.office)
    }

    /// Whether it is to be released now: all have signed and no hour is set, or the hour has come and enough have.
    func isDue(at now: Moment) -> Bool {
        guard state == .open else { return false }
        let areEnough = Int64(signed.count) >= act.quorum
        // A change is due as soon as as many have signed as was agreed on for the statement: what is wrong does not wait for everybody.
        guard let at = act.at else { return change == nil ? signed.count == act.parties.count : areEnough }
        return at <= now && areEnough
    }
}
