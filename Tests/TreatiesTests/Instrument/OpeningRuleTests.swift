import Acts
import Ledger
import Testing

@testable import Treaties

/// How an instrument may be opened and described, and on what a refusal rests.
struct OpeningRuleTests {
    private static func opened(_ change: (inout TreatyOpened) -> Void = { _ in }) -> TreatyOpened {
        var opened = TreatyOpened(
            treaty: "XXVII-99", titles: ["en": "An agreement"], chapter: "XXVII", chapterNames: [:], article: "Art. 1",
            clause: ["condition": ["count": 2], "delay": ["unit": "days", "count": 30]], instrumentKind: .agreement,
            authenticLanguages: ["en", "fr"])
        change(&opened)
        return opened
    }

    private static func code(_ opened: TreatyOpened, isTaken: Bool = false, parentExists: Bool = false) throws -> String? {
        let rule = OpeningRule(actors: try ActorTable.standard)
        do {
            try rule.check(opened, isTaken: isTaken, parentExists: parentExists)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        "A number has a chapter and at least a number in it",
        arguments: [
            ("XXVII-99", true), ("IV-11-b", true), ("XXVII", false), ("27-1", false), ("XXVII-", false), ("XXVII-x", false),
            ("xxvii-1", false), ("XXVII--1", false), ("open", false), ("XXVII-1/2", false),
        ])
    func numbers(_ number: String, _ isGood: Bool) throws {
        #expect(try Self.code(Self.opened { $0.treaty = number }) == (isGood ? nil : "treaty.number-form"))
    }

    @Test("What is described must be possible in law")
    func descriptions() throws {
        #expect(try Self.code(Self.opened()) == nil)
        #expect(try Self.code(Self.opened(), isTaken: true) == "treaty.exists-already")
        #expect(try Self.code(Self.opened { $0.titles = [:] }) == "treaty.no-title")
        #expect(try Self.code(Self.opened { $0.titles["x y"] = "A" }) == "treaty.unknown-language")
        #expect(try Self.code(Self.opened { $0.instrumentKind = .amendment }) == "treaty.no-parent")
        #expect(try Self.code(Self.opened { $0.parent = "IV-1" }) == "treaty.unknown-parent")
        #expect(try Self.code(Self.opened { $0.parent = "IV-1" }, parentExists: true) == nil)
        #expect(try Self.code(Self.opened { $0.prevailingLanguage = "ar" }) == "treaty.prevailing-not-authentic")
        #expect(try Self.code(Self.opened { $0.prevailingLanguage = "fr" }) == nil)
        #expect(try Self.code(Self.opened { $0.authenticLanguages = ["en", "en"] }) == "treaty.languages-repeated")
        #expect(try Self.code(Self.opened { $0.authenticLanguages = ["EN"] }) == "treaty.unknown-language")
        #expect(try Self.code(Self.opened { $0.depositaries = ["A", "A"] }) == "treaty.depositaries")
        #expect(try Self.code(Self.opened { $0.clause = ["condition": ["count": 2], "dealy": 1] }) == "treaty.clause-form")
        #expect(
            try Self.code(
                Self.opened {
                    $0.openForSignature = CalendarDate("2026-02-01")
                    $0.closedForSignature = CalendarDate("2026-01-01")
                }) == "treaty.period-ends-early")
    }

    @Test("An instrument may be described otherwise until its text is adopted (VCLT art. 24(4))")
    func changes() throws {
        let rule = OpeningRule(actors: try ActorTable.standard)
        let file = InstrumentFile(opened: Self.opened(), entry: 3)
        #expect(throws: Never.self) { try rule.checkChange(Self.opened { $0.short = "AG" }, in: file, parentExists: false) }
        #expect(throws: Refusal.self) { try rule.checkChange(Self.opened(), in: file, parentExists: false) }
        let adopted = InstrumentFile(opened: Self.opened { $0.adoptedOn = CalendarDate("2026-01-01") }, entry: 3)
        let refusal = #expect(throws: Refusal.self) {
            try rule.checkChange(Self.opened { $0.short = "AG" }, in: adopted, parentExists: false)
        }
        #expect(refusal?.code == "treaty.adopted-already" && refusal?.citation == "VCLT arts. 24(4), 39, 79")
    }

    @Test("What the register keeps of an instrument comes back from its JSON, and nothing else is taken")
    func payload() throws {
        let whole = Self.opened {
            $0.status = .political
            $0.parent = "IV-1"
            $0.depositaries = ["A", "B"]
            $0.prevailingLanguage = "en"
            $0.finalClauses = ["reservations": ["rule": "prohibited"]]
        }
        #expect(try TreatyOpened(json: whole.json) == whole)
        var object = whole.json.object!
        object["instrumentKind"] = "pact of steel"
        #expect(throws: MalformedAct.self) { try TreatyOpened(json: .object(object)) }
    }

    @Test("The form's answers become the clause and the final clauses in their languages")
    func form() throws {
        var form = OpeningForm()
        form.values = [
            "number": "XXVII-99", "kind": "agreement", "title-en": "An agreement", "forceArticle": "Art. 7", "count": "10",
            "delayCount": "30", "delayUnit": "days", "organizations": "no", "laterCount": "30", "laterUnit": "days",
            "reservations": "prohibited", "reservationsArticle": "Art. 9", "withdrawal": "notice", "noticeCount": "1",
            "noticeUnit": "years", "amendments": "2/3", "amendmentsCount": "90", "opens": "2026-01-01", "closes": "2027-01-01",
        ]
        form.languages = ["en", "fr"]
        let opened = try form.opened(chapterNames: ["en": "Environment"])
        #expect(try Self.code(opened) == nil)
        #expect(opened.clause["condition"]?["count"]?.integer == 10)
        #expect(opened.clause["regionalOrganizationsCount"]?.bool == false)
        let clauses = try FinalClauses.read(try #require(opened.finalClauses))
        #expect(clauses.reservations.rule == .prohibited)
        #expect(clauses.participation.signatureUntil == CalendarDate("2027-01-01"))
        #expect(clauses.amendments?.entryIntoForce?.delay.count == 90)
    }

    @Test("A clause is tried on a real treaty's participation: BBNJ's own gives no date where nobody has joined")
    func trial() throws {
        let sample = try SampleRegister.shipped()
        let treaty = try #require(sample.treaties.first { $0.opened.treaty == "XXI-6" })
        let file = TreatyFile(
            opened: treaty.opened,
            lines: treaty.participation.enumerated().map { .init(entry: Int64($0.offset), participation: $0.element) })
        let trial = ClauseTrial(actors: try ActorTable.standard)
        let today = CalendarDate("2026-11-22")!
        // UNCLOS art. 308: twelve months after the sixtieth instrument.
        let own = try trial.outcome(of: treaty.opened, on: file, inForce: [:], asOf: today)
        #expect(own.date == CalendarDate("1994-11-16"))
        var other = treaty.opened
        other.clause = ["condition": ["count": 1000]]
        #expect(try trial.outcome(of: other, on: file, inForce: [:], asOf: today).date == nil)
    }
}
