import Acts
import Foundation
import TestSupport
import Testing

@testable import Texts

@Suite("Akoma Ntoso")
struct AkomaNtosoTests {
    /// A text with one of everything a text can hold.
    static func full(
        language: TextLanguage = .english, authenticity: TextAuthenticity = .authentic, words: String = "words & <signs> \"quoted\""
    ) throws -> InstrumentText {
        let note = try Footnote(mark: "1", content: [try InlineText("See article 2."), try InlineText([.words("Italic", .italic)])])
        let rich = try InlineText([
            .words(" " + words + " "), .words("bold", .bold), .words("both", [.bold, .italic, .underline]), .footnote(note), .lineBreak,
            .words("2", .superscript), .words("article 1", [], target: "#art_1"), .words("x", .subscript), .words(" end "),
        ])
        let table = try TextTable(rows: [
            [.init(isHeading: true, content: [try InlineText("Party")]), .init(isHeading: true, content: [])],
            [.init(content: [try InlineText("A"), try InlineText("B")]), .init(content: [rich])],
        ])
        let point = try Sample.provision(
            .point, "a", wId: "p1", number: "(a)", "first",
            children: [
                try Sample.provision(.point, "i", wId: "p2", number: "(i)", "nested"),
                try Sample.provision(.indent, "1", wId: "p3", "dash"),
            ], closing: ["after the inner list"])
        let paragraph = try Sample.provision(.paragraph, "1", wId: "q1", number: "1.", "chapeau:", children: [point], closing: ["end."])
        let article = try Provision(
            .article, wId: try #require(ProvisionIdentifier("art_8ter")), token: "8bis", number: "Article 8 bis", heading: rich,
            content: [.paragraph(rich), .table(table)], children: [paragraph])
        let preamble = try Sample.provision(
            .preamble, "", heading: "PREAMBLE", "The Parties,",
            children: [
                try Sample.provision(.recital, "1", number: "(1)", heading: "First", "Recalling"),
                try Sample.provision(.recital, "2", "Noting"),
            ], closing: ["Have agreed:"])
        let annex = try Sample.provision(
            .annex, "1", number: "ANNEX I", heading: "List", "intro",
            children: [try Sample.provision(.article, "1", wId: "a1", "In the annex")],
            closing: ["out"])
        return try Sample.text(
            [
                preamble,
                try Sample.provision(.part, "1", number: "PART I", heading: "GENERAL", children: [article, try Sample.article("9")]),
                try Sample.provision(.conclusions, "", heading: "Testimonium", "DONE at New York"), annex,
                try Sample.provision(.annex, "2", number: "ANNEX II"),
            ], language: language, authenticity: authenticity)
    }

    @Test("A text comes back exactly, in every language and standing")
    func roundTripIsExact() throws {
        for language in ["en", "fr", "ar", "zh", "ru", "es", "id", "zh-Hant", "sr-Latn"].compactMap({ TextLanguage($0) }) {
            for authenticity in [TextAuthenticity.authentic, .translation(from: nil), .translation(from: .some(TextLanguage(known: "pt")))]
            {
                let text = try Self.full(language: language, authenticity: authenticity)
                let bytes = AkomaNtoso.bytes(of: text)
                let back = try AkomaNtoso.read(bytes)
                #expect(back == text)
                #expect(AkomaNtoso.bytes(of: back) == bytes)
            }
        }
    }

    @Test("Authentic languages are siblings, each authoritative, none a translation; a translation says so")
    func authenticTextsAreSiblings() throws {
        let french = String(decoding: AkomaNtoso.bytes(of: try Self.full(language: .french)), as: UTF8.self)
        #expect(french.contains("<FRBRauthoritative value=\"true\"/>"))
        #expect(!french.contains("FRBRtranslation"))
        #expect(french.contains("/akn/un/act/provision/un/2023-06-19/sample/fra@2023-06-19"))
        let translation = String(
            decoding: AkomaNtoso.bytes(of: try Self.full(language: .indonesian, authenticity: .translation(from: .english))), as: UTF8.self)
        #expect(translation.contains("<FRBRauthoritative value=\"false\"/>"))
        #expect(translation.contains("fromLanguage=\"eng\""))
        let both = translation.replacing("<FRBRauthoritative value=\"false\"/>", with: "<FRBRauthoritative value=\"true\"/>")
        #expect(Sample.fault { try AkomaNtoso.read(Array(both.utf8)) }?.kind == .unexpected)
    }

    @Test("White space of the layout is not text; white space of the text is")
    func layoutIsNotText() throws {
        let pretty = String(decoding: AkomaNtoso.bytes(of: try Sample.text([try Sample.article("1", "one two")])), as: UTF8.self)
            .replacing("<p>one two</p>", with: "<p>\n      one\n      <b>two </b>\n   </p>")
        let text = try AkomaNtoso.read(Array(pretty.utf8))
        #expect(text.provisions[0].content == [.paragraph(try InlineText([.words("one "), .words("two ", .bold)]))])
    }

    struct Wrong: CustomTestStringConvertible, Sendable {
        let name: String
        let change: @Sendable (String) -> String
        let kind: TextFault.Kind
        var testDescription: String { name }
    }

    static let wrongs: [Wrong] = [
        Wrong(name: "not XML", change: { _ in "%PDF-1.4" }, kind: .notReadable),
        Wrong(name: "empty", change: { _ in "" }, kind: .notReadable),
        Wrong(name: "cut short", change: { String($0.prefix($0.count / 2)) }, kind: .notReadable),
        Wrong(
            name: "entity bomb",
            change: { text in
                let bomb = (1..<10).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
                return text.replacing(
                    "?>\n", with: "?>\n<!-- x --><!DOCTYPE akomaNtoso [<!ENTITY l0 \"lol\">\(bomb)]>\n", maxReplacements: 1
                )
                .replacing("The Parties agree", with: "&l9;")
            }, kind: .documentType),
        Wrong(
            name: "external entity",
            change: { text in
                text.replacing("?>\n", with: "?>\n<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n", maxReplacements: 1)
                    .replacing("The Parties agree", with: "&e;")
            }, kind: .documentType),
        Wrong(name: "undeclared entity", change: { $0.replacing("The Parties agree", with: "&nbsp;") }, kind: .notReadable),
        Wrong(name: "draft namespace", change: { $0.replacing("akn/3.0", with: "akn/3.0/WD17") }, kind: .notAkomaNtoso),
        Wrong(name: "no namespace", change: { $0.replacing(" xmlns=\"\(AkomaNtoso.namespace)\"", with: "") }, kind: .notAkomaNtoso),
        Wrong(name: "HTML", change: { _ in "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>" }, kind: .notAkomaNtoso),
        Wrong(name: "script", change: { $0.replacing("<p>The", with: "<script xmlns=\"x\">x</script><p>The") }, kind: .notAkomaNtoso),
        Wrong(name: "bill", change: { $0.replacing("<act ", with: "<bill ").replacing("</act>", with: "</bill>") }, kind: .notAkomaNtoso),
        Wrong(name: "loose words", change: { $0.replacing("</article>", with: "loose</article>") }, kind: .unexpected),
        Wrong(name: "unknown element", change: { $0.replacing("<p>The", with: "<toc/><p>The") }, kind: .unexpected),
        Wrong(name: "one wId twice", change: { $0.replacing("wId=\"art_2\"", with: "wId=\"art_1\"") }, kind: .identifier),
        Wrong(name: "no identifier", change: { $0.replacing("eId=\"art_2\" wId=\"art_2\"", with: "") }, kind: .identifier),
        Wrong(name: "another encoding", change: { $0.replacing("UTF-8", with: "ISO-8859-1") }, kind: .notReadable),
        Wrong(name: "no language", change: { $0.replacing("<FRBRlanguage language=\"eng\"/>", with: "") }, kind: .unexpected),
        Wrong(
            name: "too deep",
            change: {
                $0.replacing("<p>The", with: String(repeating: "<blockContainer>", count: 150) + "<p>The")
                    .replacing("agree.</p>", with: "agree.</p>" + String(repeating: "</blockContainer>", count: 150))
            }, kind: .tooLarge),
        Wrong(name: "override of direction", change: { $0.replacing("The Parties", with: "\u{202E}The Parties") }, kind: .character),
    ]

    @Test("What is no text of an instrument is refused, with its line and a mend", arguments: wrongs)
    func wrongFilesAreRefused(_ wrong: Wrong) throws {
        let good = String(
            decoding: AkomaNtoso.bytes(of: try Sample.text([try Sample.article("1"), try Sample.article("2")])), as: UTF8.self)
        let fault = try #require(Sample.fault { try AkomaNtoso.read(Array(wrong.change(good).utf8)) })
        #expect(fault.kind == wrong.kind, "\(fault)")
        #expect(!fault.mend.isEmpty)
    }

    @Test("A file larger than the limit is refused before it is parsed")
    func hugeFilesAreRefused() {
        #expect(Sample.fault { try AkomaNtoso.read(Array(repeating: 0x20, count: TextLimits.bytes + 1)) }?.kind == .tooLarge)
    }

    @Test("The line of a fault is that of the file")
    func linesAreNamed() throws {
        let good = String(decoding: AkomaNtoso.bytes(of: try Sample.text([try Sample.article("1")])), as: UTF8.self)
        let lines = good.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains("<p>The") })
        let wrong = good.replacing("<p>The", with: "<toc/><p>The")
        #expect(Sample.fault { try AkomaNtoso.read(Array(wrong.utf8)) }?.line == line + 1)
    }

    @Test("Bytes changed by lot are read or refused, never worse; what is read is written and read again")
    func changedBytesAreSurvived() throws {
        let good = AkomaNtoso.bytes(of: try Self.full())
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
                }
            }
            if let text = try? AkomaNtoso.read(bytes) {
                let again = try AkomaNtoso.read(AkomaNtoso.bytes(of: text))
                #expect(again == text, "seed \(seed)")
            }
        }
    }
}
