import Acts

/// Changes the words of one provision, or of an amendment: finds the words that are meant, and puts others in their place or beside them.
enum WordEdit {
    /// The words after the change.
    /// - Parameters:
    ///   - words: the words as they stand.
    ///   - change: an insertion, deletion or replacement with an anchor, or a replacement of all.
    ///   - attribution: whose words the new ones are, where they come in brackets; `nil` where they come as proposed.
    ///   - place: what the words are of, for a refusal.
    static func words(
        _ words: String, changed change: ConferenceTextChange, attribution: [String]?, place: String
    ) throws(Refusal) -> String {
        guard let anchor = change.anchor else {
            guard change.operation == .replace, let new = change.words else { throw TextRefusal.missing("anchor") }
            guard let attribution else { return new }
            return enclosed(words) + bracketed(new, attribution)
        }
        let range = try find(anchor, in: words, occurrence: change.occurrence, place: place)
        let before = String(words[..<range.lowerBound])
        let after = String(words[range.upperBound...])
        switch change.operation {
        case .replace:
            guard let new = change.words else { throw TextRefusal.missing("words") }
            guard let attribution else { return before + new + after }
            // `[shall][EU: should]` and a third proposal: it comes beside the two.
            if before.last == "[", after.first == "]" {
                let end = endOfAlternatives(in: words, closing: range.upperBound)
                return String(words[..<end]) + bracketed(new, attribution) + String(words[end...])
            }
            return before + enclosed(anchor) + bracketed(new, attribution) + after
        case .delete:
            if attribution != nil { return before + enclosed(anchor) + after }
            return joined(before, after)
        case .insert:
            guard let words = change.words else { throw TextRefusal.missing("words") }
            let new = attribution.map { bracketed(words, $0) } ?? words
            if change.position == .before {
                return before + gap(between: before, and: new) + new + gap(between: new, and: anchor) + anchor + after
            }
            return before + anchor + gap(between: anchor, and: new) + new + gap(between: new, and: after) + after
        case .move, .split, .renumber: throw TextRefusal.missing("words")
        }
    }

    /// The stretch of words that is meant.
    static func find(
        _ anchor: String, in words: String, occurrence: Int64?, place: String
    ) throws(Refusal) -> Range<String.Index> {
        // Whole stretches that do not overlap, found byte by byte, so that no canonical equivalence hides a difference.
        var found: [Range<String.Index>] = []
        let haystack = Array(words.utf8)
        let needle = Array(anchor.utf8)
        guard !needle.isEmpty, needle.count <= haystack.count else { throw TextRefusal.wordsGone(anchor, place) }
        var index = 0
        while index + needle.count <= haystack.count {
            if haystack[index] == needle[0], haystack[index..<(index + needle.count)].elementsEqual(needle) {
                let start = words.utf8.index(words.startIndex, offsetBy: index)
                found.append(start..<words.utf8.index(start, offsetBy: needle.count))
                index += needle.count
            } else {
                index += 1
            }
        }
        guard !found.isEmpty else { throw TextRefusal.wordsGone(anchor, place) }
        if let occurrence {
            guard occurrence >= 1, occurrence <= found.count else { throw TextRefusal.wordsGone(anchor, place) }
            return found[Int(occurrence) - 1]
        }
        // "be" in "before" is not meant by who writes "be".
        let whole = found.filter { isWhole($0, in: words) }
        let meant = whole.isEmpty ? found : whole
        guard meant.count == 1 else { throw TextRefusal.wordsSeveral(anchor, count: meant.count) }
        return meant[0]
    }

    private static func isWhole(_ range: Range<String.Index>, in words: String) -> Bool {
        func isWord(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber } ?? false }
        let before = words[..<range.lowerBound].last
        let after = words[range.upperBound...].first
        return !(isWord(before) && isWord(words[range].first)) && !(isWord(after) && isWord(words[range].last))
    }

    static func bracketed(_ words: String, _ attribution: [String]) -> String {
        attribution.isEmpty ? "[\(words)]" : "[\(Attribution.text(attribution)): \(words)]"
    }

    /// Words in brackets, unless they are one bracket already.
    static func enclosed(_ words: String) -> String {
        let scan = BracketScan(Array(words.utf8))
        if let first = scan.marks.first, first.offset == 0, let close = first.partner, first.role == .text,
            scan.marks[close].offset + scan.marks[close].length == words.utf8.count
        {
            return words
        }
        return "[\(words)]"
    }

    /// Behind the last of the brackets that stand side by side with the one closing there.
    private static func endOfAlternatives(in words: String, closing: String.Index) -> String.Index {
        let scan = BracketScan(Array(words.utf8))
        var offset = words.utf8.distance(from: words.startIndex, to: closing) + 1
        while let next = scan.marks.first(where: { $0.offset == offset && $0.isOpening }), next.role != .note, let close = next.partner {
            offset = scan.marks[close].offset + scan.marks[close].length
        }
        return words.utf8.index(words.startIndex, offsetBy: offset)
    }

    /// A space where two words would otherwise run together; none before a sign.
    private static func gap(between left: some StringProtocol, and right: some StringProtocol) -> String {
        guard let last = left.last, let first = right.first, !last.isWhitespace, !first.isWhitespace else { return "" }
        if ",.;:)]".contains(first) || "([".contains(last) { return "" }
        return " "
    }

    /// Two stretches between which words were taken out: of two spaces one remains.
    private static func joined(_ left: String, _ right: String) -> String {
        var left = left
        var right = right
        if left.isEmpty || left.last?.isWhitespace == true, right.first?.isWhitespace == true {
            right.removeFirst()
        } else if let first = right.first, ",.;:".contains(first), left.last == " " {
            left.removeLast()
        } else if right.isEmpty {
            while left.last == " " { left.removeLast() }
        }
        return left + right
    }
}
