import Foundation

/// What a line of a text under negotiation begins: a heading, an option, a numbered paragraph, a footnote, or a plain paragraph.
struct BlockLine: Hashable, Sendable {
    var kind: NegotiatedBlock.Kind
    /// Columns before the first sign; a tab reaches to the next fourth.
    var indent: Int
    /// Of a heading: 1 for the highest.
    var rank = 0
    var number: String?
    var option: String?
    /// Where the words begin, in bytes from the beginning of the text.
    var markEnd: Int

    init(kind: NegotiatedBlock.Kind, indent: Int, markEnd: Int) {
        self.kind = kind
        self.indent = indent
        self.markEnd = markEnd
    }

    /// - Parameters:
    ///   - bytes: the whole text.
    ///   - line: a line of it that is not empty, without the spaces at its end.
    ///   - isAfterSpace: whether an empty line, a heading or nothing stands before it.
    init(_ bytes: [UInt8], _ line: Range<Int>, isAfterSpace: Bool) {
        var start = line.lowerBound
        if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        var column = 0
        while start < line.upperBound {
            if bytes[start] == 0x20 {
                column += 1
            } else if bytes[start] == 0x09 {
                column += 4 - column % 4
            } else {
                break
            }
            start += 1
        }
        self.init(kind: .paragraph, indent: column, markEnd: start)
        guard start < line.upperBound else { return }
        // No mark is longer than this.
        let text = bytes[start..<min(line.upperBound, start + 400)]
        let first = text[start]
        if first == 0x23, heading(text) { return }
        if first == 0x5B, definition(text, isWhole: line.upperBound <= start + 400) { return }
        if isMarkup(text, whole: bytes[start..<line.upperBound]) {
            kind = .markup
            return
        }
        if isAfterSpace, column == 0, line.count <= 160, plainHeading(text) { return }
        if let found = Self.optionLabel(in: text) {
            kind = .option
            option = found
            return
        }
        if let found = ItemNumber(text) {
            kind = .item
            number = found.number
            markEnd = found.end
            if let found = Self.optionLabel(in: bytes[markEnd..<max(markEnd, min(line.upperBound, markEnd + 400))]) { option = found }
        }
    }

    /// `## Article 3`, Markdown's headings.
    private mutating func heading(_ text: ArraySlice<UInt8>) -> Bool {
        let signs = text.prefix { $0 == 0x23 }
        guard signs.count <= 6 else { return false }
        let rest = text.dropFirst(signs.count)
        guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return false }
        kind = .heading
        rank = signs.count
        markEnd = rest.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex
        return true
    }

    /// "Article 3", "ANNEX II" alone on a line of a text without Markdown.
    private mutating func plainHeading(_ text: ArraySlice<UInt8>) -> Bool {
        guard let found = HeadingWords.read(String(decoding: text, as: UTF8.self)), found.isWholeLine else { return false }
        kind = .heading
        rank = found.rank
        return true
    }

    /// `[^3]: words` and `[label]: https://…`
    private mutating func definition(_ text: ArraySlice<UInt8>, isWhole: Bool) -> Bool {
        guard let close = text.firstIndex(of: 0x5D), close > text.startIndex + 1, close + 1 < text.endIndex, text[close + 1] == 0x3A
        else { return false }
        let label = text[(text.startIndex + 1)..<close]
        guard !label.contains(0x5B) else { return false }
        let rest = text[(close + 2)...].drop { $0 == 0x20 || $0 == 0x09 }
        let name = label.first == 0x5E ? label.dropFirst() : label
        if !name.isEmpty, label.first == 0x5E || name.allSatisfy({ (0x30...0x39).contains($0) }) {
            kind = .footnote
            number = String(decoding: name, as: UTF8.self)
            markEnd = rest.startIndex
            return true
        }
        let target = String(decoding: rest, as: UTF8.self)
        guard isWhole, !target.isEmpty, !target.contains(" "), indent < 4,
            target.contains("://") || target.hasPrefix("/") || target.hasPrefix("#") || target.hasPrefix("mailto:")
        else { return false }
        kind = .linkDefinition
        number = String(decoding: label, as: UTF8.self)
        return true
    }

    /// `{:toc}`, `* TOC`, a rule of three signs or more.
    private func isMarkup(_ text: ArraySlice<UInt8>, whole: ArraySlice<UInt8>) -> Bool {
        guard whole.count <= 200, let first = text.first else { return false }
        if first == 0x7B, text.last == 0x7D, text.dropFirst().first == 0x3A || text.dropFirst().first == 0x2E { return true }
        if whole.elementsEqual(Array("* TOC".utf8)) { return true }
        return whole.count >= 3 && (first == 0x2D || first == 0x2A || first == 0x5F) && whole.allSatisfy { $0 == first }
    }

    /// The number of the option whose header a line begins with, whatever marks of emphasis or brackets stand before it.
    static func optionLabel(in text: ArraySlice<UInt8>) -> String? {
        let words = text.drop { $0 == 0x2A || $0 == 0x5F || $0 == 0x5B || $0 == 0x20 || $0 == 0x7B }
        guard words.startIndex - text.startIndex <= 12,
            let name = WordCount.names.first(where: { words.starts(with: $0) })
        else { return nil }
        let rest = words.dropFirst(name.count).drop { $0 == 0x20 || $0 == 0x09 }
        let label = rest.prefix { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x28 || byte == 0x29
        }
        guard (1...8).contains(label.count) else { return nil }
        let sign = String(decoding: label, as: UTF8.self)
        let bare = sign.filter { $0 != "(" && $0 != ")" }
        let isNumber = bare.first?.isNumber == true || bare.allSatisfy { "IVX".contains($0) }
        guard !bare.isEmpty, isNumber || (sign.hasPrefix("(") && bare.count <= 2) || (bare.count == 1 && bare.allSatisfy(\.isUppercase))
        else { return nil }
        // "Option 1 and option 2 would be merged" speaks of options; a header is followed by a sign or by nothing.
        let after = rest.dropFirst(label.count)
        guard let next = after.first else { return sign }
        return next == 0x3A || next == 0x2A || next == 0x5F || next == 0x2E || next == 0x29 || next == 0x5B || next == 0x2D || next >= 0x80
            ? sign : nil
    }

    /// Whether nothing but its number stands in an option's header, so that the paragraphs after it are its words.
    func isBareOption(_ bytes: [UInt8], end: Int) -> Bool {
        guard end - markEnd <= 60 else { return false }
        let text = String(decoding: bytes[markEnd..<max(markEnd, end)], as: UTF8.self)
        guard let option, let place = text.range(of: option) else { return false }
        return text[place.upperBound...].allSatisfy { !$0.isLetter && !$0.isNumber }
    }
}
