import Acts

extension ProcedureEngine {
    /// Motions before the body, by precedence (GA rule 77 / 119; BBNJ draft rule 43): the lower rank first, then what has no rank, each as
    /// they were made.
    func pendingMotions(_ state: MeetingState) -> [MeetingState.Motion] {
        state.motions.enumerated().filter { $0.element.fate == .pending }.sorted { left, right in
            let (first, second) = (rank(left.element), rank(right.element))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }

    private func rank(_ motion: MeetingState.Motion) -> Int64 { rules.motion(motion.kind)?.rank ?? .max }

    /// Every kind of motion, and whether a participant may make it now.
    func motions(_ state: MeetingState) -> [ProcedureAnswers.MotionAnswer] {
        rules.motions.sorted { ($0.rank ?? .max) < ($1.rank ?? .max) }.map { rule in
            ProcedureAnswers.MotionAnswer(
                kind: rule.kind, rank: rule.rank, inFavour: rule.inFavour, against: rule.against, decider: rule.decider,
                majority: rules.matter(rule.matter ?? rules.procedure)?.majority ?? Majority.simple.name,
                hindrance: hindrance(to: rule, state), rule: rule.rule)
        }
    }

    /// What stands in the way of any motion of that kind now.
    func hindrance(to rule: ProcedureSet.MotionRule, _ state: MeetingState) -> Refusal? {
        guard state.phase == .open || (state.phase == .suspended && rule.kind == .adjournMeeting) else {
            return ProcedureFault.meetingNotOpen.refusal(rules.quorum.toOpenRule)
        }
        // Points of order above all, even on the conduct of a vote (GA rules 71, 88; BBNJ draft rules 38, 54).
        if rule.kind == .pointOfOrder {
            guard let point = state.motions.first(where: { $0.kind == .pointOfOrder && $0.fate == .pending }) else { return nil }
            return ProcedureFault.rulingFirst.refusal(rule.rule, ["name": point.id])
        }
        if state.isVoting { return ProcedureFault.voting.refusal(rules.voting.conductRule) }
        if let appeal = state.appeal { return ProcedureFault.decisionFirst.refusal(rules.appeal.rule, ["name": appeal.id]) }
        switch rule.kind {
        case .closeDebate, .limitSpeakers, .closeList, .adjournDebate:
            if isDebateOver(state.item, state) { return ProcedureFault.debateOver.refusal(rule.rule) }
            if rule.kind == .closeList, state.isListClosed { return ProcedureFault.listClosed.refusal(rule.rule) }
            fallthrough
        case .suspendMeeting, .adjournMeeting, .closeSession:
            let same = state.motions.contains { $0.kind == rule.kind && $0.fate == .pending }
            return same ? ProcedureFault.motionAgain.refusal(rule.rule) : nil
        case .competence, .division, .importantQuestion, .orderOfProposals:
            let isPending = state.proposals.contains { $0.fate == .pending }
            return isPending ? nil : ProcedureFault.motionNeeds.refusal(rule.rule, ["motion": rule.kind.rawValue, "member": "proposal"])
        case .reconsider:
            let isDecided = state.proposals.contains { [.adopted, .rejected, .rejectedInParts].contains($0.fate) }
            return isDecided ? nil : ProcedureFault.motionNeeds.refusal(rule.rule, ["motion": rule.kind.rawValue, "member": "proposal"])
        case .pointOfOrder, .recordedVote, .rollCall, .priority, .changeRules: return nil
        }
    }

    /// Whether this very motion may be made.
    func check(_ act: ConferenceMotionMade, _ state: MeetingState) throws(Refusal) {
        let seat = try participant(act.actor, state)
        guard let rule = rules.motion(act.motionKind) else {
            throw ProcedureFault.motionNotInRules.refusal(nil, ["motion": act.motionKind.rawValue])
        }
        guard state.motion(act.motion) == nil else { throw ProcedureFault.known.refusal(nil, ["name": act.motion]) }
        if let hindrance = hindrance(to: rule, state) { throw hindrance }
        let waiting = state.motions.count { $0.actor == seat.actor && $0.fate == .pending }
        guard waiting < rules.speakers.mostRequests else {
            throw ProcedureFault.tooMany.refusal(rule.rule, ["actor": seat.actor.rawValue, "number": String(waiting)])
        }
        switch act.motionKind {
        case .competence, .division, .importantQuestion, .orderOfProposals, .reconsider:
            guard let id = act.proposal else {
                throw ProcedureFault.motionNeeds.refusal(rule.rule, ["motion": act.motionKind.rawValue, "member": "proposal"])
            }
            guard let proposal = state.proposal(id) else { throw ProcedureFault.unknown.refusal(nil, ["name": id]) }
            if act.motionKind == .reconsider {
                guard [.adopted, .rejected, .rejectedInParts].contains(proposal.fate) else {
                    throw ProcedureFault.decisionFirst.refusal(rule.rule, ["name": id])
                }
            } else {
                try pending(id, rule.rule, state)
            }
            if act.motionKind == .division { try check(division: act, of: proposal, rule) }
            if act.motionKind == .importantQuestion, let matter = act.text ?? Optional("important"), rules.matter(matter) == nil {
                throw ProcedureFault.unknown.refusal(rule.rule, ["name": matter])
            }
        case .changeRules: try check(change: act, rule)
        case .limitSpeakers:
            guard (act.seconds ?? act.times).map({ (1...86_400).contains($0) }) ?? false else {
                throw ProcedureFault.motionNeeds.refusal(rule.rule, ["motion": act.motionKind.rawValue, "member": "seconds-times"])
            }
        default: break
        }
        let same = state.motions.contains { $0.kind == act.motionKind && $0.fate == .pending && $0.proposal == act.proposal }
        guard !same else { throw ProcedureFault.motionAgain.refusal(rule.rule) }
    }

    private func check(division act: ConferenceMotionMade, of proposal: MeetingState.Proposal, _ rule: ProcedureSet.MotionRule)
        throws(Refusal)
    {
        guard !act.parts.isEmpty else {
            throw ProcedureFault.motionNeeds.refusal(rule.rule, ["motion": act.motionKind.rawValue, "member": "parts"])
        }
        for part in act.parts {
            guard proposal.parts.contains(where: { $0.part == part }) else {
                throw ProcedureFault.unknown.refusal(rule.rule, ["name": part])
            }
            guard proposal.partResults[part] == nil else {
                throw ProcedureFault.notBeforeBody.refusal(rule.rule, ["name": part, "fate": "voted"])
            }
        }
    }
}
