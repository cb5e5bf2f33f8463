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
        /// The joint statement that a correction is of, for all its parties; the others are its.
        var original: JointStatement?
    }

    /// The act that carries an approved draft to the other parties. It stands in place of a release.
    func propose(_ draft: PressDraft, _ plan: JointPlan, now: Moment) throws(Refusal) -> ActDraft {
        if draft.corrects != nil, let original = plan.original, draft.content.media.isEmpty {
            try refusePast(plan.at, now: now)
            return try change(
                .correction(draft.content, draft.correction), of: original, at: plan.node, hour: plan.at, draft: draft.draft,
                label: draft.label, own: draft.audience, form: nil)
        }
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
        try refusePast(plan.at, now: now)
        let quorum = min(max(plan.quorum ?? Int64(parties.count), 2), Int64(parties.count))
        return jointAct(
            JointProposed(parties: parties.map(\.description), content: draft.content, at: plan.at, quorum: quorum, draft: draft.draft),
            label: draft.label, node: plan.node, parties: parties, own: [office] + draft.audience, form: nil)
    }

    private func refusePast(_ at: Moment?, now: Moment) throws(Refusal) {
        guard let at, at <= now else { return }
        throw Refusal(
            .unlawful, code: "press.hour-past", "The hour of release, \(at), has passed.", mend: "Give a later one, or none.",
            arguments: ["moment": at.description])
    }

    /// Proposes to the parties of a joint statement that all of them take it back.
    func proposeWithdrawal(
        of statement: PublicStatement?, _ original: JointStatement?, at node: NodeName, reason: [String: String], form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard let statement, statement.act.office == office, let original else { throw Self.noStatement }
        guard statement.withdrawal == nil else { throw Self.withdrawn }
        return [
            try change(
                .withdrawal(reason), of: original, at: node, hour: nil, draft: nil, label: PressLabel.amber.rawValue, own: [], form: form)
        ]
    }

    private func change(
        _ change: JointChangeProposed.Change, of original: JointStatement, at node: NodeName, hour: Moment?, draft: Int64?, label: String,
        own: [String], form: String?
    ) throws(Refusal) -> ActDraft {
        let party = SealingParty(node: node, office: office)
        guard original.change == nil, original.act.parties.contains(party.description) else { throw Self.unknown }
        let parties = [party.description] + original.act.parties.filter { $0 != party.description }
        return jointAct(
            JointChangeProposed(
                original: original.proposal, parties: parties, change: change, at: hour, quorum: original.act.quorum, draft: draft),
            label: label, node: node, parties: parties.compactMap { SealingParty($0) }, own: [office] + own, form: form)
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
    ///
    /// - Parameter changed: of a change, the newest version of the statement here.
    func release(
        _ joint: JointStatement, changed: PublicStatement?, at node: NodeName, settings: PressOfficeSet, officeName: [String: String],
        now: Moment
    ) -> [ActDraft] {
        let own = SealingParty(node: node, office: office).description
        guard joint.isDue(at: now), joint.signed.contains(own) else { return [] }
        let together = JointRelease(
            proposal: joint.proposal, digest: joint.digest, parties: joint.act.parties,
            signed: joint.act.parties.filter(joint.signed.contains))
        let draft = joint.proposal.index == joint.entry && joint.act.draft >= 0 ? joint.act.draft : joint.entry
        var released = StatementReleased(
            draft: draft, office: office, officeName: officeName, holder: settings.holder, content: joint.act.content, joint: together)
        if let change = joint.change {
            // Who has not released the statement, or has taken it back alone, has nothing to change.
            guard let changed, changed.act.office == office, changed.withdrawal == nil else { return [] }
            switch change.what {
            case .withdrawal(let reason):
                return [
                    ActDraft(
                        StatementWithdrawn(statement: changed.act.statement, reason: reason, joint: together), dossier: Self.dossier,
                        office: office, author: author, marking: .public,
                        references: [Reference(changed.entry), Reference(joint.entry)])
                ]
            case .correction(let content, let correction):
                released = StatementReleased(
                    statement: changed.act.statement, version: changed.act.version + 1, draft: draft, office: office,
                    officeName: officeName, holder: settings.holder, content: content, corrects: changed.act.code, correction: correction,
                    joint: together)
            }
        }
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
