import Acts
import Ledger
import Testing
import Texts

@testable import Treaties

/// What may be entered, adopted and authenticated, and on which article a refusal rests.
struct TextRuleTests {
    private static let today = CalendarDate("2026-11-22")!

    private static func hash(_ digit: Character) -> Hash { Hash(hexadecimal: String(repeating: digit, count: 64))! }

    private static func text(
        _ language: String, _ version: Int64 = 1, _ digit: Character = "a", authentic: Bool = true, correction: Int64? = nil
    ) -> TreatyTextEntered {
        TreatyTextEntered(
            treaty: "XXVII-99", language: language, version: version, label: "Draft", sha256: hash(digit), isAuthentic: authentic,
            provisions: 12, correction: correction)
    }

    private static func opened(adopted: String? = nil, languages: [String]? = ["en", "fr"]) -> TreatyOpened {
        TreatyOpened(
            treaty: "XXVII-99", titles: ["en": "An agreement"], chapter: "XXVII", chapterNames: [:],
            adoptedOn: adopted.flatMap { CalendarDate($0) }, article: "Art. 1", clause: ["condition": ["count": 2]],
            instrumentKind: .agreement, authenticLanguages: languages)
    }

    private static func file(
        _ texts: [TreatyTextEntered] = [], adopted: String? = nil, authenticated: Bool = false, languages: [String]? = ["en", "fr"],
        corrections: [InstrumentFile.Correction] = []
    ) -> InstrumentFile {
        var file = InstrumentFile(
            opened: opened(adopted: adopted, languages: languages), entry: 0,
            versions: texts.enumerated().map { .init(entry: Int64($0.offset + 1), text: $0.element) })
        file.corrections = corrections
        if authenticated { file.authenticated = .init(entry: 50, act: authentication(of: file)) }
        return file
    }

    private static func authentication(
        of file: InstrumentFile, on date: String = "2026-03-02", gaps: Int64 = 0, reason: String? = nil, set: Hash? = nil
    ) -> TreatyAuthenticated {
        let texts = file.authenticTexts
        return TreatyAuthenticated(
            treaty: "XXVII-99", date: CalendarDate(date)!, procedure: .signature, texts: texts,
            textSet: set ?? TextRule.setHash(of: texts) ?? hash("0"), gaps: gaps, reason: reason)
    }

    private static func adoption(
        of file: InstrumentFile, on date: String = "2026-03-01", _ rule: TreatyAdopted.Rule = .consentOfAll,
        _ votes: TreatyAdopted.Votes? = nil, ownRule: String? = nil
    ) -> TreatyAdopted {
        TreatyAdopted(
            treaty: "XXVII-99", date: CalendarDate(date)!, place: "Geneva", rule: rule, ownRule: ownRule, votes: votes,
            texts: file.authenticTexts)
    }

    private static func refusal(_ body: () throws -> Void) -> Refusal? {
        do {
            try body()
            return nil
        } catch {
            return error as? Refusal
        }
    }

    private static let both = [text("en"), text("fr", 1, "b")]

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var code: String?
        var article: String?
        var run: @Sendable () -> Refusal?
    }

    private static func entering(
        _ name: String, _ text: TreatyTextEntered, in file: InstrumentFile, expected: Hash? = nil, _ code: String?, _ article: String? = nil
    ) -> Case {
        Case(testDescription: name, code: code, article: article) {
            refusal { try TextRule(file: file, today: today).checkEntering(text, expected: expected) }
        }
    }

    private static func adopting(_ name: String, _ act: TreatyAdopted, in file: InstrumentFile, _ code: String?, _ article: String? = nil)
        -> Case
    {
        Case(testDescription: name, code: code, article: article) {
            refusal { try TextRule(file: file, today: today).checkAdoption(act) }
        }
    }

    private static func authenticating(
        _ name: String, _ act: TreatyAuthenticated, in file: InstrumentFile, _ code: String?, _ article: String? = nil
    ) -> Case {
        Case(testDescription: name, code: code, article: article) {
            refusal { try TextRule(file: file, today: today).checkAuthentication(act) }
        }
    }

    static var cases: [Case] {
        let drafted = file(both)
        let adopted = file(both, adopted: "2026-03-01")
        return [
            entering("a first text", text("en"), in: file(), nil),
            entering("a second version", text("en", 2, "c"), in: drafted, nil),
            entering("the same bytes again", text("en", 2, "a"), in: drafted, "treaty.text-unchanged"),
            entering("a version's number that is taken", text("en", 1, "c"), in: drafted, "treaty.version-taken"),
            entering("a tag that is none", text("e n"), in: file(), "treaty.unknown-language", "RFC 5646"),
            entering("a hash that differs", text("en"), in: file(), expected: hash("f"), "treaty.text-hash-differs"),
            entering("a hash that agrees", text("en"), in: file(), expected: hash("a"), nil),
            entering("another language as authentic", text("id"), in: drafted, "treaty.language-not-authentic", "VCLT art. 33(2)"),
            entering("another language as a translation", text("id", authentic: false), in: drafted, nil),
            entering(
                "an authentic text after authentication", text("en", 2, "c"), in: file(both, adopted: "2026-03-01", authenticated: true),
                "treaty.text-frozen", "VCLT arts. 10, 79"),
            entering(
                "a translation after authentication", text("id", authentic: false),
                in: file(both, adopted: "2026-03-01", authenticated: true), nil),
            entering(
                "a text as a correction of its language made it", text("en", 2, "c", correction: 60),
                in: file(both, adopted: "2026-03-01", authenticated: true, corrections: [.init(entry: 60, languages: ["en"])]), nil),
            entering(
                "a text by a correction that nobody made", text("en", 2, "c", correction: 60),
                in: file(both, adopted: "2026-03-01", authenticated: true), "treaty.correction-not-made", "VCLT art. 79(1), (2)"),
            entering(
                "a text by a correction of another language", text("en", 2, "c", correction: 60),
                in: file(both, adopted: "2026-03-01", authenticated: true, corrections: [.init(entry: 60, languages: ["fr"])]),
                "treaty.correction-not-made", "VCLT art. 79(1), (2)"),
            entering(
                "a second text by one correction", text("en", 3, "d", correction: 60),
                in: file(
                    both + [text("en", 2, "c", correction: 60)], adopted: "2026-03-01", authenticated: true,
                    corrections: [.init(entry: 60, languages: ["en"])]),
                "treaty.correction-used", "VCLT art. 79(4)"),
            adopting("by consent of all", adoption(of: drafted), in: drafted, nil),
            adopting("with nothing to adopt", adoption(of: file()), in: file(), "treaty.nothing-to-adopt", "VCLT art. 9"),
            adopting("twice", adoption(of: adopted), in: adopted, "treaty.adopted-already", "VCLT arts. 24(4), 39, 79"),
            adopting("tomorrow", adoption(of: drafted, on: "2026-11-23"), in: drafted, "treaty.day-to-come"),
            adopting("texts that changed meanwhile", adoption(of: file([text("en")])), in: drafted, "treaty.texts-changed"),
            adopting(
                "by consent of all with votes against", adoption(of: drafted, .consentOfAll, .init(inFavour: 40, against: 1)), in: drafted,
                "treaty.consent-not-of-all", "VCLT art. 9(1)"),
            // BBNJ COP rules and General Assembly rule 86: abstentions are not votes.
            adopting(
                "by two thirds exactly, with abstentions",
                adoption(of: drafted, .twoThirds, .init(inFavour: 80, against: 40, abstaining: 60)),
                in: drafted, nil),
            adopting(
                "one vote short of two thirds", adoption(of: drafted, .twoThirds, .init(inFavour: 79, against: 40)), in: drafted,
                "treaty.two-thirds-missed", "VCLT art. 9(2)"),
            adopting("by two thirds of nobody", adoption(of: drafted, .twoThirds), in: drafted, "treaty.votes-missing", "VCLT art. 9(2)"),
            adopting("by a rule nobody names", adoption(of: drafted, .ownRule), in: drafted, "treaty.own-rule-missing"),
            adopting("by a rule that is named", adoption(of: drafted, .ownRule, ownRule: "Rule 47(1)"), in: drafted, nil),
            authenticating("both languages", authentication(of: adopted), in: adopted, nil),
            authenticating("before adoption", authentication(of: drafted), in: drafted, "treaty.not-adopted", "VCLT arts. 9, 10"),
            authenticating(
                "on a day before adoption", authentication(of: adopted, on: "2026-02-28"), in: adopted,
                "treaty.authenticated-before-adoption"),
            authenticating(
                "with a language missing", authentication(of: file([text("en")], adopted: "2026-03-01")),
                in: file([text("en")], adopted: "2026-03-01"), "treaty.language-missing", "VCLT arts. 10, 33(1)"),
            authenticating(
                "with gaps in the concordance", authentication(of: adopted, gaps: 3), in: adopted, "treaty.concordance-gaps",
                "VCLT arts. 10, 33"),
            authenticating(
                "with gaps and a reason", authentication(of: adopted, gaps: 3, reason: "French numbers no preamble."), in: adopted, nil),
            authenticating(
                "with another set's hash", authentication(of: adopted, set: hash("1")), in: adopted, "treaty.texts-changed"),
            authenticating(
                "twice", authentication(of: adopted), in: file(both, adopted: "2026-03-01", authenticated: true),
                "treaty.authenticated-already", "VCLT arts. 10, 79"),
        ]
    }

    @Test("The law of adopting and authenticating a text is kept, each refusal with its article", arguments: cases)
    func law(_ one: Case) {
        let refusal = one.run()
        #expect(refusal?.code == one.code)
        if let article = one.article { #expect(refusal?.citation == article) }
        if let refusal { #expect(!refusal.mend.isEmpty) }
    }

    @Test("The hash of the set depends on every language and on nothing else")
    func setHash() {
        let first = TextRule.setHash(of: ["en": Self.hash("a"), "fr": Self.hash("b")])
        #expect(first != nil)
        #expect(first != TextRule.setHash(of: ["en": Self.hash("b"), "fr": Self.hash("a")]))
        #expect(first != TextRule.setHash(of: ["en": Self.hash("a")]))
        #expect(TextRule.setHash(of: ["no tag": Self.hash("a")]) == nil)
    }

    @Test("The acts of a text come back from their JSON, and a member nobody asked for is refused")
    func payloads() throws {
        let file = Self.file(Self.both)
        let text = Self.text("en", 3, "c", correction: 7)
        let adopted = Self.adoption(of: file, .twoThirds, .init(inFavour: 80, against: 40, abstaining: 1))
        let authenticated = Self.authentication(of: file, gaps: 2, reason: "As agreed.")
        #expect(try TreatyTextEntered(json: text.json) == text)
        #expect(try TreatyAdopted(json: adopted.json) == adopted)
        #expect(try TreatyAuthenticated(json: authenticated.json) == authenticated)
        for json in [text.json, adopted.json, authenticated.json] {
            var object = try #require(json.object)
            object["more"] = 1
            #expect(throws: MalformedAct.self) { try TreatyTextEntered(json: .object(object)) }
            #expect(throws: MalformedAct.self) { try TreatyAdopted(json: .object(object)) }
            #expect(throws: MalformedAct.self) { try TreatyAuthenticated(json: .object(object)) }
        }
        var broken = try #require(text.json.object)
        broken["sha256"] = "abc"
        #expect(throws: MalformedAct.self) { try TreatyTextEntered(json: .object(broken)) }
    }
}
