import Acts
import Web

/// Makes the acts of a room of what its forms say. Whether the rules of procedure admit them is asked afterwards.
struct RoomForms {
    let fields: Fields
    let room: Room
    let actor: RoomActor
    /// The place in the record of the act to come: what the room's things are numbered by, so that no two have one name.
    let index: Int64
    let now: Moment

    private var session: ConferenceSession { room.state.session }
    /// Most characters of what is written in a form of the room.
    static let longest = 8_000

    /// - Throws: a refusal where a field is missing or wrong, or where the act has no delegation to speak for it.
    func payloads(_ action: RoomAction) throws -> [any Payload] {
        switch action {
        case .present: return try presence()
        case .requestFloor:
            return [
                ConferenceFloorRequested(
                    session: session, request: "r\(index)", actor: try delegation(),
                    purpose: try fields.choice("purpose", of: ConferenceFloorPurpose.self) ?? .statement, item: room.state.item,
                    motion: try fields.filled("motion", longest: 40), decision: try fields.filled("decision", longest: 40),
                    language: try SpokenLanguage.read(fields, in: room.conference))
            ]
        case .speakIn:
            let id = try fields.required("name")
            if actor.delegation != nil, room.state.request(id)?.actor != actor.delegation { throw ConferenceCommands.notYours }
            guard let language = try SpokenLanguage.read(fields, in: room.conference) else { throw Fields.missing("language") }
            return [ConferenceFloorLanguageSet(session: session, request: id, language: language)]
        case .withdrawRequest:
            let id = try fields.required("name")
            guard room.state.request(id)?.actor == (try delegation()) else { throw ConferenceCommands.notYours }
            return [ConferenceFloorEnded(session: session, request: id, reason: .withdrawn)]
        case .move: return [try motion()]
        case .withdrawMotion:
            return [ConferenceMotionWithdrawn(session: session, motion: try fields.required("name"), actor: try delegation())]
        case .appeal:
            return [
                ConferenceRulingAppealed(
                    session: session, appeal: "a\(index)", ruling: try fields.required("name"), actor: try delegation())
            ]
        case .propose: return [try proposal()]
        case .withdrawProposal:
            return [ConferenceProposalWithdrawn(session: session, proposal: try fields.required("name"), actor: try delegation())]
        case .reintroduce:
            return [ConferenceProposalReintroduced(session: session, proposal: try fields.required("name"), actor: try delegation())]
        case .vote: return [try vote()]
        case .object:
            return [
                ConferenceObjectionRaised(
                    session: session, decision: try fields.required("name"), actor: try delegation(),
                    paragraph: try fields.filled("paragraph", longest: 200), text: try fields.filled("text", longest: Self.longest))
            ]
        case .dissociate:
            return [
                ConferenceDissociated(
                    session: session, decision: try fields.required("name"), actor: try delegation(),
                    paragraph: try fields.filled("paragraph", longest: 200), text: try fields.filled("text", longest: Self.longest))
            ]
        case .explain:
            let id = try fields.required("name")
            return [
                ConferenceExplanationGiven(
                    session: session, decision: id, actor: try delegation(), isBefore: room.state.decision(id)?.isOpen ?? true,
                    text: try fields.filled("text", longest: Self.longest))
            ]
        case .acceptAmendment:
            let id = try fields.required("name")
            guard let proposal = room.state.proposal(id)?.amends, let own = actor.delegation,
                room.state.proposal(proposal)?.sponsors.contains(own) == true
            else { throw ConferenceCommands.notYours }
            return [ConferenceProposalRevised(session: session, proposal: proposal, amendment: id)]
        case .giveFloor:
            let speakers = room.engine.speakers(room.state)
            let name = try fields.filled("name", longest: 40) ?? speakers.first?.request ?? ""
            guard let request = room.state.request(name) else { throw ConferenceCommands.nobodyWaits }
            return [
                ConferenceFloorGiven(
                    session: session, request: name, actor: request.actor, seconds: speakers.first { $0.request == name }?.seconds)
            ]
        case .endFloor:
            guard let speaking = room.state.speaking else { throw ConferenceCommands.nobodyWaits }
            return [
                ConferenceFloorEnded(
                    session: session, request: speaking.id,
                    reason: try fields.choice("reason", of: ConferenceFloorEnded.Reason.self) ?? .finished)
            ]
        case .list:
            return [
                ConferenceSpeakersListClosed(session: session, item: room.state.item, isClosed: try fields.text("closed") == "yes")
            ]
        case .rule: return try ruling()
        case .open: return [try decision()]
        case .countHands:
            return [
                ConferenceHandsCounted(
                    session: session, decision: try fields.required("name"), yes: try fields.integer("yes", in: 0...10_000) ?? 0,
                    no: try fields.integer("no", in: 0...10_000) ?? 0, abstaining: try fields.integer("abstaining", in: 0...10_000) ?? 0)
            ]
        case .pass:
            guard let open = room.state.openDecision, let called = room.state.nextCalled(in: open) else {
                throw ConferenceCommands.nobodyWaits
            }
            return [ConferenceCallPassed(session: session, decision: open.opened.decision, actor: called)]
        case .announce: return try announcement()
        case .focus:
            return [
                ConferenceFocusSet(
                    conference: session.conference, body: session.body, meeting: session.meeting,
                    item: try fields.filled("item", longest: 20), document: try fields.filled("document", longest: 80),
                    provision: try fields.filled("provision", longest: 200))
            ]
        case .meeting:
            let change = try fields.choice("change", of: ConferenceMeetingChanged.Change.self) ?? .opened
            return [
                ConferenceMeetingChanged(
                    conference: session.conference, body: session.body,
                    meeting: change == .opened ? (room.meeting?.number ?? 0) + 1 : room.meeting?.number ?? 1, change: change,
                    isPublic: change == .opened ? try fields.text("private") == nil : nil)
            ]
        }
    }

    private func delegation() throws -> ActorCode {
        guard let delegation = actor.delegation else { throw ConferenceCommands.noDelegation }
        return delegation
    }

    /// A delegation says that it is there; the chair says so of any.
    private func presence() throws -> [any Payload] {
        let isPresent = try fields.text("absent") == nil
        var codes: [ActorCode] = []
        if let delegation = actor.delegation {
            codes = [delegation]
        } else {
            for name in fields.texts("actor").prefix(400) {
                guard let code = ActorCode(rawValue: name) else { throw ConferenceCommands.unknownSponsor(name) }
                codes.append(code)
            }
        }
        return codes.filter { room.state.present.contains($0) != isPresent }.map {
            ConferencePresenceNoted(
                conference: session.conference, body: session.body, meeting: session.meeting, actor: $0, isPresent: isPresent)
        }
    }

    private func motion() throws -> ConferenceMotionMade {
        let kind = try fields.requiredChoice("motion", of: ConferenceMotionKind.self)
        if kind == .changeRules, try fields.filled("text", longest: Self.longest) == nil {
            throw ProcedureFault.motionNeeds.refusal(
                room.engine.rules.motion(kind)?.rule, ["motion": kind.rawValue, "member": "text"])
        }
        return ConferenceMotionMade(
            session: session, motion: "m\(index)", actor: try delegation(), motionKind: kind,
            proposal: try fields.filled("proposal", longest: 40),
            parts: (try fields.filled("parts", longest: 400) ?? "").split(whereSeparator: \.isWhitespace).map(String.init),
            seconds: try fields.integer("minutes", in: 1...60).map { $0 * 60 }, times: try fields.integer("times", in: 1...20),
            text: try fields.filled("text", longest: Self.longest))
    }

    /// One operative or preambular paragraph to a line.
    private func proposal() throws -> ConferenceProposalSubmitted {
        let text = try fields.required("text")
        _ = try fields.filled("text", longest: Self.longest * 4)
        let lines = text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
        var sponsors = [try delegation()]
        for name in (try fields.filled("sponsors", longest: 2_000) ?? "").split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            guard let code = ActorCode(rawValue: name.uppercased()) else { throw ConferenceCommands.unknownSponsor(String(name)) }
            if !sponsors.contains(code) { sponsors.append(code) }
        }
        return ConferenceProposalSubmitted(
            session: session, proposal: "p\(index)", sponsors: sponsors, item: room.state.item,
            amends: try fields.filled("amends", longest: 40), question: try fields.filled("question", longest: 80),
            matter: try fields.filled("matter", longest: 80),
            parts: lines.prefix(200).enumerated().map {
                ConferenceProposalPart(part: String($0.offset + 1), isOperative: true, text: String($0.element))
            }, circulated: now)
    }

    private func vote() throws -> any Payload {
        let id = try fields.required("name")
        let vote = try fields.requiredChoice("vote", of: ConferenceVote.self)
        let delegation = try delegation()
        let changes = try fields.text("change") != nil
        return room.state.decision(id)?.votes[delegation] == nil || !changes
            ? ConferenceVoteCast(session: session, decision: id, actor: delegation, vote: vote)
            : ConferenceVoteChanged(session: session, decision: id, actor: delegation, vote: vote)
    }

    private func ruling() throws -> [any Payload] {
        let subject = try fields.choice("subject", of: ConferenceRulingGiven.Subject.self) ?? .other
        let concerns = try fields.filled("concerns", longest: 40)
        let isAllowed = try fields.text("allowed").map { $0 == "yes" }
        let order = (try fields.filled("order", longest: 2_000) ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        // "p3 > p5 p7": the adoption of p3 implies the rejection of p5 and p7.
        var implied: [ConferenceImpliedRejection] = []
        for line in (try fields.filled("implied", longest: 2_000) ?? "").split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: { $0.isWhitespace || $0 == ">" }).map(String.init)
            guard let adopted = words.first, words.count > 1 else { continue }
            implied.append(ConferenceImpliedRejection(adopted: adopted, rejected: Array(words.dropFirst())))
        }
        let ruling = ConferenceRulingGiven(
            session: session, ruling: "u\(index)", subject: subject, concerns: concerns, isAllowed: isAllowed, order: order,
            implied: implied, text: try fields.filled("text", longest: Self.longest))
        return [ruling] + effects(of: ruling, at: index)
    }

    /// The question whose turn it is, put in the way the rules ask, or as the chair says where that is more.
    private func decision() throws -> ConferenceDecisionOpened {
        guard let question = room.question(named: try fields.filled("concerns", longest: 40)) else { throw ConferenceCommands.nothingToPut }
        let method =
            try fields.choice("method", of: ConferenceDecisionOpened.Method.self)
            ?? (question.requirement.consensus == .none ? question.requirement.method : .consensus)
        var drawn: ActorCode?
        if method == .rollCall {
            let voters = room.state.seats.filter { !$0.rank.isObserver && $0.mayVote }.map(\.actor)
            drawn = try fields.filled("drawn", longest: 20).flatMap(ActorCode.init(rawValue:)) ?? voters.randomElement()
        }
        return ConferenceDecisionOpened(
            session: session, decision: "d\(index)", subject: question.subject, concerns: question.concerns, parts: question.parts,
            matter: question.requirement.matter, method: method, majority: question.requirement.majority.name,
            rule: question.requirement.rule, language: method == .rollCall ? room.engine.rules.voting.rollCallLanguage : nil, drawn: drawn,
            repeats: question.repeats)
    }

    /// The result is the engine's; what follows from a motion that was carried is entered with it.
    private func announcement() throws -> [any Payload] {
        guard let open = room.state.openDecision else { throw ConferenceCommands.nothingToPut }
        let result = try room.engine.result(of: open.opened.decision, room.state)
        let rules: [any Payload] = room.engine.rules(adoptedBy: result, room.state).map { [$0] } ?? []
        return [result] + rules + effects(of: result, at: index)
    }

    /// Where an act suspends or adjourns the meeting, the act that says so of the meeting itself.
    private func effects(of act: any Payload, at index: Int64) -> [any Payload] {
        var after = room.state
        after.apply(act, received: now)
        guard after.phase != room.state.phase, let meeting = room.meeting else { return [] }
        let change: ConferenceMeetingChanged.Change
        switch after.phase {
        case .suspended: change = .suspended
        case .adjourned: change = .adjourned
        case .open, .notOpen: return []
        }
        return [
            ConferenceMeetingChanged(conference: session.conference, body: session.body, meeting: meeting.number, change: change)
        ]
    }
}

extension ConferenceCommands {
    static var noDelegation: Refusal {
        Refusal(
            .forbidden, code: "conferences.no-delegation", "You do not act for a delegation that sits in this body.",
            mend: "The secretariat registers a delegation with your office; your administrator gives the role 'delegate'.")
    }

    static var notYours: Refusal {
        Refusal(
            .forbidden, code: "conferences.not-yours", "This is another delegation's.", mend: "Act on what your own delegation asked for.")
    }

    static var nobodyWaits: Refusal {
        Refusal(
            .conflict, code: "conferences.nobody-waits", "Nobody has the floor or waits for it that this could concern.",
            mend: "Reload the page to see where the meeting stands.")
    }

    static var nothingToPut: Refusal {
        Refusal(
            .conflict, code: "conferences.nothing-to-put", "There is no question whose turn it is.",
            mend: "Look at the order of voting: a ruling, a speaker or a motion may go before.")
    }

    static var notPresiding: Refusal {
        Refusal(
            .forbidden, code: "conferences.not-presiding", "Only who presides over the body, or its secretariat, may do this.",
            mend: "The secretariat enters the body's officers with their accounts.")
    }
}
