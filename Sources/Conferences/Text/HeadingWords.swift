/// Reads "Article 3", "Article 2bis (general)", "ANNEX II", "Preamble", in the words conferences use.
struct HeadingWords: Hashable, Sendable {
    /// `art`, `annex`, `chp`, `part`, `sec`, `preamble`
    let word: String
    /// As it stands: `3`, `2bis`, `II`; `nil` of a preamble.
    let number: String?
    let rank: Int
    /// Whether nothing follows but a title set apart by a sign.
    let isWholeLine: Bool

    private static let words: [(name: String, word: String, rank: Int)] = [
        ("article", "art", 3), ("artículo", "art", 3), ("статья", "art", 3), ("المادة", "art", 3), ("pasal", "art", 3),
        ("annex", "annex", 1),
        ("annexe", "annex", 1), ("anexo", "annex", 1), ("chapter", "chp", 2), ("chapitre", "chp", 2), ("part", "part", 1),
        ("section", "sec", 2), ("appendix", "annex", 1),
    ]

    /// `nil` where a line begins with none of these words and a number.
    static func read(_ line: String) -> HeadingWords? {
        let text = line.drop { "*_[ ".contains($0) }
        let lower = text.prefix(24).lowercased()
        if ["preamble", "préambule", "preámbulo", "преамбула", "الديباجة", "pembukaan", "序言"].contains(where: { lower.hasPrefix($0) }) {
            return HeadingWords(word: "preamble", number: nil, rank: 1, isWholeLine: text.count <= 24)
        }
        guard let space = text.firstIndex(of: " ") else { return nil }
        let name = text[..<space].lowercased()
        guard let known = words.first(where: { $0.name == name }) else { return nil }
        let rest = text[space...].drop { $0 == " " || $0 == "[" }
        let number = rest.prefix { $0.isNumber || $0.isLetter || $0 == "-" }
        let isNumber =
            number.first?.isNumber == true || (!number.isEmpty && number.allSatisfy { "IVXLC".contains($0) })
            || (known.word == "annex" && number.count == 1)
        guard isNumber, number.count <= 12 else { return nil }
        let after = rest[number.endIndex...].drop { $0 == " " || $0 == "]" || $0 == "*" }
        let isWhole = after.isEmpty || "([*—–-:.".contains(after.first ?? ".")
        return HeadingWords(word: known.word, number: String(number), rank: known.rank, isWholeLine: isWhole)
    }
}
