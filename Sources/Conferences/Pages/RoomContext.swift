import Acts
import Web

/// What the room's template shows: the same facts to everybody, and to each what they can do now.
struct RoomContext {
    let pages: ConferencePages
    let room: Room
    let items: [ConferenceQueries.Item]
    let documents: [ConferenceQueries.Document]
    let standing: RoomPages.Standing
    let visit: Visit

    var state: MeetingState { room.state }
    var address: String { "\(pages.address(room.conference))/rooms/\(room.body.id)" }
    func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        pages.text("room.\(key)", arguments, visit)
    }
    func name(_ actor: ActorCode) -> String { pages.name(actor, visit) }
    func token() -> String { pages.house.formToken(visit) }

    var values: [String: Any] {
        let answers = room.engine.answers(state)
        var values: [String: Any] = [
            "body": visit.language.part(room.body.name), "conference": visit.language.part(room.conference.title), "self": address,
            "standing": standingLine(answers), "state": stateText, "chip": room.isInSession ? "agreed" : "awaiting",
            "inSession": room.isInSession, "quorum": quorum(answers.quorum), "screen": "\(address)/screen",
            "officers": room.body.officers.map { pages.text(of: $0, visit) },
        ]
        values["item"] = room.meeting?.item.flatMap { number in items.first { $0.number == number } }.map {
            ["number": $0.number, "title": visit.language.part($0.title)]
        }
        values["document"] = room.meeting?.document.map { symbol in
            [
                "symbol": symbol,
                "address": pages.address(symbol, in: room.conference)
                    + (room.meeting?.provision.map { "#\($0)" } ?? ""), "provision": TextPages.filled(room.meeting?.provision ?? ""),
            ] as [String: Any]
        }
        values["speaking"] = state.speaking.map { speaker -> [String: Any] in
            var row: [String: Any] = [
                "name": name(speaker.actor), "purpose": text("purpose.\(speaker.purpose.rawValue)"), "id": speaker.id,
            ]
            row["language"] = speaker.language.map { SpokenLanguage.name($0, pages, visit) } ?? false
            if let began = speaker.began, let seconds = speaker.seconds {
                row["until"] = began.adding(milliseconds: seconds * 1000).description
                row["limit"] = text("limit", ["count": .number((seconds + 59) / 60)])
            }
            return row
        }
        values["speakers"] = answers.speakers.map { speaker -> [String: Any] in
            let language = state.request(speaker.request)?.language
            return [
                "language": language.map { SpokenLanguage.name($0, pages, visit) } ?? false,
                "name": name(speaker.actor), "purpose": text("purpose.\(speaker.purpose.rawValue)"), "request": speaker.request,
                "limit": speaker.seconds.map { text("limit", ["count": .number(($0 + 59) / 60)]) } ?? false,
                "isOwn": speaker.actor == standing.delegate?.delegation, "token": token(), "second": token(),
                "choices": speaker.actor == standing.delegate?.delegation ? languages(language) : [],
            ]
        }
        values["hasSpeakers"] = !answers.speakers.isEmpty
        values["listClosed"] = state.isListClosed
        values["pending"] = answers.pending.map { motion in
            ["name": name(motion.actor), "text": text("motion.\(motion.kind.rawValue)"), "rule": motion.rule, "motion": motion.motion]
        }
        values["hasPending"] = !answers.pending.isEmpty
        // What is settled stays in the record and in the JSON; a page that comes anew with every act holds the last of it.
        let settled = Set(state.proposals.filter { $0.fate != .pending && $0.item == state.item }.suffix(8).map(\.id))
        values["proposals"] = state.proposals.filter { $0.fate == .pending || settled.contains($0.id) }.map(proposal)
        values["hasProposals"] = !state.proposals.isEmpty
        values["open"] = state.openDecision.map(decision)
        values["decisions"] = state.decisions.filter { !$0.isOpen }.suffix(8).reversed().map(decision)
        values["hasDecisions"] = state.decisions.contains { !$0.isOpen }
        values["present"] = state.present.map(name).sorted(by: visit.language.precedes)
        values["delegate"] = standing.delegate.map { delegate($0, answers) }
        values["chair"] = standing.chair.map { _ in chair(answers).merging(chairMore(answers)) { _, new in new } }
        return values.merging(more) { _, new in new }
    }

    /// The languages one can speak in, with the one that is chosen.
    func languages(_ chosen: String?) -> [[String: Any]] { SpokenLanguage.choices(chosen, in: room.conference, pages, visit) }

    private var stateText: String {
        guard let meeting = room.meeting else { return text("state.none") }
        return text("state.\(meeting.state.rawValue)", ["number": .number(meeting.number)])
    }

    /// Where the meeting stands, in one line.
    private func standingLine(_ answers: ProcedureAnswers) -> String {
        guard room.isInSession else { return stateText }
        if let open = state.openDecision {
            return text("standing.decision", ["what": .text(subject(open.opened))])
        }
        if let speaking = state.speaking {
            return text(
                "standing.speaking", ["name": .text(name(speaking.actor)), "count": .number(Int64(answers.speakers.count))])
        }
        return text("standing.waiting", ["count": .number(Int64(answers.speakers.count))])
    }

    private func quorum(_ quorum: ProcedureAnswers.QuorumAnswer) -> [String: Any] {
        [
            "text": text(
                "quorum",
                ["present": .number(quorum.present), "members": .number(quorum.members), "needed": .number(quorum.toDecide)]),
            "met": quorum.isMetToDecide, "rule": quorum.decideRule,
        ]
    }

    func subject(_ opened: ConferenceDecisionOpened) -> String {
        switch opened.subject {
        case .motion:
            return (opened.concerns.flatMap { state.motion($0) }).map { text("motion.\($0.kind.rawValue)") } ?? text("subject.motion")
        case .part:
            return text(
                "subject.part", ["name": .text(opened.concerns ?? ""), "parts": .text(opened.parts.joined(separator: ", "))])
        default: return text("subject.\(opened.subject.rawValue)", ["name": .text(opened.concerns ?? "")])
        }
    }

    private func proposal(_ proposal: MeetingState.Proposal) -> [String: Any] {
        [
            "id": proposal.id, "sponsors": proposal.sponsors.map(name).joined(separator: ", "),
            "amends": proposal.amends.map { text("amends.of", ["name": .text($0)]) } ?? false,
            "fate": text("fate.\(proposal.fate.rawValue)"),
            "chip": proposal.fate == .adopted ? "agreed" : proposal.fate == .pending ? "awaiting" : "refused",
            "parts": proposal.parts.map { ["number": $0.part, "text": $0.text ?? ""] },
            "isOwn": proposal.fate == .pending && (standing.delegate?.delegation).map { proposal.sponsors.contains($0) } ?? false,
            "token": token(), "pending": proposal.fate == .pending,
        ]
    }

    private func decision(_ decision: MeetingState.Decision) -> [String: Any] {
        let opened = decision.opened
        let tally = state.tally(of: decision)
        var row: [String: Any] = [
            "id": opened.decision, "subject": subject(opened), "method": text("method.\(opened.method.rawValue)"), "rule": opened.rule,
            "isConsensus": opened.method == .consensus, "isHands": opened.method == .showOfHands,
            "count": text(
                "count", ["yes": .number(tally.yes), "no": .number(tally.no), "abstaining": .number(tally.abstaining)]),
            "objections": decision.objections.map { objection -> [String: Any] in
                [
                    "name": name(objection.actor), "text": TextPages.filled(objection.text ?? ""),
                    "paragraph": TextPages.filled(objection.paragraph ?? ""),
                ]
            }, "hasObjections": !decision.objections.isEmpty,
            "dissociations": decision.dissociations.map { name($0.actor) }, "hasDissociations": !decision.dissociations.isEmpty,
        ]
        if opened.method == .recorded || opened.method == .rollCall {
            let votes = visit.language.sorted(Array(decision.votes)) { name($0.key) }
            row["votes"] = votes.map { ["name": name($0.key), "vote": text("vote.\($0.value.rawValue)"), "class": $0.value.rawValue] }
            row["hasVotes"] = !votes.isEmpty
        }
        if let closed = decision.closed {
            row["outcome"] = text("outcome.\(closed.outcome.rawValue)")
            row["class"] =
                [.adopted, .adoptedByConsensus].contains(closed.outcome)
                ? "agreed" : [.tied, .noQuorum, .lapsed].contains(closed.outcome) ? "awaiting" : "refused"
            row["needed"] = closed.needed > 0 ? text("needed", ["count": .number(closed.needed)]) : false
            row["rules"] = closed.rules.joined(separator: "; ")
        }
        return row.merging(decisionMore(decision)) { _, new in new }
    }

    // MARK: What one can do

    private func delegate(_ actor: RoomActor, _ answers: ProcedureAnswers) -> [String: Any] {
        guard let own = actor.delegation else { return [:] }
        let isPresent = state.present.contains(own)
        let isWaiting = state.requests.contains { $0.actor == own && ($0.stage == .waiting || $0.stage == .speaking) }
        let open = state.openDecision
        let isParticipant = state.seat(own)?.rank.isObserver == false
        var values: [String: Any] = [
            "name": name(own), "isPresent": isPresent, "isAway": !isPresent, "mayAsk": room.isInSession && isPresent,
            "isWaiting": isWaiting, "token": token(), "tokens": ["floor": token(), "move": token(), "propose": token(), "vote": token()],
            "isParticipant": isParticipant && room.isInSession,
            "motions": answers.motions.filter(\.isInOrder).map { motion in
                [
                    "value": motion.kind.rawValue,
                    "name": text("motion.\(motion.kind.rawValue)") + " · \(motion.rule)",
                ]
            },
            "barred": answers.motions.filter { !$0.isInOrder && $0.hindrance != nil }.prefix(20).map { motion in
                [
                    "name": text("motion.\(motion.kind.rawValue)"),
                    "why": pages.house.notice(of: motion.hindrance ?? ConferenceCommands.nothingToPut, visit)["explanation"] ?? "",
                    "rule": motion.hindrance?.citation ?? motion.rule,
                ]
            },
            "purposes": [ConferenceFloorPurpose.statement, .rightOfReply, .introduction].map {
                ["value": $0.rawValue, "name": text("purpose.\($0.rawValue)")]
            },
            // Who spoke before most often speaks in the same language again.
            "languages": languages(state.requests.last { $0.actor == own }?.language),
            "amendable": state.proposals.filter { $0.fate == .pending && !$0.isVotingBegun }.map {
                ["value": $0.id, "name": text("amends.of", ["name": .text($0.id)])]
            },
            "rulings": state.rulings.filter { $0.standing == .stands }.suffix(3).map {
                ["id": $0.id, "text": text("ruling.\($0.subject.rawValue)"), "token": token()]
            },
        ]
        values.merge(delegateMore(own, answers)) { _, new in new }
        values["hasBarred"] = !(answers.motions.filter { !$0.isInOrder }.isEmpty)
        if let open, isParticipant {
            let mine = open.votes[own]
            values["vote"] = [
                "id": open.opened.decision, "isConsensus": open.opened.method == .consensus,
                "isOpen": open.opened.method == .recorded || mayAnswer(own, open), "token": token(),
                "cast": mine.map { text("cast", ["vote": .text(text("vote.\($0.rawValue)"))]) } ?? false,
            ]
        } else if isParticipant, let last = state.decisions.last, last.closed?.outcome == .adoptedByConsensus {
            values["after"] = ["id": last.opened.decision, "token": token()]
        }
        return values
    }

    private func chair(_ answers: ProcedureAnswers) -> [String: Any] {
        var values: [String: Any] = [
            "request": token(), "second": token(), "third": token(), "fourth": token(), "fifth": token(), "sixth": token(),
            "mayOpen": room.meeting == nil || room.meeting?.state == .adjourned, "mayResume": room.meeting?.state == .suspended,
            "isSpeaking": state.speaking != nil, "listClosed": state.isListClosed, "hasItems": !items.isEmpty,
            "items": items.map {
                [
                    "value": $0.number, "name": "\($0.number). \(pages.chosen($0.title, visit))",
                    "selected": $0.number == room.meeting?.item,
                ] as [String: Any]
            },
            "documents": documents.prefix(100).map {
                ["value": $0.symbol, "selected": $0.symbol == room.meeting?.document] as [String: Any]
            },
            "provision": room.meeting?.provision ?? "",
            "subjects": ConferenceRulingGiven.Subject.allCases.map { ["value": $0.rawValue, "name": text("ruling.\($0.rawValue)")] },
            "seats": visit.language.sorted(room.conference.delegations(in: room.body)) { name($0.actor) }.map {
                ["value": $0.actor.rawValue, "name": name($0.actor), "present": state.present.contains($0.actor)] as [String: Any]
            },
        ]
        if room.isInSession { values["next"] = next(answers.next) }
        return values
    }

    /// Whose turn it is where a roll is called; `nil` where none is, or where it is through.
    private func called(in decision: String) -> String? {
        guard let decision = state.decision(decision), decision.opened.method == .rollCall else { return nil }
        return state.nextCalled(in: decision).map(name)
    }

    /// The one thing to do next, with its rule.
    private func next(_ step: NextStep) -> [String: Any] {
        switch step {
        case .open, .nothing: ["isNothing": true]
        case .announce(let decision) where called(in: decision) != nil:
            ["isNothing": true, "text": text("next.roll", ["name": .text(called(in: decision) ?? "")])]
        case .announce(let decision):
            [
                "isAnnounce": true, "text": text("next.announce"), "rule": state.decision(decision)?.opened.rule ?? "",
                "isHands": state.decision(decision)?.opened.method == .showOfHands && state.decision(decision)?.hands == nil,
                "decision": decision, "isSecret": state.decision(decision)?.opened.method == .secret,
                "ballot": "\(address)/ballots/\(decision)",
            ]
        case .rule(let motion, let rule):
            [
                "isRule": true, "motion": motion, "rule": rule,
                "subject": state.motion(motion)?.kind == .pointOfOrder
                    ? "point-of-order" : state.motion(motion)?.kind == .division ? "division" : "motion",
                "text": text(
                    "next.rule",
                    [
                        "motion": .text(state.motion(motion).map { text("motion.\($0.kind.rawValue)") } ?? motion),
                        "name": .text(state.motion(motion).map { name($0.actor) } ?? ""),
                    ]),
            ]
        case .hear where state.speaking != nil: ["isSpeaker": true, "text": text("next.speaker")]
        case .hear(let speaker):
            [
                "isHear": true, "request": speaker.request, "rule": speaker.rules.joined(separator: "; "),
                "text": text("next.hear", ["name": .text(name(speaker.actor))]),
            ]
        case .vote(.put(let question, _)):
            [
                "isPut": true, "concerns": question.concerns ?? "", "rule": question.requirement.rule,
                "text": text("next.put", ["name": .text(question.concerns ?? "")]),
                "needs": text(
                    "next.needs", ["majority": .text(pages.text("majority.\(question.requirement.majority.name)", visit))]),
                "methods": question.methods.filter { $0 != .secret }.map { ["value": $0.rawValue, "name": text("method.\($0.rawValue)")] },
            ]
        case .vote(.order(let proposal, let amendments, let rule)):
            [
                "isOrder": true, "proposal": proposal, "order": amendments.joined(separator: " "), "rule": rule,
                "text": text("next.order", ["name": .text(proposal)]),
            ]
        case .vote(.later(_, let hours)):
            ["isNothing": true, "text": text("next.later", ["count": .number(hours ?? 0)])]
        }
    }
}
