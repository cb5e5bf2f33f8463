import Acts

/// What happened at one meeting of a body, worked out from its acts: the same acts give the same record on any node.
struct MeetingRecord: Hashable, Sendable {
    /// A statement's text as the delegation handed it in.
    struct Statement: Hashable, Sendable {
        var language: String
        var text: String
    }

    struct Speech: Hashable, Sendable {
        var request: String
        var actor: ActorCode
        var purpose: ConferenceFloorPurpose
        var began: Moment
        var ended: Moment?
        var reason: ConferenceFloorEnded.Reason?
        var statements: [Statement] = []
    }

    /// A question and what came of it.
    struct Result: Hashable, Sendable {
        var opened: ConferenceDecisionOpened
        var closed: ConferenceDecisionClosed
        /// By delegation, where names are taken.
        var votes: [ActorCode: ConferenceVote]

        func actors(_ vote: ConferenceVote) -> [ActorCode] {
            votes.filter { $0.value == vote }.keys.sorted { $0.rawValue < $1.rawValue }
        }
    }

    enum Event: Hashable, Sendable {
        case meeting(ConferenceMeetingChanged.Change)
        /// The item that is before the body, the document, the provision.
        case focus(item: String?, document: String?, provision: String?)
        case speech(Speech)
        case listClosed(Bool)
        case motion(ConferenceMotionMade)
        case motionWithdrawn(ActorCode, ConferenceMotionKind?)
        case ruling(ConferenceRulingGiven)
        case appeal(ActorCode)
        case proposal(ConferenceProposalSubmitted)
        case revised(String, text: String?)
        case withdrawn(String, ActorCode)
        case reintroduced(String, ActorCode)
        case opened(ConferenceDecisionOpened)
        case result(Result)
        case objection(ActorCode, text: String?)
        case dissociation(ActorCode, text: String?)
        case explanation(ActorCode, isBefore: Bool, text: String?)
        case round(ConferenceElectionRoundClosed)
    }

    struct Passage: Hashable, Sendable {
        var entry: Int64
        var moment: Moment
        var event: Event
    }

    var body: String
    var number: Int64
    var isPublic: Bool
    var opened: Moment
    var closed: Moment?
    /// Delegations that were in the room at any time of it.
    var present: [ActorCode] = []
    var passages: [Passage] = []
    /// The last entry it was made from.
    var through: Int64 = -1

    /// - Parameters:
    ///   - acts: the body's, of all its meetings, in order.
    ///   - statements: those handed in on this meeting, in order.
    init(
        of meeting: ConferenceMeeting, acts: some Sequence<RoomAct>, statements: [(entry: Int64, act: ConferenceStatementFiled)]
    ) {
        body = meeting.body
        number = meeting.number
        isPublic = meeting.isPublic
        opened = meeting.opened
        closed = meeting.closed
        var questions: [String: ConferenceDecisionOpened] = [:]
        var votes: [String: [ActorCode: ConferenceVote]] = [:]
        var motions: [String: ConferenceMotionMade] = [:]
        var requests: [String: ConferenceFloorRequested] = [:]
        for act in acts {
            switch act.payload {
            case let question as ConferenceDecisionOpened: questions[question.decision] = question
            case let cast as ConferenceVoteCast: votes[cast.decision, default: [:]][cast.actor] = cast.vote
            case let changed as ConferenceVoteChanged: votes[changed.decision, default: [:]][changed.actor] = changed.vote
            case let motion as ConferenceMotionMade: motions[motion.motion] = motion
            case let request as ConferenceFloorRequested where request.session.meeting == number: requests[request.request] = request
            default: break
            }
            guard Self.meeting(of: act.payload) == number else { continue }
            through = max(through, act.entry)
            take(act, requests, questions, votes, motions)
        }
        for (entry, statement) in statements { file(statement, entry: entry) }
        present.sort { $0.rawValue < $1.rawValue }
    }

    private static func meeting(of payload: any Payload) -> Int64? { payload.json["meeting"]?.integer }

    private mutating func take(
        _ act: RoomAct, _ requests: [String: ConferenceFloorRequested], _ questions: [String: ConferenceDecisionOpened],
        _ votes: [String: [ActorCode: ConferenceVote]], _ motions: [String: ConferenceMotionMade]
    ) {
        func add(_ event: Event) { passages.append(Passage(entry: act.entry, moment: act.received, event: event)) }
        switch act.payload {
        case let changed as ConferenceMeetingChanged: add(.meeting(changed.change))
        case let focus as ConferenceFocusSet: add(.focus(item: focus.item, document: focus.document, provision: focus.provision))
        case let presence as ConferencePresenceNoted:
            if presence.isPresent, !present.contains(presence.actor) { present.append(presence.actor) }
        case let given as ConferenceFloorGiven:
            let purpose = requests[given.request]?.purpose ?? .statement
            add(.speech(Speech(request: given.request, actor: given.actor, purpose: purpose, began: act.received)))
        case let ended as ConferenceFloorEnded: end(ended, at: act.received)
        case let list as ConferenceSpeakersListClosed: add(.listClosed(list.isClosed))
        case let motion as ConferenceMotionMade: add(.motion(motion))
        case let withdrawn as ConferenceMotionWithdrawn: add(.motionWithdrawn(withdrawn.actor, motions[withdrawn.motion]?.motionKind))
        case let ruling as ConferenceRulingGiven: add(.ruling(ruling))
        case let appeal as ConferenceRulingAppealed: add(.appeal(appeal.actor))
        case let proposal as ConferenceProposalSubmitted: add(.proposal(proposal))
        case let revised as ConferenceProposalRevised: add(.revised(revised.proposal, text: revised.text))
        case let withdrawn as ConferenceProposalWithdrawn: add(.withdrawn(withdrawn.proposal, withdrawn.actor))
        case let taken as ConferenceProposalReintroduced: add(.reintroduced(taken.proposal, taken.actor))
        case let question as ConferenceDecisionOpened: add(.opened(question))
        case let closed as ConferenceDecisionClosed:
            guard let question = questions[closed.decision] else { return }
            // Of a secret ballot nobody's name is taken.
            let named = question.method == .secret ? [:] : votes[closed.decision] ?? [:]
            add(.result(Result(opened: question, closed: closed, votes: named)))
        case let objection as ConferenceObjectionRaised: add(.objection(objection.actor, text: objection.text))
        case let dissociated as ConferenceDissociated: add(.dissociation(dissociated.actor, text: dissociated.text))
        case let explained as ConferenceExplanationGiven:
            add(.explanation(explained.actor, isBefore: explained.isBefore, text: explained.text))
        case let round as ConferenceElectionRoundClosed: add(.round(round))
        default: break
        }
    }

    /// The speech on a request: its place among the passages.
    private func place(ofSpeechOn request: String) -> Int? {
        passages.lastIndex { passage in
            if case .speech(let speech) = passage.event { return speech.request == request }
            return false
        }
    }

    private mutating func end(_ act: ConferenceFloorEnded, at moment: Moment) {
        guard let place = place(ofSpeechOn: act.request), case .speech(var speech) = passages[place].event, speech.ended == nil else {
            return
        }
        speech.ended = moment
        speech.reason = act.reason
        passages[place].event = .speech(speech)
    }

    private mutating func file(_ act: ConferenceStatementFiled, entry: Int64) {
        guard let place = place(ofSpeechOn: act.request), case .speech(var speech) = passages[place].event, speech.actor == act.actor else {
            return
        }
        // A later text in the same language replaces the earlier one.
        speech.statements.removeAll { $0.language == act.language }
        speech.statements.append(Statement(language: act.language, text: act.text))
        passages[place].event = .speech(speech)
        through = max(through, entry)
    }

    /// Decisions that were announced at the meeting.
    var results: [Result] {
        passages.compactMap { passage in
            if case .result(let result) = passage.event { return result }
            return nil
        }
    }
}
