import Acts

extension ProcedureEngine {
    func check(_ act: ConferenceDecisionOpened, _ state: MeetingState, _ now: Moment) throws(Refusal) {
        try open(state)
        guard state.decision(act.decision) == nil else { throw ProcedureFault.known.refusal(nil, ["name": act.decision]) }
        if let open = state.openDecision {
            throw ProcedureFault.decisionFirst.refusal(rules.voting.conductRule, ["name": open.opened.decision])
        }
        let quorum = quorum(state)
        guard quorum.isMetToDecide else {
            throw ProcedureFault.quorumToDecide.refusal(
                quorum.decideRule, ["present": String(quorum.present), "needed": String(quorum.toDecide)])
        }
        try checkTurn(act, state)
        let requirement = requirement(act.subject, act.concerns, state)
        if act.subject != .election, act.subject != .other {
            guard act.matter == requirement.matter, act.majority == requirement.majority.name else {
                throw refusal(requirement)
            }
        }
        if act.method == .consensus {
            guard act.subject != .appeal, act.subject != .election || isDispensed(act),
                act.subject != .motion || requirement.consensus != .none
            else {
                throw refusal(requirement)
            }
        } else {
            try checkConsensus(act, requirement, state)
            // Whoever asked for names has a right to them: what takes none does not do.
            let named: Set<ConferenceDecisionOpened.Method> = [.recorded, .rollCall]
            let isWeaker =
                named.contains(requirement.method) && !named.contains(act.method)
                // A paper is one vote, and so is a hand.
                || (act.subject != .election && !rules.voting.weights.isEmpty && !named.contains(act.method))
            guard !isWeaker, act.subject != .election || act.method == .secret || rules.elections.rule.isEmpty else {
                throw refusal(requirement)
            }
        }
        if act.method == .rollCall, act.drawn.flatMap({ state.seat($0) }).map({ state.votes(of: $0) > 0 }) != true {
            throw ProcedureFault.motionNeeds.refusal(rules.voting.methodRule, ["motion": "roll-call", "member": "drawn"])
        }
        if act.method == .secret, act.ballotKey == nil {
            throw ProcedureFault.motionNeeds.refusal(rules.elections.rule, ["motion": "secret", "member": "ballot-key"])
        }
        if [.proposal, .amendment, .part].contains(act.subject), let id = act.concerns { try checkCirculation(id, state, now) }
    }

    /// Whether it is this question's turn.
    private func checkTurn(_ act: ConferenceDecisionOpened, _ state: MeetingState) throws(Refusal) {
        switch act.subject {
        case .appeal, .motion:
            switch next(state) {
            case .vote(.put(let question, _)) where question.isSame(as: act): return
            case .vote(.put(let question, _)):
                throw ProcedureFault.decisionFirst.refusal(question.requirement.rule, ["name": question.concerns ?? ""])
            case .rule(let motion, let rule): throw ProcedureFault.rulingFirst.refusal(rule, ["name": motion])
            case .hear(let speaker):
                throw ProcedureFault.notNext.refusal(
                    speaker.rules.joined(separator: "; "), ["actor": act.concerns ?? "", "next": speaker.actor.rawValue])
            default: throw ProcedureFault.unknown.refusal(nil, ["name": act.concerns ?? ""])
            }
        case .proposal, .amendment, .part:
            if let appeal = state.appeal { throw ProcedureFault.decisionFirst.refusal(rules.appeal.rule, ["name": appeal.id]) }
            let motions = pendingMotions(state).filter { rules.motion($0.kind)?.decider != .request }
            if let motion = motions.first {
                throw ProcedureFault.decisionFirst.refusal(rules.motion(motion.kind)?.rule, ["name": motion.id])
            }
            guard let id = act.concerns else { throw ProcedureFault.unknown.refusal(nil, ["name": act.subject.rawValue]) }
            let proposal = try pending(id, rules.proposals.orderRule, state)
            if let item = proposal.item ?? state.item, state.adjournedItems.contains(item) {
                throw ProcedureFault.debateOver.refusal(rules.motion(.adjournDebate)?.rule ?? rules.proposals.orderRule)
            }
            for step in votingOrder(state) {
                switch step {
                case .put(let question, _):
                    if question.isSame(as: act) { return }
                    // Where several proposals wait, consensus on a later one does no harm; a vote keeps to the order.
                    if act.method == .consensus, act.subject == .proposal, !isBefore(question, id, state) { continue }
                    throw ProcedureFault.decisionFirst.refusal(
                        question.subject == .amendment ? rules.proposals.amendmentRule : rules.proposals.orderRule,
                        ["name": question.parts.first ?? question.concerns ?? ""])
                case .order(let proposal, _, let rule): throw ProcedureFault.rulingFirst.refusal(rule, ["name": proposal])
                case .later(let question, let hours):
                    if question.isSame(as: act) {
                        throw ProcedureFault.secondVoteLater.refusal(rules.voting.tieRule, ["hours": hours.map { String($0) } ?? "-"])
                    }
                }
            }
            throw ProcedureFault.unknown.refusal(nil, ["name": act.parts.first ?? id])
        case .election, .other: return
        }
    }

    /// Whether a question stands in the way of a decision on a proposal: it is about the proposal, its amendments or its parts.
    private func isBefore(_ question: Question, _ id: String, _ state: MeetingState) -> Bool {
        var proposal = question.concerns.flatMap { state.proposal($0) }
        while let one = proposal {
            if one.id == id { return true }
            proposal = one.amends.flatMap { state.proposal($0) }
        }
        return false
    }

    private func checkConsensus(_ act: ConferenceDecisionOpened, _ requirement: Requirement, _ state: MeetingState) throws(Refusal) {
        let rule = rules.matter(requirement.matter)?.rule
        switch requirement.consensus {
        case .none: return
        case .only: throw ProcedureFault.consensusOnly.refusal(rule, ["matter": requirement.matter])
        case .first:
            if act.subject == .motion, act.concerns.flatMap({ state.motion($0) })?.isConsensusExhausted == true { return }
            var proposal = act.concerns.flatMap { state.proposal($0) }
            while let one = proposal {
                if one.isConsensusExhausted { return }
                proposal = one.amends.flatMap { state.proposal($0) }
            }
            throw ProcedureFault.consensusFirst.refusal(rule, ["matter": requirement.matter])
        }
    }

    /// "Not later than the day preceding" (GA rule 78 / 120; BBNJ draft rule 42): whole days lie between, in UTC. An amendment that was
    /// accepted by ruling, and whatever the chair permitted, is free.
    private func checkCirculation(_ id: String, _ state: MeetingState, _ now: Moment) throws(Refusal) {
        guard let proposal = state.proposal(id), !proposal.isCirculationWaived else { return }
        let earliest = proposal.circulated.map { $0.date.dayNumber + Int(rules.proposals.daysCirculated) }
        guard let earliest, now.date.dayNumber >= earliest else {
            throw ProcedureFault.notCirculated.refusal(
                rules.proposals.circulationRule, ["name": id, "days": String(rules.proposals.daysCirculated)])
        }
    }

    /// An election without a ballot: there are no more candidates than places, and the rules let a body do without
    /// (GA rule 92, decision 34/401 para. 16 / 103; BBNJ draft rule 55(2)).
    private func isDispensed(_ act: ConferenceDecisionOpened) -> Bool {
        rules.elections.isDispensedWithWhenUncontested && !act.candidates.isEmpty && Int64(act.candidates.count) <= (act.places ?? 1)
    }

    private func refusal(_ requirement: Requirement) -> Refusal {
        ProcedureFault.requirement.refusal(
            requirement.rule,
            ["majority": requirement.majority.name, "matter": requirement.matter, "method": requirement.method.rawValue])
    }

    // MARK: Votes

    private func opened(_ id: String, _ state: MeetingState) throws(Refusal) -> MeetingState.Decision {
        guard let decision = state.decision(id) else { throw ProcedureFault.unknown.refusal(nil, ["name": id]) }
        guard decision.isOpen else { throw ProcedureFault.decisionClosed.refusal(rules.voting.conductRule, ["name": id]) }
        return decision
    }

    private func voter(_ actor: ActorCode, _ state: MeetingState) throws(Refusal) -> MeetingState.Seat {
        let seat = try participant(actor, state)
        guard seat.mayVote, state.votes(of: seat) > 0 else {
            throw ProcedureFault.noVote.refusal(rules.voting.abstentionRule, ["actor": actor.rawValue])
        }
        return seat
    }

    func check(_ act: ConferenceVoteCast, _ state: MeetingState) throws(Refusal) {
        let decision = try opened(act.decision, state)
        let seat = try voter(act.actor, state)
        guard [.recorded, .rollCall].contains(decision.opened.method) else {
            throw ProcedureFault.method.refusal(
                rules.voting.methodRule, ["name": act.decision, "method": decision.opened.method.rawValue])
        }
        guard decision.votes[act.actor] == nil else {
            throw ProcedureFault.voted.refusal(rules.voting.conductRule, ["actor": act.actor.rawValue])
        }
        // An organization votes with its members' votes, or they do: never both (BBNJ Agreement art. 64(2)).
        let other = decision.votes.keys.sorted().first { other in
            seat.members.contains(other) || (state.seat(other)?.members.contains(act.actor) ?? false)
        }
        if let other {
            throw ProcedureFault.organizationVotes.refusal(
                "BBNJ Agreement art. 64(2)", ["actor": act.actor.rawValue, "other": other.rawValue])
        }
        if decision.opened.method == .rollCall { try checkCall(of: act.actor, decision, state) }
    }

    /// Delegations answer as they are called; who did not answer, or came in later, may do so when the roll is through.
    private func checkCall(of actor: ActorCode, _ decision: MeetingState.Decision, _ state: MeetingState) throws(Refusal) {
        guard let called = state.nextCalled(in: decision), called != actor else { return }
        throw ProcedureFault.notCalled.refusal(rules.voting.methodRule, ["actor": actor.rawValue, "next": called.rawValue])
    }

    func check(_ act: ConferenceCallPassed, _ state: MeetingState) throws(Refusal) {
        let decision = try opened(act.decision, state)
        guard decision.opened.method == .rollCall else {
            throw ProcedureFault.method.refusal(
                rules.voting.methodRule, ["name": act.decision, "method": decision.opened.method.rawValue])
        }
        let called = state.nextCalled(in: decision)
        guard called == act.actor else {
            throw ProcedureFault.notCalled.refusal(
                rules.voting.methodRule, ["actor": act.actor.rawValue, "next": called?.rawValue ?? "-"])
        }
    }

    func check(_ act: ConferenceVoteChanged, _ state: MeetingState) throws(Refusal) {
        let decision = try opened(act.decision, state)
        guard decision.votes[act.actor] != nil else {
            throw ProcedureFault.notVoted.refusal(rules.voting.conductRule, ["actor": act.actor.rawValue])
        }
    }

    func check(_ act: ConferenceHandsCounted, _ state: MeetingState) throws(Refusal) {
        let decision = try opened(act.decision, state)
        guard decision.opened.method == .showOfHands else {
            throw ProcedureFault.method.refusal(
                rules.voting.methodRule, ["name": act.decision, "method": decision.opened.method.rawValue])
        }
        let counts = [act.yes, act.no, act.abstaining]
        let present = state.presentVotes
        guard counts.allSatisfy({ (0...present).contains($0) }), counts.reduce(0, +) <= present else {
            throw ProcedureFault.result.refusal(
                rules.voting.methodRule,
                ["outcome": "\(present)", "yes": "\(act.yes)", "no": "\(act.no)", "abstaining": "\(act.abstaining)"])
        }
    }

    func check(_ act: ConferenceObjectionRaised, _ state: MeetingState) throws(Refusal) {
        let seat = try participant(act.actor, state)
        if let motion = state.motion(act.decision), state.decision(act.decision) == nil {
            guard motion.fate == .pending, rules.motion(motion.kind)?.decider == .unlessObjected else {
                throw ProcedureFault.method.refusal(
                    rules.motion(motion.kind)?.rule, ["name": act.decision, "method": motion.fate.rawValue])
            }
            return
        }
        let decision = try opened(act.decision, state)
        guard decision.opened.method == .consensus else {
            throw ProcedureFault.method.refusal(
                rules.voting.methodRule, ["name": act.decision, "method": decision.opened.method.rawValue])
        }
        guard !decision.objections.contains(where: { $0.actor == seat.actor && $0.paragraph == act.paragraph }) else {
            throw ProcedureFault.voted.refusal(nil, ["actor": act.actor.rawValue])
        }
    }

    func check(_ act: ConferenceDissociated, _ state: MeetingState) throws(Refusal) {
        _ = try participant(act.actor, state)
        guard let decision = state.decision(act.decision) else { throw ProcedureFault.unknown.refusal(nil, ["name": act.decision]) }
        guard decision.opened.method == .consensus, decision.closed.map({ $0.outcome == .adoptedByConsensus }) ?? true else {
            throw ProcedureFault.method.refusal(nil, ["name": act.decision, "method": decision.opened.method.rawValue])
        }
    }

    /// What the chair announces is what the votes come to, and nothing else.
    func check(_ act: ConferenceDecisionClosed, _ state: MeetingState) throws(Refusal) {
        let decision = try opened(act.decision, state)
        let result = try result(of: act.decision, state)
        guard act == result else {
            throw ProcedureFault.result.refusal(
                result.rules.joined(separator: "; "),
                [
                    "outcome": result.outcome.rawValue, "yes": String(result.yes), "no": String(result.no),
                    "abstaining": String(result.abstaining),
                ])
        }
        if decision.opened.method == .secret, decision.ballots.count > decision.tokens.count {
            throw ProcedureFault.ballotBox.refusal(
                rules.elections.rule, ["ballots": String(decision.ballots.count), "tokens": String(decision.tokens.count)])
        }
    }
}
