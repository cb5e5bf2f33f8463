import Acts
import Testing

@testable import Conferences

@Suite("Motions, points of order and their precedence")
struct MotionTests {
    @Test(
        "Motions are dealt with by precedence, whatever the order they were made in (GA rule 77 / 119; BBNJ draft rule 43)",
        arguments: ["general-assembly", "general-assembly-committee", "conference-of-parties"])
    func precedence(rules: String) throws {
        var room = try Room(rules)
        try room.move("close", .closeDebate, by: "AUS")
        try room.move("adjourn-debate", .adjournDebate, by: "BRA")
        try room.move("adjourn", .adjournMeeting, by: "CAN")
        try room.move("suspend", .suspendMeeting, by: "DEU")
        #expect(room.engine.answers(room.state).pending.map(\.motion) == ["suspend", "adjourn", "adjourn-debate", "close"])
        let lower = try #require(room.state.motion("close"))
        let question = room.engine.question(of: lower, try #require(room.engine.rules.motion(.closeDebate)), room.state)
        #expect(room.refusal(of: room.opening("d", question, method: .showOfHands))?.code == "decision-first")
        // A point of order stands above all of them.
        try room.move("point", .pointOfOrder, by: "EGY")
        #expect(room.engine.next(room.state) == .rule(motion: "point", rule: try #require(room.engine.rules.motion(.pointOfOrder)).rule))
        try room.enter(
            ConferenceRulingGiven(session: room.session, ruling: "r", subject: .pointOfOrder, concerns: "point", isAllowed: false))
        #expect(try room.vote("d1", yes: 2, no: 8).outcome == .rejected)
        #expect(try room.question().concerns == "adjourn")
    }

    @Test(
        "As many speak on a motion as its rule says, and it is put to the vote at once after them",
        arguments: [
            // GA rules 74, 75, 76; BBNJ draft rule 43(2).
            ("general-assembly", ConferenceMotionKind.adjournDebate, 2, 2), ("general-assembly", .closeDebate, 0, 2),
            ("general-assembly", .suspendMeeting, 0, 0), ("conference-of-parties", .adjournDebate, 1, 2),
            ("conference-of-parties", .closeDebate, 1, 2), ("conference-of-parties", .suspendMeeting, 1, 2),
        ])
    func speakers(rules: String, kind: ConferenceMotionKind, inFavour: Int, against: Int) throws {
        var room = try Room(rules)
        try room.request("later", by: "LBN")
        try room.move("m", kind, by: "BRA")
        for (purpose, most, first) in [(ConferenceFloorPurpose.forMotion, inFavour, 2), (.againstMotion, against, 6)] {
            for index in 0..<most { try room.request("\(purpose)\(index)", purpose, by: Room.members[first + index].rawValue, motion: "m") }
            let more = ConferenceFloorRequested(
                session: room.session, request: "more", actor: Room.code("KEN"), purpose: purpose, motion: "m")
            let refusal = try #require(room.refusal(of: more))
            #expect(refusal.code == "speakers-heard")
            #expect(refusal.rule == room.engine.rules.motion(kind)?.rule)
        }
        let heard = room.engine.speakers(room.state).map(\.request)
        #expect(heard.count == inFavour + against)
        #expect(!heard.contains("later"))
        if inFavour + against > 0 {
            let open = room.opening(
                "d",
                room.engine.question(of: try #require(room.state.motion("m")), try #require(room.engine.rules.motion(kind)), room.state),
                method: .showOfHands)
            #expect(room.refusal(of: open)?.code == "not-next")
        }
        for request in heard { try room.speak(request) }
        #expect(try room.vote("d", yes: 7, no: 3, method: .showOfHands).outcome == .adopted)
        #expect(room.state.motion("m")?.fate == .granted)
    }

    @Test("A carried motion does what it says")
    func effects() throws {
        var room = try Room("general-assembly")
        try room.request("s1", by: "AUS")
        try room.move("m", .limitSpeakers, seconds: 180)
        try room.vote("d1", yes: 6, no: 5)
        #expect(room.engine.speakers(room.state).first?.seconds == 180)
        #expect(room.engine.speakers(room.state).first?.rules == ["GA rule 68", "GA rule 72"])
        try room.move("m2", .closeDebate)
        try room.vote("d2", yes: 6, no: 5)
        #expect(room.engine.speakers(room.state).isEmpty)
        let late = ConferenceFloorRequested(session: room.session, request: "s2", actor: Room.code("FRA"), purpose: .statement)
        #expect(try #require(room.refusal(of: late)).code == "debate-over")
        try room.move("m3", .suspendMeeting)
        try room.vote("d3", yes: 11, no: 0)
        #expect(room.state.phase == .suspended)
        #expect(room.engine.next(room.state) == .open)
        #expect(
            room.refusal(
                of: ConferenceFloorRequested(session: room.session, request: "s3", actor: Room.code("FRA"), purpose: .rightOfReply))?.code
                == "meeting-not-open")
    }

    @Test("A no-action motion leaves the proposal, or the item, undecided (GA rule 74 / 116)")
    func noAction() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.submit("L.2")
        try room.move("m1", .adjournDebate, proposal: "L.1")
        try room.vote("d1", yes: 7, no: 5)
        #expect(room.state.proposal("L.1")?.fate == .lapsed)
        #expect(room.concerns == ["L.2"])
        try room.move("m2", .adjournDebate)
        try room.vote("d2", yes: 7, no: 5)
        #expect(room.concerns.isEmpty)
        let vote = room.opening("d3", room.put("L.2", .proposal), method: .recorded)
        #expect(room.refusal(of: vote)?.code == "debate-over")
    }

    @Test("A tied motion fails in a General Assembly, and is voted on again at once in a conference of the parties")
    func tiedMotions() throws {
        var assembly = try Room("general-assembly")
        try assembly.move("m", .closeDebate)
        #expect(try assembly.vote("d", yes: 5, no: 5).outcome == .rejectedByTie)
        #expect(assembly.state.motion("m")?.fate == .refused)
        var conference = try Room("conference-of-parties")
        try conference.move("m", .closeDebate)
        #expect(try conference.vote("d", yes: 5, no: 5).outcome == .tied)
        #expect(try conference.question().repeats == "d")
        #expect(try conference.vote("d2", yes: 5, no: 5).outcome == .rejectedByTie)
        #expect(conference.state.motion("m")?.fate == .refused)
    }

    @Test("A body changes its rules by its own decision (GA rule 163; BBNJ draft rule 62), and to rules that can be read")
    func changingTheRules() throws {
        var room = try Room("general-assembly")
        var rules = try Room.rules("general-assembly")
        rules.speakers.seconds = 300
        var adopted = ConferenceProcedureAdopted(conference: "c", body: "plenary", procedure: "own", rules: rules.json)
        #expect(try #require(room.refusal(of: adopted)) == ("rules-unchanged", "GA rule 163"))
        try room.move("m", .changeRules)
        try room.vote("d", yes: 5, no: 6)
        adopted.decision = "d"
        #expect(room.refusal(of: adopted)?.code == "rules-unchanged")
        try room.move("m2", .changeRules)
        try room.vote("d2", yes: 6, no: 5)
        adopted.decision = "d2"
        #expect(room.refusal(of: adopted) == nil)
        adopted.rules = ["procedure": "own"]
        #expect(room.refusal(of: adopted)?.code == "rules-malformed")
    }

    @Test("An observer moves nothing", arguments: ConferenceMotionKind.allCases)
    func observersMoveNothing(kind: ConferenceMotionKind) throws {
        let room = try Room("conference-of-parties")
        let motion = ConferenceMotionMade(session: room.session, motion: "m", actor: Room.observer, motionKind: kind)
        #expect(try #require(room.refusal(of: motion)) == ("observer", "BBNJ draft rule 8(4)"))
    }

    @Test("A ruling on a point of order is given at once; an appeal is voted at once, and the ruling stands unless a majority overrules it")
    func appeals() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.move("p", .pointOfOrder, by: "EGY", text: "The item is not on the agenda.")
        let second = ConferenceMotionMade(session: room.session, motion: "p2", actor: Room.code("FRA"), motionKind: .pointOfOrder)
        #expect(try #require(room.refusal(of: second)) == ("ruling-first", "GA rule 71"))
        try room.enter(ConferenceRulingGiven(session: room.session, ruling: "r", subject: .pointOfOrder, concerns: "p", isAllowed: false))
        try room.enter(ConferenceRulingAppealed(session: room.session, appeal: "a", ruling: "r", actor: Room.code("EGY")))
        #expect(room.refusal(of: room.opening("x", room.put("L.1", .proposal), method: .recorded))?.code == "decision-first")
        // Six to six: no majority overrules, so the ruling stands, and there is no second vote on it.
        let tied = try room.vote("d", yes: 6, no: 6)
        #expect(tied.outcome == .rejectedByTie)
        #expect(room.state.ruling("r")?.standing == .upheld)
        let again = ConferenceRulingAppealed(session: room.session, appeal: "a2", ruling: "r", actor: Room.code("FRA"))
        #expect(try #require(room.refusal(of: again)) == ("no-appeal", "GA rule 71"))

        try room.move("p3", .pointOfOrder, by: "EGY")
        try room.enter(ConferenceRulingGiven(session: room.session, ruling: "r2", subject: .pointOfOrder, concerns: "p3", isAllowed: false))
        try room.enter(ConferenceRulingAppealed(session: room.session, appeal: "a3", ruling: "r2", actor: Room.code("EGY")))
        #expect(try room.vote("d2", yes: 7, no: 5).outcome == .adopted)
        #expect(room.state.ruling("r2")?.standing == .overruled)
        #expect(room.state.motion("p3")?.fate == .granted)
    }

    @Test("Competence is decided before the proposal (GA rule 79 / 121; BBNJ draft rule 40): without it the proposal falls")
    func competence() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.submit("L.2", amends: "L.1")
        try room.move("m", .competence, proposal: "L.1")
        #expect(room.refusal(of: room.opening("x", room.put("L.2", .amendment), method: .recorded))?.code == "decision-first")
        try room.vote("d", yes: 8, no: 2)
        #expect(room.state.proposal("L.1")?.fate == .lapsed)
        #expect(room.state.proposal("L.2")?.fate == .lapsed)
    }

    @Test("Reconsideration needs two thirds (GA rule 81 / 123; BBNJ draft rule 45), and brings the proposal back")
    func reconsideration() throws {
        var room = try Room("general-assembly-committee")
        try room.submit("L.1")
        let early = ConferenceMotionMade(
            session: room.session, motion: "m0", actor: Room.code("FRA"), motionKind: .reconsider, proposal: "L.1")
        #expect(room.refusal(of: early)?.code == "motion-needs")
        try room.vote("d1", yes: 3, no: 8)
        try room.move("m1", .reconsider, proposal: "L.1")
        #expect(try room.vote("d2", yes: 7, no: 5).outcome == .rejected)
        try room.move("m2", .reconsider, proposal: "L.1")
        #expect(try room.vote("d3", yes: 8, no: 4).outcome == .adopted)
        #expect(room.concerns == ["L.1"])
    }

    @Test("A proposal is withdrawn before voting begins and if not amended; anybody may bring it back; nobody votes on it meanwhile")
    func withdrawal() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1", by: ["AUS", "BRA"])
        let stranger = ConferenceProposalWithdrawn(session: room.session, proposal: "L.1", actor: Room.code("FRA"))
        #expect(try #require(room.refusal(of: stranger)) == ("not-sponsor", "GA rule 80"))
        try room.enter(ConferenceProposalWithdrawn(session: room.session, proposal: "L.1", actor: Room.code("AUS")))
        #expect(room.state.proposal("L.1")?.fate == .pending)
        try room.enter(ConferenceProposalWithdrawn(session: room.session, proposal: "L.1", actor: Room.code("BRA")))
        #expect(room.refusal(of: room.opening("d", room.put("L.1", .proposal), method: .recorded))?.code == "not-before-body")
        try room.enter(ConferenceProposalReintroduced(session: room.session, proposal: "L.1", actor: Room.code("KEN")))
        try room.submit("L.2", amends: "L.1")
        try room.vote("d1", yes: 8, no: 3)
        let late = ConferenceProposalWithdrawn(session: room.session, proposal: "L.1", actor: Room.code("KEN"))
        #expect(try #require(room.refusal(of: late)) == ("voting-begun", "GA rule 80"))
    }

    @Test("A flood from one delegation is stopped: of requests, of motions, of the same motion")
    func floods() throws {
        var room = try Room("general-assembly")
        try room.request("1", by: "AUS")
        try room.request("2", by: "AUS")
        let third = ConferenceFloorRequested(session: room.session, request: "3", actor: Room.code("AUS"), purpose: .statement)
        #expect(try #require(room.refusal(of: third)) == ("too-many", "GA rule 68"))
        try room.move("m1", .suspendMeeting)
        #expect(
            room.refusal(
                of: ConferenceMotionMade(session: room.session, motion: "m2", actor: Room.code("FRA"), motionKind: .suspendMeeting))?.code
                == "motion-again")
        try room.move("m3", .closeDebate)
        #expect(
            room.refusal(
                of: ConferenceMotionMade(session: room.session, motion: "m4", actor: Room.code("BRA"), motionKind: .adjournDebate))?.code
                == "too-many")
    }

    @Test("Every set answers for every motion with a rule, at every moment of a meeting")
    func answersAlwaysCite() throws {
        for rules in try ShippedProcedures.load().sets {
            var room = try Room(rules.name)
            try room.submit("L.1")
            for phase in [MeetingState.Phase.notOpen, .open, .suspended, .adjourned] {
                room.state.phase = phase
                let answers = room.engine.answers(room.state)
                #expect(answers.motions.count == rules.motions.count)
                #expect(answers.motions.allSatisfy { !$0.rule.isEmpty })
                #expect(answers.motions.contains(where: \.isInOrder) == (phase == .open || phase == .suspended))
            }
        }
    }
}
