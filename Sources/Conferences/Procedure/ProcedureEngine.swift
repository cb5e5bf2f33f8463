import Acts

/// The rules of procedure at work: a meeting's state in, answers or a refusal out. Pure, and the same for every set of rules.
struct ProcedureEngine: Hashable, Sendable {
    let rules: ProcedureSet

    init(_ rules: ProcedureSet) {
        self.rules = rules
    }

    /// What the rules say now.
    func answers(_ state: MeetingState) -> ProcedureAnswers {
        ProcedureAnswers(
            speakers: speakers(state), quorum: quorum(state), motions: motions(state),
            pending: pendingMotions(state).map { motion in
                let rule = rules.motion(motion.kind)
                return ProcedureAnswers.PendingMotion(
                    motion: motion.id, actor: motion.actor, kind: motion.kind, rank: rule?.rank,
                    speakersInFavour: speakersLeft(on: motion, .forMotion, state),
                    speakersAgainst: speakersLeft(on: motion, .againstMotion, state), rule: rule?.rule ?? "")
            },
            next: next(state), votes: votingOrder(state))
    }

    /// How many must be in the room, and are (GA rule 67 / 108; BBNJ draft rule 34).
    func quorum(_ state: MeetingState) -> ProcedureAnswers.QuorumAnswer {
        let room = Tally(yes: 0, no: 0, present: state.presentVotes, members: state.membersVotes)
        return ProcedureAnswers.QuorumAnswer(
            present: room.present, members: room.members, toOpen: rules.quorum.toOpen.needed(of: room),
            toDecide: rules.quorum.toDecide.needed(of: room), openRule: rules.quorum.toOpenRule, decideRule: rules.quorum.toDecideRule)
    }

    /// What the chair does next: what interrupts goes before what is interrupted, and motions before the question they concern.
    func next(_ state: MeetingState) -> NextStep {
        guard state.phase == .open else { return .open }
        if let point = state.motions.first(where: { $0.kind == .pointOfOrder && $0.fate == .pending }) {
            return .rule(motion: point.id, rule: rules.motion(.pointOfOrder)?.rule ?? rules.speakers.rule)
        }
        if let decision = state.openDecision { return .announce(decision: decision.opened.decision) }
        if let question = appealQuestion(state) { return .vote(.put(question, unlessAdopted: [])) }
        for motion in pendingMotions(state) {
            guard let rule = rules.motion(motion.kind) else { continue }
            switch rule.decider {
            case .chair: return .rule(motion: motion.id, rule: rule.rule)
            case .request: continue
            case .unlessObjected where !motion.isObjected: return .rule(motion: motion.id, rule: rule.rule)
            case .unlessObjected, .body:
                if let speaker = speakers(state).first, state.request(speaker.request)?.motion == motion.id { return .hear(speaker) }
                return .vote(.put(question(of: motion, rule, state), unlessAdopted: []))
            }
        }
        if let speaker = speakers(state).first { return .hear(speaker) }
        return votingOrder(state).first { if case .later = $0 { false } else { true } }.map(NextStep.vote) ?? .nothing
    }
}
