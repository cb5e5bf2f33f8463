import Acts

/// A picture of a statement for those who pass pictures on, with the code that survives a screenshot. 1200 by 630, drawn in text that
/// programs can read.
struct StatementCard {
    let svg: String

    /// Characters in a line of the title, and lines of it.
    private static let lineLength = 38
    private static let mostLines = 5

    init(_ statement: PublicStatement, language tag: String, direction: String, words: StatementPaper.Words, authority: String) {
        let act = statement.act
        let isRight = direction == "rtl"
        let (edge, anchor) = (isRight ? 1120 : 80, "start")
        let title = act.content.texts[tag]?.title ?? ""
        let lines = Self.lines(title)
        var text = ""
        for (place, line) in lines.enumerated() {
            text +=
                "<text x=\"\(edge)\" y=\"\(220 + place * 62)\" font-size=\"50\" text-anchor=\"\(anchor)\" direction=\"\(direction)\">\(XMLText.escaped(line))</text>"
        }
        svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630" role="img" xml:lang="\(tag)">
            <title>\(XMLText.escaped(title)) · \(act.code)</title>
            <rect width="1200" height="630" fill="#fdfcf9"/><rect width="1200" height="12" fill="#0b5d66"/>
            <g font-family="'Noto Serif','Noto Naskh Arabic',Georgia,serif" fill="#1a1f24">
            <text x="\(edge)" y="100" font-size="30" text-anchor="\(anchor)" direction="\(direction)">\(XMLText.escaped(words.office))</text>
            <text x="\(edge)" y="142" font-size="24" fill="#5a6168" text-anchor="\(anchor)" direction="\(direction)">\(XMLText.escaped(words.date))</text>
            \(text)
            </g>
            <line x1="80" y1="520" x2="1120" y2="520" stroke="#c9c5bb"/>
            <g font-family="ui-monospace,monospace" fill="#1a1f24" direction="ltr">
            <text x="80" y="578" font-size="40" font-weight="600">\(act.code)</text>
            <text x="1120" y="576" font-size="26" text-anchor="end" fill="#0b5d66">\(XMLText.escaped(authority))/v/\(act.code)</text>
            </g>
            </svg>

            """
    }

    /// Lines broken at spaces, the last with an ellipsis where there is more.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + word.count + 1 > lineLength {
                lines.append(line)
                line = String(word)
            } else {
                line += line.isEmpty ? String(word) : " \(word)"
            }
        }
        if !line.isEmpty { lines.append(line) }
        guard lines.count > mostLines else { return lines }
        return lines.prefix(mostLines - 1) + [lines[mostLines - 1] + " …"]
    }

    static func isRightToLeft(_ tag: String) -> Bool {
        ["ar", "fa", "he", "ur", "ps", "dv", "ckb", "sd", "ug", "yi"].contains(
            tag.split(separator: "-").first.map { $0.lowercased() } ?? "")
    }
}
