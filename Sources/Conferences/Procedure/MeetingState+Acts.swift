import Acts

extension MeetingState {
    /// Takes an act of the room. Acts of other kinds change nothing. Whether an act is admitted is the engine's to say, before.
    mutating func apply(_ payload: any Payload, received: Moment) {
        switch payload {
        case let act as ConferenceProposalSubmitted: add(act)
        case let act as ConferenceProposalRevised: revise(act)
        case let act as ConferenceProposalWithdrawn: withdraw(act)
        case let act as ConferenceProposalReintroduced:
            change(proposal: act.proposal) {
                $0.fate = .pending
                $0.sponsors = [act.actor]
            }
        case let act as ConferenceFloorRequested:
            requests.append(
                Request(
                    id: act.request, actor: act.actor, purpose: act.purpose, item: act.item ?? item, motion: act.motion,
                    decision: act.decision, language: act.language))
        case let act as ConferenceFloorLanguageSet: change(request: act.request) { $0.language = act.language }
        case let act as ConferenceFloorGiven:
            change(request: act.request) {
                $0.stage = .speaking
                $0.seconds = act.seconds
                $0.began = received
            }
        case let act as ConferenceFloorEnded:
            change(request: act.request) { $0.stage = act.reason == .withdrawn ? .withdrawn : .spoken }
        case let act as ConferenceSpeakersListClosed: isListClosed = act.isClosed
        case let act as ConferenceMotionMade: add(act)
        case let act as ConferenceMotionWithdrawn: change(motion: act.motion) { $0.fate = .withdrawn }
        case let act as ConferenceRulingGiven: rule(act)
        case let act as ConferenceRulingAppealed:
            appeal = Appeal(id: act.appeal, ruling: act.ruling, actor: act.actor)
            change(ruling: act.ruling) { $0.standing = .appealed }
        case let act as ConferenceDecisionOpened: open(act, received)
        case let act as ConferenceVoteCast:
            // Who votes is present.
            present.insert(act.actor)
            change(decision: act.decision) { $0.votes[act.actor] = act.vote }
        case let act as ConferenceVoteChanged: change(decision: act.decision) { $0.votes[act.actor] = act.vote }
        case let act as ConferenceCallPassed: change(decision: act.decision) { $0.passed.append(act.actor) }
        case let act as ConferenceExplanationGiven: explanations.append(act)
        case let act as ConferenceHandsCounted:
            change(decision: act.decision) { $0.hands = Tally(yes: act.yes, no: act.no, abstaining: act.abstaining) }
        case let act as ConferenceObjectionRaised: object(act)
        case let act as ConferenceDissociated: change(decision: act.decision) { $0.dissociations.append(act) }
        case let act as ConferenceBallotTokenIssued: change(decision: act.decision) { $0.tokens.append(act.actor) }
        case let act as ConferenceBallotBoxOpened: change(decision: act.decision) { $0.isBoxOpen = true }
        case let act as ConferenceBallotCast: change(decision: act.decision) { $0.ballots.append(act) }
        case let act as ConferenceElectionRoundClosed:
            change(decision: act.decision) {
                $0.rounds.append(act)
                $0.ballots = []
                $0.isBoxOpen = false
                $0.tokens = []
            }
        case let act as ConferenceDecisionClosed: close(act, received)
        default: break
        }
    }

    private mutating func add(_ act: ConferenceProposalSubmitted) {
        proposals.append(
            Proposal(
                id: act.proposal, sponsors: act.sponsors, amends: act.amends, item: act.item, question: act.question, matter: act.matter,
                parts: act.parts, circulated: act.circulated))
    }

    private mutating func revise(_ act: ConferenceProposalRevised) {
        guard let amendment = act.amendment else { return }
        // What the sponsors accept becomes part of their own proposal: it is not "amended" by the body.
        change(proposal: amendment) { $0.fate = .adopted }
    }

    private mutating func withdraw(_ act: ConferenceProposalWithdrawn) {
        change(proposal: act.proposal) {
            $0.sponsors.removeAll { $0 == act.actor }
            if $0.sponsors.isEmpty { $0.fate = .withdrawn }
        }
        if proposal(act.proposal)?.fate == .withdrawn { lapse(amendmentsOf: act.proposal) }
    }

    private mutating func add(_ act: ConferenceMotionMade) {
        motions.append(
            Motion(
                id: act.motion, actor: act.actor, kind: act.motionKind, proposal: act.proposal, parts: act.parts, seconds: act.seconds,
                times: act.times, text: act.text, item: item))
    }

    private mutating func rule(_ act: ConferenceRulingGiven) {
        rulings.append(
            Ruling(
                id: act.ruling, subject: act.subject, concerns: act.concerns, isAllowed: act.isAllowed, order: act.order,
                implied: act.implied))
        take(ruling: act.ruling)
    }

    /// What a ruling brings about, as it is given or turned round on appeal.
    private mutating func take(ruling id: String) {
        guard let ruling = ruling(id), let concerns = ruling.concerns else { return }
        let isAllowed = ruling.isAllowed ?? true
        switch ruling.subject {
        case .pointOfOrder, .motion, .division:
            guard let motion = motion(concerns) else { return }
            if motion.kind == .pointOfOrder || ruling.subject == .division {
                settle(motion: concerns, isGranted: isAllowed)
            } else if !isAllowed {
                change(motion: concerns) { $0.fate = .refused }
            } else if motion.fate == .refused {
                change(motion: concerns) { $0.fate = .pending }
            }
        case .amendment:
            // "A motion is considered an amendment if it merely adds to, deletes from or revises part of the proposal": else it is a new one.
            change(proposal: concerns) { proposal in
                if isAllowed {
                    proposal.amends = proposal.amends ?? proposal.submittedAsAmending
                } else {
                    proposal.submittedAsAmending = proposal.amends ?? proposal.submittedAsAmending
                    proposal.amends = nil
                }
            }
        case .circulation: change(proposal: concerns) { $0.isCirculationWaived = isAllowed }
        case .consensusExhausted:
            change(proposal: concerns) { $0.isConsensusExhausted = isAllowed }
            change(motion: concerns) { $0.isConsensusExhausted = isAllowed }
        case .orderOfAmendments, .rightOfReply, .other: break
        }
    }

    private mutating func object(_ act: ConferenceObjectionRaised) {
        if decision(act.decision) != nil {
            change(decision: act.decision) { $0.objections.append(act) }
        } else {
            // An objection to a request for division carries the request's name.
            change(motion: act.decision) { $0.isObjected = true }
        }
    }

    private mutating func open(_ act: ConferenceDecisionOpened, _ received: Moment) {
        if let tied = act.repeats { change(decision: tied) { $0.isRepeated = true } }
        decisions.append(Decision(opened: act, openedAt: received))
        // A request for a roll call or a recorded vote is met by the vote it was made for.
        for index in motions.indices where [.rollCall, .recordedVote].contains(motions[index].kind) && motions[index].fate == .pending {
            if act.method != .consensus, motions[index].proposal == nil || motions[index].proposal == act.concerns {
                motions[index].fate = .granted
            }
        }
        guard [.proposal, .amendment, .part].contains(act.subject), let concerns = act.concerns else { return }
        var next = proposal(concerns)
        while let proposal = next {
            change(proposal: proposal.id) { $0.isVotingBegun = true }
            next = proposal.amends.flatMap { self.proposal($0) }
        }
    }

    private mutating func close(_ act: ConferenceDecisionClosed, _ received: Moment) {
        guard let decision = decision(act.decision) else { return }
        change(decision: act.decision) {
            $0.closed = act
            $0.closedAt = received
        }
        let isAdopted: Bool
        switch act.outcome {
        case .adopted, .adoptedByConsensus: isAdopted = true
        case .rejected, .rejectedByTie: isAdopted = false
        // Nothing is settled: the question stands as before.
        case .tied, .objected, .noQuorum, .lapsed: return
        }
        guard let concerns = decision.opened.concerns else { return }
        switch decision.opened.subject {
        case .motion: settle(motion: concerns, isGranted: isAdopted)
        case .appeal:
            let ruling = appeal?.ruling ?? concerns
            appeal = nil
            change(ruling: ruling) {
                $0.standing = isAdopted ? .overruled : .upheld
                if isAdopted { $0.isAllowed = !($0.isAllowed ?? true) }
            }
            if isAdopted { take(ruling: ruling) }
        case .part: settle(parts: decision.opened.parts, of: concerns, isAdopted: isAdopted)
        case .amendment, .proposal: settle(proposal: concerns, isAdopted: isAdopted)
        case .election, .other: break
        }
    }

    private mutating func settle(parts: [String], of id: String, isAdopted: Bool) {
        change(proposal: id) { proposal in
            for part in parts { proposal.partResults[part] = isAdopted }
            let operative = proposal.parts.filter(\.isOperative)
            // GA rule 89 / 129: all operative parts rejected, and the proposal is rejected as a whole.
            if !operative.isEmpty, operative.allSatisfy({ proposal.partResults[$0.part] == false }) { proposal.fate = .rejectedInParts }
        }
        if proposal(id)?.fate == .rejectedInParts { lapse(amendmentsOf: id) }
    }

    private mutating func settle(proposal id: String, isAdopted: Bool) {
        guard let settled = proposal(id) else { return }
        change(proposal: id) { $0.fate = isAdopted ? .adopted : .rejected }
        lapse(amendmentsOf: id)
        guard isAdopted, let amended = settled.amends else { return }
        change(proposal: amended) { $0.isAmended = true }
        // GA rule 90 / 130: whose rejection is necessarily implied is not put to the vote.
        for implied in orderRuling(of: amended)?.implied ?? [] where implied.adopted == id {
            for rejected in implied.rejected {
                change(proposal: rejected) { if $0.fate == .pending { $0.fate = .rejectedByImplication } }
                if proposal(rejected)?.fate == .rejectedByImplication { lapse(amendmentsOf: rejected) }
            }
        }
    }

    /// What a motion brings about once it is decided.
    private mutating func settle(motion id: String, isGranted: Bool) {
        guard let motion = motion(id) else { return }
        change(motion: id) { $0.fate = isGranted ? .granted : .refused }
        guard isGranted else { return }
        switch motion.kind {
        case .suspendMeeting: phase = .suspended
        case .adjournMeeting: phase = .adjourned
        case .adjournDebate:
            // On one proposal it is a "no-action motion": that proposal is not voted on. Otherwise it is the item's debate.
            if let proposal = motion.proposal {
                lapse(proposal)
                return
            }
            if let item = motion.item ?? item { adjournedItems.insert(item) }
            for index in motions.indices where motions[index].fate == .pending && motions[index].item == motion.item {
                motions[index].fate = .overtaken
            }
        case .closeDebate: isDebateClosed = true
        case .competence:
            if let proposal = motion.proposal { lapse(proposal) }
        case .reconsider:
            if let id = motion.proposal {
                change(proposal: id) {
                    $0.fate = .pending
                    $0.partResults = [:]
                    $0.separate = []
                    $0.isVotingBegun = false
                }
            }
        case .division:
            if let id = motion.proposal {
                change(proposal: id) { proposal in
                    proposal.separate = proposal.parts.map(\.part).filter { proposal.separate.contains($0) || motion.parts.contains($0) }
                }
            }
        case .limitSpeakers:
            seconds = motion.seconds ?? seconds
            times = motion.times ?? times
        case .closeList: isListClosed = true
        case .orderOfProposals:
            if let id = motion.proposal {
                first.removeAll { $0 == id }
                first.insert(id, at: 0)
            }
        case .importantQuestion:
            if let id = motion.proposal { change(proposal: id) { $0.matter = motion.text ?? "important" } }
        case .priority:
            let question = motion.proposal.flatMap { proposal($0) }
            for other in proposals where other.amends == nil && other.fate == .pending && other.isSameQuestion(as: question) {
                lapse(other.id)
            }
        case .pointOfOrder, .recordedVote, .rollCall, .closeSession, .changeRules: break
        }
    }

    private mutating func lapse(_ id: String) {
        change(proposal: id) { if $0.fate == .pending { $0.fate = .lapsed } }
        lapse(amendmentsOf: id)
    }

    private mutating func lapse(amendmentsOf id: String) {
        for amendment in proposals where amendment.amends == id && amendment.fate == .pending { lapse(amendment.id) }
    }

    private mutating func change(proposal id: String, _ body: (inout Proposal) -> Void) {
        if let index = proposals.firstIndex(where: { $0.id == id }) { body(&proposals[index]) }
    }

    private mutating func change(motion id: String, _ body: (inout Motion) -> Void) {
        if let index = motions.firstIndex(where: { $0.id == id }) { body(&motions[index]) }
    }

    private mutating func change(request id: String, _ body: (inout Request) -> Void) {
        if let index = requests.firstIndex(where: { $0.id == id }) { body(&requests[index]) }
    }

    private mutating func change(ruling id: String, _ body: (inout Ruling) -> Void) {
        if let index = rulings.firstIndex(where: { $0.id == id }) { body(&rulings[index]) }
    }

    private mutating func change(decision id: String, _ body: (inout Decision) -> Void) {
        if let index = decisions.firstIndex(where: { $0.opened.decision == id }) { body(&decisions[index]) }
    }
}

extension MeetingState.Proposal {
    /// Whether both relate to the same question: the one they name, or their item.
    func isSameQuestion(as other: MeetingState.Proposal?) -> Bool {
        guard let other else { return false }
        return (question ?? item) == (other.question ?? other.item)
    }
}
