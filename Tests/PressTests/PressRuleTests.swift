import Acts
import Testing

@testable import Press
@testable import Web

/// The press desk's rules over plain values.
@Suite("Rules of the press desk")
struct PressRuleTests {
    static func content(_ counts: [String: Int], phrases: [String: Int] = [:], alternatives: [String]? = nil) -> StatementContent {
        StatementContent(
            authoritative: "en",
            texts: counts.mapValues { StatementText(title: "Title", paragraphs: Array(repeating: "Words.", count: $0)) },
            phrases: phrases.mapValues { Array(repeating: "phrase", count: $0) },
            media: alternatives.map { tags in
                [
                    StatementMedium(
                        blob: "00", type: "image/png", alternative: Dictionary(tags.map { ($0, "What it shows") }, uniquingKeysWith: { $1 })
                    )
                ]
            } ?? [])
    }

    @Test(
        "All languages say the same number of things, or the fault is named (docs/press.md, Languages)",
        arguments: [
            (content(["en": 2, "fr": 2]), ["en", "fr"], nil),
            (content(["en": 2, "fr": 2, "es": 2]), ["en", "fr"], nil),
            (content(["en": 2]), ["en", "fr"], "press.parity-missing"),
            (content(["en": 2, "fr": 1]), ["en"], "press.parity-paragraphs"),
            (content(["en": 2, "es": 3]), ["en"], "press.parity-paragraphs"),
            (content(["en": 1, "fr": 1], phrases: ["en": 1, "fr": 2]), ["en", "fr"], nil),
            (content(["en": 1, "fr": 1], phrases: ["en": 1]), ["en", "fr"], "press.parity-phrases"),
            (content(["en": 1, "fr": 1], phrases: ["fr": 1]), ["en", "fr"], nil),
            (content(["en": 1, "fr": 1], alternatives: ["en", "fr"]), ["en", "fr"], nil),
            (content(["en": 1, "fr": 1], alternatives: ["en"]), ["en", "fr"], "press.no-alternative"),
        ] as [(StatementContent, [String], String?)])
    func parity(content: StatementContent, required: [String], code: String?) {
        #expect(TranslationParity(content, required: required).refusal?.code == code)
    }

    @Test(
        "Above TLP:CLEAR two persons approve, and for a label that is not known too (FIRST, TLP 2.0)",
        arguments: [
            ("TLP:CLEAR", 1), ("TLP:GREEN", 2), ("TLP:AMBER", 2), ("TLP:AMBER+STRICT", 2), ("TLP:RED", 2), ("TLP:WHITE", 2), ("", 2),
        ])
    func approvals(label: String, count: Int) {
        #expect(PressLabel.approvals(label) == count)
    }

    @Test(
        "Language tags have the form of BCP 47",
        arguments: [
            ("en", true), ("fil", true), ("zh-Hans", true), ("pt-BR", true), ("", false), ("e", false), ("english", false), ("en-", false),
            ("EN", false), ("en_GB", false), ("en-<script>", false), ("en-aaaaaaaaa", false), ("../../etc", false),
        ])
    func tags(text: String, isTag: Bool) {
        #expect(PressCommands.isLanguageTag(text) == isTag)
    }

    @Test(
        "An empty line ends a paragraph; a line break within one is a space",
        arguments: [
            ("One.", ["One."]), ("One.\n\nTwo.", ["One.", "Two."]), ("One\nstill one.\r\n\r\nTwo.", ["One still one.", "Two."]),
            ("\n\n  One.  \n \n\n\tTwo.\n", ["One.", "Two."]), ("", []), (" \n ", []),
        ])
    func paragraphs(text: String, expected: [String]) {
        #expect(PressPages.paragraphs(text) == expected)
    }

    @Test("What a payload does not say in its own form is refused, with its place")
    func payloads() throws {
        let act = StatementDrafted(content: Self.content(["en": 1, "fr": 1], phrases: ["en": 1, "fr": 1], alternatives: ["en", "fr"]))
        #expect(try StatementDrafted(json: act.json) == act)
        guard case .object(let object) = act.json else { return #expect(Bool(false)) }
        for name in ["form", "content"] {
            var changed = object
            changed[name] = nil
            #expect(throws: MalformedAct.self, "\(name)") { try StatementDrafted(json: .object(changed)) }
            changed[name] = 7
            #expect(throws: MalformedAct.self, "\(name)") { try StatementDrafted(json: .object(changed)) }
        }
        var more = object
        more["extra"] = "x"
        #expect(throws: MalformedAct.self) { try StatementDrafted(json: .object(more)) }
        for content: JSON in [
            ["authoritative": "fr", "texts": ["en": ["title": "T", "paragraphs": ["P"]]]],
            ["authoritative": "en", "texts": ["en": ["title": "T", "paragraphs": [7]]]],
            ["authoritative": "en", "texts": []],
            ["authoritative": "en", "texts": ["en": ["title": "T", "paragraphs": .array(Array(repeating: "P", count: 201))]]],
        ] {
            #expect(throws: MalformedAct.self, "\(content)") { try StatementContent(json: content) }
        }
    }

    @Test("A joint proposal names two parties or more, once each, and a quorum that can be reached")
    func proposals() throws {
        let good = JointProposed(parties: ["a.example/press", "b.example/press"], content: Self.content(["en": 1]), quorum: 2, draft: 3)
        #expect(try JointProposed(json: good.json) == good)
        for bad in [
            JointProposed(parties: ["a.example/press"], content: good.content, quorum: 2, draft: 3),
            JointProposed(parties: ["a.example/press", "a.example/press"], content: good.content, quorum: 2, draft: 3),
            JointProposed(parties: good.parties, content: good.content, quorum: 3, draft: 3),
            JointProposed(parties: good.parties, content: good.content, quorum: 1, draft: 3),
        ] {
            #expect(throws: MalformedAct.self) { try JointProposed(json: bad.json) }
            #expect(bad.digest != good.digest)
        }
    }

    @Test("A PDF says in its description what it is, and any bytes may say anything", arguments: 0..<100)
    func marks(seed: Int) {
        var lot = Lot(seed: UInt64(seed) &+ 7)
        let mark = Array("%PDF-1.5\n/Subject (Statement 7K3M-92QD, fr) rest".utf8)
        #expect(StatementPaper.mark(in: mark)?.code == "7K3M-92QD" && StatementPaper.mark(in: mark)?.language == "fr")
        var broken = mark
        for _ in 0..<3 { broken[lot.next(broken.count)] = UInt8(lot.next(256)) }
        _ = StatementPaper.mark(in: Array(broken.prefix(lot.next(broken.count + 1))))
        #expect(StatementPaper.mark(in: Array(mark.dropFirst())) == nil)
    }
}
