import Acts
import Web

/// What was added to words and what was taken out, word by word; in scripts without spaces, character by character.
struct WordDifference: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case kept(String)
        case added(String)
        case removed(String)
    }

    private(set) var pieces: [Piece] = []

    /// Longer passages than this are told as taken out and put in whole.
    private static let most = 6_000

    /// - Parameter language: the primary tag of the words' language.
    init(from old: String, to new: String, language: String) {
        guard old != new else {
            if !new.isEmpty { pieces = [.kept(new)] }
            return
        }
        let before = Self.words(of: old, language)
        let after = Self.words(of: new, language)
        guard before.count + after.count <= Self.most else {
            pieces = [.removed(old), .added(new)]
            return
        }
        // Myers' algorithm, of the standard library: the fewest words taken out and put in.
        let difference = after.difference(from: before)
        var removed = Set<Int>()
        var added = Set<Int>()
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var old = 0
        var new = 0
        while old < before.count || new < after.count {
            if old < before.count, removed.contains(old) {
                append(.removed(before[old]))
                old += 1
            } else if new < after.count, added.contains(new) {
                append(.added(after[new]))
                new += 1
            } else {
                append(.kept(after[new]))
                old += 1
                new += 1
            }
        }
    }

    /// Whether nothing differs.
    var isEmpty: Bool {
        pieces.allSatisfy { if case .kept = $0 { true } else { false } }
    }

    private mutating func append(_ piece: Piece) {
        switch (pieces.last, piece) {
        case (.kept(let before)?, .kept(let words)): pieces[pieces.count - 1] = .kept(before + words)
        case (.added(let before)?, .added(let words)): pieces[pieces.count - 1] = .added(before + words)
        case (.removed(let before)?, .removed(let words)): pieces[pieces.count - 1] = .removed(before + words)
        default: pieces.append(piece)
        }
    }

    /// Words, each with the space after it; single characters where a script has no spaces.
    private static func words(of text: String, _ language: String) -> [String] {
        if ["zh", "ja", "th", "lo", "km", "my"].contains(language) { return text.map(String.init) }
        var words: [String] = []
        var word = ""
        for character in text {
            word.append(character)
            if character.isWhitespace {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    var markup: Markup {
        var markup = Markup()
        for piece in pieces {
            switch piece {
            case .kept(let words): markup.append(Self.lines(words))
            case .added(let words): markup.append(Markup.element("ins", [:], Self.lines(words)))
            case .removed(let words): markup.append(Markup.element("del", [:], Self.lines(words)))
            }
        }
        return markup
    }

    private static func lines(_ text: String) -> Markup {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Markup(text: $0) }.joined(separator: Markup("<br>"))
    }

    var json: JSON {
        .array(
            pieces.map {
                switch $0 {
                case .kept(let words): ["kept": .string(words)]
                case .added(let words): ["added": .string(words)]
                case .removed(let words): ["removed": .string(words)]
                }
            })
    }
}
