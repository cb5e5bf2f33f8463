import Acts
import Foundation
import Mail
import Record
import ServiceLifecycle
import Synchronization
import Testing
import Web

@testable import Treaties

/// Delivery of notifications: everything outstanding is sent, and what is on record is never sent again.
@Suite("Delivery of notifications")
struct NotificationDeliveryTests {
    /// A mail server that does as the test says, and remembers what it was given.
    final class Post: MailSender {
        let sender = Mailbox(MailAddress("treaties@depositary.example")!, name: "Depositary")
        private let state = Mutex<(messages: [MailMessage], refusals: [String: [MailError]])>(([], [:]))

        var messages: [MailMessage] { state.withLock { $0.messages } }

        func refuse(_ address: String, _ errors: MailError...) { state.withLock { $0.refusals[address] = errors } }

        func send(_ message: MailMessage) async throws(MailError) -> SMTPReply {
            let address = message.to.first?.address.description ?? ""
            let error = state.withLock { state -> MailError? in
                guard let first = state.refusals[address]?.first else { return nil }
                state.refusals[address]?.removeFirst()
                return first
            }
            if let error { throw error }
            state.withLock { $0.messages.append(message) }
            return SMTPReply(code: 250, lines: ["2.0.0 Taken"])
        }
    }

    private static func enter(_ contacts: [(String, [String])], _ house: DepositaryHouse) async throws {
        _ = try await house.record.enter(
            Command(
                contacts.map {
                    ActDraft(
                        TreatyContactPoint(actor: ActorCode(rawValue: $0.0)!, name: "Mission", addresses: $0.1), office: "depositary",
                        author: "officer",
                        marking: DepositaryCommands.ownMarking)
                }))
    }

    private static func issue(_ house: DepositaryHouse) async throws -> Int64 {
        let desk = house.desk
        let commands = DepositaryCommands(actors: desk.actors, settings: .standard, office: "depositary", author: "officer")
        let rule = StandingRule(actors: desk.actors)
        let entries = try await house.record.enter(
            Command { context in
                var request = NotificationRequest(treaty: DepositaryHouse.treaty)
                request.subject = .entryIntoForce
                let queries = DepositaryQueries(database: context.database)
                let facts = try queries.facts(for: request, rule: rule, settings: .standard, on: context.now.date)
                return try commands.issue(
                    facts, serial: try queries.nextSerial(in: context.now.date.year), today: context.now.date, previewed: nil, request: nil)
            })
        return try #require(entries.first?.index)
    }

    private static func deliveries(_ entry: Int64, _ house: DepositaryHouse) async throws -> [(
        String, TreatyNotificationDelivered.Outcome, Int64
    )] {
        try await house.record.read { database in
            try DepositaryQueries(database: database).addressees(of: entry).flatMap { addressee in
                addressee.deliveries.map { ($0.address, $0.outcome, $0.attempts) }
            }.sorted { $0.0 < $1.0 }
        }
    }

    /// Runs the service until the condition holds.
    private static func run(_ delivery: NotificationDelivery, until isDone: @escaping @Sendable () async throws -> Bool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await delivery.run() }
            for _ in 0..<400 {
                if try await isDone() { break }
                try await Task.sleep(for: .milliseconds(25))
            }
            group.cancelAll()
        }
    }

    private static func service(
        _ house: DepositaryHouse, _ post: Post, _ patience: DeliveryPatience = DeliveryPatience(pauses: [0], whole: 5 * 86_400)
    )
        -> NotificationDelivery
    {
        NotificationDelivery(
            house: house.house, actors: house.desk.actors, settings: .standard, sender: post, press: house.desk.press, seals: nil,
            patience: patience)
    }

    @Test("Each address gets its own message with its own link, receipts are on record, and a restart sends nothing again")
    func delivered() async throws {
        let post = Post()
        let house = try await DepositaryHouse()
        try await Self.enter([("FRA", ["a@fra.example", "b@fra.example"]), ("KEN", ["k@ken.example"]), ("BRA", [])], house)
        let entry = try await Self.issue(house)
        try await Self.run(Self.service(house, post)) { post.messages.count == 3 }
        #expect(Set(post.messages.map(\.identifier)).count == 3)
        #expect(
            post.messages.allSatisfy { $0.subject.hasPrefix("C.N.1.2026.TREATIES-XXVII.99: ENTRY INTO FORCE") },
            "\(post.messages.map(\.subject))")
        // On paper, and with the proof of its entry.
        for message in post.messages {
            #expect(
                message.attachments.map(\.name) == ["C.N.1.2026.TREATIES-XXVII.99.pdf", "C.N.1.2026.TREATIES-XXVII.99.tlog-proof"])
        }
        try await Self.run(Self.service(house, post)) { try await Self.deliveries(entry, house).count == 3 }
        #expect(try await Self.deliveries(entry, house).map(\.1) == [.accepted, .accepted, .accepted])
        #expect(post.messages.count == 3)
        // The link in the message acknowledges for that addressee, and for no other.
        let text = try #require(post.messages.first { $0.to.first?.address.description == "k@ken.example" }?.text)
        let link = try #require(text.split(separator: "\n").first { $0.contains("/acknowledge?actor=KEN&token=") }).dropFirst(
            "http://localhost".count)
        try await house.visit { visitor in
            let number = "/notifications/C.N.1.2026.TREATIES-XXVII.99"
            let stranger = try await visitor.get(String(link).replacing("actor=KEN", with: "actor=FRA"), anonymous: true)
            #expect(stranger.status == 403)
            let token = String(link.split(separator: "token=").last ?? "")
            let answer = try await visitor.post(
                "\(number)/acknowledge", from: String(link), form: "acknowledge",
                [("actor", "KEN"), ("token", token), ("by", "A. Counsellor")],
                anonymous: true)
            #expect(answer.status == 303, "\(answer.text.suffix(500))")
            let again = try await visitor.post(
                "\(number)/acknowledge", from: String(link), form: "acknowledge", [("actor", "KEN"), ("token", token)], anonymous: true)
            #expect(again.status == 409)
            let json = try await visitor.json(number)
            #expect(json["acknowledged"]?.array?.count == 1 && json["deliveries"]?.array?.count == 3)
        }
    }

    @Test("Refused for now is tried again, refused for good is recorded, and both with the server's words")
    func refusals() async throws {
        let post = Post()
        let house = try await DepositaryHouse()
        try await Self.enter([("FRA", ["later@fra.example"]), ("KEN", ["never@ken.example"])], house)
        let busy = MailError(.recipient, isTemporary: true, reason: "451 busy")
        post.refuse("later@fra.example", busy, busy)
        post.refuse("never@ken.example", MailError(.recipient, isTemporary: false, reason: "550 no such mailbox"))
        let entry = try await Self.issue(house)
        try await Self.run(Self.service(house, post)) { try await Self.deliveries(entry, house).count == 2 }
        let found = try await Self.deliveries(entry, house)
        #expect(found.map(\.0) == ["later@fra.example", "never@ken.example"])
        #expect(found.map(\.1) == [.accepted, .refused])
        #expect(found.map(\.2) == [3, 1])
    }

    @Test("A server that cannot be reached, or lets nobody in, takes nothing away: the addresses stay outstanding, until patience ends")
    func patience() async throws {
        let post = Post()
        let house = try await DepositaryHouse()
        try await Self.enter([("FRA", ["a@fra.example"])], house)
        let closed = MailError(.authentication, isTemporary: false, reason: "535 wrong password")
        post.refuse("a@fra.example", closed, closed, closed)
        let entry = try await Self.issue(house)
        try await Self.run(Self.service(house, post, DeliveryPatience(pauses: [3600], whole: 86_400))) {
            try await Task.sleep(for: .milliseconds(300))
            return true
        }
        #expect(try await Self.deliveries(entry, house).isEmpty)
        house.clock.advance(seconds: 90_000)
        try await Self.run(Self.service(house, post, DeliveryPatience(pauses: [0], whole: 86_400))) {
            try await !Self.deliveries(entry, house).isEmpty
        }
        #expect(try await Self.deliveries(entry, house).map(\.1) == [.abandoned])
        #expect(post.messages.isEmpty)
    }

    @Test("Stopped at any moment and begun again, every address is on record once (20 stops)", arguments: [20 as Int])
    func stops(count: Int) async throws {
        let post = Post()
        let house = try await DepositaryHouse()
        let addresses = (0..<60).map { "m\($0)@fra.example" }
        try await Self.enter([("FRA", addresses)], house)
        let entry = try await Self.issue(house)
        for round in 0..<count {
            let service = Self.service(house, post)
            let task = Task { try await service.run() }
            try await Task.sleep(for: .microseconds(500 * (1 + round % 7)))
            task.cancel()
            _ = try? await task.value
        }
        try await Self.run(Self.service(house, post)) { try await Self.deliveries(entry, house).count == 60 }
        #expect(try await Self.deliveries(entry, house).map(\.0) == addresses.sorted())
        // What was sent twice was sent under one identifier, and at most once for each stop.
        #expect(post.messages.count <= 60 + count)
        #expect(Set(post.messages.map(\.identifier)).count == 60)
        let acts = try house.record.entries(from: 0, limit: 10_000).filter { $0.kind == TreatyNotificationDelivered.kind }
        #expect(acts.count == 60)
    }
}
