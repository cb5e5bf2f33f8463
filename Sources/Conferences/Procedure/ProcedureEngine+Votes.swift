import Acts

extension ProcedureEngine {
    /// What a decision on it needs: matter, majority, and how it is voted on.
    func requirement(_ subject: ConferenceDecisionOpened.Subject, _ concerns: String?, _ state: MeetingState) -> Requirement {
        var cited: [String] = []
        var matter = rules.procedure
        switch subject {
        case .motion:
            if let rule = concerns.flatMap({ state.motion($0) }).flatMap({ rules.motion($0.kind) }) {
                matter = rule.matter ?? rules.procedure
                cited.append(rule.rule)
            }
        case .appeal:
            matter = rules.appeal.matter
            cited.append(rules.appeal.rule)
        case .proposal, .amendment, .part:
            // An amendment and a part need what their proposal needs (GA rule 84).
            var proposal = concerns.flatMap { state.proposal($0) }
            var named = proposal?.matter
            var isOfAnother = subject == .part
            while let amended = proposal?.amends, let next = state.proposal(amended) {
                proposal = next
                named = next.matter ?? named
                isOfAnother = true
            }
            matter = named ?? rules.substance
            if isOfAnother, let own = rules.matter("\(matter)-amendment") { matter = own.matter }
            if subject == .amendment { cited.append(rules.proposals.amendmentRule) }
            if subject == .part { cited.append(rules.proposals.divisionRule) }
        case .election: cited.append(rules.elections.rule)
        case .other: matter = rules.substance
        }
        let rule = rules.matter(matter) ?? rules.matter(rules.substance)
        if subject != .election, let rule { cited.append(rule.rule) }
        var method = subject == .election ? ConferenceDecisionOpened.Method.secret : rules.voting.method
        // Hands have one vote each: where votes are weighted, names are taken.
        if method == .showOfHands, !rules.voting.weights.isEmpty { method = .recorded }
        for motion in state.motions where motion.fate == .pending && (motion.proposal == nil || motion.proposal == concerns) {
            switch motion.kind {
            case .rollCall: method = .rollCall
            case .recordedVote where method != .rollCall: method = .recorded
            default: break
            }
        }
        if method != .secret { cited.append(rules.voting.methodRule) }
        let majority = subject == .election ? rules.elections.majority : rule?.majority
        return Requirement(
            matter: subject == .election ? "election" : matter, majority: majority.flatMap { rules.majorities[$0] } ?? .simple,
            consensus: subject == .election ? .none : rule?.consensus ?? .none, method: method, rules: cited.removingRepeats)
    }

    func appealQuestion(_ state: MeetingState) -> Question? {
        state.appeal.map {
            Question(subject: .appeal, concerns: $0.ruling, requirement: requirement(.appeal, $0.ruling, state))
        }
    }

    func question(of motion: MeetingState.Motion, _ rule: ProcedureSet.MotionRule, _ state: MeetingState) -> Question {
        Question(
            subject: .motion, concerns: motion.id, repeats: tie(.motion, motion.id, [], state)?.opened.decision,
            requirement: requirement(.motion, motion.id, state))
    }

    /// In what order the proposals before the body are voted: each after its amendments, in the order of submission unless the body
    /// decided otherwise (GA rules 89 to 91 / 129 to 131; BBNJ draft rules 49 to 52).
    func votingOrder(_ state: MeetingState) -> [VotingStep] {
        let proposals = state.proposals.filter { proposal in
            proposal.amends == nil && proposal.fate == .pending
                && (state.item == nil || proposal.item == nil || proposal.item == state.item)
                // A debate that was adjourned ends with no action (GA rule 74 / 116).
                && !((proposal.item ?? state.item).map { state.adjournedItems.contains($0) } ?? false)
        }
        let first = state.first.compactMap { id in proposals.first { $0.id == id } }
        return (first + proposals.filter { !state.first.contains($0.id) }).flatMap { steps(of: $0, unless: [], state) }
    }

    private func steps(of proposal: MeetingState.Proposal, unless: [String], _ state: MeetingState) -> [VotingStep] {
        var steps: [VotingStep] = []
        let amendments = state.proposals.filter { $0.amends == proposal.id && $0.fate == .pending }
        let ruling = state.orderRuling(of: proposal.id)
        let ordered = (ruling?.order ?? []).compactMap { id in amendments.first { $0.id == id } }
        let rest = amendments.filter { amendment in !ordered.contains { $0.id == amendment.id } }
        if amendments.count > 1, !rest.isEmpty {
            // Which is furthest removed in substance is a judgement: it is the chair's.
            steps.append(.order(proposal: proposal.id, amendments: amendments.map(\.id), rule: rules.proposals.amendmentRule))
        } else {
            for amendment in ordered + rest {
                let killers = (ruling?.implied ?? []).filter { $0.rejected.contains(amendment.id) }.map(\.adopted)
                    .filter { state.proposal($0)?.fate == .pending }
                steps += self.steps(of: amendment, unless: killers, state)
            }
        }
        for part in proposal.separate where proposal.partResults[part] == nil {
            steps.append(put(.part, proposal.id, [part], unless, state))
        }
        steps.append(put(proposal.amends == nil ? .proposal : .amendment, proposal.id, [], unless, state))
        return steps
    }

    private func put(
        _ subject: ConferenceDecisionOpened.Subject, _ id: String, _ parts: [String], _ unless: [String], _ state: MeetingState
    ) -> VotingStep {
        var question = Question(subject: subject, concerns: id, parts: parts, requirement: requirement(subject, id, state))
        guard let tied = tie(subject, id, parts, state) else { return .put(question, unlessAdopted: unless) }
        question.repeats = tied.opened.decision
        question.requirement.rules.append(rules.voting.tieRule)
        if rules.voting.secondVote == .later, tied.opened.session.meeting == state.session.meeting {
            return .later(question, hours: rules.voting.secondVoteHours)
        }
        return .put(question, unlessAdopted: unless)
    }

    /// The tied vote on a question whose second vote is still to be taken.
    func tie(
        _ subject: ConferenceDecisionOpened.Subject, _ concerns: String, _ parts: [String], _ state: MeetingState
    ) -> MeetingState.Decision? {
        let last = state.decisions.last { decision in
            decision.opened.subject == subject && decision.opened.concerns == concerns && decision.opened.parts == parts
                && !decision.isOpen && decision.closed?.outcome != .noQuorum
        }
        guard let last, last.closed?.outcome == .tied, !last.isRepeated else { return nil }
        return last
    }

    /// The result of a decision as its votes have it, to be announced by the chair.
    ///
    /// - Throws: a refusal where the decision is not known, or is an election, which is decided by rounds.
    func result(of id: String, _ state: MeetingState) throws(Refusal) -> ConferenceDecisionClosed {
        guard let decision = state.decision(id) else { throw ProcedureFault.unknown.refusal(nil, ["name": id]) }
        let opened = decision.opened
        let tally = state.tally(of: decision)
        let quorum = quorum(state)
        let requirement = requirement(opened.subject, opened.concerns, state)
        let majority = rules.majorities[opened.majority] ?? requirement.majority
        var cited = [opened.rule, quorum.decideRule]
        let outcome: ConferenceDecisionClosed.Outcome
        if !quorum.isMetToDecide {
            outcome = .noQuorum
        } else if opened.method == .consensus {
            outcome = decision.objections.isEmpty ? .adoptedByConsensus : .objected
        } else if opened.subject == .election {
            outcome = decision.rounds.last?.placesLeft == 0 ? .adopted : .rejected
            cited.append(rules.elections.rule)
        } else {
            cited.append(rules.voting.abstentionRule)
            switch majority.outcome(of: tally) {
            case .adopted: outcome = .adopted
            case .rejected: outcome = .rejected
            case .tied:
                cited.append(opened.subject == .appeal ? rules.appeal.rule : rules.voting.tieRule)
                outcome = givesSecondVote(opened) ? .tied : .rejectedByTie
            }
        }
        return ConferenceDecisionClosed(
            session: state.session, decision: id, outcome: outcome, yes: tally.yes, no: tally.no, abstaining: tally.abstaining,
            notVoting: opened.method == .consensus ? 0 : tally.notVoting, present: tally.present, majority: majority.name,
            needed: opened.method == .consensus ? 0 : majority.needed(of: tally), quorum: quorum.toDecide, rules: cited.removingRepeats)
    }

    /// Whether a tie is followed by a second vote. A ruling stands unless a majority overrules it, so a tied appeal fails at once; and a
    /// motion of procedure cannot wait for a following meeting.
    private func givesSecondVote(_ opened: ConferenceDecisionOpened) -> Bool {
        guard opened.repeats == nil, opened.subject != .appeal else { return false }
        switch rules.voting.secondVote {
        case .none: return false
        case .immediate: return true
        case .later: return opened.subject != .motion
        }
    }
}

extension [String] {
    /// Each once, in the order they came.
    var removingRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
