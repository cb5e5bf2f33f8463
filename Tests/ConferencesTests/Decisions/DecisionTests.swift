import Acts
import Testing

@testable import Conferences

@Suite("Decisions")
struct DecisionTests {
    @Test(
        "Majorities are taken of those present and voting; who abstains does not vote (GA rules 82 to 86; BBNJ draft rules 2(5), 47)",
        arguments: [
            (Majority.simple, 24, 24, VoteOutcome.tied, 25), (.simple, 25, 24, .adopted, 25), (.simple, 1, 0, .adopted, 1),
            (.simple, 0, 0, .tied, 1), (.twoThirds, 43, 37, .rejected, 54), (.twoThirds, 54, 26, .adopted, 54),
            (.twoThirds, 2, 1, .adopted, 2),
            (.twoThirds, 65, 33, .rejected, 66), (.twoThirds, 40, 40, .tied, 54), (.threeFourths, 3, 1, .adopted, 3),
            (.threeFourths, 74, 26, .rejected, 75), (.threeFourths, 75, 25, .adopted, 75),
        ])
    func majorities(majority: Majority, yes: Int64, no: Int64, outcome: VoteOutcome, needed: Int64) {
        for abstaining in [0, 1, 90] as [Int64] {
            let tally = Tally(yes: yes, no: no, abstaining: abstaining)
            #expect(majority.outcome(of: tally) == outcome)
            #expect(majority.needed(of: tally) == needed)
        }
    }

    @Test("A majority can be of all members, as of those voting")
    func ofMembers() throws {
        let members = try #require(Majority(name: "absolute", numerator: 1, denominator: 2, isStrict: true, base: .members))
        #expect(members.needed(of: Tally(yes: 90, no: 0, members: 193)) == 97)
        #expect(members.outcome(of: Tally(yes: 96, no: 2, members: 193)) == .rejected)
        #expect(Majority(name: "more than all", numerator: 1, denominator: 1, isStrict: true) == nil)
        #expect(Majority(name: "nothing", numerator: 0, denominator: 1, isStrict: false) == nil)
    }

    @Test("A tie in plenary is voted on a second time at a following meeting, and a second tie rejects (GA rule 95)")
    func tieInPlenary() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        let tied = try room.vote("d1", yes: 6, no: 6)
        #expect(tied.outcome == .tied)
        #expect(tied.rules.contains("GA rule 95"))
        #expect(room.state.proposal("L.1")?.fate == .pending)
        guard case .later(let question, 48)? = room.engine.votingOrder(room.state).first else {
            Issue.record("the second vote is not put off: \(room.engine.votingOrder(room.state))")
            return
        }
        #expect(try #require(room.refusal(of: room.opening("d2", question, method: .recorded))) == ("second-vote-later", "GA rule 95"))

        room.state.begin(meeting: 2)
        room.state.present = Set(Room.members)
        #expect(try room.question().repeats == "d1")
        let second = try room.vote("d2", yes: 5, no: 5, abstain: 2)
        #expect(second.outcome == .rejectedByTie)
        #expect(room.state.proposal("L.1")?.fate == .rejected)
    }

    @Test("A tie in a Main Committee rejects (GA rule 133)")
    func tieInCommittee() throws {
        var room = try Room("general-assembly-committee")
        try room.submit("L.1")
        let tied = try room.vote("d1", yes: 4, no: 4, abstain: 4, method: .showOfHands)
        #expect(tied.outcome == .rejectedByTie)
        #expect(tied.rules.contains("GA rule 133"))
        #expect(room.state.proposal("L.1")?.fate == .rejected)
    }

    @Test("A tie in a conference of the parties is voted on again at once (BBNJ draft rule 47(6))")
    func tieInConference() throws {
        var room = try Room("conference-of-parties")
        try room.submit("L.1")
        try room.exhaustConsensus()
        #expect(try room.vote("d1", yes: 6, no: 6).outcome == .tied)
        #expect(try room.question().repeats == "d1")
        #expect(try room.vote("d2", yes: 8, no: 4).outcome == .adopted)
        #expect(room.state.proposal("L.1")?.fate == .adopted)
    }

    @Test("Consensus comes first where the rules say so (BBNJ draft rule 47), and alone where they say that")
    func consensusFirst() throws {
        var room = try Room("conference-of-parties")
        try room.submit("L.1", matter: "budget")
        let vote = room.opening("d", room.put("L.1", .proposal), method: .recorded)
        #expect(try #require(room.refusal(of: vote)) == ("consensus-first", "BBNJ draft rule 47(3)(c); BBNJ Agreement art. 47(6)(e)"))
        try room.exhaustConsensus()
        #expect(try room.question().requirement.majority == .threeFourths)
        #expect(room.refusal(of: vote) == nil)

        var small = try Room("consensus")
        try small.submit("L.1")
        small.now = small.now.adding(milliseconds: 86_400_000)
        #expect(small.refusal(of: small.opening("d", small.put("L.1", .proposal), method: .recorded))?.code == "consensus-only")
        try small.enter(small.opening("d", small.put("L.1", .proposal), method: .consensus))
        try small.enter(ConferenceObjectionRaised(session: small.session, decision: "d", actor: Room.code("GHA"), paragraph: "OP4"))
        #expect(try small.engine.result(of: "d", small.state).outcome == .objected)
    }

    @Test("Consensus is the absence of objection, not unanimity: who dissociates does not block, and observers neither")
    func consensus() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.enter(room.opening("d", room.put("L.1", .proposal), method: .consensus))
        let observer = ConferenceObjectionRaised(session: room.session, decision: "d", actor: Room.observer)
        #expect(room.refusal(of: observer)?.code == "observer")
        let result = try room.engine.result(of: "d", room.state)
        #expect(result.outcome == .adoptedByConsensus)
        try room.enter(result)
        try room.enter(ConferenceDissociated(session: room.session, decision: "d", actor: Room.code("HUN"), paragraph: "OP2"))
        #expect(room.state.decision("d")?.dissociations.count == 1)
        #expect(room.state.proposal("L.1")?.fate == .adopted)
    }

    @Test("The chair announces what the votes come to, and nothing else")
    func falseResults() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.enter(room.opening("d", room.put("L.1", .proposal), method: .recorded))
        for (index, actor) in Room.members.enumerated() {
            try room.enter(ConferenceVoteCast(session: room.session, decision: "d", actor: actor, vote: index < 5 ? .yes : .no))
        }
        var result = try room.engine.result(of: "d", room.state)
        #expect(result.outcome == .rejected)
        result.outcome = .adopted
        #expect(room.refusal(of: result)?.code == "result")
    }

    @Test("Nobody votes twice, without a vote, or where names are not taken; a vote can be corrected until the result")
    func voting() throws {
        var room = try Room("general-assembly")
        room.state.seats[2].mayVote = false
        try room.submit("L.1")
        try room.enter(room.opening("d", room.put("L.1", .proposal), method: .recorded))
        let vote = ConferenceVoteCast(session: room.session, decision: "d", actor: Room.code("FRA"), vote: .yes)
        try room.enter(vote)
        #expect(try #require(room.refusal(of: vote)) == ("voted", "GA rule 88"))
        #expect(
            room.refusal(of: ConferenceVoteCast(session: room.session, decision: "d", actor: Room.members[2], vote: .yes))?.code
                == "no-vote")
        #expect(
            room.refusal(of: ConferenceVoteCast(session: room.session, decision: "d", actor: Room.observer, vote: .yes))?.code == "observer"
        )
        #expect(
            room.refusal(of: ConferenceVoteCast(session: room.session, decision: "x", actor: Room.code("FRA"), vote: .yes))?.code
                == "unknown")
        try room.enter(ConferenceVoteChanged(session: room.session, decision: "d", actor: Room.code("FRA"), vote: .no))
        #expect(room.state.decision("d").map { room.state.tally(of: $0).no } == 1)
        // Voting is not interrupted (GA rule 88), but for a point of order on its conduct.
        #expect(
            room.refusal(of: ConferenceMotionMade(session: room.session, motion: "m", actor: Room.code("BRA"), motionKind: .closeDebate))?
                .rule == "GA rule 88")
        try room.move("p", .pointOfOrder)
        try room.enter(try room.engine.result(of: "d", room.state))
        #expect(
            room.refusal(of: ConferenceVoteChanged(session: room.session, decision: "d", actor: Room.code("FRA"), vote: .yes))?.code
                == "decision-closed")
    }

    @Test("A decision needs a majority of the members in the room (GA rule 67 / 108; BBNJ draft rule 34)")
    func quorum() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        room.state.present = Set(Room.members.prefix(6))
        #expect(
            try #require(room.refusal(of: room.opening("d", room.put("L.1", .proposal), method: .recorded))) == (
                "quorum-to-decide", "GA rule 67"
            ))
        room.state.present = Set(Room.members.prefix(7))
        try room.enter(room.opening("d", room.put("L.1", .proposal), method: .recorded))
        // One leaves before the result: nothing is decided.
        room.state.present = Set(Room.members.prefix(6))
        #expect(try room.engine.result(of: "d", room.state).outcome == .noQuorum)
    }

    @Test("Nothing is voted on that was not circulated the day before, unless the chair permits it (GA rule 78 / 120; BBNJ draft rule 42)")
    func circulation() throws {
        var room = try Room("general-assembly")
        try room.enter(
            ConferenceProposalSubmitted(session: room.session, proposal: "L.1", sponsors: [Room.code("AUS")], circulated: room.now))
        let vote = room.opening("d", room.put("L.1", .proposal), method: .recorded)
        #expect(try #require(room.refusal(of: vote)) == ("not-circulated", "GA rule 78"))
        try room.enter(ConferenceRulingGiven(session: room.session, ruling: "r", subject: .circulation, concerns: "L.1", isAllowed: true))
        #expect(room.refusal(of: vote) == nil)
    }

    @Test("A regional organization votes with the number of its members in the body, or they vote: never both (BBNJ Agreement art. 64(2))")
    func organizations() throws {
        var room = try Room("conference-of-parties")
        room.state.seats.append(
            MeetingState.Seat(
                actor: Room.code("EU"), names: ["en": "European Union"], members: [Room.code("DEU"), Room.code("FRA"), Room.code("ITA")]))
        room.state.present.insert(Room.code("EU"))
        // Italy is no Party here: its vote is nobody's.
        #expect(room.state.seat(Room.code("EU")).map { room.state.votes(of: $0) } == 2)
        #expect(room.state.membersVotes == 12)
        #expect(room.state.presentVotes == 12)
        room.state.present.subtract([Room.code("DEU"), Room.code("FRA")])
        #expect(room.state.presentVotes == 12)
        try room.submit("L.1")
        try room.exhaustConsensus()
        try room.enter(room.opening("d", room.put("L.1", .proposal), method: .recorded))
        try room.enter(ConferenceVoteCast(session: room.session, decision: "d", actor: Room.code("EU"), vote: .yes))
        let member = ConferenceVoteCast(session: room.session, decision: "d", actor: Room.code("DEU"), vote: .no)
        #expect(try #require(room.refusal(of: member)) == ("organization-votes", "BBNJ Agreement art. 64(2)"))
        #expect(room.state.decision("d").map { room.state.tally(of: $0).yes } == 2)
    }

    @Test("Weighted votes count by their weight, for the result and for the quorum")
    func weights() throws {
        var room = try Room("general-assembly")
        room.state.seats[0].votes = 20
        #expect(room.state.membersVotes == 31)
        room.state.present = [Room.members[0]]
        #expect(room.engine.quorum(room.state).isMetToDecide)
        try room.submit("L.1", by: ["BRA"])
        try room.enter(room.opening("d", room.put("L.1", .proposal), method: .recorded))
        try room.enter(ConferenceVoteCast(session: room.session, decision: "d", actor: Room.members[0], vote: .yes))
        for actor in Room.members.dropFirst() {
            try room.enter(ConferenceVoteCast(session: room.session, decision: "d", actor: actor, vote: .no))
        }
        let result = try room.engine.result(of: "d", room.state)
        #expect((result.yes, result.no) == (20, 11))
        #expect(result.outcome == .adopted)
    }

    @Test("The roll is called in the language's alphabetical order, from the name that was drawn (GA rule 87 / 127; BBNJ draft rule 53)")
    func rollCall() throws {
        let names = [
            ("CIV", "Côte d’Ivoire", "Côte d’Ivoire"), ("CRI", "Costa Rica", "Costa Rica"), ("HRV", "Croatia", "Croatie"),
            ("EGY", "Egypt", "Égypte"), ("SLV", "El Salvador", "El Salvador"), ("ARE", "United Arab Emirates", "Émirats arabes unis"),
            ("ZMB", "Zambia", "Zambie"),
        ]
        var state = MeetingState(
            session: Room.session,
            seats: names.reversed().map { MeetingState.Seat(actor: Room.code($0.0), names: ["en": $0.1, "fr": $0.2]) })
        #expect(state.rollCall(language: "en", drawn: nil).map(\.rawValue) == ["CRI", "CIV", "HRV", "EGY", "SLV", "ARE", "ZMB"])
        #expect(
            state.rollCall(language: "en", drawn: Room.code("EGY")).map(\.rawValue) == ["EGY", "SLV", "ARE", "ZMB", "CRI", "CIV", "HRV"])
        #expect(state.rollCall(language: "fr", drawn: nil).map(\.rawValue) == ["CRI", "CIV", "HRV", "EGY", "SLV", "ARE", "ZMB"])
        state.seats[0].mayVote = false
        #expect(!state.rollCall(language: "en", drawn: nil).contains(Room.code("ZMB")))
    }

    @Test("A request of one for a roll call is met by the next vote, which then takes names")
    func rollCallOnRequest() throws {
        var room = try Room("general-assembly")
        try room.submit("L.1")
        try room.move("m", .rollCall, proposal: "L.1")
        #expect(try room.question().requirement.method == .rollCall)
        #expect(room.refusal(of: room.opening("d", try room.question(), method: .showOfHands))?.code == "requirement")
        var undrawn = room.opening("d", try room.question(), method: .rollCall)
        undrawn.drawn = nil
        #expect(room.refusal(of: undrawn)?.code == "motion-needs")
        try room.vote("d", yes: 9, no: 2, method: .rollCall)
        #expect(room.state.motion("m")?.fate == .granted)
    }

    @Test(
        "A sponsor does not explain its vote on its own proposal (GA rule 88), except where the rules let it once amended (BBNJ draft rule 54)"
    )
    func explanations() throws {
        for (rules, mayWhenAmended) in [("general-assembly", false), ("conference-of-parties", true)] {
            var room = try Room(rules)
            try room.submit("L.1", by: ["AUS"])
            try room.submit("L.2", by: ["BRA"], amends: "L.1")
            let explanation = ConferenceExplanationGiven(session: room.session, decision: "d2", actor: Room.code("AUS"), isBefore: false)
            try room.exhaustConsensus()
            try room.vote("d1", yes: 9, no: 1)
            try room.vote("d2", yes: 9, no: 1)
            #expect((room.refusal(of: explanation) == nil) == mayWhenAmended)
            #expect(
                room.refusal(
                    of: ConferenceExplanationGiven(session: room.session, decision: "d2", actor: Room.code("KEN"), isBefore: false)) == nil)
        }
    }
}
