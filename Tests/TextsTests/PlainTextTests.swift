import Acts
import Foundation
import TestSupport
import Testing

@testable import Texts

@Suite("Plain text")
struct PlainTextTests {
    /// The characters of a text that are not white space, in reading order.
    static func characters(of text: InstrumentText) -> String {
        var words = text.title.plain
        func visit(_ provision: Provision) {
            words += (provision.number ?? "") + (provision.heading?.plain ?? "")
            for block in provision.content { for line in block.lines { words += line.plain } }
            for child in provision.children { visit(child) }
            for block in provision.closing { for line in block.lines { words += line.plain } }
        }
        for provision in text.provisions { visit(provision) }
        return words.filter { !$0.isWhitespace }
    }

    /// What should stand in it: all that is neither white space nor a control.
    static func characters(ofInput bytes: [UInt8]) -> String {
        let kept = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
            $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0.value != 0xFEFF
        }
        return InlineText.composed(String(String.UnicodeScalarView(kept))).filter { !$0.isWhitespace }
    }

    static func read(_ lines: String, _ language: TextLanguage = .english) throws -> PlainTextReading {
        let identity = try Sample.identity()
        return try PlainText.read(
            Array(lines.utf8), language: language, identity: identity, authenticity: .authentic,
            version: try TextVersion(date: identity.date))
    }

    @Test(
        "No word of the BBNJ Agreement is lost in any language, and all of it comes back from Akoma Ntoso",
        .enabled(if: SharedTexts.folder != nil, "\(SharedTexts.absent)"), arguments: SharedTexts.languages)
    func nothingIsLost(_ language: TextLanguage) throws {
        let text = try SharedTexts.reading(language).text
        #expect(Self.characters(of: text) == Self.characters(ofInput: try SharedTexts.bytes(language)))
        #expect(try AkomaNtoso.read(AkomaNtoso.bytes(of: text)) == text)
    }

    @Test(
        "The BBNJ Agreement has its 12 parts, 76 articles and 2 annexes in each of five languages",
        .enabled(if: SharedTexts.folder != nil, "\(SharedTexts.absent)"),
        arguments: [TextLanguage.english, .french, .spanish, .russian, .chinese])
    func structureIsFound(_ language: TextLanguage) throws {
        let text = try SharedTexts.reading(language).text
        let articles = text.places.map(\.provision).filter { $0.kind == .article }
        let numbers: [String] = (1...76).map { String($0) }
        #expect(articles.map(\.token) == numbers)
        let parts = text.places.map(\.provision).filter { $0.kind == .part }
        #expect(parts.map(\.token) == Array(numbers.prefix(12)))
        var kinds: [ProvisionKind] = [.preamble]
        kinds += Array(repeating: .part, count: 12)
        kinds += [.annex, .annex]
        #expect(text.provisions.map(\.kind) == kinds)
        #expect(text.units == 79)
        // Article 10(2)(b): fish or other living marine resources.
        #expect(text.place(anchor: "art_10__para_2__point_b") != nil)
        #expect(text.place(anchor: "att_2__point_e__point_ii")?.depth == 2)
    }

    @Test(
        "Written as plain text and read again, a text is the same to the byte",
        .enabled(if: SharedTexts.folder != nil, "\(SharedTexts.absent)"), arguments: SharedTexts.languages)
    func plainTextComesBack(_ language: TextLanguage) throws {
        let text = try SharedTexts.reading(language).text
        let back = try PlainText.read(
            Array(PlainText.string(of: text).utf8), language: language, identity: text.identity, authenticity: .authentic,
            version: text.version)
        #expect(AkomaNtoso.bytes(of: back.text) == AkomaNtoso.bytes(of: text))
    }

    @Test(
        "Where the source is broken, the reader says at which line and keeps the words",
        .enabled(if: SharedTexts.folder != nil, "\(SharedTexts.absent)"))
    func brokenSourcesAreReported() throws {
        let arabic = try SharedTexts.reading(.arabic)
        let found = arabic.text.places.map(\.provision).filter { $0.kind == .article }.map(\.token)
        // Read from pictures: these articles' headings stand in the middle of lines, or nowhere.
        let numbers: [String] = (1...76).map { String($0) }
        let missing = Set(numbers).subtracting(found)
        #expect(missing == ["14", "17", "21", "27", "32", "36", "38", "40", "44", "47", "52", "64", "69"])
        #expect(arabic.notes.contains { $0.kind == .headingInside && $0.line == 43 })
        #expect(arabic.notes.contains { $0.kind == .numberMissing && $0.line == 163 })
        // The Russian file has controls where slashes were.
        #expect(try SharedTexts.reading(.russian).notes.filter { $0.kind == .control }.count == 7)
        // Points (ii) to (iv) of the French article 21(2)(a) run on in the line of (i).
        #expect(try SharedTexts.reading(.french).notes.contains { $0.kind == .listInside && $0.line == 369 })
    }

    @Test(
        "Thirteen treaties in Chinese have every article their publisher counted, 8 bis among them, and lose no word",
        .enabled(if: SharedTexts.treaties != nil, "\(SharedTexts.absentTreaties)"), arguments: SharedTexts.treatyFiles)
    func publishedTreatiesAreRead(_ file: String) throws {
        let json = try JSONParser.parse(
            Array(try Data(contentsOf: try #require(SharedTexts.treaties).appending(path: file))), limits: .init(bytes: 1 << 22))
        var lines = [json["treaty_zh"]?.string ?? file, "", json["preamble_zh"]?.string ?? ""]
        let articles = json["articles"]?.array ?? []
        for article in articles {
            lines += ["第\(article["article"]?.string ?? "")條", article["title_zh"]?.string ?? "", article["content_zh"]?.string ?? ""]
        }
        let input = lines.joined(separator: "\n")
        let text = try Self.read(input, TextLanguage(known: "zh-Hant")).text
        let found = text.places.filter { $0.provision.kind == .article }
        #expect(!articles.isEmpty && found.count == articles.count)
        #expect(Self.characters(of: text) == Self.characters(ofInput: Array(input.utf8)))
        if file == "rome-statute.json" { #expect(found.contains { $0.eId == "art_8bis" } && found.contains { $0.eId == "art_15ter" }) }
    }

    struct Numbered: CustomTestStringConvertible, Sendable {
        let language: TextLanguage
        let lines: [String]
        let addresses: [String]
        var testDescription: String { language.tag }
    }

    static let numbered: [Numbered] = [
        Numbered(
            language: .english,
            lines: [
                "A TREATY", "", "The Parties agree:", "Article 1 - Scope", "1. One:", "(a) first;", "(b) second:", "(i) small;",
                "(ii) smaller;",
                "which is all.", "2. Two.", "3. (a) at once;", "(b) then.", "Article 1bis", "Title", "Words.", "Article 2A", "X.",
                "IN WITNESS WHEREOF, signed.", "DONE at Geneva.", "Annex", "1. In the annex.",
            ],
            addresses: [
                "preamble", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b", "art_1__para_1__point_b__point_i",
                "art_1__para_1__point_b__point_ii", "art_1__para_2", "art_1__para_3", "art_1__para_3__point_a", "art_1__para_3__point_b",
                "art_1bis", "art_2A", "conclusions", "att_1", "att_1__para_1",
            ]),
        Numbered(
            language: .french,
            lines: [
                "TRAITÉ", "", "PARTIE I", "DISPOSITIONS", "Article premier", "Objet", "1. Un :", "a) premier ;",
                "b) second ; c) troisième.",
                "Article 2 bis", "Fin", "Texte.", "En foi de quoi, signé.",
            ],
            addresses: [
                "part_1", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b", "art_1__para_1__point_c",
                "art_2bis",
                "conclusions",
            ]),
        Numbered(
            language: .spanish,
            lines: [
                "TRATADO", "", "CAPÍTULO I", "Disposiciones", "Artículo 1", "Objeto", "1. Uno.", "Artículo 2", "Fin", "ANEXO I", "Lista",
                "a) uno;",
            ],
            addresses: ["chp_1", "art_1", "art_1__para_1", "art_2", "att_1", "att_1__point_a"]),
        Numbered(
            language: .russian,
            lines: [
                "ДОГОВОР", "", "ЧАСТЬ I", "Общие положения", "Статья 1", "Цель", "1. Один:", "а) первый;", "б) второй;", "в) третий.",
                "Статья 1 бис", "Слова.", "СОВЕРШЕНО в Москве",
            ],
            addresses: [
                "part_1", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b", "art_1__para_1__point_c",
                "art_1bis",
                "conclusions",
            ]),
        Numbered(
            language: .chinese,
            lines: [
                "条约", "", "第一部分一般规定", "第一条用语", "一、第一：", "（一）甲；", "（二）1．乙；", "2.丙。", "第一条之二 目的", "二字。", "第二十一条",
                "国际合作", "附件一清单",
            ],
            addresses: [
                "part_1", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b", "art_1__para_1__point_b__point_i",
                "art_1__para_1__point_b__point_ii", "art_1bis", "art_21", "att_1",
            ]),
        Numbered(
            language: .arabic,
            lines: [
                "معاهدة", "", "الجزء الأول أحكام عامة", "المادة ١ الهدف", "١ - أولا:", "(أ) ألف؛", "(ب) باء؛", "(ج) جيم.", "٢ - ثانيا.",
                "المادة ١ مكررا الصلة", "المادة 2", "التعاون", "المرفق الأول القائمة",
            ],
            addresses: [
                "part_1", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b", "art_1__para_1__point_c",
                "art_1__para_2", "art_1bis", "art_2", "att_1",
            ]),
        Numbered(
            language: .indonesian,
            lines: [
                "PERJANJIAN", "", "BAB I", "KETENTUAN UMUM", "Pasal 1", "Definisi", "(1) Satu:", "a. pertama;", "b. kedua.", "(2) Dua.",
                "Pasal 2", "Tujuan", "LAMPIRAN I", "Daftar",
            ],
            addresses: [
                "chp_1", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b", "art_1__para_2", "art_2", "att_1",
            ]),
    ]

    @Test("Articles, paragraphs and points have the same addresses whatever the language numbers them by", arguments: numbered)
    func numbersAreRead(_ numbered: Numbered) throws {
        let lines = numbered.lines.joined(separator: "\n")
        let reading = try Self.read(lines, numbered.language)
        #expect(reading.text.places.map(\.eId) == numbered.addresses, "\(reading.notes)")
        #expect(Self.characters(of: reading.text) == Self.characters(ofInput: Array(lines.utf8)))
    }

    @Test("What only looks like a number or a heading is words")
    func likenessesAreWords() throws {
        let lines = [
            "A Treaty", "", "Article 1", "Article 5 of the Convention applies.", "1982 was the year.", "3.5 per cent.", "Part of it.",
            "Article 2", "Annexes", "1. They are.", "Article 1 of them matters.",
        ]
        let text = try Self.read(lines.joined(separator: "\n")).text
        #expect(text.places.map(\.eId) == ["art_1", "art_2", "art_2__para_1"])
        #expect(text.places[1].provision.heading?.plain == "Annexes")
    }

    @Test("A text without articles keeps its paragraphs; input without words is refused")
    func bareTextsAreRead() throws {
        #expect(try Self.read("A Note\n\nExcellency,\n\nI have the honour.").text.places.map(\.eId) == ["para_1", "para_2"])
        #expect(Sample.fault { try Self.read("") }?.kind == .structure)
        #expect(Sample.fault { try Self.read("Only a title") }?.kind == .structure)
        let identity = try Sample.identity()
        let version = try TextVersion(date: identity.date)
        #expect(
            Sample.fault {
                try PlainText.read([0xFF, 0x41], language: .english, identity: identity, authenticity: .authentic, version: version)
            }?.kind == .notReadable)
    }

    @Test("A preamble's considerations are recitals, its opening and its close are not")
    func preamblesAreRead() throws {
        let text = try Self.read(
            "A Treaty\n\nPREAMBLE\nThe Parties,\nRecalling one thing,\nNoting another,\nHave agreed as follows:\nArticle 1\nScope\nAll."
        ).text
        let preamble = try #require(text.provisions.first)
        #expect(preamble.heading?.plain == "PREAMBLE")
        #expect(preamble.content == [try TextBlock("The Parties,")])
        #expect(preamble.children.map(\.plain) == ["Recalling one thing,", "Noting another,"])
        #expect(preamble.closing == [try TextBlock("Have agreed as follows:")])
    }

    @Test("Lines by lot lose no word, in any language")
    func noWordIsLost() throws {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "Article 1", "Article 2 bis", "Article premier", "PART I", "PART II", "第一条 用语", "第二条", "附件一", "المادة 1", "الجزء الأول",
            "Pasal 1", "Статья 1", "1.", "2.", "(a)", "(b) x", "(i)", "i)", "–", "- 1", "1 -", "一、", "（一）", "4. (a) x; (b) y", "ANNEX I",
            "Annex", "PREAMBLE", "In witness whereof", "words", "Words end.", "e\u{301}té", "", "", "   ", "\t", "\u{C}", "\u{1}", "1", "(",
            "((a)", "a.", "。", "🙂 x", "Article", "第", "（", "1.1 x", "; (b)", ": (a)", "؛ (ب)",
        ]
        let languages = [TextLanguage.english, .french, .spanish, .russian, .chinese, .arabic, .indonesian]
        for _ in 0..<300 {
            let lines = (0..<Int.random(in: 2...24, using: &generator)).map { _ in
                (0..<Int.random(in: 1...2, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined(
                    separator: " ")
            }.joined(separator: "\n")
            let language = languages.randomElement(using: &generator) ?? .english
            guard let text = try? Self.read("Title\n\n" + lines, language).text else { continue }
            #expect(Self.characters(of: text) == Self.characters(ofInput: Array("Title\n\n\(lines)".utf8)), "seed \(seed): \(lines)")
            #expect(try AkomaNtoso.read(AkomaNtoso.bytes(of: text)) == text, "seed \(seed)")
        }
    }
}
