import Acts

extension ProcedureEngine {
    /// Whether the rules let an act of the room pass, as the meeting stands. Acts of other kinds pass.
    ///
    /// Who may enter an act for a delegation or for the chair is not asked here: that is decided from offices and roles.
    ///
    /// - Throws: a refusal that cites its rule and says the way out.
    func admit(_ payload: any Payload, _ state: MeetingState, at now: Moment) throws(Refusal) {
        switch payload {
        case let act as ConferenceProcedureAdopted: try check(act, state)
        case let act as ConferenceFloorRequested: try check(act, state)
        case let act as ConferenceFloorLanguageSet: try check(act, state)
        case let act as ConferenceFloorGiven: try check(act, state)
        case let act as ConferenceFloorEnded: try check(act, state)
        case is ConferenceSpeakersListClosed: try open(state)
        case let act as ConferenceMotionMade: try check(act, state)
        case let act as ConferenceMotionWithdrawn: try check(act, state)
        case let act as ConferenceRulingGiven: try check(act, state)
        case let act as ConferenceRulingAppealed: try check(act, state)
        case let act as ConferenceProposalSubmitted: try check(act, state)
        case let act as ConferenceProposalRevised: try check(act, state)
        case let act as ConferenceProposalWithdrawn: try check(act, state)
        case let act as ConferenceProposalReintroduced: try check(act, state)
        case let act as ConferenceExplanationGiven:
            try check(explanationOf: act.decision, by: act.actor, isBefore: act.isBefore, state)
        case let act as ConferenceDecisionOpened: try check(act, state, now)
        case let act as ConferenceVoteCast: try check(act, state)
        case let act as ConferenceVoteChanged: try check(act, state)
        case let act as ConferenceCallPassed: try check(act, state)
        case let act as ConferenceHandsCounted: try check(act, state)
        case let act as ConferenceObjectionRaised: try check(act, state)
        case let act as ConferenceDissociated: try check(act, state)
        case let act as ConferenceDecisionClosed: try check(act, state)
        case let act as ConferenceBallotTokenIssued: try check(act, state)
        case let act as ConferenceBallotBoxOpened: try check(act, state)
        case let act as ConferenceBallotCast: try check(act, state)
        case let act as ConferenceElectionRoundClosed: try check(act, state)
        default: break
        }
    }

    func open(_ state: MeetingState) throws(Refusal) {
        guard state.phase == .open else { throw ProcedureFault.meetingNotOpen.refusal(rules.quorum.toOpenRule) }
    }

    func seat(_ actor: ActorCode, _ state: MeetingState) throws(Refusal) -> MeetingState.Seat {
        guard let seat = state.seat(actor) else { throw ProcedureFault.noSeat.refusal(nil, ["actor": actor.rawValue]) }
        return seat
    }

    /// Observers speak; they move nothing and decide nothing (BBNJ draft rule 8(4)).
    func participant(_ actor: ActorCode, _ state: MeetingState) throws(Refusal) -> MeetingState.Seat {
        let seat = try seat(actor, state)
        guard !seat.rank.isObserver else {
            throw ProcedureFault.observer.refusal(rules.speakers.observerRule, ["actor": actor.rawValue])
        }
        return seat
    }

    @discardableResult
    func pending(_ id: String, _ rule: String, _ state: MeetingState) throws(Refusal) -> MeetingState.Proposal {
        guard let proposal = state.proposal(id) else { throw ProcedureFault.unknown.refusal(nil, ["name": id]) }
        guard proposal.fate == .pending else {
            throw ProcedureFault.notBeforeBody.refusal(rule, ["name": id, "fate": proposal.fate.rawValue])
        }
        return proposal
    }

    /// A body that works under these rules changes them by its own decision: on a motion to change them, or of the matter that the rules name
    /// (GA rule 163; BBNJ draft rule 62). The new rules are read before they are adopted.
    private func check(_ act: ConferenceProcedureAdopted, _ state: MeetingState) throws(Refusal) {
        let rule = rules.matter(rules.change)?.rule
        do { _ = try ProcedureSet(json: act.rules) } catch { throw Self.malformed(rule, "\(error)") }
        guard let decision = act.decision.flatMap({ state.decision($0) }),
            let outcome = decision.closed?.outcome, outcome == .adopted || outcome == .adoptedByConsensus
        else { throw ProcedureFault.rulesUnchanged.refusal(rule) }
        let isOfMotion = decision.opened.concerns.flatMap { state.motion($0) }?.kind == .changeRules
        guard isOfMotion || decision.opened.matter == rules.change else { throw ProcedureFault.rulesUnchanged.refusal(rule) }
    }

    // MARK: The floor

    private func check(_ act: ConferenceFloorRequested, _ state: MeetingState) throws(Refusal) {
        try open(state)
        let seat = try seat(act.actor, state)
        guard state.request(act.request) == nil else { throw ProcedureFault.known.refusal(nil, ["name": act.request]) }
        let waiting = state.requests.count { $0.actor == act.actor && $0.stage == .waiting }
        guard waiting < rules.speakers.mostRequests else {
            throw ProcedureFault.tooMany.refusal(rules.speakers.rule, ["actor": act.actor.rawValue, "number": String(waiting)])
        }
        let item = act.item ?? state.item
        switch act.purpose {
        case .statement, .introduction:
            guard !isDebateOver(item, state) else {
                throw ProcedureFault.debateOver.refusal(rules.motion(.closeDebate)?.rule ?? rules.speakers.rule)
            }
            guard !state.isListClosed else { throw ProcedureFault.listClosed.refusal(rules.speakers.listRule) }
            if let most = state.times ?? rules.speakers.times, act.purpose == .statement {
                let spoken = state.requests.count {
                    $0.actor == act.actor && $0.purpose == .statement && $0.item == item && $0.stage != .withdrawn
                }
                guard spoken < most else {
                    throw ProcedureFault.timesUsed.refusal(
                        rules.motion(.limitSpeakers)?.rule ?? rules.speakers.rule,
                        ["actor": act.actor.rawValue, "number": String(spoken)])
                }
            }
        case .rightOfReply:
            let used = state.requests.count {
                $0.actor == act.actor && $0.purpose == .rightOfReply && $0.item == item && $0.stage != .withdrawn
            }
            guard used < rules.reply.seconds.count else {
                throw ProcedureFault.repliesUsed.refusal(rules.reply.rule, ["actor": act.actor.rawValue, "number": String(used)])
            }
        case .forMotion, .againstMotion:
            guard !seat.rank.isObserver else {
                throw ProcedureFault.observer.refusal(rules.speakers.observerRule, ["actor": act.actor.rawValue])
            }
            guard let id = act.motion, let motion = state.motion(id), motion.fate == .pending, let rule = rules.motion(motion.kind) else {
                throw ProcedureFault.unknown.refusal(nil, ["name": act.motion ?? "motion"])
            }
            let most = act.purpose == .forMotion ? rule.inFavour : rule.against
            guard speakersLeft(on: motion, act.purpose, state) > 0 else {
                throw ProcedureFault.speakersHeard.refusal(rule.rule, ["number": String(most)])
            }
        case .explanationBefore, .explanationAfter:
            try check(
                explanationOf: act.decision ?? "decision", by: act.actor, isBefore: act.purpose == .explanationBefore, state)
        }
    }

    /// A language is said of somebody who waits for the floor or has it.
    private func check(_ act: ConferenceFloorLanguageSet, _ state: MeetingState) throws(Refusal) {
        guard let request = state.request(act.request) else { throw ProcedureFault.unknown.refusal(nil, ["name": act.request]) }
        guard request.stage == .waiting || request.stage == .speaking else {
            throw ProcedureFault.noFloor.refusal(rules.speakers.rule, ["actor": request.actor.rawValue])
        }
    }

    private func check(_ act: ConferenceFloorGiven, _ state: MeetingState) throws(Refusal) {
        try open(state)
        let quorum = quorum(state)
        guard quorum.isMetToOpen else {
            throw ProcedureFault.quorumToOpen.refusal(
                quorum.openRule, ["present": String(quorum.present), "needed": String(quorum.toOpen)])
        }
        if let speaking = state.speaking {
            throw ProcedureFault.floorTaken.refusal(rules.speakers.rule, ["actor": speaking.actor.rawValue])
        }
        guard let request = state.request(act.request), request.stage == .waiting, request.actor == act.actor else {
            throw ProcedureFault.noFloor.refusal(rules.speakers.rule, ["actor": act.actor.rawValue])
        }
        if state.isVoting { throw ProcedureFault.voting.refusal(rules.voting.conductRule) }
        if let point = state.motions.first(where: { $0.kind == .pointOfOrder && $0.fate == .pending }) {
            throw ProcedureFault.rulingFirst.refusal(rules.motion(.pointOfOrder)?.rule, ["name": point.id])
        }
        let speakers = speakers(state)
        guard let next = speakers.first, next.request == act.request else {
            let first = speakers.first?.actor.rawValue ?? pendingMotions(state).first?.id ?? "-"
            throw ProcedureFault.notNext.refusal(
                speakers.first?.rules.joined(separator: "; ") ?? rules.speakers.rule, ["actor": act.actor.rawValue, "next": first])
        }
        try checkTime(act.seconds, of: request, state)
    }

    private func check(_ act: ConferenceFloorEnded, _ state: MeetingState) throws(Refusal) {
        guard let request = state.request(act.request) else { throw ProcedureFault.unknown.refusal(nil, ["name": act.request]) }
        guard request.stage == (act.reason == .withdrawn ? .waiting : .speaking) else {
            throw ProcedureFault.noFloor.refusal(rules.speakers.rule, ["actor": request.actor.rawValue])
        }
    }

    private func check(explanationOf id: String, by actor: ActorCode, isBefore: Bool, _ state: MeetingState) throws(Refusal) {
        let seat = try participant(actor, state)
        let decision = state.decision(id)
        // Before the vote a proposal may stand for the decision that is not open yet.
        let concerned = decision?.opened.concerns ?? (isBefore ? id : nil)
        guard decision != nil || concerned.flatMap({ state.proposal($0) }) != nil else {
            throw ProcedureFault.unknown.refusal(nil, ["name": id])
        }
        if let decision, decision.isOpen != isBefore || (isBefore && decision.opened.method != .consensus) {
            throw isBefore && !decision.isOpen
                ? ProcedureFault.decisionClosed.refusal(rules.voting.explanationRule, ["name": id])
                : ProcedureFault.voting.refusal(rules.voting.conductRule)
        }
        if let proposal = concerned.flatMap({ state.proposal($0) }), proposal.sponsors.contains(seat.actor) {
            guard rules.voting.sponsorExplainsWhenAmended, proposal.isAmended else {
                throw ProcedureFault.sponsorExplains.refusal(rules.voting.explanationRule, ["actor": actor.rawValue])
            }
        }
    }

    // MARK: Proposals

    private func check(_ act: ConferenceProposalSubmitted, _ state: MeetingState) throws(Refusal) {
        guard state.proposal(act.proposal) == nil else { throw ProcedureFault.known.refusal(nil, ["name": act.proposal]) }
        for sponsor in act.sponsors { _ = try participant(sponsor, state) }
        guard let first = act.sponsors.first else {
            throw ProcedureFault.notSponsor.refusal(rules.proposals.circulationRule, ["actor": "-", "name": act.proposal])
        }
        if state.isVoting { throw ProcedureFault.voting.refusal(rules.voting.conductRule) }
        let waiting = state.proposals.count { $0.sponsors.first == first && $0.fate == .pending }
        guard waiting < 100 else {
            throw ProcedureFault.tooMany.refusal(rules.proposals.circulationRule, ["actor": first.rawValue, "number": String(waiting)])
        }
        if let amended = act.amends {
            let proposal = try pending(amended, rules.proposals.amendmentRule, state)
            guard !proposal.isVotingBegun else {
                throw ProcedureFault.votingBegun.refusal(rules.proposals.amendmentRule, ["name": amended])
            }
        }
        if let matter = act.matter, rules.matter(matter) == nil { throw ProcedureFault.unknown.refusal(nil, ["name": matter]) }
        guard Set(act.parts.map(\.part)).count == act.parts.count else {
            throw ProcedureFault.known.refusal(rules.proposals.divisionRule, ["name": "part"])
        }
    }

    private func check(_ act: ConferenceProposalRevised, _ state: MeetingState) throws(Refusal) {
        let proposal = try pending(act.proposal, rules.proposals.amendmentRule, state)
        guard !proposal.isVotingBegun else {
            throw ProcedureFault.votingBegun.refusal(rules.proposals.withdrawalRule, ["name": act.proposal])
        }
        if let id = act.amendment {
            let amendment = try pending(id, rules.proposals.amendmentRule, state)
            guard amendment.amends == act.proposal else { throw ProcedureFault.unknown.refusal(nil, ["name": id]) }
        }
    }

    private func check(_ act: ConferenceProposalWithdrawn, _ state: MeetingState) throws(Refusal) {
        let proposal = try pending(act.proposal, rules.proposals.withdrawalRule, state)
        guard proposal.sponsors.contains(act.actor) else {
            throw ProcedureFault.notSponsor.refusal(
                rules.proposals.withdrawalRule, ["actor": act.actor.rawValue, "name": act.proposal])
        }
        guard !proposal.isVotingBegun, !proposal.isAmended else {
            throw ProcedureFault.votingBegun.refusal(rules.proposals.withdrawalRule, ["name": act.proposal])
        }
    }

    private func check(_ act: ConferenceProposalReintroduced, _ state: MeetingState) throws(Refusal) {
        _ = try participant(act.actor, state)
        guard let proposal = state.proposal(act.proposal) else { throw ProcedureFault.unknown.refusal(nil, ["name": act.proposal]) }
        guard proposal.fate == .withdrawn else {
            throw ProcedureFault.known.refusal(rules.proposals.withdrawalRule, ["name": act.proposal])
        }
    }

    // MARK: Motions and rulings

    private func check(_ act: ConferenceMotionWithdrawn, _ state: MeetingState) throws(Refusal) {
        guard let motion = state.motion(act.motion) else { throw ProcedureFault.unknown.refusal(nil, ["name": act.motion]) }
        guard motion.actor == act.actor else {
            throw ProcedureFault.notSponsor.refusal(rules.proposals.withdrawalRule, ["actor": act.actor.rawValue, "name": act.motion])
        }
        let isVotedOn = state.openDecision?.opened.concerns == act.motion
        guard motion.fate == .pending, !isVotedOn else {
            throw ProcedureFault.votingBegun.refusal(rules.proposals.withdrawalRule, ["name": act.motion])
        }
    }

    private func check(_ act: ConferenceRulingGiven, _ state: MeetingState) throws(Refusal) {
        guard state.ruling(act.ruling) == nil else { throw ProcedureFault.known.refusal(nil, ["name": act.ruling]) }
        let concerns = act.concerns ?? ""
        switch act.subject {
        case .pointOfOrder, .motion, .division:
            guard let motion = state.motion(concerns) else { throw ProcedureFault.unknown.refusal(nil, ["name": concerns]) }
            guard motion.fate == .pending else {
                throw ProcedureFault.notBeforeBody.refusal(
                    rules.motion(motion.kind)?.rule, ["name": concerns, "fate": motion.fate.rawValue])
            }
            if act.subject == .division, act.isAllowed ?? true, motion.isObjected {
                throw ProcedureFault.decisionFirst.refusal(rules.proposals.divisionRule, ["name": concerns])
            }
        case .consensusExhausted where state.motion(concerns)?.fate == .pending: break
        case .amendment, .circulation, .consensusExhausted: try pending(concerns, rules.proposals.amendmentRule, state)
        case .orderOfAmendments:
            try pending(concerns, rules.proposals.amendmentRule, state)
            let amendments = state.proposals.filter { $0.amends == concerns && $0.fate == .pending }.map(\.id)
            let named = act.implied.flatMap { [$0.adopted] + $0.rejected }
            guard act.order.sorted() == amendments.sorted(), Set(named).isSubset(of: Set(amendments)) else {
                throw ProcedureFault.orderIncomplete.refusal(
                    rules.proposals.amendmentRule, ["name": concerns, "amendments": amendments.joined(separator: ", ")])
            }
        case .rightOfReply, .other: break
        }
    }

    private func check(_ act: ConferenceRulingAppealed, _ state: MeetingState) throws(Refusal) {
        try open(state)
        _ = try participant(act.actor, state)
        guard let ruling = state.ruling(act.ruling) else { throw ProcedureFault.unknown.refusal(nil, ["name": act.ruling]) }
        // "A representative may appeal": at once, so only against the last ruling, before anything was decided upon it.
        guard state.appeal == nil, ruling.standing == .stands, state.rulings.last?.id == ruling.id, !state.isVoting else {
            throw ProcedureFault.noAppeal.refusal(rules.appeal.rule, ["name": act.ruling])
        }
    }
}
