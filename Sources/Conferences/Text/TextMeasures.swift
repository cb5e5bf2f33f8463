public import Acts

/// What can be counted in a text under negotiation, or in one provision of it: how far a room is from agreement, in figures that anyone
/// can count again (``BracketScan`` gives the rule).
public struct TextMeasures: Hashable, Sendable {
    /// Runs of signs between white space, note marks taken out.
    public var words = 0
    /// Opening brackets, note marks and bare numbers in brackets taken out; those of links are among them.
    public var brackets = 0
    /// Of ``brackets`` those that are a link's, and so nobody's question.
    public var links = 0
    /// `[2020]`: numbers alone in brackets, which the rule takes for note marks and which no note of the text has for its own.
    public var numerals = 0
    /// Marks of footnotes in the text, their definitions not counted.
    public var noteMarks = 0
    /// The most brackets open at one place.
    public var deepestNesting = 0
    /// "Option" and a number.
    public var options = 0
    /// "Option" and a letter in brackets.
    public var letteredOptions = 0
    /// Closing brackets that close nothing.
    public var strayClosing = 0
    /// Opening brackets that nothing closes.
    public var neverClosed = 0
    /// Two brackets or more side by side, of which one will stand.
    public var alternatives = 0
    /// Brackets around a place that is still to be filled: `[X]`, `[20XX]`, `[Placeholder for …]`.
    public var placeholders = 0

    public init() {}

    /// How many marks must be added, taken out or moved to set the brackets right.
    public var unbalanced: Int { max(strayClosing, neverClosed) }

    /// Brackets around words that nobody has agreed yet: those of the text, with bare numbers and without links.
    public var standing: Int { max(0, brackets - links + numerals) }

    public var json: JSON {
        [
            "words": .integer(Int64(words)), "brackets": .integer(Int64(brackets)), "standingBrackets": .integer(Int64(standing)),
            "deepestNesting": .integer(Int64(deepestNesting)), "options": .integer(Int64(options)),
            "letteredOptions": .integer(Int64(letteredOptions)), "unbalanced": .integer(Int64(unbalanced)),
            "strayClosing": .integer(Int64(strayClosing)), "neverClosed": .integer(Int64(neverClosed)),
            "linkBrackets": .integer(Int64(links)), "bracketedNumbers": .integer(Int64(numerals)),
            "noteMarks": .integer(Int64(noteMarks)), "alternatives": .integer(Int64(alternatives)),
            "placeholders": .integer(Int64(placeholders)),
        ]
    }
}

extension NegotiatedText {
    /// The whole text counted.
    public var measures: TextMeasures { measures(of: blocks.indices) }

    /// Some of its blocks counted, such as ``subtree(at:)`` of an article.
    ///
    /// Nesting counts what is open before them too: a bracket around an article is around each paragraph of it.
    public func measures(of range: Range<Int>) -> TextMeasures {
        guard !range.isEmpty else { return TextMeasures() }
        let bytes = offsets[range.lowerBound]..<offsets[range.upperBound]
        var measures = TextMeasures()
        let count = WordCount(source, in: bytes, marks: scan.marks)
        measures.words = count.words
        measures.options = count.options
        measures.letteredOptions = count.letteredOptions
        let notes = noteNames
        var lastClose = -1
        var isInAlternatives = false
        var index = WordCount.firstMark(from: bytes.lowerBound, in: scan.marks)
        while index < scan.marks.count, scan.marks[index].offset < bytes.upperBound {
            let mark = scan.marks[index]
            index += 1
            guard mark.isOpening else {
                if mark.partner == nil { measures.strayClosing += 1 }
                continue
            }
            measures.deepestNesting = max(measures.deepestNesting, mark.depth)
            if mark.depth > 0 {
                measures.brackets += 1
                if mark.role == .link { measures.links += 1 }
            } else if mark.role == .note {
                if !isDefinition(mark) { measures.noteMarks += 1 }
            } else if mark.role == .numeral, !isNote(mark, notes) {
                measures.numerals += 1
            }
            guard let partner = mark.partner else {
                measures.neverClosed += 1
                continue
            }
            guard mark.isOpenQuestion else { continue }
            let close = scan.marks[partner]
            if isPlaceholder(inside: (mark.offset + mark.length)..<close.offset) { measures.placeholders += 1 }
            // Siblings side by side: this one begins where the one before it ended.
            if lastClose >= 0, scan.marks[lastClose].offset + scan.marks[lastClose].length == mark.offset,
                scan.marks[lastClose].isOpenQuestion
            {
                if !isInAlternatives { measures.alternatives += 1 }
                isInAlternatives = true
            } else {
                isInAlternatives = false
            }
            lastClose = partner
        }
        return measures
    }

    /// What the notes of this text are called whose marks have no `^`.
    private var noteNames: Set<String> {
        Set(blocks.lazy.filter { $0.kind == .footnote && !$0.lead.contains(0x5E) }.compactMap(\.number))
    }

    private func isNote(_ mark: BracketMark, _ notes: Set<String>) -> Bool {
        guard !notes.isEmpty, let partner = mark.partner else { return false }
        return notes.contains(String(decoding: source[(mark.offset + mark.length)..<scan.marks[partner].offset], as: UTF8.self))
    }

    private func isDefinition(_ mark: BracketMark) -> Bool {
        guard let partner = mark.partner else { return false }
        let after = scan.marks[partner].offset + 1
        guard after < source.count, source[after] == 0x3A else { return false }
        var before = mark.offset
        while before > 0, source[before - 1] == 0x20 || source[before - 1] == 0x09 { before -= 1 }
        return before == 0 || source[before - 1] == 0x0A || source[before - 1] == 0x0D
    }

    private func isPlaceholder(inside range: Range<Int>) -> Bool { Placeholder.isOne(source[range]) }
}

/// Tells a place to be filled from words in brackets.
enum Placeholder {
    /// `X`, `x`, `XX`, `20XX`, `-Y`, `…`, `...`, `__`, nothing at all, or what begins with "placeholder".
    static func isOne(_ bytes: ArraySlice<UInt8>) -> Bool {
        var words = bytes
        while let first = words.first, first == 0x20 || first == 0x2A || first == 0x5F { words.removeFirst() }
        while let last = words.last, last == 0x20 || last == 0x2A || last == 0x5F { words.removeLast() }
        if words.isEmpty { return true }
        if words.count >= 11, String(decoding: words.prefix(11), as: UTF8.self).lowercased() == "placeholder" { return true }
        guard words.count <= 8 else { return false }
        var hasBlank = false
        var index = words.startIndex
        while index < words.endIndex {
            let byte = words[index]
            switch byte {
            case 0x58, 0x78, 0x59, 0x79: hasBlank = true
            case 0x2E: hasBlank = true
            case 0x30...0x39, 0x2D, 0x25: break
            case 0xE2 where words[index...].starts(with: [0xE2, 0x80, 0xA6]):
                hasBlank = true
                index += 2
            case 0xE2 where words[index...].starts(with: [0xE2, 0x80, 0x93]): index += 2
            default: return false
            }
            index += 1
        }
        // A point alone is a point that is proposed, not a place.
        return hasBlank && words.count > (words.first == 0x2E ? 1 : 0)
    }
}
