import Acts
import Foundation
import Testing
import Texts
import Typesetting

@testable import Treaties

@Suite("Certified copies")
struct CertifiedCopyTests {
    private static let titles = ["en": "Convention on Rivers", "fr": "Convention sur les fleuves", "ar": "اتفاقية الأنهار"]

    private func text(_ tag: String) throws -> CertifiedCopy.Text {
        let language = try #require(TextLanguage(tag))
        let day = try #require(CalendarDate("2026-03-02"))
        let number = tag == "ar" ? "المادة ١" : "Article 1"
        let paragraph = try Provision(
            .paragraph, wId: .first(.paragraph, token: "1", in: nil), token: "1", number: "1.",
            content: [
                .paragraph(
                    try InlineText([
                        .words("Rivers "), .words("flow", .italic),
                        .footnote(try Footnote(mark: "*", content: [try InlineText("As read.")])),
                    ]))
            ])
        let article = try Provision(
            .article, wId: .first(.article, token: "1", in: nil), token: "1", number: number, heading: try InlineText("Use of terms"),
            children: [paragraph])
        let part = try Provision(
            .part, wId: .first(.part, token: "I", in: nil), token: "I", number: "Part I", heading: try InlineText("General"),
            children: [article])
        return CertifiedCopy.Text(
            text: try InstrumentText(
                identity: try InstrumentIdentity(actor: "un", date: day, name: "rivers"), language: language, authenticity: .authentic,
                version: try TextVersion(date: day), title: try InlineText(Self.titles[tag] ?? ""), provisions: [part]),
            digest: Array(repeating: UInt8(tag.utf8.count) &+ (tag.utf8.first ?? 0), count: 32))
    }

    private func copy(_ language: String = "en") throws -> CertifiedCopy {
        CertifiedCopy(
            number: "XXVII-20", titles: Self.titles, depositary: "Secretary-General", adoptedOn: CalendarDate("2026-03-02"),
            texts: try ["fr", "en", "ar"].map(text), setDigest: Array(repeating: 0xab, count: 32),
            evidence: CertifiedCopy.Evidence(
                origin: "chancery.example/record", entry: 7, leaf: Array(repeating: 0xcd, count: 32),
                checkpoint: (12, Array(repeating: 0xef, count: 32))),
            issuedOn: try #require(CalendarDate("2026-04-01")), language: language)
    }

    /// The plain text of a section's paragraphs, headings and cells.
    private func plain(_ section: PrintedSection) -> [String] {
        section.blocks.flatMap { block -> [String] in
            switch block {
            case .heading(let heading): [heading.label, heading.text.plain]
            case .paragraph(let paragraph): [paragraph.label, paragraph.text.plain]
            case .table(let table): table.rows.flatMap { $0.map(\.plain) }
            case .seal, .contents, .rule, .space, .newPage: []
            }
        }
    }

    @Test("The texts stand in the order in which the United Nations names its languages, between title page and closing page")
    func order() throws {
        #expect(try copy().document().sections.map(\.language) == ["en", "ar", "en", "fr", "en"])
        #expect(try copy("id").document().sections.map(\.language) == ["id", "ar", "en", "fr", "id"])
    }

    @Test("The statement is made in every language of the treaty, with its own title and date, and in the reader's")
    func statements() throws {
        let page = try plain(copy("id").document().sections[0]).joined(separator: "\n")
        #expect(page.contains("a true copy of the Convention on Rivers, adopted on 2 March 2026"))
        #expect(page.contains("Convention sur les fleuves, adopté le 2 mars 2026"))
        #expect(page.contains("اتفاقية الأنهار"))
        #expect(page.contains("Salinan sah sesuai aslinya") && page.contains("2 Maret 2026"))
        #expect(!page.contains("{"))
    }

    @Test("All seven languages have all the words, without a gap left open")
    func words() throws {
        for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] {
            #expect(CertifiedCopyWords.has(language))
            let document = try copy(language).document()
            for section in [document.sections[0], document.sections[4]] {
                #expect(!plain(section).joined().contains("{"), "\(language)")
                #expect(section.language == language)
            }
            #expect(language == "en" || CertifiedCopyWords.of(language).explanation != CertifiedCopyWords.of("en").explanation)
        }
    }

    @Test("The closing page has the hash of each text and of all, and where the act stands")
    func closingPage() throws {
        let cells = try plain(copy().document().sections[4])
        for tag in ["en", "fr", "ar"] {
            let digest = try text(tag).digest.map { String($0, radix: 16) }.joined()
            #expect(cells.contains(digest), "\(tag)")
        }
        for value in [
            String(repeating: "ab", count: 32), "chancery.example/record", "7", String(repeating: "cd", count: 32),
            "12 " + String(repeating: "ef", count: 32), "1 April 2026", "chancery verify XXVII-20-certified-copy.tlog-proof",
        ] { #expect(cells.contains(value), "\(value)") }
    }

    @Test("A text is printed as its page shows it: numbers, headings, styles, notes under their own marks")
    func text() throws {
        let section = try copy().document().sections[2]
        #expect(
            section.blocks == [
                .heading(PrintedHeading(level: 1, look: .title, text: "Convention on Rivers")),
                .heading(PrintedHeading(level: 2, look: .division, label: "Part I", text: "General")),
                .heading(PrintedHeading(level: 3, look: .article, label: "Article 1", text: "Use of terms")),
                .paragraph(
                    PrintedParagraph(
                        PrintedText([.init("Rivers "), .init("flow", style: .emphasis), .init("", note: "As read.", mark: "*")]),
                        label: "1.")),
            ])
        #expect(section.headStart == "Convention on Rivers" && section.headEnd == "English")
        let arabic = try copy().document().sections[1]
        #expect(arabic.direction == .rightToLeft && arabic.digits == .arabicIndic)
    }

    @Test("A copy is set as the same bytes each time")
    func bytes() throws {
        let document = try copy().document(paper: .letter)
        let pages = try Typesetter().set(document)
        #expect(pages.count == 6)
        #expect(try Typesetter().set(document).bytes == pages.bytes)
    }
}
