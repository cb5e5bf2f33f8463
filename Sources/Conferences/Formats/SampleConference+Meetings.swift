import Acts

/// The conference is convened and its people have offices; its meetings: the first with its debate and decisions, and the second, which
/// goes on.
extension SampleConference {
    var offices: [Step] {
        var steps = [
            served(
                OfficeEstablished(
                    office: Self.secretariat,
                    name: [
                        "en": "Secretariat of the Conference", "fr": "Secrétariat de la Conférence", "ar": "أمانة المؤتمر",
                        "id": "Sekretariat Konferensi",
                    ]))
        ]
        for (participant, code) in [(Self.french, "FRA"), (Self.kenyan, "KEN")] {
            steps.append(
                Step(
                    payload: OfficeEstablished(
                        office: participant.office, name: ["en": participant.name.replacing("Delegate", with: "Delegation")],
                        actor: ActorCode(rawValue: code)), office: participant.office, author: "node"))
        }
        for participant in Self.participants {
            steps.append(
                Step(
                    payload: PersonAppointed(
                        person: participant.person, name: participant.name, office: participant.office, roles: participant.roles),
                    office: participant.office, author: "node"))
        }
        return steps
    }

    var convening: [Step] {
        let id = Self.conference
        let title = [
            "en": "Conference on the Darkness of the Night Sky (imaginary)",
            "fr": "Conférence sur l’obscurité du ciel nocturne (imaginaire)",
            "ar": "مؤتمر ظلام سماء الليل (متخيَّل)", "id": "Konferensi tentang Kegelapan Langit Malam (imajiner)",
        ]
        var steps = [
            served(
                ConferenceConvened(
                    conference: id, symbol: Self.symbol, title: title, place: "Geneva", opens: CalendarDate(dayNumber: 20_759),
                    closes: CalendarDate(dayNumber: 20_770), zone: "Europe/Zurich", procedure: "general-assembly",
                    languages: ["en", "fr", "ar"]))
        ]
        steps += bodies
        for code in Self.states + Self.observers {
            guard let actor = ActorCode(rawValue: code) else { continue }
            let office = code == "FRA" ? Self.french.office : code == "KEN" ? Self.kenyan.office : nil
            steps.append(
                served(
                    ConferenceDelegationRegistered(
                        conference: id, actor: actor, standing: Self.observers.contains(code) ? .observer : .participant, office: office,
                        members: [.init(name: "Head of delegation", function: "Ambassador")])))
        }
        steps.append(
            served(
                ConferenceGroupFormed(
                    conference: id, group: "islands", name: ["en": "Island States", "fr": "États insulaires", "id": "Negara kepulauan"],
                    members: Self.codes(["FJI", "JAM"]), speaker: ActorCode(rawValue: "FJI"))))
        steps.append(
            served(
                ConferenceOfficerElected(
                    conference: id, body: "plenary", function: .chair, name: "President of the conference",
                    actor: ActorCode(rawValue: "CHL"), person: Self.president.person)))
        steps.append(
            served(
                ConferenceOfficerElected(
                    conference: id, body: "whole", function: .chair, name: "President of the conference",
                    actor: ActorCode(rawValue: "CHL"), person: Self.president.person)))
        return steps + papers
    }

    private var bodies: [Step] {
        let id = Self.conference
        return [
            served(
                ConferenceBodyEstablished(
                    conference: id, body: "plenary", form: .plenary,
                    name: ["en": "Plenary", "fr": "Plénière", "ar": "الجلسة العامة", "id": "Pleno"])),
            served(
                ConferenceBodyEstablished(
                    conference: id, body: "whole", form: .committee,
                    name: [
                        "en": "Committee of the Whole", "fr": "Comité plénier", "ar": "اللجنة الجامعة", "id": "Komite Pleno",
                    ], symbol: "C.1", parent: "plenary")),
        ]
    }

    private var papers: [Step] {
        let id = Self.conference
        let items: [ConferenceAgendaAdopted.Item] = [
            .init(number: "1", title: ["en": "Opening of the conference", "fr": "Ouverture de la conférence"]),
            .init(number: "2", title: ["en": "General debate", "fr": "Débat général"]),
            .init(number: "3", title: ["en": "Draft convention", "fr": "Projet de convention"]),
            .init(number: "4", title: ["en": "Date and place of the signing", "fr": "Date et lieu de la signature"]),
        ]
        let issued: [(String, [String: String], [String])] = [
            ("A/CONF.900/1", ["en": "Provisional agenda", "fr": "Ordre du jour provisoire"], []),
            ("A/CONF.900/2", ["en": "Credentials of delegations", "fr": "Pouvoirs des délégations"], []),
            ("A/CONF.900/C.1/L.1", ["en": "Draft convention", "fr": "Projet de convention"], ["CHL"]),
            ("A/CONF.900/C.1/L.1/Rev.1", ["en": "Draft convention, revised", "fr": "Projet de convention, révisé"], ["CHL"]),
        ]
        var steps = issued.map { symbol, title, sponsors in
            served(
                ConferenceDocumentIssued(
                    conference: id, body: symbol.contains("C.1") ? "whole" : "plenary", symbol: symbol, title: title,
                    item: symbol.contains("C.1") ? "3" : nil, sponsors: sponsors))
        }
        for body in ["plenary", "whole"] { steps.append(served(ConferenceAgendaAdopted(conference: id, body: body, items: items))) }
        steps.append(
            served(
                ConferenceCredentialsReported(
                    conference: id, document: "A/CONF.900/2", inOrder: Self.codes(Self.states.filter { $0 != "JAM" }),
                    provisional: Self.codes(["JAM"]))))
        return steps
    }

    // MARK: Meetings

    private func opening(_ session: ConferenceSession, item: String, absent: [String] = []) -> [Step] {
        var steps = [
            presided(
                ConferenceMeetingChanged(
                    conference: session.conference, body: session.body, meeting: session.meeting, change: .opened, isPublic: true))
        ]
        for code in Self.states + Self.observers where !absent.contains(code) {
            guard let actor = ActorCode(rawValue: code) else { continue }
            steps.append(
                said(
                    code,
                    ConferencePresenceNoted(
                        conference: session.conference, body: session.body, meeting: session.meeting, actor: actor, isPresent: true)))
        }
        steps.append(
            presided(
                ConferenceFocusSet(conference: session.conference, body: session.body, meeting: session.meeting, item: item)))
        return steps
    }

    private func adjourning(_ session: ConferenceSession) -> Step {
        presided(
            ConferenceMeetingChanged(
                conference: session.conference, body: session.body, meeting: session.meeting, change: .adjourned))
    }

    /// Asked for, given and ended, one after another.
    private func statements(_ session: ConferenceSession, _ speakers: [String], item: String) -> [Step] {
        var steps: [Step] = []
        for (number, code) in speakers.enumerated() {
            guard let actor = ActorCode(rawValue: code) else { continue }
            steps.append(
                said(
                    code,
                    ConferenceFloorRequested(
                        session: session, request: "r\(number + 1)", actor: actor, purpose: .statement, item: item)))
        }
        for (number, code) in speakers.enumerated() {
            guard let actor = ActorCode(rawValue: code) else { continue }
            steps.append(presided(ConferenceFloorGiven(session: session, request: "r\(number + 1)", actor: actor)))
            steps.append(presided(ConferenceFloorEnded(session: session, request: "r\(number + 1)", reason: .finished)))
        }
        return steps
    }

    var firstMeeting: [Step] {
        let session = ConferenceSession(conference: Self.conference, body: "plenary", meeting: 1)
        return opening(session, item: "2") + statements(session, ["KEN", "FRA", "FJI", "IND", "VAT"], item: "2") + [adjourning(session)]
    }

    var committee: [Step] {
        let session = ConferenceSession(conference: Self.conference, body: "whole", meeting: 1)
        return opening(session, item: "3") + statements(session, ["NOR", "KEN", "EGY"], item: "3") + [adjourning(session)]
    }

    /// A draft resolution with an amendment waits for its decision; a recorded vote on it was asked for, and speakers wait.
    var secondMeeting: [Step] {
        let session = ConferenceSession(conference: Self.conference, body: "plenary", meeting: 2)
        var steps = opening(session, item: "4", absent: Self.absent)
        for (number, code) in ["KEN", "NOR", "FJI"].enumerated() {
            guard let actor = ActorCode(rawValue: code) else { continue }
            steps.append(
                said(
                    code,
                    ConferenceFloorRequested(session: session, request: "s\(number + 1)", actor: actor, purpose: .statement, item: "4")))
        }
        guard let kenya = ActorCode(rawValue: "KEN"), let egypt = ActorCode(rawValue: "EGY"), let canada = ActorCode(rawValue: "CAN") else {
            return steps
        }
        steps.append(presided(ConferenceFloorGiven(session: session, request: "s1", actor: kenya)))
        let parts = [
            "Decides to open the Convention for signature at Nairobi, under as dark a sky as the host can offer;",
            "Invites the Secretary-General to act as depositary of the Convention.",
        ]
        steps.append(
            said(
                "KEN",
                ConferenceProposalSubmitted(
                    session: session, proposal: "p1", sponsors: Self.codes(["KEN", "FRA", "FJI"]), item: "4",
                    parts: parts.enumerated().map {
                        ConferenceProposalPart(part: String($0.offset + 1), isOperative: true, text: $0.element)
                    },
                    circulated: received)))
        steps.append(
            said(
                "EGY",
                ConferenceProposalSubmitted(
                    session: session, proposal: "p2", sponsors: [egypt], item: "4", amends: "p1",
                    parts: [
                        ConferenceProposalPart(part: "1", isOperative: true, text: "In paragraph 1, after Nairobi, insert: and at Siwa.")
                    ],
                    circulated: received)))
        steps.append(presided(ConferenceFloorEnded(session: session, request: "s1", reason: .finished)))
        for (number, proposal) in ["p1", "p2"].enumerated() {
            steps.append(
                presided(
                    ConferenceRulingGiven(
                        session: session, ruling: "u\(number + 1)", subject: .circulation, concerns: proposal, isAllowed: true)))
        }
        steps.append(
            said(
                "CAN",
                ConferenceMotionMade(
                    session: session, motion: "m1", actor: canada, motionKind: .recordedVote, proposal: "p1",
                    text: "So that everybody sees who wants what.")))
        return steps
    }
}
