import Foundation
import Testing
import Typesetting

/// Poppler's tools read what was set: the words, the fonts, the description.
@Suite("Pages read back")
struct ReadBackTests {
    /// One form for what is written in several: compatibility forms, no marks of direction, no hyphens (pdftotext joins the halves of
    /// a word that ends a line with one), no vowel signs.
    static func normal(_ text: String) -> String {
        let scalars = text.precomposedStringWithCompatibilityMapping.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x202A...0x202E, 0x2066...0x2069, 0x200B...0x200F, 0x2060, 0xAD, 0x640, 0x2D, 0x2010: false
            case 0x64B...0x652: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    static func words(_ text: String) -> [String] { normal(text).split(whereSeparator: \.isWhitespace).map(String.init) }

    static func letters(_ text: String) -> String {
        normal(text).filter { $0.isLetter || $0.isNumber }
    }

    @Test("Every word of every language is found again, in its order", arguments: SampleTexts.languages)
    func everyWordIsFound(language: String) throws {
        let tool = PDFTool(name: "pdftotext")
        guard tool.isPresent() else { return }
        let read = try tool.read(SampleTexts.document([language])) { [$0, "-"] }
        let found = Self.words(read)
        let together = found.joined()
        for article in SampleTexts.articles[language] ?? [] {
            for text in [article.label, article.title] + article.paragraphs {
                if language == "ar" {
                    // Poppler sets the spaces and marks around numbers by rules of its own: the letters and digits in their order.
                    #expect(Self.letters(read).contains(Self.letters(text)), "\(text) in \(read)")
                } else {
                    // Chinese is written without spaces, and lines end anywhere: the characters in their order.
                    #expect(together.contains(Self.words(text).joined()), "\(text) in \(read)")
                }
            }
        }
    }

    @Test(
        "The real texts of the BBNJ Agreement come back whole, in the four languages whose files are clean",
        arguments: ["en", "fr", "es", "ar"])
    func realTexts(language: String) throws {
        let tool = PDFTool(name: "pdftotext")
        guard tool.isPresent(), let text = try SharedTexts.text(language) else { return }
        let blocks = text.split(separator: "\n\n").map { PrintedBlock.paragraph(PrintedText(String($0))) }
        let document = SampleTexts.document([language], sections: [PrintedSection(language: language, blocks: blocks)])
        let found = Set(Self.words(try tool.read(document) { [$0, "-"] }).map { $0.trimmingCharacters(in: .punctuationCharacters) })
        let wanted = Self.words(text).map { $0.trimmingCharacters(in: .punctuationCharacters) }
        let missing = wanted.filter { !found.contains($0) }
        print("\(language): \(wanted.count) words, \(missing.count) not found as written: \(missing.prefix(8))")
        // Arabic words with vowel signs, which poppler may take for a word's end.
        #expect(missing.count <= (language == "ar" ? wanted.count / 100 : 0), "\(missing.prefix(40))")
    }

    @Test("The file says what it is, when it was made, and that it is tagged")
    func fileDescribesItself() throws {
        let tool = PDFTool(name: "pdfinfo")
        guard tool.isPresent() else { return }
        let document = SampleTexts.document(SampleTexts.languages)
        let read = try tool.read(document) { ["-isodates", $0] }
        for line in [
            "Title:           Convention, “Eaux” & воды", "Author:          The Depositary", "Subject:         Certified true copy",
            "Creator:         Chancery", "CreationDate:    2026-09-21T14:13:20Z", "Tagged:          yes", "Pages:           7",
            "Page size:       595.276 x 841.89 pts (A4)", "PDF version:     1.5", "JavaScript:      no", "Encrypted:       no",
        ] { #expect(read.contains(line), "\(line) in \(read)") }
        let structure = try tool.read(document) { ["-struct-text", $0] }
        #expect(structure.contains("H1") && structure.contains("H2") && structure.contains("P (block)"), "\(structure.prefix(400))")
    }

    @Test("Every font is within the file, with its characters")
    func fontsAreEmbedded() throws {
        let tool = PDFTool(name: "pdffonts")
        guard tool.isPresent() else { return }
        let rows = try tool.read(SampleTexts.document(SampleTexts.languages)) { [$0] }.split(separator: "\n").dropFirst(2)
        #expect(rows.count >= 4)
        for family in ["NotoSerif-Regular", "NotoSerifCJK", "NotoNaskhArabic"] {
            #expect(rows.contains { $0.contains(family) }, "\(family)")
        }
        for row in rows {
            let words = row.split(separator: " ")
            // name, type, encoding, emb, sub, uni, object, generation.
            #expect(words.suffix(5).prefix(3).allSatisfy { $0 == "yes" }, "\(row)")
        }
    }
}

/// The texts beside the checkout, which are not part of the project.
enum SharedTexts {
    static func text(_ language: String) throws -> String? {
        let named = ProcessInfo.processInfo.environment["CHANCERY_SHARED_DATA"].map { URL(filePath: $0) }
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = (named ?? checkout.deletingLastPathComponent().appending(path: "shared/data"))
            .appending(path: "treaties/bbnj-six-languages/\(language)/text.txt")
        guard FileManager.default.fileExists(atPath: file.path) else {
            print("NOT CHECKED: \(file.path) is not there")
            return nil
        }
        return try String(contentsOf: file, encoding: .utf8)
    }
}
