import Acts
import Foundation
import Record
import Testing

@testable import Conferences
@testable import Web

@Suite("The digest of a mission")
struct MissionDigestTests {
    static let path = "/conferences/c/digest"

    @Test("It tells what changed since a person last looked, grouped by thing, and a colleague's looking changes nothing for them")
    func changes() async throws {
        let node = try await ConferenceNode()
        try await node.enter(PositionTests.tabled())
        for amendment in ["a1", "a2"] {
            try await node.enter(
                ConferenceAmendmentProposed(
                    conference: "c", text: "marine", amendment: amendment, base: 1, change: PositionTests.change, sponsors: ["KEN"]))
        }
        let digest = try await node.visit("d-FRA") { try await $0.json(Self.path) }
        let change = try #require(digest["changes"]?.array?.first { $0["thing"] == "marine" })
        #expect(change["title"] == "Marine agreement" && change["details"]?.array == ["art_1__para_1"])
        #expect(
            change["acts"]?.array == [
                ["kind": "conference.text-tabled@1", "count": 1], ["kind": "conference.amendment-proposed@1", "count": 2],
            ])
        let wanted = digest["needs"]?.array?.first?["provisions"]?.array
        #expect(wanted == [["provision": "art_1__para_1", "reason": "amendment"]])
        let upTo = try #require(digest["upTo"])
        guard case .integer(let end) = upTo else { return }
        try await node.visit("d-FRA") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let seen = try await visitor.submit(Self.path, to: "\(Self.path)/seen", [("upTo", "\(end)")])
            #expect(seen.status == 303, "\(seen.text)")
            let after = try await visitor.json(Self.path)
            #expect(after["changes"]?.array == [] && after["since"] != nil)
            #expect(after["needs"] == digest["needs"], "what waits for capital waits until capital has spoken")
        }
        let colleagues = try await node.visit("c-FRA") { try await $0.json(Self.path) }
        #expect(colleagues["changes"]?.array?.isEmpty == false)
        // What was seen is kept for the person alone: the leaf names nobody.
        let leaf = String(decoding: try node.last(ConferenceDigestSeen.kind).leaf, as: UTF8.self)
        #expect(!leaf.contains("d-FRA") && !leaf.contains("mission"))
    }

    @Test("It tells what is due, the next first: silences, planned meetings, credentials; and who speaks for no delegation gets none")
    func due() async throws {
        let node = try await ConferenceNode()
        let now = node.clock.now
        try await node.enter(
            ConferenceSilenceBegun(
                conference: "c", body: "plenary", silence: "s1", concerns: "A/CONF.9/L.1", paragraphs: [],
                deadline: now.adding(milliseconds: 72 * 3_600_000), zone: "UTC", isSecret: false, isPartial: false))
        try await node.enter(
            ConferenceMeetingPlanned(
                conference: "c", body: "plenary", plan: "m1", begins: now.adding(milliseconds: 3_600_000), place: "Hall A",
                about: "Article 1"))
        try await node.enter(
            ConferenceMeetingPlanned(
                conference: "c", body: "plenary", plan: "m2", begins: now.adding(milliseconds: 7_200_000), place: "Hall A", about: "",
                isCancelled: true))
        let digest = try await node.visit("d-IDN") { try await $0.json(Self.path) }
        let due = digest["due"]?.array ?? []
        #expect(due.compactMap { $0["kind"]?.string } == ["credentials", "planned", "silence"])
        for (person, status) in [("secretary", 403), (nil, 401)] as [(String?, Int)] {
            try await node.visit(person) { (visitor: ConferenceNode.Visitor) async throws -> Void in
                #expect(try await visitor.get(Self.path, accept: "application/json").status == status)
            }
        }
    }

    @Test("What was entered behind closed doors is told to who may read it, and never by mail")
    func restricted() async throws {
        let node = try await ConferenceNode()
        let act = ConferenceDocumentIssued(
            conference: "c", body: "plenary", symbol: "A/CONF.9/L.77", title: ["en": "Restricted paper"], sponsors: [], files: [:])
        _ = try await node.record.enter(
            Command([
                ActDraft(
                    act, dossier: "conference/c", office: "secretariat", author: "secretary",
                    marking: .restricted(.init(audience: ["mission-fra"], label: "private meeting")))
            ]))
        let (french, kenyan) = (try await seen(node, "d-FRA"), try await seen(node, "d-KEN"))
        #expect(french.contains("A/CONF.9/L.77") && !kenyan.contains("A/CONF.9/L.77"))
        let person = try await person("d-FRA", node)
        let parts = try await node.house.digestParts(for: person, from: 0, before: node.record.size, language: .english)
        #expect(parts.count == 1 && parts[0].heading == "Conference on the High Seas")
        let mail = parts.flatMap(\.items).map(\.text).joined(separator: "\n")
        #expect(mail.contains("Plenary") && !mail.contains("L.77"), "\(mail)")
        #expect(parts[0].items.last?.path == Self.path)
        // Nothing new, nothing sent; and nothing at all to who acts for no delegation.
        let size = node.record.size
        let later = try await node.house.digestParts(for: person, from: size, before: size, language: .english)
        #expect(later.isEmpty)
        let secretary = try await self.person("secretary", node)
        let none = try await node.house.digestParts(for: secretary, from: 0, before: size, language: .english)
        #expect(none.isEmpty)
    }

    private func seen(_ node: ConferenceNode, _ person: String) async throws -> String {
        try await node.visit(person) { try await $0.get(Self.path).text }
    }

    private func person(_ id: String, _ node: ConferenceNode) async throws -> Person {
        let access = node.house.access
        let found = try await node.record.read { try access.person(id, in: $0) }
        return try #require(found)
    }

    @Test("The plain text says the same in a few hundred bytes")
    func plain() async throws {
        let node = try await ConferenceNode()
        try await node.enter(PositionTests.tabled())
        let answer = try await node.visit("d-FRA") { try await $0.get(Self.path, accept: "text/plain") }
        #expect(answer.status == 200 && answer.text.contains("Marine agreement") && !answer.text.contains("<"))
        #expect(answer.text.utf8.count < 2_000)
    }
}
