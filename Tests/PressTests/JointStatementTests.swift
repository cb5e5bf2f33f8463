import Acts
import Foundation
import Record
import Testing

@testable import Press
@testable import Web

/// Statements that offices of several nodes make together, each node with a record of its own.
@Suite("Joint statements")
struct JointStatementTests {
    /// Three ministries with one clock; the first proposes.
    private func three(_ fields: [(String, String)] = []) async throws -> (nodes: [PressNode], clock: MovedClock) {
        let (book, clock) = (PressBook(), MovedClock())
        var nodes: [PressNode] = []
        for host in ["a.example", "b.example", "c.example"] {
            nodes.append(try await PressNode(host: host, book: book, clock: clock, clearances: []))
        }
        let draft = try await nodes[0].drafted()
        let answer = try await nodes[0].act(
            PressNode.approver, draft, "approve",
            [("hour", "joint"), ("party", "b.example/press"), ("party", "c.example/press")] + fields)
        #expect(answer.status == 303 && answer.location == draft, "\(answer.text)")
        return (nodes, clock)
    }

    /// Signs, or stops, at a node by its page.
    private func reply(_ node: PressNode, _ what: String, by person: String = PressNode.approver) async throws -> PressVisitor.Answer {
        let joint = try #require(try await node.record.read { try JointQueries(database: $0).joints() }.first)
        return try await node.visit(person) {
            try await $0.submit("/press/joint/\(joint.entry)", to: "/press/joint/\(joint.entry)/\(what)", [("digest", joint.digest)])
        }
    }

    @Test("Released at every party's node once all have signed, with the same digest, in whatever order acts arrive")
    func all() async throws {
        let (nodes, _) = try await three()
        let (a, b, c) = (nodes[0], nodes[1], nodes[2])
        let proposal = try a.last(JointProposed.kind)
        guard case .restricted(let restriction) = proposal.statement.marking else { return #expect(Bool(false), "it is confidential") }
        #expect(Set(restriction.audience) == ["press", "node:b.example/press", "node:c.example/press"])
        try await b.receive(proposal, from: a)
        // Whoever only drafts signs nothing; another office sees nothing.
        #expect(try await reply(b, "sign", by: PressNode.drafter).status == 403)
        let stranger = try await b.visit(PressNode.stranger) { try await $0.get("/press/joint/\(b.record.size - 1)").status }
        #expect(stranger == 404)
        #expect(try await reply(b, "sign").status == 303)
        let signed = try b.last(JointSigned.kind)
        for node in [a, b] { #expect(try await node.lookAfterJoints().isEmpty) }
        // The third has the second's signature before it has the proposal.
        try await c.receive(signed, from: b)
        try await c.receive(proposal, from: a)
        try await a.receive(signed, from: b)
        #expect(try await reply(c, "sign").status == 303)
        let last = try c.last(JointSigned.kind)
        try await a.receive(last, from: c)
        try await b.receive(last, from: c)
        var digests: Set<String> = []
        for node in nodes {
            let released = try await node.lookAfterJoints()
            #expect(released.count == 1)
            let joint = try #require(released.first?.joint)
            #expect(joint.signed == ["a.example/press", "b.example/press", "c.example/press"])
            digests.insert(joint.digest)
            #expect(try await node.lookAfterJoints().count == 1, "once")
            let statement = try #require(released.first?.statement)
            let page = try await node.visit(nil) { try await $0.get("/statements/\(statement)") }
            #expect(page.status == 200 && page.text.contains("c.example/press"))
        }
        #expect(digests.count == 1)
    }

    @Test("At the hour it is released where enough have signed, by those who have, and who has not is shown")
    func quorum() async throws {
        let (nodes, clock) = try await three([("at", "2026-11-20T13:00"), ("quorum", "2")])
        let proposal = try nodes[0].last(JointProposed.kind)
        for node in nodes.dropFirst() { try await node.receive(proposal, from: nodes[0]) }
        #expect(try await reply(nodes[1], "sign").status == 303)
        let signed = try nodes[1].last(JointSigned.kind)
        try await nodes[0].receive(signed, from: nodes[1])
        try await nodes[2].receive(signed, from: nodes[1])
        clock.advance(minutes: 59)
        for node in nodes { #expect(try await node.lookAfterJoints().isEmpty) }
        clock.advance(minutes: 1)
        for node in nodes.prefix(2) {
            let joint = try #require(try await node.lookAfterJoints().first?.joint)
            #expect(joint.signed == ["a.example/press", "b.example/press"] && joint.parties.count == 3)
        }
        #expect(try await nodes[2].lookAfterJoints().isEmpty, "who has not signed says nothing")
    }

    @Test("Fewer signatures than were agreed on release nothing")
    func tooFew() async throws {
        let (nodes, clock) = try await three([("at", "2026-11-20T13:00")])
        try await nodes[1].receive(try nodes[0].last(JointProposed.kind), from: nodes[0])
        _ = try await reply(nodes[1], "sign")
        try await nodes[0].receive(try nodes[1].last(JointSigned.kind), from: nodes[1])
        clock.advance(minutes: 120)
        for node in nodes { #expect(try await node.lookAfterJoints().isEmpty) }
    }

    @Test("Any party stops it for everybody until it is released")
    func stopped() async throws {
        let (nodes, clock) = try await three([("at", "2026-11-20T13:00"), ("quorum", "2")])
        for node in nodes.dropFirst() { try await node.receive(try nodes[0].last(JointProposed.kind), from: nodes[0]) }
        _ = try await reply(nodes[1], "sign")
        try await nodes[0].receive(try nodes[1].last(JointSigned.kind), from: nodes[1])
        #expect(try await reply(nodes[2], "stop").status == 303)
        for node in nodes.prefix(2) { try await node.receive(try nodes[2].last(JointStopped.kind), from: nodes[2]) }
        clock.advance(minutes: 120)
        for node in nodes { #expect(try await node.lookAfterJoints().isEmpty) }
        let again = try await reply(nodes[1], "sign")
        #expect(again.status == 409 && again.text.contains("c.example/press"), "\(again.text)")
    }

    @Test("A node signs for its own offices alone, and for the very text that was proposed")
    func forged() async throws {
        let (nodes, _) = try await three()
        let (a, b, c) = (nodes[0], nodes[1], nodes[2])
        try await b.receive(try a.last(JointProposed.kind), from: a)
        let joint = try #require(try await b.record.read { try JointQueries(database: $0).joints() }.first)
        func sent(_ act: JointSigned, from node: PressNode) async throws {
            let entry = try #require(
                try await node.record.enter(
                    Command([
                        ActDraft(
                            act, office: "press", author: "node", marking: .restricted(.init(audience: ["press"], label: "TLP:AMBER")))
                    ])
                ).first)
            try await a.receive(entry, from: node)
        }
        try await sent(JointSigned(proposal: joint.proposal, digest: joint.digest, by: "c.example/press"), from: b)
        try await sent(JointSigned(proposal: joint.proposal, digest: String(repeating: "0", count: 64), by: "b.example/press"), from: b)
        try await sent(JointSigned(proposal: joint.proposal, digest: joint.digest, by: "c.example/consular"), from: c)
        let seen = try #require(try await a.record.read { try JointQueries(database: $0).joints() }.first)
        #expect(seen.signed == ["a.example/press"])
        #expect(try await a.lookAfterJoints().isEmpty)
    }

    private func withdrawals(_ node: PressNode) throws -> Int {
        try node.record.entries(from: 0, limit: 4_096).count { $0.kind == StatementWithdrawn.kind }
    }

    @Test("A withdrawal for all is done where as many have signed as were agreed on, and nobody proposes it for others than the parties")
    func changed() async throws {
        let (nodes, clock) = try await three([("at", "2026-11-20T13:00"), ("quorum", "2")])
        let (a, b, c) = (nodes[0], nodes[1], nodes[2])
        for node in [b, c] { try await node.receive(try a.last(JointProposed.kind), from: a) }
        _ = try await reply(b, "sign")
        for node in [a, c] { try await node.receive(try b.last(JointSigned.kind), from: b) }
        clock.advance(minutes: 60)
        let statement = try #require(try await a.lookAfterJoints().first?.statement)
        let other = try #require(try await b.lookAfterJoints().first?.statement)
        // A change that leaves a party out, or asks for fewer signatures, is none.
        let joint = try #require(try await b.record.read { try JointQueries(database: $0).joints() }.first)
        for (parties, quorum) in [(["b.example/press", "a.example/press"], Int64(2)), (joint.act.parties.reversed(), 3)] {
            let forged = JointChangeProposed(
                original: joint.proposal, parties: parties, change: .withdrawal(["en": "No."]), quorum: quorum)
            let entry = try #require(
                try await b.record.enter(
                    Command([
                        ActDraft(
                            forged, office: "press", author: "node",
                            marking: .restricted(.init(audience: ["press"], label: "TLP:AMBER")))
                    ])
                ).first)
            try await a.receive(entry, from: b)
        }
        #expect(try await a.record.read { try JointQueries(database: $0).joints() }.count == 1)

        let page = "/press/statements/\(statement)/withdraw"
        let answer = try await a.visit(PressNode.approver) {
            try await $0.submit(page, to: page, [("reason.en", "The talks broke down."), ("together", "1")])
        }
        #expect(answer.status == 303 && answer.location?.hasPrefix("/press/joint/") == true, "\(answer.text)")
        let proposal = try a.last(JointChangeProposed.kind)
        for node in [b, c] { try await node.receive(proposal, from: a) }
        for node in nodes { _ = try await node.lookAfterJoints() }
        #expect(try withdrawals(a) == 0, "not before both have signed")
        #expect(try await reply(b, "sign").status == 303)
        try await a.receive(try b.last(JointSigned.kind), from: b)
        for (node, statement) in [(a, statement), (b, other)] {
            _ = try await node.lookAfterJoints()
            let withdrawn = try #require(try node.last(StatementWithdrawn.kind).payload(as: StatementWithdrawn.self))
            #expect(withdrawn.statement == statement && withdrawn.reason == ["en": "The talks broke down."])
            #expect(withdrawn.joint?.signed == ["a.example/press", "b.example/press"])
            _ = try await node.lookAfterJoints()
            #expect(try withdrawals(node) == 1, "once")
        }
        // The third never released it: there is nothing to take back, whether it signs or not.
        _ = try await reply(c, "sign")
        try await c.receive(try b.last(JointSigned.kind), from: b)
        _ = try await c.lookAfterJoints()
        #expect(try withdrawals(c) == 0)
    }

    @Test("It is made with offices of nodes that are known, one of each")
    func parties() async throws {
        let node = try await PressNode(clearances: [])
        let draft = try await node.drafted()
        for party in ["stranger.example/press", "nonsense", "mfa.example/legal"] {
            let answer = try await node.act(PressNode.approver, draft, "approve", [("hour", "joint"), ("party", party)])
            #expect(answer.status == 400, "\(party): \(answer.status)")
        }
        #expect(try await node.act(PressNode.approver, draft, "approve", [("hour", "joint")]).status == 400)
    }
}
