import Acts
import Testing

@testable import Conferences

@Suite("Roll calls")
struct RollCallTests {
    private func called(_ room: inout Room) throws {
        try room.submit("L.1")
        try room.enter(room.opening("d", try room.question(), method: .rollCall))
    }

    private func vote(_ actor: ActorCode, _ room: Room) -> ConferenceVoteCast {
        ConferenceVoteCast(session: room.session, decision: "d", actor: actor, vote: .yes)
    }

    private func passed(_ actor: ActorCode, _ room: Room) -> ConferenceCallPassed {
        ConferenceCallPassed(session: room.session, decision: "d", actor: actor)
    }

    @Test("Each answers in turn; who does not is passed over, and answers when the roll is through (GA rule 87)")
    func inTurn() throws {
        var room = try Room("general-assembly")
        try called(&room)
        let order = room.state.rollCall(language: "en", drawn: Room.members[3])
        #expect(order.first == Room.members[3])
        #expect(room.refusal(of: vote(order[1], room))?.code == "not-called")
        #expect(room.refusal(of: passed(order[1], room))?.code == "not-called")
        try room.enter(vote(order[0], room))
        try room.enter(passed(order[1], room))
        #expect(room.refusal(of: vote(order[1], room))?.code == "not-called", "not before the roll is through")
        for actor in order.dropFirst(2) { try room.enter(vote(actor, room)) }
        #expect(room.state.decision("d").flatMap { room.state.nextCalled(in: $0) } == nil)
        try room.enter(vote(order[1], room))
        #expect(room.refusal(of: passed(order[1], room))?.code == "not-called")
        #expect(try room.engine.result(of: "d", room.state).yes == Int64(order.count))
    }

    @Test("Who is not in the room is not called")
    func absent() throws {
        var room = try Room("general-assembly")
        room.state.present.remove(Room.members[3])
        try called(&room)
        #expect(try #require(room.state.decision("d").flatMap { room.state.nextCalled(in: $0) }) == Room.members[4])
    }

    @Test("An organization is not called where a member has voted, nor a member where it has (BBNJ Agreement art. 64(2))")
    func organizations() throws {
        var room = try Room("general-assembly", members: Room.members + [Room.code("EU")])
        let index = try #require(room.state.seats.firstIndex { $0.actor == Room.code("EU") })
        room.state.seats[index].members = [Room.code("DEU"), Room.code("FRA")]
        try called(&room)
        try room.enter(vote(Room.code("DEU"), room))
        for actor in ["EGY"] { try room.enter(vote(Room.code(actor), room)) }
        #expect(try #require(room.state.decision("d").flatMap { room.state.nextCalled(in: $0) }) == Room.code("FRA"))
    }
}
