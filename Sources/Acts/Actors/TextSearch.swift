/// Finds what people typed in texts such as titles: word by word, in any script, misspellings tolerated.
public struct TextSearch: Sendable {
    private let words: [[UInt32]]

    /// `nil` where the text has no letter or digit to look for.
    public init?(_ text: String) {
        words = FoldedName(text).words
        if words.isEmpty { return nil }
    }

    /// Whether every word sought stands in one of the texts: whole, as a beginning, or with a mistake or two in a long word.
    public func matches(_ texts: [String]) -> Bool {
        texts.contains { text in
            let found = FoldedName(text)
            return words.allSatisfy { Self.stands($0, in: found) }
        }
    }

    private static func stands(_ word: [UInt32], in text: FoldedName) -> Bool {
        if text.words.contains(where: { $0.starts(with: word) }) { return true }
        // Scripts without spaces between words: anywhere in the text.
        if let first = word.first, first >= 0x2E80 { return contains(text.joined, word) }
        let bound = word.count < 5 ? 0 : word.count < 9 ? 1 : 2
        guard bound > 0 else { return false }
        var distance = EditDistance()
        return text.words.contains { distance.between(word, and: $0[...], bound: bound) != nil }
    }

    private static func contains(_ text: [UInt32], _ part: [UInt32]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
