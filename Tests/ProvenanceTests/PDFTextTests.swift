import Foundation
import Seals
import TestSupport
import Testing
import Typesetting

/// The words of this project's own PDFs, read back; and whatever else is given to the reader.
@Suite("Words of a PDF")
struct PDFTextTests {
    private static func paper(_ text: String, _ language: String) throws -> [UInt8] {
        try Typesetter().set(
            PrintedDocument(
                title: "Statement", author: "Ministry", subject: "Statement", creator: "Chancery", language: language,
                created: Date(timeIntervalSince1970: 1_780_000_000),
                sections: [
                    PrintedSection(
                        language: language, arrangement: .even, headStart: "", headEnd: "", foot: "",
                        blocks: [.paragraph(PrintedParagraph(PrintedText(text), alignment: .start))])
                ])
        ).bytes
    }

    private static func squeezed(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }

    @Test(
        "What was set is read, ligatures and letters of every direction",
        arguments: [
            ("en", "The official text of the office affirms five findings (first to fifth): “difficult”, \\ 50 %."),
            ("fr", "Le Gouvernement se félicite de l’accord ; il « suffit »."), ("ar", "ترحب الحكومة بوقف إطلاق النار وتدعو إلى احترامه"),
            ("ru", "Правительство приветствует соглашение."),
        ])
    func readsWhatWasSet(language: String, text: String) throws {
        let lines = try PDFText(try Self.paper(text, language)).lines.joined(separator: " ")
        #expect(Self.squeezed(lines).contains(Self.squeezed(text)), "\(lines)")
    }

    @Test("No bytes make the reader fail, and a stream that unfolds beyond the bound is refused")
    func survivesAnything() throws {
        let paper = try Self.paper("The Government welcomes the ceasefire.", "en")
        var generator = SeededGenerator.fresh()
        for _ in 0..<200 {
            var damaged = paper
            for _ in 0..<Int.random(in: 1...6, using: &generator) where !damaged.isEmpty {
                let at = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[at] = UInt8.random(in: 0...255, using: &generator)
                case 1: damaged.removeSubrange(at..<min(damaged.count, at + Int.random(in: 1...30, using: &generator)))
                default: damaged.insert([0x28, 0x3C, 0x5B, 0x5C, 0xFF].randomElement(using: &generator) ?? 0, at: at)
                }
            }
            _ = try? PDFText(damaged)
        }
        for content in [
            "(((((", "<<<<<", "BDC EMC EMC ' \"", "/F1 1 Tf (\\777\\) Tj", "[[[[", "BT /x 0 Td <zz> Tj",
            String(repeating: "<", count: 200_000),
        ] {
            _ = try? PDFText(Self.page(Array(content.utf8)))
            _ = try? PDFText(Self.page([], map: Array(content.utf8)))
        }
        // Forty million spaces, not even folded: beyond what a statement on paper holds.
        let spaces = [UInt8](repeating: 0x20, count: 40 << 20)
        #expect(throws: SealError.self) { try PDFText(Self.page(spaces)) }
    }

    /// A PDF of one page with that content, and a font with that map.
    private static func page(_ content: [UInt8], map: [UInt8] = []) -> [UInt8] {
        let bodies: [[UInt8]] = [
            Array("<< /Type /Catalog /Pages 2 0 R >>".utf8), Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8),
            Array("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".utf8),
            Array("<< /Length \(content.count) >>\nstream\n".utf8) + content + Array("\nendstream".utf8),
            Array("<< /Type /Font /ToUnicode 6 0 R >>".utf8),
            Array("<< /Length \(map.count) >>\nstream\n".utf8) + map + Array("\nendstream".utf8),
        ]
        var bytes = Array("%PDF-1.5\n".utf8)
        var table = "xref\n0 7\n0000000000 65535 f \n"
        for (number, body) in bodies.enumerated() {
            let digits = String(bytes.count)
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
            bytes += Array("\(number + 1) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
        }
        return bytes + Array("\(table)trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n\(bytes.count)\n%%EOF\n".utf8)
    }
}
