import Acts
import Foundation
import Record
import Testing
import Web

@testable import Treaties

/// What is gathered for a person from a real record: only what is new, followed and theirs to read.
@Suite("Digests of a record")
struct DigestTests {
    private static func enter(_ actor: String, _ marking: Marking, _ house: DepositaryHouse) async throws -> Int64 {
        let made = TreatyStatementMade(
            treaty: DepositaryHouse.treaty, actor: ActorCode(rawValue: actor)!, statement: .communication,
            date: CalendarDate("2026-11-19")!,
            text: "A communication of \(actor).", language: "en")
        let draft = ActDraft(
            made, dossier: TreatyCommands.dossier(of: DepositaryHouse.treaty), office: "depositary", author: "node", marking: marking)
        return try #require(try await house.record.enter(Command([draft])).first).index
    }

    private static func subscription(_ house: DepositaryHouse, since entry: Int64, person: String? = nil) throws -> DigestSubscription {
        let officer = try #require(try Identity.people(in: house.record).first { $0.holds(.depositaryOfficer) })
        return DigestSubscription(
            entry: entry,
            request: TreatyDigestRequested(
                person: person ?? officer.id, address: "a@b.example", language: "en", frequency: .daily, treaties: [DepositaryHouse.treaty]),
            asked: Moment("2026-11-18T00:00:00.000Z")!, isConfirmed: true, isAskedToConfirm: true, isEnded: false,
            last: DigestCursor(entry: entry, moment: Moment("2026-11-18T00:00:00.000Z")!))
    }

    @Test("An act for another office's eyes is not in it, nor one whose content was erased; what comes after them is told from there on")
    func access() async throws {
        let house = try await DepositaryHouse()
        let since = house.record.size
        let composer = DigestComposer(house: house.house, desk: house.desk)
        #expect(try await composer.digest(for: try Self.subscription(house, since: since)) == nil, "nothing new, nothing told")
        let open = try await Self.enter("FRA", .public, house)
        let own = try await Self.enter("BRA", .restricted(.init(audience: ["depositary"], label: "internal")), house)
        _ = try await Self.enter("KEN", .restricted(.init(audience: ["another-office"], label: "internal")), house)
        let erased = try await Self.enter("NOR", .public, house)
        _ = try await house.record.erase(entry: erased, ground: "a test", office: "depositary", author: "node")
        let digest = try #require(try await composer.digest(for: try Self.subscription(house, since: since)))
        let addresses = digest.sections.flatMap(\.items).map(\.address)
        #expect(addresses == ["http://localhost/record/acts/\(open)", "http://localhost/record/acts/\(own)"])
        #expect(digest.upTo == house.record.size)
        #expect(!digest.sections.flatMap(\.items).contains { $0.text.contains("Kenya") || $0.text.contains("Norway") })
        #expect(try await composer.digest(for: try Self.subscription(house, since: digest.upTo)) == nil)
        // Who holds no office is told nothing, whatever was asked for once.
        #expect(try await composer.digest(for: try Self.subscription(house, since: since, person: "nobody")) == nil)
    }

    @Test("Asked for, confirmed, sent, asked for anew, ended: the record alone tells where it stands")
    func standing() async throws {
        let house = try await DepositaryHouse()
        let commands = DigestCommands(actors: house.desk.actors, office: "depositary", author: "p1")
        func current() async throws -> DigestSubscription? {
            try await house.record.read { try DigestQueries(database: $0).subscription(of: "p1") }
        }
        func ask(_ address: String) async throws {
            let request = TreatyDigestRequested(person: "p1", address: address, language: "en", frequency: .weekly)
            _ = try await house.record.enter(
                Command { _ in
                    try commands.request(
                        request, languages: ["en"], isAddress: { $0.contains("@") }, treatyExists: { _ in true }, form: nil)
                })
        }
        try await ask("a@b.example")
        let first = try #require(try await current())
        #expect(!first.isConfirmed && !first.isActive)
        _ = try await house.record.enter(Command { _ in try commands.confirm(first, person: "p1", request: first.entry) })
        let sent = TreatyDigestSent(person: "p1", request: first.entry, content: .digest, upTo: 17, message: "m@x")
        _ = try await house.record.enter(Command { _ in commands.sent(sent, now: first) })
        #expect(try await current()?.last?.entry == 17)
        // Other wishes at the same address need no second confirmation, and nothing is told twice.
        try await ask("a@b.example")
        #expect(try await current()?.isActive == true)
        #expect(try await current()?.last?.entry == 17)
        // Another address does, and the link for the old one confirms nothing.
        try await ask("c@d.example")
        let other = try await current()
        #expect(other?.isActive == false)
        #expect(throws: Refusal.self) { try commands.confirm(other, person: "p1", request: first.entry) }
        _ = try await house.record.enter(Command { _ in commands.end(other, .link, form: nil) })
        #expect(try await current()?.isEnded == true)
        #expect(commands.end(try await current(), .link, form: nil).isEmpty)
        try await ask("a@b.example")
        #expect(try await current()?.isActive == false, "after the end, everything is asked anew")
        #expect(try await current()?.last == nil)
        // An erased request leaves no address in the tables.
        let entry = try #require(try await current()?.entry)
        _ = try await house.record.erase(entry: entry, ground: "a test", office: "depositary", author: "node")
        #expect(try await current()?.entry != entry)
    }
}
