import Acts
import Testing

@testable import Conferences

/// GA rules 89 to 91 and 129 to 131; BBNJ draft rules 49 to 52.
@Suite("The order of voting on amendments and proposals")
struct AmendmentVotingTests {
    @Test("Rule 90: of three amendments the adoption of one implies the rejection of another, which is not put to the vote")
    func adoptingOneKillsAnother() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        for amendment in ["L.2", "L.3", "L.4"] { try room.submit(amendment, by: ["CAN"], amends: "L.1") }
        // The chair has said nothing yet: it is its judgement which is furthest removed in substance.
        #expect(
            room.engine.next(room.state)
                == .vote(.order(proposal: "L.1", amendments: ["L.2", "L.3", "L.4"], rule: "GA rule 90")))
        let first = try #require(room.refusal(of: room.opening("d", room.put("L.2", .amendment), method: .recorded)))
        #expect(first == ("ruling-first", "GA rule 90"))

        try room.enter(
            ConferenceRulingGiven(
                session: room.session, ruling: "r1", subject: .orderOfAmendments, concerns: "L.1", order: ["L.3", "L.2", "L.4"],
                implied: [ConferenceImpliedRejection(adopted: "L.3", rejected: ["L.4"])]))
        #expect(room.concerns == ["L.3", "L.2", "L.4", "L.1"])
        #expect(room.state.proposal("L.4")?.fate == .pending)

        let adopted = try room.vote("d1", yes: 7, no: 4)
        #expect(adopted.outcome == .adopted)
        #expect(adopted.rules.joined(separator: " ").contains("GA rule 90"))
        #expect(room.state.proposal("L.4")?.fate == .rejectedByImplication)
        #expect(room.concerns == ["L.2", "L.1"])
        #expect(room.refusal(of: room.opening("x", room.put("L.4", .amendment), method: .recorded))?.code == "not-before-body")

        #expect(try room.vote("d2", yes: 3, no: 8).outcome == .rejected)
        // One or more amendments were adopted: the amended proposal is then voted on.
        #expect(try room.question().subject == .proposal)
        #expect(try room.vote("d3", yes: 9, no: 1, abstain: 2).outcome == .adopted)
        #expect(room.state.proposal("L.1")?.isAmended == true)
        #expect(room.engine.next(room.state) == .nothing)
    }

    @Test("Where the first is rejected, the one whose rejection it would have implied is voted on")
    func rejectionImpliesNothing() throws {
        var room = try Room("general-assembly-committee")
        try room.submit("L.1")
        for amendment in ["L.2", "L.3"] { try room.submit(amendment, amends: "L.1") }
        try room.enter(
            ConferenceRulingGiven(
                session: room.session, ruling: "r1", subject: .orderOfAmendments, concerns: "L.1", order: ["L.2", "L.3"],
                implied: [ConferenceImpliedRejection(adopted: "L.2", rejected: ["L.3"])]))
        #expect(try room.vote("d1", yes: 5, no: 6).outcome == .rejected)
        #expect(room.concerns == ["L.3", "L.1"])
    }

    @Test("A sub-amendment is voted before the amendment it amends")
    func subAmendmentsFirst() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.submit("L.2", amends: "L.1")
        try room.submit("L.3", amends: "L.2")
        #expect(room.concerns == ["L.3", "L.2", "L.1"])
    }

    @Test("A ruling on the order names every amendment before the body, and no other")
    func orderIsWhole() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        for amendment in ["L.2", "L.3"] { try room.submit(amendment, amends: "L.1") }
        for order in [["L.2"], ["L.2", "L.3", "L.4"], ["L.2", "L.2"], []] {
            let ruling = ConferenceRulingGiven(
                session: room.session, ruling: "r", subject: .orderOfAmendments, concerns: "L.1", order: order)
            #expect(try #require(room.refusal(of: ruling)) == ("order-incomplete", "GA rule 90"))
        }
    }

    @Test(
        "Rule 89: a paragraph vote that rejects all operative parts rejects the proposal as a whole",
        arguments: ["general-assembly", "conference-of-parties"])
    func allOperativePartsRejected(rules: String) throws {
        var room = try Room(rules)
        try room.submit("L.1", parts: [("PP1", false), ("OP1", true), ("OP2", true)])
        try room.submit("L.2", by: ["DEU"])
        try room.move("m1", .division, proposal: "L.1", parts: ["OP2", "OP1"])
        // Nobody objects: the chair allows the request.
        try room.enter(ConferenceRulingGiven(session: room.session, ruling: "r1", subject: .division, concerns: "m1", isAllowed: true))
        try room.exhaustConsensus()
        #expect(room.parts == [["OP1"], ["OP2"], []])
        #expect(try room.vote("d1", yes: 3, no: 8).outcome == .rejected)
        #expect(room.state.proposal("L.1")?.fate == .pending)
        #expect(try room.vote("d2", yes: 2, no: 9).outcome == .rejected)
        #expect(room.state.proposal("L.1")?.fate == .rejectedInParts)
        #expect(try room.question().concerns == "L.2")
    }

    @Test("Parts that are approved are then put to the vote as a whole")
    func approvedPartsAsAWhole() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1", parts: [("OP1", true), ("OP2", true)])
        try room.move("m1", .division, proposal: "L.1", parts: ["OP1"])
        try room.enter(ConferenceRulingGiven(session: room.session, ruling: "r1", subject: .division, concerns: "m1", isAllowed: true))
        #expect(try room.vote("d1", yes: 2, no: 9).outcome == .rejected)
        // OP2 stands, so the rest is put as a whole.
        #expect(try room.question().parts == [])
        #expect(try room.vote("d2", yes: 9, no: 2).outcome == .adopted)
    }

    @Test(
        "An objection to division is debated by as many as the rule allows, and put to the vote",
        arguments: [("general-assembly", 2), ("conference-of-parties", 1)])
    func divisionObjected(rules: String, speakers: Int) throws {
        var room = try Room(rules)
        try room.submit("L.1", parts: [("OP1", true)])
        try room.move("m1", .division, proposal: "L.1", parts: ["OP1"])
        try room.enter(ConferenceObjectionRaised(session: room.session, decision: "m1", actor: Room.code("FRA")))
        let allowed = ConferenceRulingGiven(session: room.session, ruling: "r1", subject: .division, concerns: "m1", isAllowed: true)
        #expect(room.refusal(of: allowed)?.code == "decision-first")
        for index in 0..<speakers { try room.request("f\(index)", .forMotion, by: Room.members[index].rawValue, motion: "m1") }
        let more = ConferenceFloorRequested(
            session: room.session, request: "fx", actor: Room.code("KEN"), purpose: .forMotion, motion: "m1")
        #expect(room.refusal(of: more)?.code == "speakers-heard")
        for index in 0..<speakers { try room.speak("f\(index)") }
        #expect(try room.question().subject == .motion)
        #expect(try room.vote("d1", yes: 4, no: 6).outcome == .rejected)
        #expect(room.state.proposal("L.1")?.separate == [])
    }

    @Test("Rule 91: proposals are voted in the order they were submitted, unless the body decides otherwise")
    func orderOfSubmission() throws {
        var room = try Room("general-assembly")
        for id in ["L.1", "L.2", "L.3"] { try room.submit(id) }
        #expect(room.concerns == ["L.1", "L.2", "L.3"])
        #expect(
            try #require(room.refusal(of: room.opening("d", room.put("L.2", .proposal), method: .recorded))) == (
                "decision-first", "GA rule 91"
            ))
        try room.move("m1", .orderOfProposals, proposal: "L.3")
        try room.vote("d1", yes: 8, no: 1, method: .showOfHands)
        #expect(room.concerns == ["L.3", "L.1", "L.2"])
        // After each vote the body may decide not to vote on the next (GA rule 91 / 131).
        try room.vote("d2", yes: 8, no: 1)
        try room.move("m2", .priority, proposal: "L.1")
        try room.vote("d3", yes: 7, no: 2)
        #expect(room.concerns.isEmpty)
        #expect(room.state.proposal("L.2")?.fate == .lapsed)
    }

    @Test("Rule 84: amendments to a proposal on an important question need two thirds, and so do its parts")
    func importantAmendments() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1", matter: "important")
        try room.submit("L.2", amends: "L.1")
        let question = try room.question()
        #expect(question.requirement.majority == .twoThirds)
        #expect(question.requirement.rules.contains("GA rule 84"))
        #expect(try room.vote("d1", yes: 7, no: 4).outcome == .rejected)
        #expect(try room.question().requirement.rules.contains("GA rule 83; Charter art. 18(2)"))
    }

    @Test("What is not merely an amendment is a proposal of its own, if the chair rules so (GA rule 90 / 130; BBNJ draft rule 51)")
    func notAnAmendment() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.submit("L.2", amends: "L.1")
        try room.enter(ConferenceRulingGiven(session: room.session, ruling: "r", subject: .amendment, concerns: "L.2", isAllowed: false))
        #expect(room.concerns == ["L.1", "L.2"])
        // The ruling is overruled on appeal: it is an amendment again.
        try room.enter(ConferenceRulingAppealed(session: room.session, appeal: "a", ruling: "r", actor: Room.code("KEN")))
        #expect(try room.vote("d", yes: 8, no: 3).outcome == .adopted)
        #expect(room.concerns == ["L.2", "L.1"])
    }
}

extension Room {
    /// What the questions to be voted on concern, in order.
    var concerns: [String] {
        engine.votingOrder(state).compactMap { if case .put(let question, _) = $0 { question.concerns } else { nil } }
    }

    var parts: [[String]] {
        engine.votingOrder(state).compactMap { step in
            if case .put(let question, _) = step, question.concerns == "L.1" { question.parts } else { nil }
        }
    }

    func put(_ id: String, _ subject: ConferenceDecisionOpened.Subject) -> Question {
        Question(subject: subject, concerns: id, requirement: engine.requirement(subject, id, state))
    }

    /// The chair rules on every proposal that efforts to reach consensus are exhausted, where the rules ask for it.
    mutating func exhaustConsensus() throws {
        for proposal in state.proposals where proposal.amends == nil {
            try enter(
                ConferenceRulingGiven(
                    session: session, ruling: "consensus-\(proposal.id)", subject: .consensusExhausted, concerns: proposal.id,
                    isAllowed: true))
        }
    }
}
