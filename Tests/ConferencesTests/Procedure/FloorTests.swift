import Acts
import Testing

@testable import Conferences

@Suite("The floor")
struct FloorTests {
    @Test("Speakers are called in the order of request, observers after members (GA rule 68; BBNJ draft rules 35, 36), replies at the end")
    func order() throws {
        var room = try Room("conference-of-parties")
        try room.request("reply", .rightOfReply, by: "KEN")
        try room.request("observer", by: "WHO")
        try room.request("first", by: "FRA")
        try room.request("second", by: "BRA")
        try room.request("report", .introduction, by: "GHA")
        let speakers = room.engine.speakers(room.state)
        #expect(speakers.map(\.request) == ["report", "first", "second", "observer", "reply"])
        #expect(speakers[3].rules == ["BBNJ draft rule 35", "BBNJ draft rule 36"])
        #expect(speakers[4].seconds == 600)
        #expect(speakers[4].rules == ["BBNJ draft rule 39"])
    }

    @Test("Nobody speaks without the floor, or out of turn")
    func noFloor() throws {
        var room = try Room("general-assembly")
        let unasked = ConferenceFloorGiven(session: room.session, request: "1", actor: Room.code("FRA"))
        #expect(try #require(room.refusal(of: unasked)) == ("no-floor", "GA rule 68"))
        try room.request("1", by: "FRA")
        try room.request("2", by: "BRA")
        #expect(room.refusal(of: ConferenceFloorEnded(session: room.session, request: "1", reason: .finished))?.code == "no-floor")
        #expect(room.refusal(of: ConferenceFloorGiven(session: room.session, request: "2", actor: Room.code("BRA")))?.code == "not-next")
        try room.enter(ConferenceFloorGiven(session: room.session, request: "1", actor: Room.code("FRA")))
        #expect(room.refusal(of: ConferenceFloorGiven(session: room.session, request: "2", actor: Room.code("BRA")))?.code == "floor-taken")
    }

    @Test(
        "Two replies on an item, of ten and five minutes (GA decision 34/401; BBNJ draft rule 39)",
        arguments: ["general-assembly", "conference-of-parties"])
    func replies(rules: String) throws {
        var room = try Room(rules)
        for (id, seconds) in [("r1", 600), ("r2", 300)] as [(String, Int64)] {
            try room.request(id, .rightOfReply, by: "KEN")
            #expect(room.engine.speakers(room.state).first?.seconds == seconds)
            try room.speak(id)
        }
        let third = ConferenceFloorRequested(session: room.session, request: "r3", actor: Room.code("KEN"), purpose: .rightOfReply)
        #expect(room.refusal(of: third)?.code == "replies-used")
        // Another item, another two.
        room.state.item = "8"
        #expect(room.refusal(of: third) == nil)
    }

    @Test("The chair gives no more time than the rules do")
    func timeLimit() throws {
        var room = try Room("general-assembly")
        try room.request("1", .rightOfReply, by: "KEN")
        for (seconds, isAdmitted) in [(nil, false), (601, false), (600, true), (60, true)] as [(Int64?, Bool)] {
            let given = ConferenceFloorGiven(session: room.session, request: "1", actor: Room.code("KEN"), seconds: seconds)
            #expect((room.refusal(of: given) == nil) == isAdmitted)
        }
    }

    @Test("When the list is closed, only the right of reply is left (GA rule 73)")
    func closedList() throws {
        var room = try Room("general-assembly")
        try room.enter(ConferenceSpeakersListClosed(session: room.session, isClosed: true))
        let statement = ConferenceFloorRequested(session: room.session, request: "1", actor: Room.code("FRA"), purpose: .statement)
        #expect(try #require(room.refusal(of: statement)) == ("list-closed", "GA rule 73"))
        try room.request("2", .rightOfReply, by: "FRA")
        #expect(room.engine.speakers(room.state).map(\.request) == ["2"])
    }

    @Test(
        "The debate proceeds with as many present as the rules ask (GA rule 67 / 108; BBNJ draft rule 34)",
        arguments: [("general-assembly", 4), ("general-assembly-committee", 3), ("conference-of-parties", 4), ("consensus", 7)])
    func quorum(rules: String, needed: Int) throws {
        var room = try Room(rules)
        try room.request("1", by: "AUS")
        room.state.present = Set(Room.members.prefix(needed - 1))
        let given = ConferenceFloorGiven(session: room.session, request: "1", actor: Room.code("AUS"))
        #expect(try #require(room.refusal(of: given)) == ("quorum-to-open", room.engine.rules.quorum.toOpenRule))
        // An observer in the room makes no quorum.
        room.state.present.insert(Room.observer)
        #expect(room.refusal(of: given)?.code == "quorum-to-open")
        room.state.present = Set(Room.members.prefix(needed))
        #expect(room.refusal(of: given) == nil)
    }

    @Test("Who is not seated is told so")
    func strangers() throws {
        let room = try Room("general-assembly")
        let request = ConferenceFloorRequested(session: room.session, request: "1", actor: Room.code("ZZZ"), purpose: .statement)
        #expect(room.refusal(of: request)?.code == "no-seat")
    }

    @Test("The language of a statement is said with the request, changed while it waits or is held, and not afterwards (GA rules 52, 53)")
    func spokenLanguage() throws {
        var room = try Room("general-assembly")
        try room.enter(
            ConferenceFloorRequested(session: room.session, request: "r1", actor: Room.code("FRA"), purpose: .statement, language: "fr"))
        #expect(room.state.request("r1")?.language == "fr")
        try room.enter(ConferenceFloorLanguageSet(session: room.session, request: "r1", language: "en"))
        #expect(room.state.request("r1")?.language == "en")
        try room.enter(ConferenceFloorGiven(session: room.session, request: "r1", actor: Room.code("FRA")))
        try room.enter(ConferenceFloorLanguageSet(session: room.session, request: "r1", language: "mis"))
        #expect(room.state.speaking?.language == "mis")
        try room.enter(ConferenceFloorEnded(session: room.session, request: "r1", reason: .finished))
        let late = ConferenceFloorLanguageSet(session: room.session, request: "r1", language: "fr")
        #expect(room.refusal(of: late)?.code == "no-floor")
        let nobody = ConferenceFloorLanguageSet(session: room.session, request: "r9", language: "fr")
        #expect(room.refusal(of: nobody)?.code == "unknown")
    }
}
