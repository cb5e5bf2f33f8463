import Acts

extension ProcedureEngine {
    /// Who speaks, in order: on the motion before the body; then explanations, introductions, statements by precedence and order of
    /// request, and replies at the end where the rules put them there (GA rules 68, 69, 73; BBNJ draft rules 35, 36, 39).
    func speakers(_ state: MeetingState) -> [ProcedureAnswers.NextSpeaker] {
        let motion = pendingMotions(state).first { rules.motion($0.kind)?.decider != .request }
        let waiting = state.requests.enumerated().filter { mayBeHeard($0.element, on: motion, state) }
        return waiting.sorted { left, right in
            let (first, second) = (place(left.element, state), place(right.element, state))
            return first == second ? left.offset < right.offset : first.lexicographicallyPrecedes(second)
        }.map { request in
            let limit = limit(of: request.element, state)
            return ProcedureAnswers.NextSpeaker(
                request: request.element.id, actor: request.element.actor, purpose: request.element.purpose, seconds: limit.seconds,
                rules: limit.rules)
        }
    }

    /// A motion before the body puts off everybody but the speakers on it; a vote everybody but who explains it.
    private func mayBeHeard(_ request: MeetingState.Request, on motion: MeetingState.Motion?, _ state: MeetingState) -> Bool {
        guard request.stage == .waiting else { return false }
        switch request.purpose {
        case .forMotion, .againstMotion: return request.motion == motion?.id && motion != nil
        case .explanationBefore, .explanationAfter: return motion == nil && !state.isVoting
        case .statement, .introduction: return motion == nil && !state.isVoting && !isDebateOver(request.item, state)
        case .rightOfReply: return motion == nil && !state.isVoting
        }
    }

    func isDebateOver(_ item: String?, _ state: MeetingState) -> Bool {
        state.isDebateClosed || (item.map { state.adjournedItems.contains($0) } ?? false)
    }

    /// What a request is sorted by: lower numbers speak first.
    private func place(_ request: MeetingState.Request, _ state: MeetingState) -> [Int] {
        let rank = state.seat(request.actor)?.rank ?? .observer
        let precedence = rules.speakers.precedence.firstIndex(of: rank) ?? rules.speakers.precedence.count
        switch request.purpose {
        // One in favour, one against, and so on, as they asked.
        case .forMotion, .againstMotion: return [0]
        case .explanationBefore: return [1]
        case .explanationAfter: return [2]
        case .introduction: return [3]
        case .statement: return [4, precedence]
        case .rightOfReply: return rules.reply.isAtEnd ? [5, precedence] : [4, precedence]
        }
    }

    /// How long a speaker has, and by which rules.
    func limit(of request: MeetingState.Request, _ state: MeetingState) -> (seconds: Int64?, rules: [String]) {
        switch request.purpose {
        case .statement:
            let rank = state.seat(request.actor)?.rank ?? .observer
            let order = rank.isObserver ? [rules.speakers.rule, rules.speakers.precedenceRule] : [rules.speakers.rule]
            if let seconds = state.seconds { return (seconds, order + [rules.motion(.limitSpeakers)?.rule].compactMap { $0 }) }
            return (rules.speakers.seconds, order)
        case .introduction: return (state.seconds ?? rules.speakers.seconds, [rules.speakers.precedenceRule])
        case .rightOfReply:
            let given = repliesGiven(by: request.actor, on: request.item, state)
            return (given < rules.reply.seconds.count ? rules.reply.seconds[given] : rules.reply.seconds.last, [rules.reply.rule])
        case .forMotion, .againstMotion:
            let rule = request.motion.flatMap { state.motion($0) }.flatMap { rules.motion($0.kind)?.rule }
            return (state.seconds ?? rules.speakers.seconds, [rule ?? rules.speakers.rule])
        case .explanationBefore, .explanationAfter: return (rules.voting.explanationSeconds, [rules.voting.explanationRule])
        }
    }

    /// The chair gives no more time than the rules do (GA rule 72 / 114: who exceeds it is called to order).
    func checkTime(_ seconds: Int64?, of request: MeetingState.Request, _ state: MeetingState) throws(Refusal) {
        let limit = limit(of: request, state)
        guard let most = limit.seconds else { return }
        guard let seconds, seconds <= most else {
            throw ProcedureFault.tooLong.refusal(limit.rules.last, ["seconds": String(most)])
        }
    }

    func repliesGiven(by actor: ActorCode, on item: String?, _ state: MeetingState) -> Int {
        state.requests.count {
            $0.actor == actor && $0.purpose == .rightOfReply && $0.item == item && ($0.stage == .spoken || $0.stage == .speaking)
        }
    }

    /// How many more speakers are heard on a side of a motion. Who asked counts, since each side's are taken in the order they ask.
    func speakersLeft(on motion: MeetingState.Motion, _ side: ConferenceFloorPurpose, _ state: MeetingState) -> Int64 {
        guard let rule = rules.motion(motion.kind) else { return 0 }
        let asked = state.requests.count { $0.motion == motion.id && $0.purpose == side && $0.stage != .withdrawn }
        return max(0, (side == .forMotion ? rule.inFavour : rule.against) - Int64(asked))
    }
}
