import Foundation
import TestSupport
import Testing

@testable import Typesetting

/// Documents nobody would write: they are set, or refused, and never bring the process down.
@Suite("Documents by lot")
struct DocumentFuzzTests {
    private static let pieces = [
        "", " ", "\n", "\r\n", "\t", "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{2028}", "\u{FFFE}", "\u{FFFC}", "\u{10FFFF}", "\u{FEFF}",
        "\u{202E}", "\u{2066}", "\u{2069}", "\u{202A}", "\u{200D}", "\u{AD}", "e\u{301}\u{302}\u{303}\u{304}\u{305}", "👩‍👩‍👧‍👦", "🇮🇩", "\u{E000}",
        "\u{1F3F4}",
        "Article", "<b>&amp;</b>", "'\"\\", "%s%n", "(a)", "المادة", "لا", "مُبرمٌ", "ﷺ", "第一条", "한국어", "हिन्दी", "ไทย", "עברית", "ɸ", "𝔄", "１２３",
        "٣٤", "￼",
    ]
    private static let languages = ["en", "ar", "zh", "zh-Hant", "ru", "", "x", "de-Latn-DE-1996", "a)(b /Names", "ur", "\u{0}", "he"]

    private func text(_ random: inout SeededGenerator, most: Int = 30) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...most, using: &random) {
            text += Self.pieces.randomElement(using: &random)!
            if Bool.random(using: &random) { text += " " }
        }
        if Int.random(in: 0..<40, using: &random) == 0 { text += String(repeating: "Xام水", count: 400) }
        return text
    }

    private func printed(_ random: inout SeededGenerator) -> PrintedText {
        let styles: [PrintedText.Style] = [.plain, .emphasis, .strong, .smallCapitals, .code]
        return PrintedText(
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                PrintedText.Run(
                    text(&random, most: 10), style: styles.randomElement(using: &random)!,
                    language: Bool.random(using: &random) ? nil : Self.languages.randomElement(using: &random)!,
                    note: Int.random(in: 0..<6, using: &random) == 0 ? text(&random, most: 5) : nil)
            })
    }

    private func block(_ random: inout SeededGenerator) -> PrintedBlock {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1:
            return .heading(
                PrintedHeading(
                    level: Int.random(in: -3...9, using: &random), look: [.title, .division, .article].randomElement(using: &random)!,
                    label: text(&random, most: 4), text: printed(&random)))
        case 2:
            return .table(
                PrintedTable(
                    shares: (0..<Int.random(in: 0...5, using: &random)).map { _ in
                        [0, -1, 0.2, 7, .nan, .infinity].randomElement(using: &random)!
                    },
                    headings: (0..<Int.random(in: 0...4, using: &random)).map { _ in printed(&random) },
                    rows: (0..<Int.random(in: 0...6, using: &random)).map { _ in
                        (0..<Int.random(in: 0...20, using: &random)).map { _ in printed(&random) }
                    }))
        case 3:
            return .seal(
                PrintedSeal(
                    ring: text(&random), centre: text(&random, most: 2),
                    bytes: (0..<Int.random(in: 0...40, using: &random)).map { UInt8($0 * 6) },
                    diameter: [-1, 0, 130, 1e9].randomElement(using: &random)!))
        case 4: return .space([-5, 0, 40, 1e9].randomElement(using: &random)!)
        case 5: return .rule
        case 6: return .newPage
        case 7: return .contents(downTo: Int.random(in: -1...7, using: &random))
        default:
            return .paragraph(
                PrintedParagraph(
                    printed(&random), label: Bool.random(using: &random) ? "" : text(&random, most: 6),
                    depth: Int.random(in: -2...1000, using: &random),
                    alignment: [.justified, .start, .centre, .end].randomElement(using: &random)!,
                    size: [.body, .small, .display, .lead].randomElement(using: &random)!,
                    link: Int.random(in: 0..<5, using: &random) == 0 ? text(&random) : nil, keepsWithNext: Bool.random(using: &random)))
        }
    }

    @Test("Any document is set, and poppler reads it without complaint")
    func anyDocument() throws {
        var random = SeededGenerator.fresh()
        let tool = PDFTool(name: "pdfinfo")
        let canRead = tool.isPresent()
        for round in 0..<10 {
            let sections = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                PrintedSection(
                    language: Self.languages.randomElement(using: &random)!,
                    digits: Bool.random(using: &random) ? .european : .arabicIndic,
                    arrangement: Bool.random(using: &random) ? .instrument : .even, headStart: text(&random), headEnd: text(&random),
                    foot: text(&random), blocks: (0..<Int.random(in: 0...14, using: &random)).map { _ in block(&random) })
            }
            let document = PrintedDocument(
                title: text(&random), author: text(&random), language: Self.languages.randomElement(using: &random)!,
                created: Date(timeIntervalSince1970: Double.random(in: -1e10...1e10, using: &random)),
                paper: Bool.random(using: &random) ? .a4 : .letter, sections: sections)
            let pages = try Typesetter().set(document)
            #expect(pages.bytes.starts(with: Array("%PDF-".utf8)), "seed \(random.seed), round \(round)")
            guard canRead, round % 3 == 0, pages.count > 0 else { continue }
            let read = try tool.read(pages) { [$0] }
            #expect(read.contains("Pages:           \(pages.count)\n"), "seed \(random.seed), round \(round): \(read)")
        }
    }
}
