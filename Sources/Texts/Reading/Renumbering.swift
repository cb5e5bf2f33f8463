extension InstrumentText {
    /// The same text with its numbers counted anew, in the order provisions stand in: after an article was inserted as 8 bis, it is 9 and
    /// the next is 10. Numbers keep the form they are written in; names (`wId`) stay, so that every reference by name still leads there.
    ///
    /// What has no number gets none. A number in a form that is not known here stays as it is written.
    public func renumbered() throws(TextFault) -> InstrumentText {
        var counts: [ProvisionKind: Int] = [:]
        return try with(provisions: try Self.renumbered(provisions, language: language, listDepth: 0, throughout: &counts))
    }

    private static func renumbered(
        _ provisions: [Provision], language: TextLanguage, listDepth: Int, throughout counts: inout [ProvisionKind: Int]
    ) throws(TextFault) -> [Provision] {
        var here: [ProvisionKind: Int] = [:]
        // Beside (ii), an (i) is one and not the letter.
        let isRoman = provisions.contains { provision in
            provision.number.flatMap { ListMark.read($0[...] + " x") }.map { $0.readings.contains(where: \.isRoman) && $0.number.count > 3 }
                ?? false
        }
        var result: [Provision] = []
        for provision in provisions {
            let value: Int
            if provision.kind.isNumberedThroughout {
                counts[provision.kind, default: 0] += 1
                value = counts[provision.kind, default: 0]
            } else {
                here[provision.kind, default: 0] += 1
                value = here[provision.kind, default: 0]
            }
            let depth = provision.kind == .point ? listDepth + 1 : 0
            let children: [Provision]
            if provision.kind == .annex {
                var inAnnex: [ProvisionKind: Int] = [:]
                children = try renumbered(provision.children, language: language, listDepth: depth, throughout: &inAnnex)
            } else {
                children = try renumbered(provision.children, language: language, listDepth: depth, throughout: &counts)
            }
            let number = provision.number.map {
                NumberForm.rewritten($0, kind: provision.kind, language: language, value: value, isRoman: isRoman) ?? $0
            }
            let token = provision.kind.isSingle ? "" : provision.kind.token(value: value, listDepth: listDepth)
            result.append(try provision.with(token: token, number: .some(number), children: children))
        }
        return result
    }
}

/// Writes another number in the form of one.
enum NumberForm {
    /// - Parameter isRoman: whether what can be read as a letter and as a Roman number, such as `(i)`, is the number.
    /// - Returns: `nil` where the form is not known.
    static func rewritten(_ number: String, kind: ProvisionKind, language: TextLanguage, value: Int, isRoman: Bool) -> String? {
        let vocabulary = ReadingVocabulary.of(language)
        if kind.isDivision || kind.isNumberedThroughout {
            guard let heading = HeadingLine.read(number[...], vocabulary, language: language), heading.value != nil else { return nil }
            return heading.suffix.isEmpty && heading.value == value ? number : headed(number, value: value, language: language)
        }
        guard let mark = ListMark.read(number[...] + " x"), let reading = mark.readings.first else { return nil }
        if reading.style == .dash { return number }
        let style = (isRoman ? mark.readings.first(where: \.isRoman) : nil) ?? reading
        guard style.value != value else { return number }
        return replacing(
            number, where: { $0.isLetter || $0.isNumber },
            with: sign(of: value, like: number.filter { $0.isLetter || $0.isNumber }, style: style.style))
    }

    private static func headed(_ number: String, value: Int, language: TextLanguage) -> String? {
        if language.primary == "zh" {
            let hasDigits = number.contains { $0.isWholeNumber && !Numeral.isHan($0) }
            let sign = hasDigits ? String(value) : Numeral.han(of: value)
            var text = replacing(number, where: { Numeral.isHan($0) || $0.isWholeNumber }, with: sign)
            if let mark = text.firstIndex(of: "之") {
                let end = text[mark...].dropFirst().firstIndex { !Numeral.isHan($0) } ?? text.endIndex
                text.removeSubrange(mark..<end)
            }
            return text
        }
        var words = number.split(separator: " ").map(String.init)
        guard words.count > 1 else { return nil }
        let written = words[1].trimmingEndSigns
        let ending = words[1].dropFirst(written.count)
        let sign: String?
        var spent = 2
        if Numeral.arabicOrdinal([written[...]]) != nil {
            if words.count > 2, words[2] == "عشر" || words[2] == "عشرة" || words[2].hasPrefix("وال") { spent = 3 }
            sign = Numeral.arabicOrdinal(of: value, like: written)
        } else if written.contains(where: \.isWholeNumber) {
            sign = digits(of: value, like: written)
        } else if Numeral.roman(written) != nil {
            sign = written.allSatisfy(\.isUppercase) ? Numeral.roman(of: value).uppercased() : Numeral.roman(of: value)
        } else if written.count == 1 {
            sign = Numeral.letters(of: value).uppercased()
        } else {
            // `Article premier` becomes `Article 2`.
            sign = String(value)
        }
        guard let sign else { return nil }
        let vocabulary = ReadingVocabulary.of(language)
        if words.count > spent, vocabulary.suffixes[words[spent].trimmingEndSigns.lowercased()] != nil {
            words.remove(at: spent)
        }
        return ([words[0], sign + ending] + words.dropFirst(spent)).joined(separator: " ")
    }

    private static func sign(of value: Int, like sign: String, style: ListMark.Style) -> String {
        switch style {
        case .decimalPoint, .decimalBracket, .decimalBrackets, .decimalDash: digits(of: value, like: sign)
        case .latin, .latinPoint: Numeral.letters(of: value)
        case .latinCapital: Numeral.letters(of: value).uppercased()
        case .roman, .romanPoint: Numeral.roman(of: value)
        case .romanCapital: Numeral.roman(of: value).uppercased()
        case .cyrillic: letter(of: value, in: Numeral.cyrillic)
        case .abjad: letter(of: value, in: Numeral.abjad)
        case .hanComma, .hanBrackets: Numeral.han(of: value)
        case .dash: sign
        }
    }

    private static func letter(of value: Int, in alphabet: [Character]) -> String {
        alphabet.indices.contains(value - 1) ? String(alphabet[value - 1]) : String(value)
    }

    /// In the digits of the script the number was written in.
    private static func digits(of value: Int, like sign: String) -> String {
        guard let digit = sign.unicodeScalars.first(where: { $0.properties.numericType == .decimal }),
            let worth = digit.properties.numericValue.map(UInt32.init)
        else { return String(value) }
        let zero = digit.value - worth
        var text = String.UnicodeScalarView()
        for scalar in String(value).unicodeScalars {
            if let written = Unicode.Scalar(zero + scalar.value - 0x30) { text.append(written) }
        }
        return String(text)
    }

    /// The first run of such characters, replaced.
    private static func replacing(_ text: String, where isSign: (Character) -> Bool, with sign: String) -> String {
        guard let start = text.firstIndex(where: isSign) else { return text }
        let end = text[start...].firstIndex { !isSign($0) } ?? text.endIndex
        return text[..<start] + sign + text[end...]
    }
}

extension String {
    fileprivate var trimmingEndSigns: String { String(self[...].trimmingEnd(":.–—-")) }
}
