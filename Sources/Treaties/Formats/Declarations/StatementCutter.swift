/// Cuts prose into statements at the places where it begins anew: a blank line, a heading, a quotation that follows another.
///
/// Paragraphs of the original are often run together without a space ("…receiving State.Declaration concerning articles 48
/// and 50:In accordance…"); a heading counts only at the beginning or right behind the end of a sentence.
enum StatementCutter {
    struct Piece: Hashable {
        /// Everything, heading included; pieces put together again are the whole, but for white space between them.
        var text: String
        var heading: String?
        /// Lines before it within the section.
        var line: Int
    }

    /// Words a heading begins with.
    static let headings = [
        "Reservation", "Reservations", "Declaration", "Declarations", "Interpretative", "Interpretive", "Understanding", "Understandings",
        "Objection", "Objections", "Statement", "Statements", "Upon", "Confirmed", "Withdrawal", "Communication",
    ]
    /// The longest heading, in characters.
    static let longestHeading = 160

    static func pieces(of body: String) -> [Piece] {
        let characters = Array(body)
        var cuts: [Int] = [0]
        var index = 1
        while index < characters.count {
            if begins(at: index, in: characters) { cuts.append(index) }
            index += 1
        }
        var pieces: [Piece] = []
        var line = 0
        for (number, start) in cuts.enumerated() {
            let end = number + 1 < cuts.count ? cuts[number + 1] : characters.count
            let raw = characters[start..<end]
            let leading = raw.prefix { $0.isWhitespace }
            let text = String(raw.dropFirst(leading.count)).trimmingTrailing
            if !text.isEmpty {
                pieces.append(Piece(text: text, heading: heading(of: text), line: line + leading.count(where: \.isNewline)))
            }
            line += raw.count(where: \.isNewline)
        }
        return pieces
    }

    /// Whether a statement begins at this place.
    private static func begins(at index: Int, in characters: [Character]) -> Bool {
        let before = characters[index - 1]
        // A blank line.
        if characters[index].isNewline, before.isNewline { return true }
        // A quotation behind another: `…obligations.""The Government…`
        if isOpening(characters[index]), isClosing(before), index >= 2, isSentenceEnd(characters[index - 2]) { return true }
        guard characters[index].isUppercase, isSentenceEnd(before) || isClosing(before) || before.isNewline else { return false }
        guard let word = word(at: index, in: characters), headings.contains(word) else { return false }
        return colon(from: index, in: characters) != nil
    }

    private static func word(at index: Int, in characters: [Character]) -> String? {
        var end = index
        while end < characters.count, characters[end].isLetter, end - index < 30 { end += 1 }
        return end > index ? String(characters[index..<end]) : nil
    }

    /// The place of the colon that ends a heading beginning here; `nil` where there is none in reach, or a sentence ends before.
    private static func colon(from index: Int, in characters: [Character]) -> Int? {
        var place = index
        while place < characters.count, place - index <= longestHeading {
            let character = characters[place]
            if character == ":" { return place }
            if character == "." || character == ";" || character.isNewline || isOpening(character) {
                // "art. 5:" is not the end of a sentence.
                guard character == ".", place + 1 < characters.count, characters[place + 1] == " " else { return nil }
            }
            place += 1
        }
        return nil
    }

    private static func heading(of text: String) -> String? {
        let characters = Array(text)
        guard let word = word(at: 0, in: characters), headings.contains(word), let colon = colon(from: 0, in: characters) else {
            return nil
        }
        return String(characters[...colon])
    }

    private static func isSentenceEnd(_ character: Character) -> Bool { ".;:!?)…".contains(character) }
    private static func isClosing(_ character: Character) -> Bool { "\"”’»".contains(character) }
    private static func isOpening(_ character: Character) -> Bool { "\"“‘«".contains(character) }
}

extension String {
    fileprivate var trimmingTrailing: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
