import Acts
import Testing

@testable import Texts

@Suite("The text model")
struct TextModelTests {
    @Test("Equal words have one form: composed, merged, spaces for line ends")
    func inlineTextIsNormal() throws {
        let one = try InlineText([.words("Caf"), .words("e\u{301}\nnoir"), .words(""), .words(" x", .bold)])
        let other = try InlineText([.words("Café noir"), .words(" x", .bold)])
        #expect(one == other)
        #expect(Array(one.plain.utf8) == Array("Caf\u{E9} noir x".utf8))
    }

    @Test("Controls and overrides of direction are refused", arguments: ["a\u{0}b", "a\u{202E}b", "\u{7F}", "\u{FEFF}", "x\u{FFFF}"])
    func controlsAreRefused(_ text: String) {
        #expect { try InlineText(text) } throws: { ($0 as? TextFault)?.kind == .character }
    }

    @Test("Language tags in their recommended case, with three letters and a direction")
    func languagesAreRead() throws {
        #expect(TextLanguage("EN")?.tag == "en")
        #expect(TextLanguage("fra") == .french)
        #expect(TextLanguage("zh-hant")?.tag == "zh-Hant")
        #expect(TextLanguage("sr-latn-rs")?.tag == "sr-Latn-RS")
        #expect(TextLanguage.arabic.direction == .rightToLeft)
        #expect(TextLanguage("az-Arab")?.direction == .rightToLeft)
        #expect(TextLanguage.chinese.threeLetters == "zho")
        for wrong in ["", "e", "english", "en_GB", "en-", "1n", "en-x-private", "é1"] { #expect(TextLanguage(wrong) == nil, "\(wrong)") }
    }

    @Test("What cannot be a text cannot be built")
    func illegalTextsAreRefused() throws {
        let article = try Sample.article("1")
        #expect(Sample.fault { try Sample.text([article, article]) }?.kind == .identifier)
        #expect(Sample.fault { try Sample.text([try Sample.provision(.conclusions, ""), article]) }?.kind == .structure)
        #expect(Sample.fault { try Sample.text([try Sample.provision(.preamble, "1")]) }?.kind == .identifier)
        #expect(Sample.fault { try Sample.provision(.article, "1", children: [try Sample.provision(.part, "1")]) }?.kind == .structure)
        #expect(Sample.fault { try TextTable(rows: [[.init(content: [])], []]) }?.kind == .structure)
        var deep = try Sample.provision(.point, "a")
        let fault = Sample.fault {
            for level in 0..<100 { deep = try Sample.provision(.point, "x\(level)", children: [deep]) }
        }
        #expect(fault?.kind == .tooLarge)
    }

    @Test("An article's address begins anew within the instrument and within each annex")
    func addressesAreMade() throws {
        let part = try Sample.provision(
            .part, "2",
            children: [
                try Sample.provision(
                    .article, "8bis", children: [try Sample.provision(.paragraph, "2", children: [try Sample.provision(.point, "a")])])
            ])
        let annex = try Sample.provision(
            .annex, "1",
            children: [try Sample.provision(.part, "1", wId: "x", children: [try Sample.provision(.article, "8bis", wId: "y")])])
        let text = try Sample.text([part, annex])
        #expect(
            text.places.map(\.eId) == [
                "part_2", "art_8bis", "art_8bis__para_2", "art_8bis__para_2__point_a", "att_1", "att_1__part_1", "att_1__art_8bis",
            ])
        #expect(text.blocks.compactMap(\.anchor) == text.places.map(\.eId))
        #expect(text.place(anchor: "y")?.eId == "att_1__art_8bis")
    }

    @Test("The hash of a set of authentic texts is that of the lines the documentation tells")
    func authenticTextsAreHashed() throws {
        let texts = try AuthenticTexts(digests: [.english: Array(repeating: 0xAB, count: 32), .arabic: Array(repeating: 1, count: 32)])
        let lines = "chancery.authentic-texts/1\nar \(String(repeating: "01", count: 32))\nen \(String(repeating: "ab", count: 32))\n"
        #expect(String(decoding: texts.canonicalBytes, as: UTF8.self) == lines)
        #expect(texts.digest.count == 32)
        #expect(Sample.fault { try AuthenticTexts(digests: [:]) } != nil)
        #expect(Sample.fault { try AuthenticTexts(digests: [.english: [1]]) } != nil)
    }
}
