import Acts
import Disclosure
import Foundation
import Record
import TestSupport
import Testing

@testable import Press

@Suite("The life of a disclosed document")
struct DisclosureLifeTests {
    static let text = "The talks opened.\n\n(RED) Zirconium told us.\n\n(RED) And again.\n\nThey will resume."

    static func file(_ node: PressNode, changes: [(String, String)] = []) async throws -> String {
        let fields = [("office", "press"), ("title", "Talks"), ("language", "en"), ("level", "tlp-2.0/CLEAR"), ("text", text)]
        return try await node.visit(PressNode.drafter) { visitor in
            let answer = try await visitor.submit(
                "/press/documents", to: "/press/documents", fields.filter { field in !changes.contains { $0.0 == field.0 } } + changes)
            #expect(answer.status == 303, "\(answer.text)")
            return try #require(answer.location)
        }
    }

    static let ground = "uk-foia-2000|s. 27"

    @Test("It is filed, released in part by a second person, verifies, and nothing of what was removed is anywhere")
    func life() async throws {
        let node = try await PressNode()
        let document = try await Self.file(node)
        let withheld = [("withhold-p/0002", Self.ground), ("withhold-p/0003", Self.ground), ("title", "Talks"), ("collection", "talks")]
        let own = try await node.visit(PressNode.drafter) { try await $0.submit(document, to: "\(document)/release", withheld) }
        #expect(own.status == 403)
        let short = try await node.visit(PressNode.approver) {
            try await $0.submit(document, to: "\(document)/release", [withheld[0], ("title", "Talks")])
        }
        #expect(short.status == 422, "a marked paragraph is not released by oversight")
        #expect(short.text.contains("p/0003"))
        let answer = try await node.visit(PressNode.approver) { try await $0.submit(document, to: "\(document)/release", withheld) }
        #expect(answer.status == 303, "\(answer.text)")
        let address = try #require(answer.location)
        let json = try await node.json(address)
        let release = try RedactedRelease(json: try #require(json["file"]))
        try ReleaseVerification.checkRoot(release)
        #expect(json["verified"]?.bool == true)
        #expect(release.shown.map(\.part.text) == ["The talks opened.", "They will resume."])
        #expect(release.removals.count == 1, "neighbours on one ground are one mark")
        for path in [address, "\(address)/file", "\(address)/pdf", "/disclosures", "/disclosures?q=talks", "/record/acts?format=json"] {
            let shown = try await node.visit(nil) { try await $0.get(path) }
            #expect(shown.status == 200, "\(path) \(shown.text.prefix(300))")
            #expect(!shown.text.lowercased().contains("zirconium"), "\(path)")
        }
        #expect(try await node.json("/disclosures?q=resume%20talks")["releases"]?.array?.count == 1)
        #expect(try await node.json("/disclosures?q=zirconium")["releases"]?.array?.isEmpty == true)
        #expect(!node.log.lines.contains { $0.lowercased().contains("zirconium") })
        let page = try await node.visit(PressNode.approver) { try await $0.get(document) }
        #expect(page.text.contains("TLP:RED"))
        #expect(try await node.visit(PressNode.stranger) { try await $0.get(document) }.status == 404)
        #expect(try await node.visit(nil) { try await $0.get(document) }.status == 401)
    }

    @Test("A paragraph is opened by its originator, and another's information only with that other's agreement")
    func opening() async throws {
        let node = try await PressNode()
        let document = try await Self.file(node, changes: [("foreign", "ally")])
        let open = [("path", "p/0002"), ("level", "tlp-2.0/CLEAR"), ("reason", "The visit is over.")]
        let refused = try await node.visit(PressNode.approver) { try await $0.submit(document, to: "\(document)/mark", open) }
        #expect(refused.status == 403)
        #expect(refused.text.contains("ally"))
        let agreed = try await node.visit(PressNode.approver) {
            try await $0.submit(document, to: "\(document)/mark", open + [("agreed", "ally")])
        }
        #expect(agreed.status == 303, "\(agreed.text)")
        let identifier = try #require(document.split(separator: "/").last.map(String.init))
        let file = try #require(try await node.record.read { try DisclosureQueries(database: $0).document(identifier) })
        #expect(file.part("p/0002")?.label == nil)
        #expect(file.part("p/0003")?.label?.classification == "RED")
    }

    @Test("A request has the day its law sets, takes its steps in order, and is counted when answered; who asked stays inside")
    func request() async throws {
        let node = try await PressNode()
        let fields = [
            ("office", "press"), ("regime", "eu-1049-2001"), ("received", "2026-11-19"), ("subject", "Papers"), ("contact", "Iphigenia"),
        ]
        let made = try await node.visit(PressNode.drafter) { try await $0.submit("/press/access", to: "/press/access", fields) }
        #expect(made.status == 303, "\(made.text)")
        let address = try #require(made.location)
        let number = try #require(address.split(separator: "/").last.map(String.init))
        #expect(try await node.json(address)["state"]?.string == "unregistered")
        func step(_ step: String, _ on: String, _ more: [(String, String)] = []) async throws -> Int {
            try await node.visit(PressNode.drafter) {
                try await $0.submit("/press/access", to: "/press/access/\(number)/step", [("step", step), ("on", on)] + more).status
            }
        }
        #expect(try await step("answered", "2026-11-20", [("outcome", "granted")]) == 422, "not before it is registered")
        #expect(try await step("registered", "2026-11-20") == 303)
        #expect(try await node.json(address)["due"]?.string == "2026-12-11", "fifteen working days from registration")
        #expect(try await step("answered", "2026-11-20") == 400, "an answer says what was decided")
        #expect(try await step("answered", "2026-11-20", [("outcome", "partly"), ("citation", "Art. 4(1)(a)")]) == 303)
        #expect(try await node.json(address)["state"]?.string == "appeal-open")
        for path in [address, "/access-requests", "\(address)?format=json"] {
            let shown = try await node.visit(nil) { try await $0.get(path) }
            #expect(shown.status == 200)
            #expect(!shown.text.contains("Iphigenia"))
        }
        let measures = try await node.json("/measures")["measures"]?.array ?? []
        #expect(measures.first { $0["measure"]?.string == "answers" }?["inTime"]?.integer == 1)
    }

    @Test("Copies are made at the level only, differ, are counted when opened, and a leak of one is known again")
    func copies() async throws {
        let node = try await PressNode()
        var random = SystemRandomNumberGenerator()
        let pairs = [
            ("noted", "observed"), ("began", "started"), ("shortly", "before long"), ("stressed", "underlined"), ("almost", "nearly"),
            ("perhaps", "possibly"), ("obtain", "secure"), ("assist", "help"), ("often", "frequently"), ("reply", "answer"),
            ("whole", "entire"), ("chose", "selected"), ("showed", "demonstrated"), ("quickly", "rapidly"), ("kept", "retained"),
        ]
        let words = [
            "harbour", "ferry", "customs", "vessel", "island", "valley", "tariff", "convoy", "pipeline", "court", "envoy", "market",
        ]
        let notation = pairs.map { pair in
            let around: [String] = (0..<8).map { _ in words.randomElement(using: &random) ?? "" }
            return "The \(around[0..<4].joined(separator: " ")) {\(pair.0)|\(pair.1)} the \(around[4..<8].joined(separator: " "))."
        }.joined(separator: "\n\n")
        let fields = [
            ("office", "press"), ("title", "Cable"), ("notation", notation), ("approved", "yes"), ("reader", PressNode.drafter),
            ("reader", PressNode.approver), ("address", "press@mfa.example"),
        ]
        func make(_ level: String) async throws -> PressVisitor.Answer {
            try await node.visit(PressNode.drafter) {
                try await $0.submit("/press/copies", to: "/press/copies", fields + [("level", level)])
            }
        }
        #expect(try await make("tlp-2.0/GREEN").status == 422)
        let made = try await make("tlp-2.0/RED")
        #expect(made.status == 303, "\(made.text)")
        let address = try #require(made.location)
        func open(_ person: String) async throws -> String {
            try await node.visit(person) { visitor in
                let answer = try await visitor.submit(address, to: "\(address)/open", [])
                #expect(answer.status == 200, "\(answer.text)")
                let start = try #require(answer.text.range(of: "data-test=\"copy-text\">"))
                let end = try #require(answer.text.range(of: "</div>", range: start.upperBound..<answer.text.endIndex))
                return String(answer.text[start.upperBound..<end.lowerBound]).replacing("<p>", with: "").replacing("</p>", with: " ")
            }
        }
        let (one, other) = (try await open(PressNode.drafter), try await open(PressNode.approver))
        #expect(one != other)
        #expect(try await node.visit(PressNode.stranger) { try await $0.get(address) }.status == 404)
        let own = try await node.visit(PressNode.drafter) { try await $0.get(address) }
        #expect(!own.text.contains("data-test=\"opening\""), "who made the copies does not see the log")
        let log = try await node.visit(PressNode.approver) { try await $0.get(address) }
        #expect(log.text.ranges(of: "data-test=\"opening\"").count == 2)
        let identifier = try #require(address.split(separator: "/").last.map(String.init))
        let file = try #require(try await node.record.read { try DisclosureQueries(database: $0).copies(identifier) })
        let needed = LeakAnalysis.sitesNeeded(copies: 2)
        let verdict = try await node.visit(PressNode.secondApprover) { visitor in
            let shown = try await visitor.get(address)
            let token = try #require(shown.text.range(of: "name=\"request\" value=\""))
            return try await visitor.post(
                "\(address)/analyse",
                [("request", String(shown.text[token.upperBound...].prefix { $0 != "\"" })), ("leak", one.uppercased())])
        }
        #expect(verdict.status == 200, "\(verdict.text.suffix(2_000))")
        #expect(needed <= pairs.count)
        #expect(verdict.text.ranges(of: "data-test=\"consistent\"").count == 1)
        #expect(file.act.readers == [PressNode.drafter, PressNode.approver])
    }

    @Test("An alert is raised, its questions are ticked off, and a released draft closes its times")
    func alert() async throws {
        let node = try await PressNode()
        let fields = [
            ("office", "press"), ("title", "A ferry was stopped"), ("source", "person"), ("event", "2026-11-20T11:30"),
            ("ask", "Legal adviser, Harbour master"),
        ]
        let made = try await node.visit(PressNode.drafter) { try await $0.submit("/press/alerts", to: "/press/alerts", fields) }
        #expect(made.status == 303, "\(made.text)")
        let address = try #require(made.location)
        let draft = try await node.drafted()
        let entry = try #require(draft.split(separator: "/").last.map(String.init))
        func note(_ what: String, _ more: [(String, String)]) async throws -> Int {
            try await node.visit(PressNode.drafter) { try await $0.submit(address, to: "\(address)/note", [("what", what)] + more).status }
        }
        #expect(try await note("asked", [("who", "Legal adviser")]) == 303)
        node.clock.advance(minutes: 5)
        #expect(try await note("drafted", [("draft", entry)]) == 303)
        node.clock.advance(minutes: 10)
        #expect(try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")]).status == 303)
        let released = try await node.act(PressNode.approver, draft, "approve", [("hour", "now")])
        #expect(released.status == 303)
        let identifier = try #require(address.split(separator: "/").last.map(String.init))
        let file = try #require(try await node.record.read { try DisclosureQueries(database: $0).alert(identifier) })
        #expect(file.toAsk == ["Harbour master"])
        #expect(file.responseTimes.map(\.step) == ["alert", "draft", "approved", "published"])
        #expect(file.responseTimes.map(\.milliseconds) == [1_800_000, 300_000, 600_000, 0])
        let page = try await node.visit(PressNode.drafter) { try await $0.get(address) }
        #expect(page.status == 200)
        #expect(page.text.contains("data-test=\"time\""))
        let measures = try await node.json("/measures")["measures"]?.array ?? []
        #expect(measures.first { $0["measure"]?.string == "response" }?["steps"]?.array?.count == 4)
        #expect(try await node.visit(PressNode.stranger) { try await $0.get(address) }.status == 404)
    }
}
