import Acts
import Testing

@testable import Conferences

@Suite("Changes of the rules of procedure")
struct RulesChangeTests {
    @Test("A change of one set into another leads there and names only what differs", arguments: ["general-assembly", "consensus"])
    func difference(name: String) throws {
        let old = try Room.rules(name)
        let new = try Room.rules("conference-of-parties")
        #expect(try RulesChange(from: old.json, to: new.json).applied(to: old) == new)
        #expect(RulesChange(from: old.json, to: old.json).isEmpty)
        var slower = old
        slower.speakers.seconds = 240
        slower.voting.weights = [Room.code("FRA"): 3]
        let change = RulesChange(from: old.json, to: slower.json)
        #expect(change.changes(of: old).map(\.place) == ["speakers.seconds", "voting.weights.FRA"])
        #expect(try #require(RulesChange(text: change.text)).applied(to: old) == slower)
        slower.speakers.seconds = nil
        #expect(try RulesChange(patch: ["speakers": ["seconds": .null]]).applied(to: slower).speakers.seconds == nil)
    }

    @Test("RFC 7396, appendix A: what is named is replaced, null removes, arrays are whole")
    func mergePatch() throws {
        let rules = try Room.rules("general-assembly")
        #expect(throws: MalformedAct.self) { try RulesChange(patch: ["speakers": .null]).applied(to: rules) }
        #expect(throws: MalformedAct.self) { try RulesChange(patch: ["stranger": 1]).applied(to: rules) }
        #expect(throws: MalformedAct.self) { try RulesChange(patch: ["matters": []]).applied(to: rules) }
        #expect(RulesChange(text: "no JSON") == nil)
        #expect(RulesChange(text: "[]") == nil)
    }

    @Test("A motion whose rules nobody can read is refused when it is made; one that is carried brings them with its announcement")
    func moved() throws {
        var room = try Room("general-assembly")
        let bad = ConferenceMotionMade(
            session: room.session, motion: "m0", actor: Room.code("BRA"), motionKind: .changeRules, text: "{\"matters\":[]}")
        #expect(room.refusal(of: bad)?.code == "rules-malformed")
        try room.move("m", .changeRules, text: "{\"speakers\":{\"seconds\":60}}")
        let lost = try room.vote("d", yes: 5, no: 6)
        #expect(room.engine.rules(adoptedBy: lost, room.state) == nil)
        try room.move("m2", .changeRules, text: "{\"speakers\":{\"seconds\":60}}")
        let result = try room.vote("d2", yes: 6, no: 5)
        let adopted = try #require(room.engine.rules(adoptedBy: result, room.state))
        #expect(adopted.decision == "d2")
        #expect(try ProcedureSet(json: adopted.rules).speakers.seconds == 60)
        #expect(room.refusal(of: adopted) == nil)
    }

    @Test(
        "Weights are numbers of votes by code, and anything else is refused",
        arguments: [
            (#"{"FRA":2}"#, true), (#"{"FRA":-1}"#, false), (#"{"FRA":"2"}"#, false), (#"{"France!":2}"#, false), ("[1]", false),
            ("{}", true),
        ])
    func weights(text: String, isGood: Bool) throws {
        let rules = try Room.rules("general-assembly")
        let weights = try JSONParser.parse(Array(text.utf8))
        let changed = try? RulesChange(patch: ["voting": ["weights": weights]]).applied(to: rules)
        #expect((changed != nil) == isGood)
    }

    @Test("Where votes are weighted, hands and papers do not do: names are taken")
    func weighted() throws {
        var rules = try Room.rules("general-assembly")
        rules.voting.weights = [Room.code("AUS"): 9]
        var room = try Room(rules: rules)
        room.state.seats[0].votes = 9
        try room.submit("L.1")
        let question = try room.question()
        #expect(question.requirement.method == .recorded)
        #expect(room.refusal(of: room.opening("d", question, method: .showOfHands))?.code == "requirement")
        let result = try room.vote("d", yes: 1, no: 8)
        #expect((result.yes, result.no) == (9, 8))
        #expect(result.outcome == .adopted)
    }
}
