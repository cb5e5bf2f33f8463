extension PlainText {
    /// A text as plain text, one paragraph to a line, as ``read(_:language:identity:authenticity:version:title:)`` takes it: emphasis is
    /// left out, footnotes stand in brackets after their mark, the cells of a table are divided by ` | `.
    public static func string(of text: InstrumentText) -> String {
        var lines: [String] = []
        for block in text.blocks {
            switch block.role {
            case .title: lines.append(words(of: block.words).joined(separator: "\n"))
            case .heading:
                if let number = block.number { lines.append(number) }
                if let heading = block.heading { lines.append(words(of: heading).joined(separator: " ")) }
                if !block.words.isEmpty { lines.append(words(of: block.words).joined(separator: " ")) }
                continue
            case .words, .closing:
                lines.append(([block.number].compactMap(\.self) + words(of: block.words)).joined(separator: " "))
            case .table:
                for row in block.table?.rows ?? [] {
                    lines.append(row.map { $0.content.flatMap(words).joined(separator: " ") }.joined(separator: " | "))
                }
            }
            lines.append("")
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Divided at its line breaks.
    private static func words(of line: InlineText) -> [String] {
        var lines = [""]
        for run in line.runs {
            switch run {
            case .words(let words, _, _): lines[lines.count - 1] += words
            case .lineBreak: lines.append("")
            case .footnote(let note): lines[lines.count - 1] += " [\(note.mark) \(note.content.map(\.plain).joined(separator: " "))]"
            }
        }
        return lines
    }
}
