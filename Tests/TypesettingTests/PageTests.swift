import Foundation
import Testing

@testable import Typesetting

@Suite("Pages")
struct PageTests {
    private func pages(_ blocks: [PrintedBlock]) throws -> [PageFlow.Page] {
        let section = PrintedSection(language: "en", blocks: blocks)
        let limits = TypesettingLimits()
        var galley = Galley(shaper: try Shaper(), section: section, paper: .a4, limits: limits, headings: [])
        var flow = PageFlow(limits: limits)
        var pages: [PageFlow.Page] = []
        flow.begin(section, galley.geometry)
        for block in blocks { for box in try galley.boxes(of: block) { try flow.add(box) { pages.append($0) } } }
        for box in try galley.closing() { try flow.add(box) { pages.append($0) } }
        try flow.end { pages.append($0) }
        return pages
    }

    private let long = PrintedText(String(repeating: "The Parties shall cooperate in good faith. ", count: 30))

    @Test("The same document makes the same bytes")
    func sameBytes() throws {
        let document = SampleTexts.document(SampleTexts.languages)
        #expect(try Typesetter().set(document).bytes == Typesetter().set(document).bytes)
    }

    @Test("Documents are set on several threads at once, each the same")
    func threads() async throws {
        let document = SampleTexts.document(["ar", "zh", "en"])
        let expected = try Typesetter().set(document).bytes
        let all = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<4 { group.addTask { try Typesetter().set(document).bytes } }
            return try await group.reduce(into: [[UInt8]]()) { $0.append($1) }
        }
        #expect(all.allSatisfy { $0 == expected })
    }

    @Test("No page ends with a heading, or with the first line of a paragraph; none begins with a last line")
    func noWidows() throws {
        for lead in stride(from: 0.0, through: 700, by: 7) {
            let blocks: [PrintedBlock] = [
                .paragraph("A"), .space(lead), .paragraph(long),
                .heading(PrintedHeading(level: 2, look: .article, label: "Article 2", text: "Title")),
                .paragraph(long), .paragraph(long),
            ]
            for page in try pages(blocks) {
                let last = try #require(page.boxes.last?.box)
                #expect(!last.holdsNext, "a page ends with a heading (\(lead))")
                let bottom = try #require(page.boxes.last)
                #expect(bottom.top + bottom.box.height <= page.geometry.height + 0.01, "a page runs over (\(lead))")
                for (box, neighbour) in [(page.boxes.first, page.boxes.dropFirst().first), (page.boxes.last, page.boxes.dropLast().last)] {
                    guard let box, let neighbour, case .line(let paragraph, _)? = box.box.pieces.last?.drawing else { continue }
                    let isWithNeighbour = neighbour.box.structure == box.box.structure
                    #expect(isWithNeighbour || paragraph.lines.count < 2 || page.boxes.count < 3, "a line stands alone (\(lead))")
                }
            }
        }
    }

    @Test("The head of a table stands over its rows on each page")
    func tableHeads() throws {
        let rows = (0..<120).map { [PrintedText("Row \($0)"), PrintedText("value")] }
        let pages = try pages([.table(PrintedTable(shares: [0.3], headings: ["Name", "Value"], rows: rows))])
        #expect(pages.count > 1)
        let heads = pages.map { page in page.boxes.filter { $0.box.structure.last?.tag == "TH" }.count }
        #expect(heads.allSatisfy { $0 == 1 }, "\(heads)")
        #expect(pages.flatMap(\.boxes).filter { $0.box.structure.last?.tag == "TD" }.count == 120)
    }

    @Test("A row that no page holds is divided")
    func longRows() throws {
        let pages = try pages([
            .table(PrintedTable(headings: ["A", "B"], rows: [[long, PrintedText((0..<12).map { _ in long.runs[0] })]]))
        ])
        #expect(pages.count > 1)
        for page in pages { #expect(page.boxes.allSatisfy { $0.top + $0.box.height <= page.geometry.height + 0.01 }) }
    }

    @Test("The contents give the page on which a heading stands")
    func contents() throws {
        let tool = PDFTool(name: "pdftotext")
        guard tool.isPresent() else { return }
        var blocks: [PrintedBlock] = [.contents(downTo: 1), .newPage]
        for name in ["Alpha", "Beta", "Gamma"] {
            blocks.append(.heading(PrintedHeading(level: 1, look: .division, text: PrintedText(name))))
            blocks += Array(repeating: .paragraph(long), count: 12)
        }
        let read = try tool.read(SampleTexts.document(blocks)) { ["-layout", $0, "-"] }
        let pages = read.components(separatedBy: "\u{0C}")
        for name in ["Alpha", "Beta", "Gamma"] {
            let line = try #require(pages[0].split(separator: "\n").first { $0.contains(name) })
            let number = try #require(Int(line.split(separator: " ").last ?? ""))
            #expect(pages[number - 1].lowercased().contains(name.lowercased()), "\(line)")
        }
        #expect(pages[0].contains("1 / \(pages.count - 1)"))
    }

    @Test("Lines written from the right begin at the right, and pages are numbered in the digits of their text")
    func rightToLeft() throws {
        let tool = PDFTool(name: "pdftotext")
        guard tool.isPresent() else { return }
        let read = try tool.read(SampleTexts.document(["ar"])) { ["-bbox", $0, "-"] }
        let label = try #require(read.split(separator: "\n").first { $0.contains("المادة") || $0.contains("ةداملا") })
        let left = try #require(label.firstMatch(of: /xMin="([\d.]+)"/).flatMap { Double($0.1) })
        #expect(left > 480, "\(label)")
        #expect(read.contains("١"))
    }

    @Test("Notes stand at the end of the section under their numbers")
    func notes() throws {
        let tool = PDFTool(name: "pdftotext")
        guard tool.isPresent() else { return }
        let text = PrintedText([.init("Kept", note: "First note."), .init(" and lost", note: "Second note.")])
        let read = try tool.read(SampleTexts.document([.paragraph(text), .paragraph("The end.")])) { ["-layout", $0, "-"] }
        let end = try #require(read.range(of: "The end."))
        #expect(read[end.upperBound...].contains(/1\s+First note\.\s+2\s+Second note\./), "\(read)")
    }

    @Test("What is larger than the limits is refused before it is set, and the refusal says by how much")
    func limits() {
        var limits = TypesettingLimits()
        limits.documentBytes = 1000
        #expect(throws: TypesettingError.tooLong(bytes: 1290, limit: 1000)) {
            try Typesetter(limits: limits).set(SampleTexts.document([.paragraph(long)]))
        }
        limits = TypesettingLimits()
        limits.paragraphBytes = 100
        #expect(throws: TypesettingError.paragraphTooLong(bytes: 1290, limit: 100)) {
            try Typesetter(limits: limits).set(SampleTexts.document([.paragraph(long)]))
        }
        limits = TypesettingLimits()
        limits.pages = 2
        #expect(throws: TypesettingError.tooManyPages(limit: 2)) {
            try Typesetter(limits: limits).set(
                SampleTexts.document([.paragraph("1"), .newPage, .paragraph("2"), .newPage, .paragraph("3")]))
        }
    }

    @Test("A document without pages is still a file")
    func empty() throws {
        let pages = try Typesetter().set(SampleTexts.document(["en"], sections: []))
        #expect(pages.count == 0)
        #expect(pages.bytes.starts(with: Array("%PDF-1.5".utf8)))
    }
}
