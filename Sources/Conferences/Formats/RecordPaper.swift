import Acts
import Foundation
import Typesetting

extension RecordDocument {
    /// On paper: tagged pages, right to left where the language is.
    var printed: PrintedDocument {
        var blocks: [PrintedBlock] = [
            .paragraph(PrintedParagraph(PrintedText(symbol, style: .code), alignment: .end, size: .small, language: "en")), .space(6),
            .paragraph(PrintedParagraph(PrintedText(conference), alignment: .start, size: .small)), .space(10),
            .heading(PrintedHeading(level: 1, look: .title, text: PrintedText(title))),
        ]
        if !subtitle.isEmpty { blocks.append(.paragraph(PrintedParagraph(PrintedText(subtitle), alignment: .centre, size: .lead))) }
        blocks.append(.space(8))
        if !facts.isEmpty {
            blocks.append(
                .table(
                    PrintedTable(
                        shares: [0.28], rows: facts.map { [PrintedText($0.name, style: .emphasis), PrintedText($0.value)] })))
        }
        if facts.isEmpty { blocks.append(.rule) }
        for block in self.blocks { blocks += Self.printed(block) }
        blocks += [.space(10), .rule, .paragraph(PrintedParagraph(PrintedText(colophon), alignment: .start, size: .small))]
        return PrintedDocument(
            title: "\(symbol) \(title)", author: conference, subject: title, creator: "Chancery", language: language,
            created: Date(timeIntervalSince1970: Double(made.milliseconds / 1_000)),
            sections: [
                PrintedSection(
                    language: language, arrangement: .even, headStart: conference,
                    headEnd: "\u{2066}\(symbol)\u{2069}", foot: "\u{2066}\(symbol)\u{2069}", blocks: blocks)
            ])
    }

    private static func printed(_ block: Block) -> [PrintedBlock] {
        switch block {
        case .heading(let words):
            [.space(8), .heading(PrintedHeading(level: 2, look: .division, text: PrintedText(words)))]
        case .narrative(let words, let time):
            [
                .paragraph(
                    PrintedParagraph(
                        (time.isEmpty ? PrintedText("") : PrintedText("\(time)  ", style: .emphasis)) + PrintedText(words),
                        alignment: .start))
            ]
        case .speech(let speech):
            [
                .paragraph(
                    PrintedParagraph(
                        PrintedText(speech.speaker, style: .strong) + PrintedText("  \(speech.what)", style: .emphasis), alignment: .start,
                        keepsWithNext: !speech.paragraphs.isEmpty))
            ]
                + speech.paragraphs.flatMap { paragraph in
                    paragraph.text.split(whereSeparator: \.isNewline).map {
                        .paragraph(PrintedParagraph(PrintedText(String($0)), depth: 1, language: paragraph.language))
                    }
                }
        case .table(let headings, let rows):
            [
                .table(
                    PrintedTable(
                        headings: headings.map { PrintedText($0) }, rows: rows.map { $0.map { PrintedText($0) } })), .space(4),
            ]
        case .list(let items):
            items.map { .paragraph(PrintedParagraph(PrintedText($0), label: "–", depth: 1, alignment: .start)) }
        }
    }
}
