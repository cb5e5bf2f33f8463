/// The numbers of one list as they come: `1`, `2`, `2bis`; `(a)`, `(b)`; `(i)`, `(ii)`.
struct NumberList: Hashable, Sendable {
    enum Place: Hashable, Sendable {
        case follows
        /// The number that should stand there.
        case gap(String)
        case double
        /// Between two others, with `bis` or a letter.
        case inserted
    }

    private enum Style: Hashable, Sendable { case figures, letters, roman }

    private var style: Style?
    private var last = 0

    /// Takes the next number as it stands in the text.
    mutating func take(_ number: String) -> Place {
        let bare = number.trimmingPrefix { $0 == "(" }.lowercased()
        let figures = bare.prefix { $0.isNumber }
        if let value = Int(figures) {
            let rest = bare.dropFirst(figures.count).filter { $0.isLetter || $0.isNumber }
            guard rest.isEmpty else {
                // 3.3 counts within 3: another list of its own.
                if bare.dropFirst(figures.count).first == "." { return .follows }
                defer { if style == .figures { last = max(last, value) } }
                return .inserted
            }
            return step(to: value, .figures) { String($0) }
        }
        let letters = bare.prefix { $0.isLetter }
        guard !letters.isEmpty, letters.count == bare.filter({ $0 != ")" && $0 != "." }).count else { return .follows }
        // (i) follows (h) as a letter, and begins a list as a figure; so do (v) and (x).
        if let value = Self.letter(letters), style == .letters, value == last + 1 { return step(to: value, .letters, Self.letters) }
        if let value = Self.roman(letters), style == .roman || letters == "i" { return step(to: value, .roman, Self.romans) }
        guard let value = Self.letter(letters) else { return .inserted }
        return step(to: value, .letters, Self.letters)
    }

    private mutating func step(to value: Int, _ style: Style, _ name: (Int) -> String) -> Place {
        defer {
            self.style = style
            last = value
        }
        // Another way to count begins another list.
        guard self.style == style else { return value == 1 || self.style != nil ? .follows : .gap(name(1)) }
        if value == last + 1 { return .follows }
        if value > last { return .gap(name(last + 1)) }
        return .double
    }

    private static func letters(_ value: Int) -> String {
        Unicode.Scalar(UInt32(96 + min(max(value, 1), 26))).map { "(\(String($0)))" } ?? ""
    }

    private static func letter(_ text: some StringProtocol) -> Int? {
        guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first, ("a"..."z").contains(scalar) else { return nil }
        return Int(scalar.value) - 96
    }

    private static let romanNumbers = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
    ]

    private static func romans(_ value: Int) -> String {
        romanNumbers.indices.contains(value - 1) ? "(\(romanNumbers[value - 1]))" : String(value)
    }

    private static func roman(_ text: some StringProtocol) -> Int? { romanNumbers.firstIndex(of: String(text)).map { $0 + 1 } }
}
