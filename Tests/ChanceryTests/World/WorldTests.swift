import Acts
import Testing

@testable import Chancery

/// What a world is made of; what it does is tested from outside, with its processes.
@Suite("A world to try")
struct WorldTests {
    @Test("The world's States are States of the table, and its nodes have folders and ports of their own")
    func cast() throws {
        let table = try ActorTable.standard
        for state in WorldCast.states {
            let actor = try #require(state.actor.flatMap { table[$0] })
            #expect(actor.isState && actor.name(in: "en") == state.name)
        }
        #expect(Set(WorldCast.members.map(\.key)).count == WorldCast.members.count)
        #expect(WorldCast.members.map(\.place) == Array(0..<WorldCast.members.count))
    }

    @Test("A port that would run over the last is refused with the way out", arguments: [0, 80, 65_001, 70_000])
    func ports(port: Int) {
        let problem = #expect(throws: WorldProblem.self) {
            _ = try World(folder: "/nowhere", firstPort: port, program: "/nowhere/chancery") { _ in }
        }
        #expect(problem?.code == 64 && problem?.description.contains("--port") == true)
    }
}
