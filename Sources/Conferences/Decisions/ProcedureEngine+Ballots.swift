import Acts

extension ProcedureEngine {
    private func secret(_ id: String, _ state: MeetingState) throws(Refusal) -> MeetingState.Decision {
        guard let decision = state.decision(id) else { throw ProcedureFault.unknown.refusal(nil, ["name": id]) }
        guard decision.isOpen else { throw ProcedureFault.decisionClosed.refusal(rules.elections.rule, ["name": id]) }
        guard decision.opened.method == .secret else {
            throw ProcedureFault.method.refusal(rules.voting.methodRule, ["name": id, "method": decision.opened.method.rawValue])
        }
        return decision
    }

    /// One paper is signed for each delegation that has a vote.
    func check(_ act: ConferenceBallotTokenIssued, _ state: MeetingState) throws(Refusal) {
        let decision = try secret(act.decision, state)
        let seat = try participant(act.actor, state)
        guard state.votes(of: seat) > 0 else {
            throw ProcedureFault.noVote.refusal(rules.elections.rule, ["actor": act.actor.rawValue])
        }
        // One paper is one vote, and an organization's votes are its members': they have a paper each.
        if let member = seat.members.first {
            throw ProcedureFault.organizationVotes.refusal(
                "BBNJ Agreement art. 64(2)", ["actor": act.actor.rawValue, "other": member.rawValue])
        }
        guard !decision.isBoxOpen else { throw ProcedureFault.boxOpen.refusal(rules.elections.rule) }
        guard !decision.tokens.contains(act.actor) else {
            throw ProcedureFault.tokenIssued.refusal(rules.elections.rule, ["actor": act.actor.rawValue])
        }
    }

    /// The box is opened once, when at least one paper was signed.
    func check(_ act: ConferenceBallotBoxOpened, _ state: MeetingState) throws(Refusal) {
        let decision = try secret(act.decision, state)
        guard !decision.isBoxOpen else { throw ProcedureFault.boxOpen.refusal(rules.elections.rule) }
        guard !decision.tokens.isEmpty else {
            throw ProcedureFault.ballotBox.refusal(rules.elections.rule, ["ballots": "0", "tokens": "0"])
        }
    }

    /// A paper counts when its signature holds for this round, once, and when it names what can be chosen.
    func check(_ act: ConferenceBallotCast, _ state: MeetingState) throws(Refusal) {
        let decision = try secret(act.decision, state)
        guard decision.isBoxOpen else { throw ProcedureFault.boxClosed.refusal(rules.elections.rule) }
        guard act.nonce.utf8.count == 64, let key = decision.ballotKey.flatMap({ try? BallotKey.Public($0) }),
            key.verifies(act, scope: BallotPaper.Scope(decision))
        else { throw ProcedureFault.ballotInvalid.refusal(rules.elections.rule) }
        guard !decision.ballots.contains(where: { $0.nonce == act.nonce }) else {
            throw ProcedureFault.ballotCast.refusal(rules.elections.rule)
        }
        guard decision.ballots.count < decision.tokens.count else {
            throw ProcedureFault.ballotBox.refusal(
                rules.elections.rule, ["ballots": String(decision.ballots.count + 1), "tokens": String(decision.tokens.count)])
        }
        let most = election(decision)?.placesLeft ?? 1
        guard Int64(act.choices.count) <= most, Set(act.choices).count == act.choices.count,
            act.choices.allSatisfy({ mayBeChosen($0, decision, state) })
        else { throw ProcedureFault.ballotChoices.refusal(rules.elections.rule, ["most": String(most)]) }
    }

    private func mayBeChosen(_ name: String, _ decision: MeetingState.Decision, _ state: MeetingState) -> Bool {
        guard let election = election(decision) else { return ConferenceVote(rawValue: name) != nil }
        guard !election.elected.contains(name) else { return false }
        if !election.restriction.isEmpty { return election.restriction.contains(name) }
        // "Votes may be cast for any eligible person or delegation."
        return election.candidates.contains(name) || state.seats.contains { $0.actor.rawValue == name && !$0.rank.isObserver }
    }

    /// What a round came to, with the lots that were drawn; counted again, and the same.
    func check(_ act: ConferenceElectionRoundClosed, _ state: MeetingState) throws(Refusal) {
        let decision = try secret(act.decision, state)
        guard let election = election(decision) else {
            throw ProcedureFault.method.refusal(rules.elections.rule, ["name": act.decision, "method": decision.opened.method.rawValue])
        }
        let counted =
            act.seed == nil
            ? election.count(
                decision.ballots.map(\.choices), lots: act.lots, session: act.session, decision: act.decision, ballotKey: act.ballotKey)
            : BoxLots(decision.ballots).count(election, session: act.session, decision: act.decision, ballotKey: act.ballotKey)
        if act.placesLeft > 0, act.ballotKey.flatMap({ try? BallotKey.Public($0) }) == nil || act.ballotKey == decision.ballotKey {
            throw ProcedureFault.motionNeeds.refusal(rules.elections.rule, ["motion": "secret", "member": "ballot-key"])
        }
        switch counted {
        case .lots(let among, let number):
            throw ProcedureFault.motionNeeds.refusal(
                act.rules.first ?? rules.elections.rule,
                ["motion": "election", "member": "lots (\(number)): \(among.joined(separator: ", "))"])
        case .settled(let counted):
            guard counted == act else {
                throw ProcedureFault.result.refusal(
                    rules.elections.rule,
                    [
                        "outcome": counted.elected.joined(separator: ", "), "yes": String(counted.voting), "no": "0",
                        "abstaining": String(counted.abstaining),
                    ])
            }
        }
    }
}
