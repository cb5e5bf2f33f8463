import Acts
import TestSupport
import Testing

@testable import Disclosure

@Suite("Markings")
struct MarkingTests {
    let policies: MarkingPolicies
    let day: CalendarDate

    init() throws {
        var all = try MarkingPolicies.load()
        // Two States that do not exist, and their agreement.
        let arcadia = try MarkingPolicy(
            json: try JSONParser.parse(
                #"""
                {"identifier":"arcadia","names":{"en":"Arcadia"},"source":"fiction","openAfterYears":25,
                 "levels":[{"code":"OPEN","rank":0,"classification":false},{"code":"RESERVED","rank":1,"portionMark":"R"},{"code":"SECRET","rank":2,"portionMark":"S"}],
                 "categories":[{"code":"REL TO","kind":"permissive","values":[]},{"code":"CODE","kind":"restrictive","values":["ELM","OAK"]}]}
                """#))
        let table = try EquivalenceTable(
            json: try JSONParser.parse(
                #"{"source":"fiction","policies":["arcadia","nato"],"rows":[["RESERVED","NATO RESTRICTED"],["SECRET","NATO SECRET"],["","COSMIC TOP SECRET"]]}"#
            ))
        all = MarkingPolicies(policies: Array(all.policies.values) + [arcadia], equivalences: [table])
        policies = all
        day = try #require(CalendarDate("2026-01-10"))
    }

    func label(
        _ policy: String, _ level: String, categories: [String: [String]] = [:], originator: String = "mfa", created: String = "2020-01-01",
        declassification: SecurityLabel.Declassification? = nil, foreign: [String] = []
    ) throws -> SecurityLabel {
        SecurityLabel(
            policy: policy, classification: level, categories: categories, originator: originator,
            created: try #require(CalendarDate(created)), declassification: declassification, foreignOriginators: foreign)
    }

    /// public.md's source for these: FIRST TLP 2.0; the EU's and NATO's levels, LIMITE being no classification.
    static let shipped: [(policy: String, levels: [String], unclassified: [String])] = [
        ("tlp-2.0", ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"], ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]),
        (
            "eu",
            [
                "PUBLIC", "LIMITE", "RESTREINT UE/EU RESTRICTED", "CONFIDENTIEL UE/EU CONFIDENTIAL", "SECRET UE/EU SECRET",
                "TRES SECRET UE/EU TOP SECRET",
            ], ["PUBLIC", "LIMITE"]
        ),
        (
            "nato", ["NATO UNCLASSIFIED", "NATO RESTRICTED", "NATO CONFIDENTIAL", "NATO SECRET", "COSMIC TOP SECRET"],
            ["NATO UNCLASSIFIED"]
        ),
    ]

    @Test("The shipped policies have the levels of their sources, the least sensitive first", arguments: shipped)
    func levels(row: (policy: String, levels: [String], unclassified: [String])) throws {
        let policy = try policies.policy(row.policy)
        #expect(policy.levels.map(\.code) == row.levels)
        #expect(policy.levels.filter { !$0.isClassification }.map(\.code) == row.unclassified)
    }

    @Test("A document is marked as its highest portion, policy by policy")
    func highestPortion() throws {
        let marking = try DocumentMarking(
            portions: [
                label("tlp-2.0", "GREEN"), label("arcadia", "RESERVED"), label("tlp-2.0", "AMBER+STRICT"), label("arcadia", "OPEN"),
                label("tlp-2.0", "AMBER"),
            ], under: policies)
        #expect(try marking.labels.map { try policies.line($0) } == ["RESERVED", "TLP:AMBER+STRICT"])
    }

    @Test("Permissive lists narrow to what the portions have in common; restrictive ones add up")
    func categories() throws {
        let marking = try DocumentMarking(
            portions: [
                label("arcadia", "SECRET", categories: ["REL TO": ["AUS", "FJI", "IDN"], "CODE": ["OAK"]]),
                label("arcadia", "RESERVED", categories: ["REL TO": ["FJI", "IDN", "NZL"], "CODE": ["ELM"]]),
                label("arcadia", "RESERVED"),
            ], under: policies)
        #expect(marking.labels.first?.categories == ["REL TO": ["FJI", "IDN"], "CODE": ["ELM", "OAK"]])
        let reader = ReaderClearance(levels: ["arcadia": "SECRET"], values: ["REL TO": ["FJI"], "CODE": ["ELM", "OAK"]])
        #expect(try reader.allows(marking, under: policies))
        #expect(try !ReaderClearance(levels: ["arcadia": "RESERVED"], values: reader.values).allows(marking, under: policies))
        #expect(
            try !ReaderClearance(levels: reader.levels, values: ["REL TO": ["AUS"], "CODE": ["ELM", "OAK"]]).allows(
                marking, under: policies))
        #expect(try !ReaderClearance(levels: reader.levels, values: ["REL TO": ["FJI"], "CODE": ["ELM"]]).allows(marking, under: policies))
        #expect(try !ReaderClearance(levels: ["nato": "COSMIC TOP SECRET"], values: reader.values).allows(marking, under: policies))
    }

    @Test("Portions that nobody may have together are refused, with the list that excludes everybody")
    func nobody() throws {
        #expect(throws: MarkingFault.releasableToNobody(policy: "arcadia", category: "REL TO")) {
            try DocumentMarking(
                portions: [
                    label("arcadia", "SECRET", categories: ["REL TO": ["AUS"]]),
                    label("arcadia", "SECRET", categories: ["REL TO": ["FJI"]]),
                ], under: policies)
        }
        #expect(throws: MarkingFault.noPortions) { try DocumentMarking(portions: [], under: policies) }
    }

    @Test("No reader of the whole could not have read every portion", arguments: 0..<300)
    func wholeImpliesParts(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        func some(_ values: [String]) -> [String] { values.filter { _ in Bool.random(using: &random) } }
        let portions = try (0..<Int.random(in: 1...4, using: &random)).map { _ in
            try label(
                "arcadia", ["OPEN", "RESERVED", "SECRET"].randomElement(using: &random) ?? "OPEN",
                categories: ["REL TO": some(["AUS", "FJI", "IDN"]), "CODE": some(["ELM", "OAK"])])
        }
        guard let marking = try? DocumentMarking(portions: portions, under: policies) else { return }
        for level in ["OPEN", "RESERVED", "SECRET"] {
            let reader = ReaderClearance(
                levels: ["arcadia": level], values: ["REL TO": Set(some(["AUS", "FJI", "IDN"])), "CODE": Set(some(["ELM", "OAK"]))])
            guard try reader.allows(marking, under: policies) else { continue }
            for portion in portions { #expect(try reader.allows(portion, under: policies)) }
        }
    }

    @Test("Only the originator lowers a marking, and a foreign originator must agree; anybody may raise it")
    func authority() throws {
        let secret = try label("arcadia", "SECRET", foreign: ["arcadia-ally"])
        let reserved = try label("arcadia", "RESERVED", foreign: ["arcadia-ally"])
        #expect(try MarkingDecision(from: reserved, to: secret, by: "desk", speakingFor: [], on: day, under: policies).direction == .raised)
        #expect(throws: MarkingFault.notTheOriginator(originator: "mfa", office: "desk")) {
            try MarkingDecision(from: secret, to: reserved, by: "desk", speakingFor: [], on: day, under: policies)
        }
        #expect(throws: MarkingFault.foreignInformation(["arcadia-ally"])) {
            try MarkingDecision(from: secret, to: nil, by: "mfa", speakingFor: ["mfa"], on: day, under: policies)
        }
        let opened = try MarkingDecision(
            from: secret, to: nil, by: "mfa", speakingFor: ["mfa"], agreed: ["arcadia-ally"], on: day, under: policies)
        #expect(opened.direction == .opened)
        #expect(opened.agreed == ["arcadia-ally"])
    }

    @Test("Widening a release list, dropping a code word or an originator is lowering by another name")
    func widening() throws {
        let before = try label("arcadia", "SECRET", categories: ["REL TO": ["FJI"], "CODE": ["OAK"]], foreign: ["ally"])
        for after in [
            try label("arcadia", "SECRET", categories: ["REL TO": ["AUS", "FJI"], "CODE": ["OAK"]], foreign: ["ally"]),
            try label("arcadia", "SECRET", categories: ["CODE": ["OAK"]], foreign: ["ally"]),
            try label("arcadia", "SECRET", categories: ["REL TO": ["FJI"]], foreign: ["ally"]),
            try label("arcadia", "SECRET", categories: ["REL TO": ["FJI"], "CODE": ["OAK"]]),
            try label(
                "arcadia", "SECRET", categories: ["REL TO": ["FJI"], "CODE": ["OAK"]], declassification: .on(day), foreign: ["ally"]),
        ] {
            #expect(throws: MarkingFault.self) {
                try MarkingDecision(from: before, to: after, by: "desk", speakingFor: [], on: day, under: policies)
            }
        }
        let narrower = try label("arcadia", "SECRET", categories: ["REL TO": ["FJI"], "CODE": ["ELM", "OAK"]], foreign: ["ally"])
        #expect(
            try MarkingDecision(from: before, to: narrower, by: "desk", speakingFor: [], on: day, under: policies).direction == .amended)
    }

    @Test("A marking ends by date, by event, by age or by agreement, and never alone where it is another's information")
    func declassification() throws {
        let later = try #require(CalendarDate("2027-01-01"))
        let happened = try #require(CalendarDate("2026-01-05"))
        func state(_ label: SecurityLabel, happened: [String: CalendarDate] = [:], agreed: [String: CalendarDate] = [:]) throws
            -> DeclassificationClock.State
        { try DeclassificationClock.state(of: label, on: day, happened: happened, agreed: agreed, under: policies) }
        #expect(try state(label("arcadia", "SECRET", declassification: .on(later))) == .opens(later))
        #expect(try state(label("arcadia", "SECRET", declassification: .on(happened))) == .due(since: happened))
        #expect(try state(label("arcadia", "SECRET", declassification: .event("visit ends"))) == .awaitsEvent("visit ends"))
        #expect(
            try state(label("arcadia", "SECRET", declassification: .event("visit ends")), happened: ["visit ends": happened])
                == .due(since: happened))
        #expect(try state(label("arcadia", "SECRET", declassification: .originatorAgrees)) == .awaitsAgreement(["mfa"]))
        #expect(try state(label("arcadia", "SECRET", created: "2000-06-01")) == .due(since: try #require(CalendarDate("2025-06-01"))))
        #expect(try state(label("nato", "NATO SECRET", created: "1950-01-01")) == .noEnd)
        #expect(try state(label("tlp-2.0", "CLEAR")) == .open)
        let foreign = try label("arcadia", "SECRET", created: "1950-01-01", declassification: .on(happened), foreign: ["ally"])
        #expect(try state(foreign) == .awaitsAgreement(["ally"]))
        #expect(try state(foreign, agreed: ["ally": day]) == .due(since: day))
    }

    @Test("A portion of another's information keeps the whole from opening alone")
    func foreignPortion() throws {
        let marking = try DocumentMarking(
            portions: [
                label("arcadia", "RESERVED", declassification: .on(day)),
                label("arcadia", "RESERVED", originator: "ally", declassification: .on(day)),
            ], under: policies)
        let whole = try #require(marking.labels.first)
        #expect(whole.foreignOriginators == ["ally"])
        #expect(try DeclassificationClock.state(of: whole, on: day, under: policies) == .awaitsAgreement(["ally"]))
    }

    @Test("A label of one policy is another's only by a table, with its source")
    func equivalence() throws {
        #expect(try policies.equivalent(of: label("arcadia", "SECRET"), in: "nato")?.level == "NATO SECRET")
        #expect(try policies.equivalent(of: label("nato", "COSMIC TOP SECRET"), in: "arcadia") == nil)
        #expect(try policies.equivalent(of: label("eu", "SECRET UE/EU SECRET"), in: "nato") == nil)
    }

    @Test("Labels that do not keep to their policy are refused")
    func check() throws {
        #expect(throws: MarkingFault.unknownPolicy("utopia")) { try policies.check(label("utopia", "SECRET")) }
        #expect(throws: MarkingFault.unknownLevel(policy: "eu", code: "SECRET")) { try policies.check(label("eu", "SECRET")) }
        #expect(throws: MarkingFault.unknownCategory(policy: "tlp-2.0", code: "REL TO")) {
            try policies.check(label("tlp-2.0", "RED", categories: ["REL TO": ["FJI"]]))
        }
        #expect(throws: MarkingFault.unknownValue(category: "CODE", value: "ASH")) {
            try policies.check(label("arcadia", "SECRET", categories: ["CODE": ["ASH"]]))
        }
    }

    @Test("A label is read back as it was written")
    func roundTrip() throws {
        for ending: SecurityLabel.Declassification? in [nil, .on(day), .event("x"), .originatorAgrees] {
            var written = try label("arcadia", "SECRET", categories: ["REL TO": ["FJI"]], declassification: ending, foreign: ["ally"])
            written.review = day
            #expect(try SecurityLabel(json: try JSONParser.parse(written.json.canonicalText)) == written)
        }
    }
}
