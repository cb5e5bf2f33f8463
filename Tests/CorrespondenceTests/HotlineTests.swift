import Acts
import Federation
import Record
import Testing

@testable import Correspondence

/// Calls that must be answered: the ladder, checks on time, and the page's button.
@Suite("Hotline")
struct HotlineTests {
    static func call(minutes: Int64 = 10, steps: [Int64] = [], acknowledged: Bool = false) -> HotlineCall {
        let start = Moment("2026-11-20T12:00:00.000Z")!
        return HotlineCall(
            entry: 7, reference: NoteReference(origin: "a.example/record", index: 7), from: SealingParty("a.example/x")!,
            to: SealingParty("b.example/y")!, minutes: minutes, isCheck: false, content: [:], called: start, delivered: nil,
            acknowledged: acknowledged ? start : nil, acknowledgedBy: nil, ended: nil,
            steps: steps.map { HotlineCall.Taken(step: $0, means: .office, to: "z", reply: nil, at: start) })
    }

    @Test(
        "Which steps are due, by minutes since the call",
        arguments: [
            (0, [], false, [Int64]()), (5, [], false, [0]), (15, [], false, [0, 1]), (15, [0], false, [1]), (15, [], true, []),
            (15, [0, 1], false, []),
        ] as [(Int64, [Int64], Bool, [Int64])])
    func due(_ minutes: Int64, _ taken: [Int64], _ acknowledged: Bool, _ expected: [Int64]) {
        let ladder = [HotlineStep(after: 5, means: .office, to: "duty"), HotlineStep(after: 15, means: .mail, to: "a@b.example")]
        let call = Self.call(steps: taken, acknowledged: acknowledged)
        let due = HotlineRule.due(call, ladder: ladder, now: call.called.adding(milliseconds: minutes * 60_000))
        #expect(due.map(\.place) == expected)
        #expect(call.state(at: call.called.adding(milliseconds: 600_001)) == (acknowledged ? .acknowledged : .overdue))
    }

    @Test("An office's line is its own: another office cannot set up one of the same name, the office itself can set it up anew")
    func lines() async throws {
        let book = TestBook()
        let node = try CorrespondenceNode("mfa.example.org", book: book)
        let (cabinet, _) = try await node.establish("cabinet")
        let (consular, _) = try await node.establish("consular")
        func set(_ person: String, _ office: String, _ peer: String, _ minutes: String) async throws -> NoteVisitor.Answer {
            try await node.visit(person) { visitor in
                try await visitor.submit(
                    "/hotline", to: "/hotline/lines",
                    [("line", "red"), ("office", office), ("peer", "mfa.example.org/\(peer)"), ("minutes", minutes), ("ladder", "")])
            }
        }
        #expect(try await set(cabinet, "cabinet", "consular", "10").status == 303)
        let taken = try await set(consular, "consular", "cabinet", "1000")
        #expect(taken.status == 409 && taken.text.contains("has a line of that name"))
        #expect(try await set(cabinet, "cabinet", "consular", "5").status == 303)
        let lines = try await node.record.read { try HotlineQueries(database: $0).lines() }
        #expect(lines.map(\.office) == ["mfa.example.org/cabinet"] && lines.map(\.minutes) == [5])
    }

    @Test("A call reaches the other node, climbs its ladder there when nobody answers, and is answered")
    func whole() async throws {
        let book = TestBook()
        let ministry = try CorrespondenceNode("mfa.example.org", book: book)
        let mission = try CorrespondenceNode("mission.example.net", book: book)
        let (caller, _) = try await ministry.establish("cabinet")
        let (called, _) = try await mission.establish("political")
        let (duty, _) = try await mission.establish("duty")
        func line(_ node: CorrespondenceNode, _ person: String, _ office: String, _ peer: String, _ hours: String) async throws {
            try await node.visit(person) { (visitor: NoteVisitor) async throws -> Void in
                let answer = try await visitor.submit(
                    "/hotline", to: "/hotline/lines",
                    [
                        ("line", "red"), ("office", office), ("peer", peer), ("minutes", "10"),
                        ("ladder", node.name.description == "mission.example.net" ? "5 office duty" : ""), ("checkHours", hours),
                    ])
                #expect(answer.status == 303, "\(answer.text)")
            }
        }
        try await line(ministry, caller, "cabinet", "mission.example.net/political", "24")
        try await line(mission, called, "political", "mfa.example.org/cabinet", "")
        try await ministry.visit(caller) { (visitor: NoteVisitor) async throws -> Void in
            let answer = try await visitor.submit("/hotline", to: "/hotline/call", [("line", "red"), ("reason", "Quartzite-incident-55")])
            #expect(answer.status == 303, "\(answer.text)")
        }
        let received = try await mission.receive(try ministry.last(HotlineCalled.kind), from: ministry)
        try await mission.visit(called) { (visitor: NoteVisitor) async throws -> Void in
            let page = try await visitor.get("/hotline").text
            #expect(page.contains("Quartzite-incident-55") && page.contains("Answer the call"))
        }
        try await mission.visit(duty) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await !visitor.get("/hotline").text.contains("Answer the call"))
        }
        let service = try #require(mission.desk.services(house: mission.house).compactMap { $0 as? HotlineWatch }.first)
        try await service.pass()
        #expect(try !mission.record.entries(from: 0, limit: 4_096).contains { $0.kind == HotlineEscalated.kind })
        mission.clock.advance(minutes: 6)
        try await service.pass()
        try await service.pass()
        let steps = try mission.record.entries(from: 0, limit: 4_096).filter { $0.kind == HotlineEscalated.kind }
        #expect(steps.count == 1, "a step is taken once")
        try await mission.visit(duty) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await visitor.get("/hotline").text.contains("Quartzite-incident-55"))
            #expect(try await visitor.submit("/hotline", to: "/hotline/\(received.index)/acknowledge", []).status == 303)
        }
        _ = try await ministry.receive(try mission.last(HotlineAcknowledged.kind), from: mission)
        try await ministry.visit(caller) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await visitor.get("/hotline").text.contains("answered by"))
        }
        mission.clock.advance(minutes: 60)
        try await service.pass()
        #expect(try mission.record.entries(from: 0, limit: 4_096).filter { $0.kind == HotlineEscalated.kind }.count == 1)

        // The line is tested once a day by itself.
        let watch = try #require(ministry.desk.services(house: ministry.house).compactMap { $0 as? HotlineWatch }.first)
        try await watch.pass()
        try await watch.pass()
        func checks() throws -> Int {
            try ministry.record.entries(from: 0, limit: 4_096).filter {
                try $0.kind == HotlineCalled.kind && $0.payload(as: HotlineCalled.self)?.isCheck == true
            }.count
        }
        #expect(try checks() == 1)
        ministry.clock.advance(minutes: 24 * 60)
        try await watch.pass()
        #expect(try checks() == 2)
    }
}
