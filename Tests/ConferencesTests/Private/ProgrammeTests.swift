import Acts
import Foundation
import Record
import Testing

@testable import Conferences

@Suite("The programme of meetings")
struct ProgrammeTests {
    @Test("The secretariat plans a meeting in the conference's own time and calls it off; a delegate does neither, and the past is refused")
    func plans() async throws {
        let node = try await ConferenceNode()
        let path = "/conferences/c/programme"
        try await node.visit("secretary") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let fields = [("body", "plenary"), ("day", "2026-12-01"), ("hour", "10:00"), ("place", "Hall A"), ("about", "Article 12")]
            #expect(try await visitor.submit(path, to: path, fields).status == 303)
            let past = try await visitor.submit(path, to: path, [("body", "plenary"), ("day", "2026-01-01"), ("hour", "10:00")])
            #expect(past.status == 400, "\(past.text)")
        }
        let planned = try await node.visit(nil) { try await $0.json(path) }
        let meeting = try #require(planned["meetings"]?.array?.first)
        #expect(meeting["begins"] == "2026-12-01T09:00:00.000Z" && meeting["cancelled"] == false)
        let name = try #require(meeting["plan"]?.string)
        try await node.visit("d-KEN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let page = try await visitor.get(path)
            #expect(page.status == 200 && !page.text.contains("data-test=\"plan\""))
        }
        try await node.visit("secretary") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            #expect(try await visitor.submit(path, to: path, [("plan", name)]).status == 303)
            #expect(try await visitor.submit(path, to: path, [("plan", "m9999")]).status == 404)
        }
        let after = try await node.visit(nil) { try await $0.json(path) }
        #expect(after["meetings"]?.array?.first?["cancelled"] == true)
    }
}
