import Acts
import Foundation

/// What happens among the nodes, chapter by chapter. Each looks first whether it has happened, and at the end whether it has.
struct WorldStory: Sendable {
    /// A chapter: a sentence, and what makes it true.
    struct Chapter: Sendable {
        let title: String
        let tell: @Sendable () async throws -> WorldReport.Step
    }

    let world: World

    var chapters: [Chapter] {
        [
            Chapter(title: "The ministries have their people") { try await people() },
            Chapter(title: "The nodes accept each other") { try await introductions() },
            Chapter(title: "The States witness the secretariat's record") { try await witnessing() },
            Chapter(title: "Kenya gives full powers and signs an agreement") { try await signature() },
            Chapter(title: "Indonesia sends Uruguay a note verbale, and is answered") { try await correspondence() },
            Chapter(title: "An observer shows two histories, and is caught") { try await splitView() },
        ]
    }

    // MARK: People

    private func people() async throws -> WorldReport.Step {
        for member in WorldCast.states {
            let node = try world.node(member)
            if try await !world.people.hasOffice(WorldCast.ministry, at: node) {
                try await world.people.establish(WorldCast.ministry, named: WorldCast.ministryName, of: member.actor, at: node)
            }
            let known = try await world.people.names(in: WorldCast.ministry, at: node)
            for person in WorldCast.people where !known.contains(person.name) {
                try await world.people.invite(person, to: WorldCast.ministry, at: node)
            }
            let now = try await world.people.names(in: WorldCast.ministry, at: node)
            guard WorldCast.people.allSatisfy({ now.contains($0.name) }) else {
                throw WorldProblem("\(node.title) lists only \(now.joined(separator: ", ")) in its ministry.")
            }
        }
        let first = try world.node(WorldCast.signatory)
        return .init(
            key: "people",
            words: [
                "Each State's administrator established a Ministry of Foreign Affairs and invited three people:",
                "a Legal Adviser, who signs; a Second Secretary, who drafts notes; a Head of Chancery, who approves them.",
            ], address: "\(first.origin)/offices/\(WorldCast.ministry)", facts: ["office": .string(WorldCast.ministry)])
    }

    // MARK: Introductions

    private func introductions() async throws -> WorldReport.Step {
        let members = [WorldCast.secretariat] + WorldCast.states
        for one in members {
            for other in members where other != one { try await accept(try world.node(other), at: try world.node(one)) }
        }
        let secretariat = try world.node(WorldCast.secretariat)
        return .init(
            key: "introductions",
            words: [
                "Each administrator asked the other nodes who they are, compared the key that was shown with the other's own page,",
                "and accepted them. Nothing is believed because it came over the network.",
            ], address: "\(secretariat.origin)/nodes", facts: ["peers": .integer(Int64(WorldCast.states.count))])
    }

    /// Asks for the other's document, compares its key with what the other's own page says, and accepts the very document shown.
    func accept(_ peer: WorldNode, at node: WorldNode) async throws {
        let administrator = try world.people.administrator(of: node)
        if try await self.peer(peer, at: node) != nil { return }
        let ask = try await administrator.form("ask-node", on: "/nodes")
        let shown = try await administrator.submit(ask, [("address", peer.origin)])
        let document = try await world.people.administrator(of: peer).json("/.well-known/chancery")
        guard let key = document["document"]?["keys"]?.array?.last?["id"]?.string, shown.text.contains(key) else {
            throw WorldProblem("\(node.title) was shown another key of \(peer.member.name) than \(peer.member.name) itself shows.")
        }
        guard let confirm = PageForm.all(in: shown.text).first(where: { $0.action == "/nodes/accept" }) else {
            throw WorldProblem("\(node.title) offers no way to accept \(peer.member.name).\(WorldVisitor.refusal(in: shown.text))")
        }
        try await administrator.enter(confirm)
        guard try await self.peer(peer, at: node) != nil else {
            throw WorldProblem("\(node.title) does not list \(peer.member.name) as a peer.")
        }
    }

    /// What a node says of a peer that has not ended.
    func peer(_ peer: WorldNode, at node: WorldNode) async throws -> JSON? {
        let known = try await world.people.administrator(of: node).json("/nodes")["peers"]?.array ?? []
        return known.first { $0["node"]?.string == peer.authority && ($0["ended"]?.string ?? "").isEmpty }
    }

    // MARK: Witnessing

    private func witnessing() async throws -> WorldReport.Step {
        let secretariat = try world.node(WorldCast.secretariat)
        let witnesses = try WorldCast.states.map { "\(try world.node($0).authority)/witness" }
        let size = try await world.wait(for: "the States to cosign the secretariat's newest checkpoint") { () -> Int64? in
            let state = try await nodes(at: secretariat)
            guard let size = state["size"]?.integer, state["witnessed"]?["size"]?.integer == size else { return nil }
            let note = try await world.people.administrator(of: secretariat).get("/record/checkpoint").text
            let lines = note.split(separator: "\n")
            // Each with both of its keys, Ed25519 and ML-DSA-44.
            let isWhole = witnesses.allSatisfy { name in lines.count { $0.hasPrefix("\u{2014} \(name) ") } == 2 }
            return isWhole ? size : nil
        }
        return .init(
            key: "witnessing",
            words: [
                "The secretariat's record of \(size) entries is cosigned by Kenya, Indonesia and Uruguay, each with two keys.",
                "From now on the secretariat cannot show anybody another history without contradicting what they signed.",
            ], address: "\(secretariat.origin)/nodes",
            facts: ["size": .integer(size), "witnesses": .array(witnesses.map(JSON.string))])
    }

    func nodes(at node: WorldNode) async throws -> JSON {
        try await world.people.administrator(of: node).json("/nodes")
    }
}
