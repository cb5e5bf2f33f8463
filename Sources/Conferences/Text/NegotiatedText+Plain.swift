import Acts
public import Texts

extension NegotiatedText {
    /// The text in plain words, a paragraph to a line and an empty one between, as instruments are read: without marks of headings and
    /// emphasis, without notes.
    public var plainLines: String {
        var lines: [String] = []
        for block in blocks where block.kind.isProvision {
            var words = block.words
            if block.kind == .heading {
                // A heading on one line: `## Article 3. Scope`.
                words = words.trimmingPrefix { $0 == "#" || $0 == " " }.trimmed
            }
            for mark in LegalScrub.noteMarks(in: words) { words = words.replacing("[^\(mark)]", with: "") }
            words = words.replacing("**", with: "").replacing("__", with: "")
            let line = words.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed
            guard !line.isEmpty else { continue }
            if block.kind == .heading, let parts = Self.headingParts(line) {
                lines += parts
            } else if block.kind == .item, let number = block.number {
                let needsPoint = number.last?.isNumber == true
                lines.append("\(number)\(needsPoint ? "." : "") \(line)")
            } else {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n\n") + "\n"
    }

    /// "Article 3. Scope" as the two lines it is printed in: its number, and its title where it has one.
    private static func headingParts(_ line: String) -> [String]? {
        guard let number = HeadingWords.read(line)?.number, let range = line.firstRange(of: number) else { return nil }
        let title = line[range.upperBound...].drop { " .:–—-".contains($0) }.trimmed
        return [String(line[..<range.upperBound])] + (title.isEmpty ? [] : [title])
    }

    /// The text as an instrument in the language it was negotiated in: what is adopted.
    ///
    /// - Parameter title: the instrument's title; `nil` where the text begins with it.
    /// - Throws: a ``Refusal`` while a bracket stands or an option is open; ``TextFault`` where the words make no instrument.
    public func instrument(
        identity: InstrumentIdentity, language: TextLanguage, version: TextVersion, title: String?
    ) throws -> PlainTextReading {
        let clean = try clean()
        return try PlainText.read(
            Array(clean.plainLines.utf8), language: language, identity: identity, authenticity: .authentic, version: version, title: title)
    }

    /// Whether the text begins with a heading that is its title, and no article's.
    public var beginsWithTitle: Bool {
        guard let first = blocks.first(where: \.kind.isProvision), first.kind == .heading else { return false }
        return HeadingWords.read(String(first.words.prefix(200))) == nil
    }
}

extension StringProtocol {
    /// Without white space before and after.
    fileprivate var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
