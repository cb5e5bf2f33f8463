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
    var digest: String
    var state: State
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
        guard let at = act.at else { return signed.count == act.parties.count }
        return at <= now && Int64(signed.count) >= act.quorum
    }
}
