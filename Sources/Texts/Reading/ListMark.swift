/// The number before a paragraph or a point: what it is written like, and what it counts.
struct ListMark: Hashable, Sendable {
    enum Style: Hashable, Sendable {
        /// `1.`, `1．`, `1、`
        case decimalPoint
        /// `1)`
        case decimalBracket
        /// `(1)`
        case decimalBrackets
        /// `1 -`, `- 1`, as Arabic texts have it
        case decimalDash
        /// `(a)`, `a)`
        case latin
        /// `a.`
        case latinPoint
        /// `(A)`
        case latinCapital
        /// `(i)`, `i)`
        case roman
        /// `i.`
        case romanPoint
        /// `(I)`
        case romanCapital
        case cyrillic
        case abjad
        /// `一、`
        case hanComma
        /// `（一）`
        case hanBrackets
        /// `–`, `•`
        case dash
    }

    let style: Style
    /// What it counts; of a dash nothing, so 0.
    let value: Int

    var isRoman: Bool { style == .roman || style == .romanCapital || style == .romanPoint }
    var isLetter: Bool { style == .latin || style == .latinCapital || style == .latinPoint }

    /// What a line begins with: the mark as it stands, the words after it, and every way to read it.
    typealias Found = (number: Substring, rest: Substring, readings: [ListMark])

    /// `nil` where a line begins with no mark.
    static func read(_ line: Substring) -> Found? {
        guard let first = line.first else { return nil }
        if "–—•‣·".contains(first) || first == "-" {
            let after = line.dropFirst().drop { $0 == " " }
            // `- 1`, `-1`: an Arabic paragraph whose dash came to stand before its figure.
            let digits = after.prefix { $0.isWholeNumber && !Numeral.isHan($0) }
            let rest = after.dropFirst(digits.count)
            if first == "-", let value = Numeral.decimal(digits), rest.isEmpty || rest.first == " " {
                return (line[..<digits.endIndex], rest.drop { $0 == " " }, [ListMark(style: .decimalDash, value: value)])
            }
            guard line.dropFirst().first == " ", !after.isEmpty else { return nil }
            return (line.prefix(1), after, [ListMark(style: .dash, value: 0)])
        }
        let opens = "(（".contains(first)
        let body = opens ? line.dropFirst() : line
        let sign = body.prefix { $0.isLetter || $0.isWholeNumber || $0 == "ـ" }
        guard (1...6).contains(sign.count), let end = body[sign.endIndex...].first else {
            return nil
        }
        var close = sign.endIndex
        if end == " ", !opens, Numeral.decimal(sign) != nil {
            // `1 - words`
            let after = body[close...].drop { $0 == " " }
            guard let dash = after.first, "-–".contains(dash), after.dropFirst().first == " " else { return nil }
            let number = line[..<after.index(after: after.startIndex)]
            return (
                number, after.dropFirst().drop { $0 == " " }, Numeral.decimal(sign).map { [ListMark(style: .decimalDash, value: $0)] } ?? []
            )
        }
        close = body.index(after: close)
        let number = line[..<close]
        var rest = body[close...]
        let readings: [ListMark]
        switch end {
        case ")", "）": readings = bracketed(sign, opens: opens)
        case ".", "．",
            "、" where !opens:
            readings = pointed(sign, by: end)
            // `1.5`, `1.a` and `e.g.` number nothing; Chinese needs no space.
            if end == ".", let next = rest.first, next.isASCII || next.isCased, next != " " { return nil }
        case "-" where !opens:
            guard rest.first == " ", let value = Numeral.decimal(sign) else { return nil }
            readings = [ListMark(style: .decimalDash, value: value)]
        default: return nil
        }
        guard !readings.isEmpty else { return nil }
        rest = rest.drop { $0 == " " || $0 == "\u{3000}" }
        return (number, rest, readings)
    }

    private static func bracketed(_ sign: Substring, opens: Bool) -> [ListMark] {
        var readings: [ListMark] = []
        if let value = Numeral.decimal(sign) { readings.append(ListMark(style: opens ? .decimalBrackets : .decimalBracket, value: value)) }
        if let value = Numeral.han(sign) { readings.append(ListMark(style: .hanBrackets, value: value)) }
        let isCapital = sign.allSatisfy(\.isUppercase)
        if let value = Numeral.letter(sign, of: Numeral.latin) {
            readings.append(ListMark(style: isCapital ? .latinCapital : .latin, value: value))
        }
        if let value = Numeral.roman(sign) { readings.append(ListMark(style: isCapital ? .romanCapital : .roman, value: value)) }
        if let value = Numeral.letter(sign, of: Numeral.cyrillic) { readings.append(ListMark(style: .cyrillic, value: value)) }
        if let value = Numeral.letter(sign, of: Numeral.abjad) ?? (sign == "ا" ? 1 : nil) {
            readings.append(ListMark(style: .abjad, value: value))
        }
        return readings
    }

    private static func pointed(_ sign: Substring, by end: Character) -> [ListMark] {
        if let value = Numeral.decimal(sign) { return [ListMark(style: .decimalPoint, value: value)] }
        if end == "、", let value = Numeral.han(sign) { return [ListMark(style: .hanComma, value: value)] }
        guard end == ".", sign.count <= 4, sign.allSatisfy(\.isLowercase) else { return [] }
        let letter = sign.count == 1 ? Numeral.letter(sign, of: Numeral.latin).map { ListMark(style: .latinPoint, value: $0) } : nil
        return [letter, Numeral.roman(sign).map { ListMark(style: .romanPoint, value: $0) }].compactMap(\.self)
    }
}
