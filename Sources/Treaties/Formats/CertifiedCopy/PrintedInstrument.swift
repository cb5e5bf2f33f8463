import Texts
import Typesetting

/// A text of an instrument as a section of a printed document: the same blocks, in the same order, that its page shows.
struct PrintedInstrument {
    let text: InstrumentText
    /// At the foot of each page.
    let foot: String

    var section: PrintedSection {
        PrintedSection(
            language: text.language.tag, direction: text.language.direction == .rightToLeft ? .rightToLeft : .leftToRight,
            digits: usesArabicIndicDigits ? .arabicIndic : .european, headStart: text.title.plain,
            headEnd: LanguageName.own(text.language.tag), foot: foot, blocks: text.blocks.flatMap(blocks))
    }

    /// Pages are numbered in the digits that the text itself uses.
    private var usesArabicIndicDigits: Bool {
        text.provisions.contains { provision in
            ([provision] + provision.children).contains { provision in
                (provision.number ?? "").unicodeScalars.contains { (0x660...0x669).contains($0.value) }
            }
        }
    }

    private func blocks(of block: ReadingBlock) -> [PrintedBlock] {
        switch block.role {
        case .title: return [.heading(PrintedHeading(level: 1, look: .title, text: printed(block.words)))]
        case .heading: return heading(block)
        case .words, .closing:
            let words = printed(block.words)
            guard !words.isEmpty || block.number != nil else { return [] }
            return [.paragraph(PrintedParagraph(words, label: block.number ?? "", depth: block.indent))]
        case .table: return block.table.map { [.table(printed($0))] } ?? []
        }
    }

    private func heading(_ block: ReadingBlock) -> [PrintedBlock] {
        let words = block.heading.map(printed) ?? PrintedText([])
        let number = block.number ?? ""
        guard !number.isEmpty || !words.isEmpty, let kind = block.provision else { return [] }
        if kind.isSetIn {
            let strong = PrintedText(words.runs.map { PrintedText.Run($0.text, style: .strong, note: $0.note, mark: $0.mark) })
            return [.paragraph(PrintedParagraph(strong, label: number, depth: block.indent, alignment: .start, keepsWithNext: true))]
        }
        let isArticle = kind == .article || kind == .rule
        return [.heading(PrintedHeading(level: isArticle ? 3 : 2, look: isArticle ? .article : .division, label: number, text: words))]
    }

    private func printed(_ table: TextTable) -> PrintedTable {
        func cell(_ cell: TextTable.Cell) -> PrintedText {
            PrintedText(cell.content.enumerated().flatMap { ($0.offset == 0 ? [] : [.init("\n")]) + printed($0.element).runs })
        }
        let head = table.rows.first.map { row in row.allSatisfy(\.isHeading) } ?? false
        return PrintedTable(
            headings: head ? (table.rows.first ?? []).map(cell) : [], rows: table.rows.dropFirst(head ? 1 : 0).map { $0.map(cell) })
    }

    private func printed(_ line: InlineText) -> PrintedText {
        PrintedText(
            line.runs.map { run in
                switch run {
                case .words(let words, let style, _): PrintedText.Run(words, style: printed(style))
                case .lineBreak: PrintedText.Run("\n")
                case .footnote(let note):
                    PrintedText.Run("", note: note.content.map(\.plain).joined(separator: "\n"), mark: note.mark)
                }
            })
    }

    private func printed(_ style: TextStyle) -> PrintedText.Style {
        if style.contains(.superscript) { return .superscript }
        if style.contains(.subscript) { return .subscript }
        if style.contains(.bold) { return .strong }
        return style.contains(.italic) || style.contains(.underline) ? .emphasis : .plain
    }
}
