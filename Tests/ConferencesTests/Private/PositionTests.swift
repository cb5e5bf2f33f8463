import Acts
import Foundation
import Record
import Testing

@testable import Conferences

@Suite("Positions from capital")
struct PositionTests {
    static let path = "/conferences/c/positions/marine"
    static let words = """
        ## Article 1

        1. Parties shall mark sea lanes.

        2. Parties [shall][should] share their charts.

        ## Article 2

        1. Each Party may decide.

        """

    static func tabled(_ words: String = words, version: Int64 = 1) -> ConferenceTextTabled {
        ConferenceTextTabled(
            conference: "c", text: "marine", version: version, form: .rollingText, title: ["en": "Marine agreement"], language: "en",
            body: "plenary", words: words, sponsors: [])
    }

    static let change = ConferenceTextChange(
        .replace, target: "art_1__para_1", words: "Parties shall mark and light sea lanes.")

    @Test("Capital writes beside the provision, the delegate reads it there, and nobody else does")
    func capitalToDelegate() async throws {
        let node = try await ConferenceNode()
        try await node.enter(Self.tabled())
        try await node.visit("c-FRA") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let page = "\(Self.path)?provision=art_1__para_1"
            let answer = try await visitor.submit(
                page, to: Self.path,
                [
                    ("provision", "art_1__para_1"), ("version", "1"), ("stance", "accept"), ("instruction", "Ask for lights too."),
                    ("redLine", "No fees."), ("fallback", "Silence."),
                ])
            #expect(answer.status == 303, "\(answer.text)")
            let odd = try await visitor.submit(page, to: Self.path, [("provision", "art_9"), ("version", "1"), ("stance", "oppose")])
            #expect(odd.status == 404)
            let twice = try await visitor.submit(
                page, to: Self.path, [("provision", "art_1__para_1"), ("version", "1"), ("stance", "oppose"), ("instruction", "Over it.")])
            #expect(twice.status == 409 && twice.text.contains("Over it."), "a position that was not seen is not replaced")
        }
        try await node.visit("d-FRA") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let text = try await visitor.json(Self.path)
            let position = text["provisions"]?.array?.first { $0["provision"] == "art_1__para_1" }?["position"]
            #expect(position?["instruction"] == "Ask for lights too." && position?["capital"] == true && position?["version"] == 1)
            #expect(try await visitor.get(Self.path).text.contains("No fees."))
        }
        try await node.visit("d-KEN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let text = try await visitor.get(Self.path)
            #expect(text.status == 200 && !text.text.contains("No fees.") && !text.text.contains("Ask for lights"))
        }
        for (person, status) in [("operator", 403), ("secretary", 403), (nil, 401)] as [(String?, Int)] {
            try await node.visit(person) { (visitor: ConferenceNode.Visitor) async throws -> Void in
                #expect(try await visitor.get(Self.path, accept: "application/json").status == status)
            }
        }
    }

    @Test("A position is changed by who has the newest before them, and each version is an act of its own")
    func changed() async throws {
        let node = try await ConferenceNode()
        try await node.enter(Self.tabled())
        try await node.visit("d-FRA") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let page = "\(Self.path)?provision=art_2__para_1"
            let first = [("provision", "art_2__para_1"), ("version", "1"), ("stance", "reserve")]
            #expect(try await visitor.submit(page, to: Self.path, first).status == 303)
            let entry = try node.last(ConferencePaperKept.kind).index
            let second = [("provision", "art_2__para_1"), ("version", "1"), ("stance", "support"), ("base", "\(entry)")]
            #expect(try await visitor.submit(page, to: Self.path, second).status == 303)
            let positions = try await visitor.json(Self.path)["provisions"]?.array?.compactMap { $0["position"] } ?? []
            #expect(positions.count == 1 && positions[0]["stance"] == "support" && positions[0]["capital"] == false)
        }
    }

    // MARK: What wants an instruction

    private func negotiation(_ events: (inout Negotiation) throws -> Void) throws -> Negotiation {
        var negotiation = Negotiation()
        try negotiation.table(Self.tabled(), words: Array(Self.words.utf8), at: Moment(milliseconds: 1_000))
        try events(&negotiation)
        return negotiation
    }

    private func needs(_ negotiation: Negotiation, _ positions: [String: Int64] = [:], focus: String? = nil) -> [String: String] {
        let all = InstructionNeeds(
            negotiation: negotiation, positions: positions.mapValues { Moment(milliseconds: $0) }, focus: focus
        ).all
        return Dictionary(uniqueKeysWithValues: all.map { ($0.provision, $0.reason.rawValue) })
    }

    @Test(
        "A provision wants an instruction when the room comes to it, it is amended or agreed ad referendum, and capital has not spoken since"
    )
    func reasons() throws {
        let quiet = try negotiation { _ in }
        #expect(needs(quiet).isEmpty, "a text that was tabled is no question yet")
        #expect(needs(quiet, focus: "art_2__para_1") == ["art_2__para_1": "focus"])
        #expect(needs(quiet, ["art_2__para_1": 500], focus: "art_2__para_1").isEmpty)

        let proposed = ConferenceAmendmentProposed(
            conference: "c", text: "marine", amendment: "a1", base: 1, change: Self.change, sponsors: ["KEN"])
        let waiting = try negotiation { try $0.propose(proposed, at: Moment(milliseconds: 2_000)) }
        #expect(needs(waiting) == ["art_1__para_1": "amendment"])
        #expect(needs(waiting, ["art_1__para_1": 1_500]) == ["art_1__para_1": "outdated"])
        #expect(needs(waiting, ["art_1__para_1": 2_500]).isEmpty)

        let withdrawn = try negotiation {
            try $0.propose(proposed, at: Moment(milliseconds: 2_000))
            try $0.withdraw(
                ConferenceAmendmentWithdrawn(conference: "c", text: "marine", amendment: "a1", by: "KEN"), at: Moment(milliseconds: 3_000))
        }
        #expect(needs(withdrawn).isEmpty)

        let applied = try negotiation {
            try $0.propose(proposed, at: Moment(milliseconds: 2_000))
            try $0.apply(
                ConferenceAmendmentApplied(conference: "c", text: "marine", amendment: "a1", version: 2, manner: .asProposed),
                at: Moment(milliseconds: 3_000))
        }
        #expect(needs(applied) == ["art_1__para_1": "changed"])
        #expect(needs(applied, ["art_1__para_1": 2_500]) == ["art_1__para_1": "outdated"])
        #expect(needs(applied, ["art_1__para_1": 3_500]).isEmpty)

        let agreed = try negotiation {
            try $0.set(
                ConferenceProvisionStatusSet(
                    conference: "c", text: "marine", version: 1, provision: "art_2__para_1", status: .agreedAdReferendum),
                at: Moment(milliseconds: 4_000))
        }
        #expect(needs(agreed) == ["art_2__para_1": "ad-referendum"])
        #expect(needs(agreed, ["art_2__para_1": 3_000]) == ["art_2__para_1": "ad-referendum"])
        #expect(needs(agreed, ["art_2__para_1": 5_000]).isEmpty)
    }
}
