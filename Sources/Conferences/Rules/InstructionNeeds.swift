import Acts
import Texts

/// A provision that wants an instruction from capital, and why.
struct InstructionNeed: Hashable, Sendable {
    enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The room has it before it now, and there is no position.
        case focus
        /// Delegates agreed subject to their capitals, and capital has said nothing since.
        case adReferendum = "ad-referendum"
        /// An amendment to it waits, and there is no position.
        case amendment
        /// Its words were changed, and there is no position.
        case changed
        /// Its words were changed, or an amendment was proposed, after the position was written.
        case outdated
    }

    var provision: String
    var reason: Reason
    /// What the position is held against: the last change or proposal; `nil` where the provision is in focus only.
    var since: Moment?
}

/// Finds the provisions of a text that want an instruction: what the room will soon come to, held against what capital has said.
struct InstructionNeeds: Sendable {
    let negotiation: Negotiation
    /// When each position was kept, by provision.
    let positions: [String: Moment]
    /// The provision that the body has before it.
    let focus: String?

    /// In the order of the text.
    var all: [InstructionNeed] {
        guard let text = negotiation.current?.text else { return [] }
        var changed: [ProvisionIdentifier: Moment] = [:]
        var proposed: [ProvisionIdentifier: Moment] = [:]
        var referred: [ProvisionIdentifier: Moment] = [:]
        let pending = Set(negotiation.amendments.filter { $0.state == .pending }.map(\.id))
        for event in negotiation.events {
            switch event.kind {
            case .tabled where event.version > 1, .applied: changed[event.provision] = event.moment
            case .proposed where event.amendment.map(pending.contains) ?? false: proposed[event.provision] = event.moment
            case .statusSet where event.status == .agreedAdReferendum && event.by.isEmpty: referred[event.provision] = event.moment
            default: break
            }
        }
        return text.blocks.compactMap { block in
            guard block.kind.isProvision, block.kind != .heading else { return nil }
            return need(
                block.wId.text, changed[block.wId], proposed[block.wId],
                negotiation.status(of: block.wId) == .agreedAdReferendum ? referred[block.wId] : nil)
        }
    }

    private func need(_ provision: String, _ changed: Moment?, _ proposed: Moment?, _ referred: Moment?) -> InstructionNeed? {
        let newest = [changed, proposed].compactMap(\.self).max()
        if let kept = positions[provision] {
            if let referred, referred > kept { return InstructionNeed(provision: provision, reason: .adReferendum, since: referred) }
            guard let newest, newest > kept else { return nil }
            return InstructionNeed(provision: provision, reason: .outdated, since: newest)
        }
        if focus == provision { return InstructionNeed(provision: provision, reason: .focus, since: newest) }
        if let referred { return InstructionNeed(provision: provision, reason: .adReferendum, since: referred) }
        if let proposed { return InstructionNeed(provision: provision, reason: .amendment, since: proposed) }
        return changed.map { InstructionNeed(provision: provision, reason: .changed, since: $0) }
    }
}
