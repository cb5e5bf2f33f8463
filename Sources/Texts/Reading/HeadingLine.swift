/// A line that begins an article, a division or an annex: what it names, its number, and the words after it.
struct HeadingLine {
    let kind: ProvisionKind
    /// The number as it stands, with the word: `Article 8 bis`, `第八条之二`.
    let number: Substring
    /// What it counts; `nil` of an annex without a number.
    let value: Int?
    /// `bis`, `A`; empty where it is not an inserted one.
    let suffix: String
    let rest: Substring
    /// Whether a sign stood between number and rest: `Article 5: Scope`.
    let isSeparated: Bool

    static func read(_ line: Substring, _ vocabulary: ReadingVocabulary, language: TextLanguage) -> HeadingLine? {
        language.primary == "zh" ? chinese(line, vocabulary) : worded(line, vocabulary)
    }

    /// `WORD NUMBER [SUFFIX] [SIGN] REST`
    private static func worded(_ line: Substring, _ vocabulary: ReadingVocabulary) -> HeadingLine? {
        let first = line.prefix(20).prefix { $0 != " " }
        let folded = first.lowercased().trimming(":.")
        guard let division = vocabulary.divisions.first(where: { $0.word == folded }) else { return nil }
        let words = line.prefix(120).split(separator: " ", omittingEmptySubsequences: true)
        guard words.count > 1 else {
            return division.kind == .annex
                ? HeadingLine(kind: .annex, number: first, value: nil, suffix: "", rest: line[line.endIndex...], isSeparated: false) : nil
        }
        let sign = words[1].trimmingEnd(":.–—-")
        guard !sign.isEmpty, let (value, suffix, used) = count(sign, words, vocabulary, kind: division.kind) else { return nil }
        var last = used == 0 ? sign : words[used + 1].trimmingEnd(":.–—-")
        var ending = suffix
        if used == 0, suffix.isEmpty, words.count > 2, last.endIndex == words[1].endIndex {
            let candidate = words[2].trimmingEnd(":.–—-")
            if let known = vocabulary.suffixes[candidate.lowercased()] {
                ending = known
                last = candidate
            }
        }
        var rest = line[last.endIndex...].drop { $0 == " " }
        let separated = rest.first.map { ":.–—-".contains($0) } ?? false
        var end = last.endIndex
        if separated {
            end = line[last.endIndex...].firstIndex { !":.–—- ".contains($0) } ?? line.endIndex
            rest = line[end...]
        }
        return HeadingLine(
            kind: division.kind, number: line[..<end].trimmingEnd(" "), value: value, suffix: ending, rest: rest, isSeparated: separated)
    }

    /// What a sign counts, with the suffix written onto it, and how many further words it took.
    private static func count(
        _ sign: Substring, _ words: [Substring], _ vocabulary: ReadingVocabulary, kind: ProvisionKind
    ) -> (value: Int, suffix: String, used: Int)? {
        if let value = Numeral.decimal(sign) { return (value, "", 0) }
        if let ordinal = Numeral.arabicOrdinal(words.dropFirst().prefix(2).map { $0.trimmingEnd(":.–—-") }) {
            return (ordinal.value, "", ordinal.words - 1)
        }
        if vocabulary.firsts.contains(sign.lowercased()) { return (1, "", 0) }
        let digits = sign.prefix { $0.isWholeNumber }
        let suffix = sign[digits.endIndex...]
        if let value = Numeral.decimal(digits), suffix.count <= 12, suffix.allSatisfy({ $0.isLetter || $0 == "-" }) {
            if suffix.count == 1, suffix.first?.isASCII == true { return (value, suffix.uppercased(), 0) }
            if let known = vocabulary.suffixes[suffix.lowercased().trimming("-")] { return (value, known, 0) }
        }
        if let value = Numeral.roman(sign), kind != .article || sign.allSatisfy(\.isUppercase) { return (value, "", 0) }
        // `Annex A`.
        guard kind == .annex || kind.isDivision, sign.count == 1, sign.allSatisfy(\.isUppercase) else { return nil }
        return Numeral.letter(sign, of: Numeral.latin).map { ($0, "", 0) }
    }

    /// `第N条[之M]REST`, `附件N REST`
    private static func chinese(_ line: Substring, _ vocabulary: ReadingVocabulary) -> HeadingLine? {
        if let annex = vocabulary.divisions.first(where: { $0.kind == .annex && line.hasPrefix($0.word) }) {
            let after = line.dropFirst(annex.word.count)
            let sign = after.prefix { Numeral.isHan($0) }
            let value = Numeral.han(sign)
            guard value != nil || after.isEmpty else { return nil }
            let rest = after[sign.endIndex...]
            return HeadingLine(
                kind: .annex, number: line[..<sign.endIndex], value: value, suffix: "", rest: rest.drop { " 　:：".contains($0) },
                isSeparated: false
            ).keeping(line, from: sign.endIndex)
        }
        guard line.first == "第" else { return nil }
        let after = line.dropFirst().drop { $0 == " " }
        let sign = after.prefix { Numeral.isHan($0) || $0.isWholeNumber }
        guard let value = Numeral.han(sign) ?? Numeral.decimal(sign) else { return nil }
        // Both 第八条之二 and 第八之二条 are written.
        let inner = inserted(after[sign.endIndex...])
        let named = (inner?.rest ?? after[sign.endIndex...]).drop { $0 == " " }
        guard let division = vocabulary.divisions.first(where: { $0.kind != .annex && named.hasPrefix($0.word) }) else { return nil }
        var end = named.index(named.startIndex, offsetBy: division.word.count)
        let outer = inner == nil ? inserted(line[end...]) : nil
        if let outer { end = outer.rest.startIndex }
        let suffix = (inner ?? outer)?.suffix ?? ""
        return HeadingLine(kind: division.kind, number: line[..<end], value: value, suffix: suffix, rest: line[end...], isSeparated: false)
            .keeping(line, from: end)
    }

    /// `之二` and what follows it.
    private static func inserted(_ text: Substring) -> (suffix: String, rest: Substring)? {
        guard text.first == "之" else { return nil }
        let sign = text.dropFirst().prefix { Numeral.isHan($0) }
        guard let place = Numeral.han(sign), places.indices.contains(place - 2) else { return nil }
        return (places[place - 2], text[sign.endIndex...])
    }

    private static let places = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "undecies"]

    /// The same with the sign and the spaces between number and rest made part of the number, so that no sign is lost.
    private func keeping(_ line: Substring, from end: Substring.Index) -> HeadingLine {
        let sign = line[end...].prefix { " 　:：".contains($0) }
        return HeadingLine(
            kind: kind, number: line[..<sign.endIndex].trimmingEnd(" 　"), value: value, suffix: suffix, rest: line[sign.endIndex...],
            isSeparated: sign.contains { ":：".contains($0) })
    }
}

extension StringProtocol {
    /// Without those characters at either end.
    func trimming(_ characters: String) -> String {
        var text = self[...]
        while let first = text.first, characters.contains(first) { text = text.dropFirst() }
        while let last = text.last, characters.contains(last) { text = text.dropLast() }
        return String(text)
    }
}

extension Substring {
    /// Without those characters at the end.
    func trimmingEnd(_ characters: String) -> Substring {
        var text = self
        while let last = text.last, characters.contains(last) { text = text.dropLast() }
        return text
    }
}
