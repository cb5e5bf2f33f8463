import Acts
import Record
import Testing

@testable import Press

@Suite("The press desk on the fediverse: what the record holds")
struct FediverseRecordTests {
    private func enter(_ node: PressNode, _ acts: [any Payload]) async throws {
        _ = try await node.record.enter(Command(acts.map { Self.draft($0) }))
    }

    private static func draft(_ act: some Payload) -> ActDraft {
        ActDraft(act, dossier: "press", office: "press", author: "node", marking: .restricted(.init(audience: [], label: "internal")))
    }

    private func follower(_ name: String, shared: Bool = true) -> FollowerTaken {
        FollowerTaken(
            office: "press", actor: "https://far.example/users/\(name)", inbox: "https://far.example/users/\(name)/inbox",
            shared: shared ? "https://far.example/inbox" : nil, follow: "https://far.example/users/\(name)#1")
    }

    @Test("When each inbox first had a statement stays known, whatever is sent to it later, and who came after is not counted")
    func receipts() async throws {
        let node = try await PressNode()
        try await enter(node, [follower("a"), follower("b", shared: false)])
        let address = try await node.released()
        let statement = try #require(address.split(separator: "/").last.map(String.init))
        let release = try #require(try await node.record.read { try FediverseQueries(database: $0).release(of: statement, version: 1) })
        try await enter(node, [follower("late", shared: false)])
        #expect(try await node.record.read { try FediverseQueries(database: $0).firstDelivery(of: statement) } == nil)
        let at = release.at.milliseconds
        try await enter(
            node,
            [
                FediverseDelivered(receipts: [
                    .init(inbox: "https://far.example/inbox", upTo: release.entry, outcome: .delivered, at: at + 70),
                    .init(inbox: "https://far.example/users/late/inbox", upTo: release.entry + 1, outcome: .delivered, at: at + 5),
                ])
            ])
        try await enter(
            node,
            [
                FediverseDelivered(receipts: [
                    .init(inbox: "https://far.example/inbox", upTo: release.entry + 9, outcome: .refused, at: at + 900)
                ])
            ])
        let (found, first) = try await node.record.read { database in
            let queries = FediverseQueries(database: database)
            return (try queries.receipts(ofRelease: release.entry), try queries.firstDelivery(of: statement))
        }
        #expect(
            found == [
                .init(destination: "https://far.example/inbox", outcome: .delivered, at: Moment(milliseconds: at + 70)),
                .init(destination: "https://far.example/users/b/inbox"),
            ])
        #expect(first?.at == Moment(milliseconds: at + 70))
    }

    @Test("A follower that moves is sent to at its new place, once, and nothing twice")
    func moves() async throws {
        let node = try await PressNode()
        try await enter(node, [follower("a", shared: false), follower("b", shared: false)])
        func move(_ name: String, to place: String) -> FollowerMoved {
            FollowerMoved(
                office: "press", actor: "https://far.example/users/\(name)", target: "https://new.example/users/\(place)",
                inbox: "https://new.example/users/\(place)/inbox", shared: nil, move: "https://far.example/users/\(name)#2")
        }
        try await enter(node, [move("a", to: "x"), move("b", to: "x")])
        let address = try await node.released()
        #expect(!address.isEmpty)
        let (followers, due) = try await node.record.read { database in
            let queries = FediverseQueries(database: database)
            return (try queries.followers(of: "press"), try queries.due(from: 0).map(\.destination))
        }
        #expect(followers == 1)
        #expect(due.filter { $0.hasPrefix("https://new.example/") } == ["https://new.example/users/x/inbox"])
        #expect(!due.contains { $0.hasPrefix("https://far.example/users/a/inbox") && $0.hasSuffix("#2") })
    }

    @Test("A quote that was allowed stays allowed under each address given for it, and a request without text takes none away")
    func quotes() async throws {
        let node = try await PressNode()
        let statement = try #require(try await node.released().split(separator: "/").last.map(String.init))
        func quote(_ activity: String, content: String?) -> ReactionHeard {
            ReactionHeard(
                form: .quote, statement: statement, version: 1, language: "en", actor: "https://far.example/users/a",
                inbox: "https://far.example/inbox", activity: "https://far.example/\(activity)", post: "https://far.example/p/1",
                content: content, spoken: content == nil ? nil : "en")
        }
        try await enter(node, [quote("1", content: nil)])
        let first = try node.last(ReactionHeard.kind).index
        try await enter(node, [quote("2", content: "<p>x</p>")])
        try await enter(node, [quote("3", content: nil)])
        let last = try node.last(ReactionHeard.kind).index
        let (found, counts, content) = try await node.record.read { database in
            let queries = FediverseQueries(database: database)
            return (
                try [first, last].map { try queries.quote(at: $0)?.post }, try queries.reactionCounts(to: statement),
                try queries.reaction("https://far.example/p/1")?.content
            )
        }
        #expect(found == ["https://far.example/p/1", "https://far.example/p/1"])
        #expect(counts.quotes == 1)
        #expect(content == "<p>x</p>")
    }
}
