import Acts
import Web

/// What the room shows and offers beside the floor: roll calls, secret ballots, explanations, speakers on motions, divisions.
extension RoomContext {
    /// For everybody.
    var more: [String: Any] {
        [
            "seen": room.entry, "rules": "\(address)/rules", "gallery": "\(address)/gallery", "interpreter": "\(address)/interpreter",
            "room": address, "languages": room.conference.languages.map { ["tag": $0, "name": SpokenLanguage.name($0, pages, visit)] },
            "texts": texts, "hasTexts": !texts.isEmpty, "waiting": text("standing.waiting", ["count": .number(Int64(waiting))]),
            "silences": "\(pages.address(room.conference))/silences", "keys": keys,
        ]
    }

    private var waiting: Int { state.requests.count { $0.stage == .waiting } }

    /// The files of the text that is before the room, by language.
    private var texts: [[String: Any]] {
        guard let symbol = room.meeting?.document, let document = documents.first(where: { $0.symbol == symbol }) else { return [] }
        let place = pages.address(symbol, in: room.conference) + (room.meeting?.provision.map { "#\($0)" } ?? "")
        return document.title.keys.sorted().map { tag in
            ["language": SpokenLanguage.name(tag, pages, visit), "tag": tag, "title": document.title[tag] ?? symbol, "address": place]
        }
    }

    /// The keys that do what a person does most, each with the browser's own modifier (WCAG 2.2, 2.1.4).
    private var keys: [[String: Any]] {
        var keys: [(String, String)] = []
        if standing.delegate != nil {
            keys += [("p", "room.present"), ("r", "room.request-floor"), ("y", "room.vote.yes"), ("n", "room.vote.no")]
            keys += [("a", "room.vote.abstain"), ("o", "room.object")]
        }
        if standing.chair != nil { keys += [("g", "room.give-floor"), ("e", "room.end-floor"), ("d", "room.announce")] }
        return keys.map { ["key": $0.0.uppercased(), "does": pages.text($0.1, visit)] }
    }

    // MARK: Decisions

    func decisionMore(_ decision: MeetingState.Decision) -> [String: Any] {
        let opened = decision.opened
        var row: [String: Any] = [:]
        if opened.method == .secret { row["ballot"] = "\(address)/ballots/\(opened.decision)" }
        if opened.subject == .election {
            row["subject"] = pages.text("ballot.election", ["name": .text(opened.concerns ?? "")], visit)
            let elected =
                opened.method == .secret
                ? decision.rounds.flatMap(\.elected) : decision.closed?.outcome == .adoptedByConsensus ? opened.candidates : []
            let named = (elected.isEmpty ? opened.candidates : elected).map(candidate).joined(separator: ", ")
            row["named"] = pages.text(elected.isEmpty ? "more.candidates" : "more.elected", ["names": .text(named)], visit)
            // Its votes are counted by candidate, on the ballot's own page.
            row["isConsensus"] = true
            if let closed = decision.closed {
                let isFilled = [.adopted, .adoptedByConsensus].contains(closed.outcome)
                row["outcome"] = pages.text(isFilled ? "more.filled" : "more.not-filled", visit)
            }
        }
        if opened.method == .rollCall, decision.isOpen { row["roll"] = roll(decision) }
        let explanations = state.explanations.filter { explanation in
            explanation.decision == opened.decision || explanation.decision == opened.concerns
        }
        row["explanations"] = explanations.suffix(50).map { explanation -> [String: Any] in
            [
                "name": name(explanation.actor), "text": TextPages.filled(explanation.text ?? ""),
                "when": pages.text(explanation.isBefore ? "more.before" : "more.after", visit),
            ]
        }
        row["hasExplanations"] = !explanations.isEmpty
        return row
    }

    private func candidate(_ text: String) -> String { ActorCode(rawValue: text).map(name) ?? text }

    /// The roll in the order it is called, from the name that was drawn.
    private func roll(_ decision: MeetingState.Decision) -> [String: Any] {
        let called = state.nextCalled(in: decision)
        let order = state.rollCall(language: decision.opened.language ?? "en", drawn: decision.opened.drawn)
        return [
            "called": called.map { pages.text("more.called", ["name": .text(name($0))], visit) } ?? pages.text("more.through", visit),
            "isCalling": called != nil, "decision": decision.opened.decision,
            "drawn": decision.opened.drawn.map { pages.text("more.drawn", ["name": .text(name($0))], visit) } ?? "",
            "order": order.map { actor -> [String: Any] in
                let answer: String
                if let vote = decision.votes[actor] {
                    answer = text("vote.\(vote.rawValue)")
                } else if decision.passed.contains(actor) {
                    answer = pages.text("more.no-answer", visit)
                } else {
                    answer = state.present.contains(actor) ? "" : pages.text("more.absent", visit)
                }
                return ["name": name(actor), "answer": answer, "isCalled": actor == called]
            },
        ]
    }

    /// Whether a delegation may answer the roll now: it is called, or the roll is through.
    func mayAnswer(_ actor: ActorCode, _ decision: MeetingState.Decision) -> Bool {
        guard decision.opened.method == .rollCall else { return false }
        return state.nextCalled(in: decision).map { $0 == actor } ?? true
    }

    // MARK: A delegation

    func delegateMore(_ own: ActorCode, _ answers: ProcedureAnswers) -> [String: Any] {
        guard room.isInSession, state.seat(own)?.rank.isObserver == false else { return [:] }
        var values: [String: Any] = [:]
        if let open = state.openDecision {
            if open.opened.method == .rollCall, !mayAnswer(own, open), open.votes[own] == nil {
                values["waits"] = pages.text("more.wait", visit)
            }
            if open.opened.method == .secret {
                values["ballot"] = ["address": "\(address)/ballots/\(open.opened.decision)", "text": pages.text("more.ballot", visit)]
            }
            if open.opened.method == .rollCall, let vote = open.votes[own] {
                values["answered"] = text("cast", ["vote": .text(text("vote.\(vote.rawValue)"))])
            }
        }
        values["onMotions"] = onMotions(own, answers)
        values["explainable"] = explainable(own)
        values["acceptable"] = state.proposals.filter { amendment in
            amendment.fate == .pending
                && amendment.amends.flatMap { state.proposal($0) }.map { $0.sponsors.contains(own) && !$0.isVotingBegun } ?? false
        }.prefix(20).map { ["id": $0.id, "text": text("amends.of", ["name": .text($0.amends ?? "")]), "token": token()] }
        values["withdrawn"] = state.proposals.filter { $0.fate == .withdrawn && !$0.sponsors.contains(own) }.suffix(10).map {
            ["id": $0.id, "token": token()]
        }
        return values
    }

    /// What can be said on a motion that is before the body: in favour, against, or that one objects where it passes unless somebody does.
    private func onMotions(_ own: ActorCode, _ answers: ProcedureAnswers) -> [[String: Any]] {
        answers.pending.prefix(5).compactMap { motion -> [String: Any]? in
            guard let known = state.motion(motion.motion) else { return nil }
            let asked = state.requests.contains { $0.motion == motion.motion && $0.actor == own && $0.stage != .withdrawn }
            let mayObject = room.engine.rules.motion(motion.kind)?.decider == .unlessObjected && !known.isObjected && known.actor != own
            let isFor = motion.speakersInFavour > 0 && !asked
            let isAgainst = motion.speakersAgainst > 0 && !asked
            let isOwn = known.actor == own
            guard isFor || isAgainst || mayObject || isOwn else { return nil }
            return [
                "motion": motion.motion, "text": text("motion.\(motion.kind.rawValue)"), "isFor": isFor, "isAgainst": isAgainst,
                "mayObject": mayObject, "isOwn": isOwn, "token": token(), "second": token(), "third": token(),
            ]
        }
    }

    /// What a vote or position can be explained on: the question that is put by consensus or comes next, and the last that was decided.
    private func explainable(_ own: ActorCode) -> [[String: Any]] {
        var rows: [(id: String, isBefore: Bool, text: String)] = []
        if let open = state.openDecision, open.opened.method == .consensus {
            rows.append((open.opened.decision, true, subject(open.opened)))
        } else if state.openDecision == nil, case .put(let question, _)? = room.engine.votingOrder(state).first,
            let id = question.concerns
        {
            rows.append((id, true, text("subject.\(question.subject.rawValue)", ["name": .text(id)])))
        }
        if let last = state.decisions.last(where: { !$0.isOpen && [.proposal, .amendment, .part].contains($0.opened.subject) }) {
            rows.append((last.opened.decision, false, subject(last.opened)))
        }
        return rows.filter { row in
            let act = ConferenceExplanationGiven(session: state.session, decision: row.id, actor: own, isBefore: row.isBefore)
            do {
                try room.engine.admit(act, state, at: pages.house.now())
                return true
            } catch {
                return false
            }
        }.map { row in
            [
                "decision": row.id, "text": row.text, "purpose": row.isBefore ? "explanation-before" : "explanation-after",
                "when": pages.text(row.isBefore ? "more.before" : "more.after", visit), "token": token(), "second": token(),
            ]
        }
    }

    // MARK: The chair

    func chairMore(_ answers: ProcedureAnswers) -> [String: Any] {
        var values: [String: Any] = [
            "election": token(), "ruling": token(), "mayElect": room.isInSession && state.openDecision == nil,
            "isUncontestable": room.engine.rules.elections.isDispensedWithWhenUncontested,
            "candidates": visit.language.sorted(state.seats.filter { !$0.rank.isObserver }) { name($0.actor) }.map(\.actor.rawValue)
                .joined(separator: " "),
        ]
        let onFloor = state.requests.filter { $0.stage == .speaking || $0.stage == .waiting }
        if !onFloor.isEmpty {
            values["speakIn"] =
                [
                    "token": token(), "languages": languages(onFloor.first?.language),
                    "requests": onFloor.prefix(400).map { request in
                        ["value": request.id, "name": "\(name(request.actor)) · \(text("purpose.\(request.purpose.rawValue)"))"]
                    },
                ] as [String: Any]
        }
        if case .vote(.put(let question, _)) = answers.next, [.proposal, .amendment, .part].contains(question.subject),
            question.requirement.consensus != .only, question.requirement.method == .showOfHands
        {
            values["secret"] = ["concerns": question.concerns ?? "", "token": token()]
        }
        return values
    }
}
