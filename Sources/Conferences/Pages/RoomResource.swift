import Acts

/// A room as programs read it: where the meeting stands and what the rules of procedure say now, each answer with its rule.
struct RoomResource {
    let room: Room
    let answers: ProcedureAnswers

    var json: JSON {
        let state = room.state
        var object: JSONObject = [
            "conference": .string(room.conference.id), "body": .string(room.body.id), "entry": .integer(room.entry),
            "procedure": .string(room.engine.rules.name),
        ]
        object["meeting"] = room.meeting.map(ConferencePages.resource)
        object["quorum"] = [
            "present": .integer(answers.quorum.present), "members": .integer(answers.quorum.members),
            "toOpen": .integer(answers.quorum.toOpen), "toDecide": .integer(answers.quorum.toDecide),
            "rules": [.string(answers.quorum.openRule), .string(answers.quorum.decideRule)],
        ]
        object["present"] = .array(state.present.map(\.rawValue).sorted().map(JSON.string))
        object["speaking"] = state.speaking.map(request)
        object["speakers"] = .array(
            answers.speakers.map { speaker in
                var object: JSONObject = [
                    "request": .string(speaker.request), "actor": .string(speaker.actor.rawValue),
                    "purpose": .string(speaker.purpose.rawValue), "rules": .array(speaker.rules.map(JSON.string)),
                ]
                object["seconds"] = speaker.seconds.map(JSON.integer)
                object["language"] = (state.request(speaker.request)?.language).map(JSON.string)
                return .object(object)
            })
        object["listClosed"] = .bool(state.isListClosed)
        object["pending"] = .array(
            answers.pending.map {
                [
                    "motion": .string($0.motion), "actor": .string($0.actor.rawValue), "kind": .string($0.kind.rawValue),
                    "rule": .string($0.rule),
                ]
            })
        object["motions"] = .array(
            answers.motions.map { motion in
                var object: JSONObject = [
                    "kind": .string(motion.kind.rawValue), "inOrder": .bool(motion.isInOrder), "majority": .string(motion.majority),
                    "inFavour": .integer(motion.inFavour), "against": .integer(motion.against), "rule": .string(motion.rule),
                ]
                object["rank"] = motion.rank.map(JSON.integer)
                object["hindrance"] = (motion.hindrance?.code).map(JSON.string)
                return .object(object)
            })
        object["proposals"] = .array(state.proposals.map(proposal))
        object["rulings"] = .array(
            state.rulings.map { ruling in
                var object: JSONObject = [
                    "ruling": .string(ruling.id), "subject": .string(ruling.subject.rawValue),
                    "standing": .string(ruling.standing.rawValue),
                ]
                object["concerns"] = ruling.concerns.map(JSON.string)
                object["allowed"] = ruling.isAllowed.map(JSON.bool)
                return .object(object)
            })
        object["decisions"] = .array(state.decisions.map(decision))
        object["next"] = next
        return .object(object)
    }

    private func request(_ request: MeetingState.Request) -> JSON {
        var object: JSONObject = [
            "request": .string(request.id), "actor": .string(request.actor.rawValue), "purpose": .string(request.purpose.rawValue),
        ]
        object["seconds"] = request.seconds.map(JSON.integer)
        object["language"] = request.language.map(JSON.string)
        object["began"] = request.began.map { .string($0.description) }
        return .object(object)
    }

    private func proposal(_ proposal: MeetingState.Proposal) -> JSON {
        var object: JSONObject = [
            "proposal": .string(proposal.id), "sponsors": .array(proposal.sponsors.map { .string($0.rawValue) }),
            "fate": .string(proposal.fate.rawValue), "amended": .bool(proposal.isAmended),
            "parts": .array(proposal.parts.map { ["part": .string($0.part), "text": JSON($0.text)] }),
        ]
        object["amends"] = proposal.amends.map(JSON.string)
        object["item"] = proposal.item.map(JSON.string)
        return .object(object)
    }

    private func decision(_ decision: MeetingState.Decision) -> JSON {
        let opened = decision.opened
        var object: JSONObject = [
            "decision": .string(opened.decision), "subject": .string(opened.subject.rawValue), "method": .string(opened.method.rawValue),
            "majority": .string(opened.majority), "rule": .string(opened.rule), "parts": .array(opened.parts.map(JSON.string)),
            "objections": .array(decision.objections.map { .string($0.actor.rawValue) }),
            "dissociations": .array(decision.dissociations.map { .string($0.actor.rawValue) }),
        ]
        object["concerns"] = opened.concerns.map(JSON.string)
        if opened.method == .rollCall, decision.isOpen {
            object["called"] = room.state.nextCalled(in: decision).map { .string($0.rawValue) }
            object["passed"] = .array(decision.passed.map { .string($0.rawValue) })
        }
        if opened.method == .secret {
            let session = opened.session
            object["ballot"] = .string("/conferences/\(session.conference)/rooms/\(session.body)/ballots/\(opened.decision)")
        }
        if opened.subject == .election {
            object["candidates"] = .array(opened.candidates.map(JSON.string))
            object["elected"] = .array(decision.rounds.flatMap(\.elected).map(JSON.string))
        }
        if opened.method == .recorded || opened.method == .rollCall {
            object["votes"] = .object(JSONObject(decision.votes.map { ($0.key.rawValue, .string($0.value.rawValue)) }))
        }
        if let closed = decision.closed {
            object["outcome"] = .string(closed.outcome.rawValue)
            object["yes"] = .integer(closed.yes)
            object["no"] = .integer(closed.no)
            object["abstaining"] = .integer(closed.abstaining)
            object["needed"] = .integer(closed.needed)
            object["rules"] = .array(closed.rules.map(JSON.string))
        }
        return .object(object)
    }

    private var next: JSON {
        switch answers.next {
        case .open: ["step": "open"]
        case .announce(let decision): ["step": "announce", "decision": .string(decision)]
        case .rule(let motion, let rule): ["step": "rule", "motion": .string(motion), "rule": .string(rule)]
        case .hear(let speaker): ["step": "hear", "request": .string(speaker.request), "actor": .string(speaker.actor.rawValue)]
        case .vote(.put(let question, _)):
            [
                "step": "put", "subject": .string(question.subject.rawValue), "concerns": JSON(question.concerns),
                "majority": .string(question.requirement.majority.name), "consensus": .string("\(question.requirement.consensus)"),
                "rules": .array(question.requirement.rules.map(JSON.string)),
            ]
        case .vote(.order(let proposal, let amendments, let rule)):
            [
                "step": "order", "proposal": .string(proposal), "amendments": .array(amendments.map(JSON.string)),
                "rule": .string(rule),
            ]
        case .vote(.later(let question, _)): ["step": "later", "concerns": JSON(question.concerns)]
        case .nothing: ["step": "nothing"]
        }
    }
}
