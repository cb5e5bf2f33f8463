import Acts
import Testing

@testable import Treaties

/// To whom a treaty is open by its own clauses, as data: every case is a row that names the treaty it is taken from.
@Suite("Entitlement")
struct EntitlementTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var clause: JSON
        var classes: JSON?
        var day = "2026-01-01"
        /// How many are entitled; `nil`: the clauses do not say.
        var count: Int?
        var within: [String] = []
        var without: [String] = []
    }

    static let cases = [
        Case(testDescription: "No clause: the depositary's circle is told", clause: [:], count: nil),
        Case(
            testDescription: "All States, and the European Union by name (BBNJ Agreement art. 66)",
            clause: ["sign": ["any": ["State", ["EU"]]], "from": "2023-09-20", "until": "2025-09-20", "article": "Art. 66"], count: 198,
            within: ["FRA", "VAT", "PSE", "COK", "EU"], without: ["NATO", "SUN"]),
        Case(
            testDescription: "All: whoever, and of organizations nobody is written to who is not named", clause: ["sign": "all"],
            count: 197,
            within: ["KEN"], without: ["EU"]),
        Case(
            testDescription: "Members of an organization of the actor table (ECHR art. 59(1))",
            clause: ["sign": "members of the Council of Europe", "article": "Art. 59(1)"], count: 46, within: ["FRA", "TUR"],
            without: ["RUS", "KEN", "COE"]),
        Case(
            testDescription: "The same on a day when another was a member", clause: ["sign": "coe"], day: "2020-01-01", count: 47,
            within: ["RUS"]),
        Case(
            testDescription: "Negotiating States sign; any State invited joins (Antarctic Treaty art. XIII(1))",
            clause: ["sign": "negotiating States", "join": ["any": ["negotiating States", "invited States"]], "article": "Art. XIII"],
            classes: ["negotiating States": ["ARG", "AUS", "NOR"], "invited States": [["actor": "IND", "from": "1983-01-01"]]], count: 4,
            within: ["ARG", "IND"], without: ["KEN"]),
        Case(
            testDescription: "Before the invitation", clause: ["join": "invited States"],
            classes: ["invited States": [["actor": "IND", "from": "1983-01-01"]]], day: "1982-12-31", count: 0),
        Case(
            testDescription: "Whoever may sign is entitled while it is open, then only who may join",
            clause: ["sign": ["FRA", "KEN"], "join": ["KEN"], "until": "2026-06-30"], count: 2, within: ["FRA"]),
        Case(
            testDescription: "After the closing", clause: ["sign": ["FRA", "KEN"], "join": ["KEN"], "until": "2025-06-30"], count: 1,
            within: ["KEN"], without: ["FRA"]),
        Case(testDescription: "A class nobody has listed: nobody can be measured by it", clause: ["sign": "the Club"], count: nil),
    ]

    private static func opened(_ clause: JSON, _ classes: JSON?) -> TreatyOpened {
        var opened = DepositaryFixtures.opened
        opened.openForSignature = nil
        opened.closedForSignature = nil
        opened.finalClauses = clause == [:] ? nil : ["participation": clause]
        opened.classes = classes
        return opened
    }

    private static func life(_ clause: JSON, _ classes: JSON?) throws -> TreatyLife {
        try TreatyLaw(actors: try ActorTable.standard).life(of: opened(clause, classes), declared: nil, inForce: [:], events: [])
    }

    @Test("Who is entitled to become a Party follows from the clauses", arguments: cases)
    func entitled(_ one: Case) throws {
        let day = try #require(CalendarDate(one.day))
        let entitled = Entitlement(try Self.life(one.clause, one.classes)).entitled(among: try ActorTable.standard, on: day)
        #expect(entitled?.count == one.count)
        for code in one.within { #expect(entitled?.contains(ActorCode(rawValue: code)!) == true, "\(code)") }
        for code in one.without { #expect(entitled?.contains(ActorCode(rawValue: code)!) == false, "\(code)") }
    }

    @Test(
        "Notifications go to Parties and to those the clauses entitle, and only without clauses to the circle (VCLT art. 77(1)(b), (e), (f))"
    )
    func addressees() throws {
        let actors = try ActorTable.standard
        let rule = AddresseeRule(actors: actors, settings: .standard)
        let day = DepositaryFixtures.date("2026-01-01")
        let club = Entitlement(try Self.life(["sign": ["FRA", "KEN"]], nil))
        #expect(rule.addressees(nil, on: day, reach: .everybodyEntitled, entitlement: club).map(\.actor.rawValue) == ["FRA", "KEN"])
        #expect(rule.addressees(nil, on: day, reach: .signatoryAndContracting, entitlement: club).isEmpty)
        let silent = Entitlement(try Self.life([:], nil))
        #expect(
            rule.addressees(nil, on: day, reach: .everybodyEntitled, entitlement: silent)
                == rule.addressees(nil, on: day, reach: .everybodyEntitled))
    }

    @Test(
        "Who is not entitled is refused with the clause and the article of the Convention",
        arguments: [
            (ParticipationKind.signature, "Art. 59(1); VCLT art. 12"), (.accession, "Art. 59(1); VCLT art. 15"),
            (.acceptance, "Art. 59(1); VCLT arts. 11, 14"),
        ])
    func refused(_ kind: ParticipationKind, _ citation: String) throws {
        let life = try Self.life(["sign": "members of the Council of Europe", "article": "Art. 59(1)"], nil)
        let law = TreatyLaw(actors: try ActorTable.standard)
        func admission(_ code: String) throws -> Admission {
            try life.admission(
                of: LifeEvent(
                    id: "offered", .participation(kind), by: law.participant(ActorCode(rawValue: code)!),
                    on: DepositaryFixtures.date("2026-01-01")))
        }
        guard case .refused(let refusal) = try admission("KEN") else {
            Issue.record("Kenya is no member of the Council of Europe")
            return
        }
        #expect(refusal.code == "treaty.not-eligible" && refusal.citation == citation)
        guard case .admitted = try admission("FRA") else {
            Issue.record("France is a member")
            return
        }
    }
}
