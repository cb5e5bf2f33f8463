/// Reads the numbers that stand before provisions, in the scripts treaties are numbered in.
enum Numeral {
    /// Digits of any script: `12`, `١٢`, `１２`. At most 4.
    static func decimal(_ text: some StringProtocol) -> Int? {
        guard (1...4).contains(text.count) else { return nil }
        var value = 0
        for character in text {
            guard character.unicodeScalars.count == 1, character.isNumber, let digit = character.wholeNumberValue, (0...9).contains(digit),
                !isHan(character)
            else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Roman numbers in one case, as they are properly written; at most `ccc` and what is below it.
    static func roman(_ text: some StringProtocol) -> Int? {
        let lower = text.lowercased()
        guard !lower.isEmpty, lower.count <= 12, text.allSatisfy(\.isUppercase) || text.allSatisfy(\.isLowercase) else { return nil }
        let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100]
        var total = 0
        var before = 0
        for letter in lower.reversed() {
            guard let value = values[letter] else { return nil }
            total += value < before ? -value : value
            before = max(before, value)
        }
        return total > 0 && roman(of: total) == lower ? total : nil
    }

    static func roman(of value: Int) -> String {
        var rest = value
        var text = ""
        for (worth, letters) in [
            (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ] {
            while rest >= worth {
                text += letters
                rest -= worth
            }
        }
        return text
    }

    /// a is 1, z is 26, aa is 27, ab is 28.
    static func letters(of value: Int) -> String {
        var rest = value
        var text = ""
        while rest > 0 {
            text = String(UnicodeScalar(UInt8(0x61 + (rest - 1) % 26))) + text
            rest = (rest - 1) / 26
        }
        return text
    }

    /// A letter of an alphabet by its place; Latin letters may be doubled (aa is 27), as the United Nations continues a list after z.
    static func letter(_ text: some StringProtocol, of alphabet: [Character]) -> Int? {
        let folded = text.lowercased().filter { $0 != "ـ" }
        guard let first = folded.first, folded.count <= 2, let place = alphabet.firstIndex(of: first) else { return nil }
        guard folded.count == 2 else { return place + 1 }
        guard alphabet == latin, let second = folded.last.flatMap({ alphabet.firstIndex(of: $0) }), place == 0 || first == folded.last
        else { return nil }
        return place == 0 ? 27 + second : 27 + place
    }

    static let latin = Array("abcdefghijklmnopqrstuvwxyz")
    /// Without ё and й, which number nothing (GOST 2.105).
    static let cyrillic = Array("абвгдежзиклмнопрстуфхцшщэюя")
    /// The order of the letters' values, in which Arabic numbers lists.
    static let abjad = Array("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ")

    /// Chinese numbers up to 9,999: 一, 十二, 二十, 一百零三, and figure by figure, 一二.
    static func han(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.count <= 9, text.allSatisfy(isHan) else { return nil }
        let digits: [Character: Int] = [
            "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
        ]
        let powers: [Character: Int] = ["十": 10, "百": 100, "千": 1000]
        guard text.contains(where: { powers[$0] != nil }) else {
            return text.count <= 4 ? text.reduce(0) { $0 * 10 + (digits[$1] ?? 0) } : nil
        }
        var total = 0
        var digit: Int?
        for character in text {
            if let power = powers[character] {
                total += (digit ?? 1) * power
                digit = nil
            } else {
                digit = digits[character]
            }
        }
        return total + (digit ?? 0)
    }

    static func isHan(_ character: Character) -> Bool { "〇零一二两三四五六七八九十百千".contains(character) }

    /// Arabic ordinals as they number parts and annexes: الأول, الثاني عشر, العشرون, الحادي والعشرون.
    static func arabicOrdinal(_ words: [Substring]) -> (value: Int, words: Int)? {
        guard let first = words.first else { return nil }
        if let tens = arabicTens[String(first)] { return (tens, 1) }
        guard let unit = arabicUnits[String(first)] else { return nil }
        if words.count > 1 {
            if words[1] == "عشر" || words[1] == "عشرة" { return (unit % 10 + 10, 2) }
            if words[1].hasPrefix("وال"), let tens = arabicTens[String(words[1].dropFirst())] { return (tens + unit, 2) }
        }
        return (unit, 1)
    }

    private static let arabicUnits: [String: Int] = [
        "الأول": 1, "الأولى": 1, "الاول": 1, "الحادي": 1, "الحادية": 1, "الثاني": 2, "الثانية": 2, "الثالث": 3, "الثالثة": 3, "الرابع": 4,
        "الرابعة": 4, "الخامس": 5, "الخامسة": 5, "السادس": 6, "السادسة": 6, "السابع": 7, "السابعة": 7, "الثامن": 8, "الثامنة": 8,
        "التاسع": 9, "التاسعة": 9, "العاشر": 10, "العاشرة": 10,
    ]

    private static let arabicTens: [String: Int] = [
        "العشرون": 20, "العشرين": 20, "الثلاثون": 30, "الثلاثين": 30, "الأربعون": 40, "الأربعين": 40, "الخمسون": 50, "الخمسين": 50,
        "الستون": 60, "الستين": 60, "السبعون": 70, "السبعين": 70, "الثمانون": 80, "الثمانين": 80, "التسعون": 90, "التسعين": 90,
    ]

    /// Chinese, below 10,000.
    static func han(of value: Int) -> String {
        let digits = Array("零一二三四五六七八九")
        var text = ""
        var isPending = false
        for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = value / power % 10
            if digit == 0 {
                isPending = !text.isEmpty && value % power > 0
                continue
            }
            if isPending { text += "零" }
            isPending = false
            text += (digit == 1 && power == 10 && text.isEmpty ? "" : String(digits[digit])) + name
        }
        return text
    }

    /// The Arabic ordinal, in the gender of the one it stands for; `nil` above 99.
    static func arabicOrdinal(of value: Int, like sign: String) -> String? {
        let isFeminine = sign.hasSuffix("ة") || sign.hasSuffix("ى")
        func pick(_ table: [String: Int], _ wanted: Int, feminine: Bool) -> String? {
            table.filter { $0.value == wanted }.map(\.key).sorted().first {
                ($0.hasSuffix("ة") || $0.hasSuffix("ى")) == feminine && $0 != "الاول"
            }
        }
        let units = arabicUnits.filter { !$0.key.hasPrefix("الحادي") }
        if value <= 10 { return pick(units, value, feminine: isFeminine) }
        let unit = value % 10 == 1 ? (isFeminine ? "الحادية" : "الحادي") : pick(units, value % 10, feminine: isFeminine)
        if value < 20 { return unit.map { "\($0) \(isFeminine ? "عشرة" : "عشر")" } }
        guard value < 100, let tens = arabicTens.first(where: { $0.value == value / 10 * 10 && $0.key.hasSuffix("ون") })?.key else {
            return nil
        }
        return value % 10 == 0 ? tens : unit.map { "\($0) و\(tens)" }
    }
}
