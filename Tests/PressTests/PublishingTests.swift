import Acts
import Foundation
import GRDB
import Mail
import Record
import TestSupport
import Testing

@testable import Press
@testable import Web

/// Statements beyond the page: by mail, by WebSub, set beforehand; on a real record, with a clock that is moved.
@Suite("Publishing")
struct PublishingTests {
    /// A subscriber who confirmed; the address of the statement page is not needed for it.
    private func subscribe(
        _ node: PressNode, _ mailing: StatementMailing, _ mail: KeptMail, _ address: String, to offices: [String] = []
    ) async throws {
        try await ask(node, address, to: offices)
        try await mailing.pass()
        let letter = try #require(mail.messages(to: address, "statements-confirmation").last)
        try await node.visit(nil) { visitor in
            let link = try #require(letter.text.split(separator: "\n").first { $0.hasPrefix("http://") }.map(String.init))
            let path = String(link.dropFirst("http://mfa.example".count))
            let shown = try await visitor.get(path)
            #expect(shown.status == 200, "\(shown.text)")
            let query = Dictionary(
                path.split(separator: "?")[1].split(separator: "&").map { pair in
                    let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
                    return (sides[0], sides[1])
                }, uniquingKeysWith: { $1 })
            let answer = try await visitor.submit(
                path, to: "/statements/mail/confirm", [("asked", query["asked"] ?? ""), ("token", query["token"] ?? "")])
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    private func ask(_ node: PressNode, _ address: String, to offices: [String] = []) async throws {
        let act = MailAsked(subscriber: "s-\(address)", address: address, languages: ["fr"], offices: offices)
        _ = try await node.record.enter(
            Command { context in
                let queries = MailingQueries(database: context.database)
                return try MailingCommands(office: "press", author: "node").ask(
                    act, known: try queries.subscriber(reading: address), waiting: try queries.waiting(), offered: ["fr"],
                    heard: ["press", "legal"],
                    isAddress: { MailAddress($0) != nil }, form: nil)
            })
    }

    private func addresses(_ node: PressNode) async throws -> [String] {
        try await node.record.read { try String.fetchAll($0, sql: "SELECT address FROM mailing_request ORDER BY entry") }
    }

    @Test(
        "An address that is not confirmed in two days is forgotten, and so is one that ended; who waits is written to three times a day at most"
    )
    func forgotten() async throws {
        let node = try await PressNode()
        let mail = KeptMail()
        let mailing = StatementMailing(house: node.house, sender: mail)
        for _ in 0..<5 {
            try await ask(node, "Unwilling@paper.example")
            node.clock.advance(minutes: 1)
            try await mailing.pass()
        }
        #expect(mail.messages.count == 3)
        try await subscribe(node, mailing, mail, "reader@paper.example")
        let asked = try node.record.entries(from: 0, limit: 4_096).filter { $0.kind == MailAsked.kind }
        #expect(asked.count == 6 && asked.allSatisfy { !node.house.access.mayRead($0, as: nil, on: node.clock.now.date) })
        node.clock.advance(minutes: 2 * 24 * 60 + 10)
        _ = try await node.released()
        try await mailing.pass()
        #expect(try await addresses(node) == ["reader@paper.example"])
        // The day is over, and still nothing but the three messages went to who never confirmed.
        #expect(mail.messages(to: "Unwilling@paper.example").count == 3)
        let left = try node.record.entries(from: 0, limit: 4_096).filter { entry in
            if case .erased = entry.content { return entry.kind == MailAsked.kind }
            return false
        }
        #expect(left.count == 5)
        let letter = try #require(mail.messages(to: "reader@paper.example", "statement.").first)
        let end = try #require(letter.list?.unsubscribe.dropFirst("http://mfa.example".count))
        try await node.visit(nil) { visitor in
            // Twice does no more than once.
            for _ in 0..<2 {
                let answer = try await visitor.post(String(end), [("List-Unsubscribe", "One-Click")])
                #expect(answer.status == 200)
            }
        }
        node.clock.advance(minutes: 1)
        try await mailing.pass()
        #expect(try await addresses(node) == [])
        #expect(try node.record.entries(from: 0, limit: 4_096).filter { $0.kind == MailEnded.kind }.count == 1)
        #expect(!node.log.lines.contains { $0.contains("paper.example") })
    }

    @Test("What a server takes later comes later and in order, and nothing twice; an address that it does not know is ended")
    func order() async throws {
        let node = try await PressNode()
        let mail = KeptMail()
        let mailing = StatementMailing(house: node.house, sender: mail)
        for name in ["slow", "quick", "never"] { try await subscribe(node, mailing, mail, "\(name)@paper.example") }
        try await subscribe(node, mailing, mail, "lawyer@paper.example", to: ["legal"])
        for name in ["slow", "never"] { mail.close("\(name)@paper.example") }
        _ = try await node.released([("title.fr", "Premier")])
        try await mailing.pass()
        _ = try await node.released([("title.fr", "Second")])
        try await mailing.pass()
        #expect(mail.messages(to: "quick@paper.example", "statement.").map(\.subject) == ["Premier", "Second"])
        mail.open("slow@paper.example")
        try await mailing.pass()
        #expect(mail.messages(to: "slow@paper.example", "statement.") == [], "it is tried again after a pause")
        node.clock.advance(minutes: 3)
        try await mailing.pass()
        #expect(mail.messages(to: "slow@paper.example", "statement.").map(\.subject) == ["Premier", "Second"])
        // A process that begins anew reads the receipts and sends nothing again.
        let again = StatementMailing(house: node.house, sender: mail)
        try await again.pass()
        #expect(mail.messages.filter { $0.identifier.hasPrefix("statement.") }.count == 4)
        let ended = try node.last(MailEnded.kind)
        #expect(try ended.payload(as: MailEnded.self)?.manner == .refused)
        #expect(try await addresses(node) == ["slow@paper.example", "quick@paper.example", "lawyer@paper.example"])
    }

    @Test("A lease ends, and a host has no more subscriptions than it may (WebSub, 5.1)")
    func leases() async throws {
        let node = try await PressNode()
        let fields = [
            "hub.mode": "subscribe", "hub.topic": "http://mfa.example/statements/feed.atom?lang=fr", "hub.callback": "https://a.example/x",
            "hub.lease_seconds": "60",
        ]
        let request = try HubRequest({ fields[$0] }, origin: "http://mfa.example")
        _ = try await node.record.enter(
            Command { context in
                try HubCommands(office: "press").subscribe(request, known: nil, ofHost: 0, all: 0, now: context.now)
            })
        func running() async throws -> Int {
            try await node.record.read { [now = node.clock.now] in try PublishingQueries(database: $0).subscriptions(at: now).count }
        }
        #expect(try await running() == 1)
        node.clock.advance(minutes: 2)
        #expect(try await running() == 0)
        #expect(throws: Refusal.self) {
            try HubCommands(office: "press").subscribe(
                request, known: nil, ofHost: HubRequest.mostOfHost, all: 60, now: node.clock.now)
        }
    }

    @Test(
        "Whatever is sent to the hub is refused or asks an address of the web about a feed of this node", arguments: [29_112_026 as UInt64])
    func hubRequests(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let origin = "https://mfa.example"
        let pieces = [
            "https://", "http://", "mfa.example", "a.example", "/statements/feed.atom", "/statements/feed.json", "?lang=fr",
            "&office=press", "?",
            "&", "=", "#", "@", " ", "\r\n", "%00", "é", "[::1]", "127.0.0.1", ":80", "..", "\"", "<", "subscribe", "unsubscribe", "60",
            "-1",
            String(repeating: "x", count: 300),
        ]
        func text() -> String {
            (0..<Int.random(in: 0...5, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
        }
        var taken = 0
        for _ in 0..<20_000 {
            let topic = Bool.random(using: &generator) ? "\(origin)/statements/feed.rss\(text())" : text()
            let fields = [
                "hub.mode": Bool.random(using: &generator) ? "subscribe" : text(), "hub.topic": topic,
                "hub.callback": "https://a.example/\(text())", "hub.secret": text(),
            ]
            guard let request = try? HubRequest({ fields[$0] }, origin: origin) else { continue }
            taken += 1
            #expect(request.topic.hasPrefix("\(origin)/statements/feed."), "seed \(seed): \(fields)")
            #expect(request.topic.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }, "seed \(seed): \(fields)")
            #expect(HubRequest.leases.contains(request.lease) && (request.secret?.utf8.count ?? 0) < 200)
            let question = request.question(challenge: "c", encode: PercentCoding.encode)
            #expect(question.hasPrefix(request.callback) && !question.contains("#") && question.contains("hub.challenge=c"), "seed \(seed)")
        }
        #expect(taken > 100)
    }

    @Test("What is sealed is set on paper and drawn before its hour, in every language: the release costs no typesetting")
    func setBeforehand() async throws {
        let node = try await PressNode()
        let watch = RenderingWatch(house: node.house, press: node.desk.press)
        let draft = try await node.drafted()
        _ = try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")])
        _ = try await node.act(PressNode.approver, draft, "approve", [("hour", "at"), ("at", "2026-11-20T13:00")])
        try await watch.pass()
        let set = node.desk.press.timesSet
        #expect(set == 4, "two languages, each as paper and as a picture")
        node.clock.advance(minutes: 60)
        try await EmbargoWatch(record: node.record, logger: node.logger, now: { [clock = node.clock] in clock.now }).pass()
        let entry = try node.last(StatementReleased.kind)
        let statement = try #require(try entry.payload(as: StatementReleased.self)).statement
        try await node.visit(nil) { visitor in
            for tag in ["en", "fr"] {
                let paper = try await visitor.get("/statements/\(statement)/pdf?text=\(tag)", accept: "*/*")
                #expect(paper.status == 200 && paper.body.starts(with: Array("%PDF".utf8)))
                #expect(try await visitor.get("/statements/\(statement)/card.png?text=\(tag)", accept: "*/*").status == 200)
            }
        }
        #expect(node.desk.press.timesSet == set)
        // What was released without an hour is set as soon as it is released.
        let now = try await node.released([("title.en", "At once")])
        try await watch.pass()
        let after = node.desk.press.timesSet
        _ = try await node.visit(nil) { try await $0.get("\(now)/pdf?text=en", accept: "*/*") }
        #expect(after == set + 4 && node.desk.press.timesSet == after)
    }
}
