import Acts
import Federation

extension PressCommands {
    /// With whom an approved draft is proposed as a joint statement.
    struct JointPlan: Hashable, Sendable {
        var node: NodeName
        /// The other parties.
        var others: [SealingParty]
        var at: Moment?
        /// How many must have signed by that hour; `nil`: all.
        var quorum: Int64?
    }

    /// The act that carries an approved draft to the other parties. It stands in place of a release.
    func propose(_ draft: PressDraft, _ plan: JointPlan, now: Moment) throws(Refusal) -> ActDraft {
        guard draft.corrects == nil, draft.content.media.isEmpty else {
            throw Refusal(
                .unlawful, code: "press.joint-plain", "A joint statement carries no files and corrects nothing.",
                mend: "Release it as a statement of this office, or leave the files out.", citation: "docs/press.md, Joint statements")
        }
        guard !plan.others.isEmpty else {
            throw Refusal(
                .malformed, code: "press.joint-parties", "Nobody is named to make the statement with.",
                mend: "Choose an office of another node.")
        }
        let own = SealingParty(node: plan.node, office: office)
        let parties = [own] + plan.others.filter { $0 != own }
        guard parties.count <= JointProposed.mostParties, Set(parties.map(\.node)).count == parties.count else {
            throw Refusal(
                .malformed, code: "press.joint-nodes", "A joint statement has one office of each node.",
                mend: "Choose one office of each node.")
        }
        if let at = plan.at, at <= now {
            throw Refusal(
                .unlawful, code: "press.hour-past", "The hour of release, \(at), has passed.", mend: "Give a later one, or none.",
                arguments: ["moment": at.description])
        }
        let quorum = min(max(plan.quorum ?? Int64(parties.count), 2), Int64(parties.count))
        return jointAct(
            JointProposed(parties: parties.map(\.description), content: draft.content, at: plan.at, quorum: quorum, draft: draft.draft),
            label: draft.label, node: plan.node, parties: parties, own: [office] + draft.audience, form: nil)
    }

    /// Signs a proposal in exactly the text that was read.
    func sign(_ joint: JointStatement?, digest: String, at node: NodeName, form: String?) throws(Refusal) -> [ActDraft] {
        let joint = try requireOpen(joint, at: node)
        guard joint.digest == digest else {
            throw Refusal(
                .conflict, code: "press.joint-digest", "What was read is not what is proposed.", mend: "Read the proposal again.")
        }
        let own = SealingParty(node: node, office: office)
        guard !joint.signed.contains(own.description) else { return [] }
        return [reply(JointSigned(proposal: joint.proposal, digest: joint.digest, by: own.description), joint, node, form)]
    }

    /// Any party stops it, until it is released.
    func stop(_ joint: JointStatement?, at node: NodeName, form: String?) throws(Refusal) -> [ActDraft] {
        let joint = try requireOpen(joint, at: node)
        let own = SealingParty(node: node, office: office)
        return [reply(JointStopped(proposal: joint.proposal, digest: joint.digest, by: own.description), joint, node, form)]
    }

    /// The release at this node, in the name of its own office, once it is due.
    ///
    /// - Returns: none where it is not, or where this node's office has not signed.
    func release(
        _ joint: JointStatement, at node: NodeName, settings: PressOfficeSet, officeName: [String: String], now: Moment
    ) -> [ActDraft] {
        let own = SealingParty(node: node, office: office).description
        guard joint.isDue(at: now), joint.signed.contains(own) else { return [] }
        let released = StatementReleased(
            draft: joint.proposal.index == joint.entry ? joint.act.draft : joint.entry, office: office, officeName: officeName,
            holder: settings.holder, content: joint.act.content,
            joint: JointRelease(
                proposal: joint.proposal, digest: joint.digest, parties: joint.act.parties,
                signed: joint.act.parties.filter(joint.signed.contains)))
        return [
            ActDraft(
                released, dossier: Self.dossier, office: office, author: author, marking: .public, references: [Reference(joint.entry)])
        ]
    }

    static func unknownParty(_ party: SealingParty) -> Refusal {
        Refusal(
            .malformed, code: "press.joint-unknown", "'\(party)' is no office of a node that this one knows.",
            mend: "Accept the node as a peer first.", arguments: ["party": party.description])
    }

    private func requireOpen(_ joint: JointStatement?, at node: NodeName) throws(Refusal) -> JointStatement {
        guard let joint, joint.offices(at: node).contains(office) else { throw Self.unknown }
        switch joint.state {
        case .open: return joint
        case .released: throw Self.released
        case .stopped:
            throw Refusal(
                .conflict, code: "press.joint-stopped", "The joint statement was stopped by \(joint.stoppedBy ?? "").",
                mend: "Propose another.", arguments: ["party": joint.stoppedBy ?? ""])
        }
    }

    private func reply(_ payload: some JointReply, _ joint: JointStatement, _ node: NodeName, _ form: String?) -> ActDraft {
        jointAct(
            payload, label: PressLabel.amber.rawValue, node: node, parties: joint.act.parties.compactMap { SealingParty($0) },
            own: [office],
            form: form)
    }

    private func jointAct(
        _ payload: some Payload, label: String, node: NodeName, parties: [SealingParty], own: [String], form: String?
    ) -> ActDraft {
        let others = parties.filter { $0.node != node }.map { $0.node.audienceMember(office: $0.office) }
        return ActDraft(
            payload, dossier: Self.draftsDossier, office: office, author: author,
            marking: .restricted(.init(audience: own + others, label: label)), request: form)
    }
}
