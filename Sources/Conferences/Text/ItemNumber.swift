/// The number or sign before a paragraph of a text under negotiation: `1.`, `3bis.`, `3.3ter`, `(a)`, `iv)`, `-`.
struct ItemNumber {
    /// As it stands, without the point: `1`, `3bis`, `(a)`; of a dash nothing.
    let number: String?
    /// Where the words begin.
    let end: Int

    /// `nil` where a line begins with no number.
    init?(_ text: ArraySlice<UInt8>) {
        guard let first = text.first else { return nil }
        if first == 0x2D || first == 0x2A || first == 0x2B {
            guard let next = text.dropFirst().first, next == 0x20 || next == 0x09 else { return nil }
            self.init(number: nil, end: Self.afterSpaces(text, text.startIndex + 1))
            return
        }
        if text.starts(with: [0xE2, 0x80, 0xA2]) {
            self.init(number: nil, end: Self.afterSpaces(text, text.startIndex + 3))
            return
        }
        if first == 0x28 {
            let label = text.dropFirst().prefix { Self.isLabel($0) }
            guard (1...6).contains(label.count), text.dropFirst(label.count + 1).first == 0x29 else { return nil }
            let close = label.endIndex + 1
            self.init(number: String(decoding: text[..<close], as: UTF8.self), end: Self.afterSpaces(text, close))
            return
        }
        if (0x30...0x39).contains(first) {
            let label = text.prefix { Self.isLabel($0) || $0 == 0x2E }
            guard label.count <= 16 else { return nil }
            var number = label
            var isPointed = false
            while number.last == 0x2E {
                number.removeLast()
                isPointed = true
            }
            let after = text.dropFirst(label.count).first
            if !isPointed, after == 0x29 || after == 0x3A {
                self.init(number: String(decoding: number, as: UTF8.self), end: Self.afterSpaces(text, label.endIndex + 1))
                return
            }
            guard let figures = Self.figures(number), isPointed || figures.isDivided || figures.hasSuffix else { return nil }
            guard after == nil || after == 0x20 || after == 0x09 || after == 0x5B || after == 0x2A else {
                // `1.The purpose`: the point and the first word were not set apart.
                guard let point = label.firstIndex(of: 0x2E), point > label.startIndex, point + 1 < text.endIndex,
                    text[label.startIndex..<point].allSatisfy({ (0x30...0x39).contains($0) }), (0x41...0x5A).contains(text[point + 1])
                else { return nil }
                self.init(number: String(decoding: label[..<point], as: UTF8.self), end: point + 1)
                return
            }
            self.init(number: String(decoding: number, as: UTF8.self), end: Self.afterSpaces(text, label.endIndex))
            return
        }
        // `a.`, `iv)`
        let label = text.prefix { (0x61...0x7A).contains($0) }
        guard (1...4).contains(label.count), let sign = text.dropFirst(label.count).first, sign == 0x29 || sign == 0x2E,
            label.count == 1 || label.allSatisfy({ $0 == 0x69 || $0 == 0x76 || $0 == 0x78 }),
            let after = text.dropFirst(label.count + 1).first, after == 0x20 || after == 0x09 || after == 0x5B
        else { return nil }
        self.init(
            number: String(decoding: label, as: UTF8.self) + (sign == 0x29 ? ")" : ""), end: Self.afterSpaces(text, label.endIndex + 1))
    }

    private init(number: String?, end: Int) {
        self.number = number
        self.end = end
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func afterSpaces(_ text: ArraySlice<UInt8>, _ from: Int) -> Int {
        text[from...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? text.endIndex
    }

    /// `3`, `3.3`, `3bis`, `3.3ter`, `3.x`: `nil` where letters other than those stand in it.
    private static func figures(_ label: ArraySlice<UInt8>) -> (isDivided: Bool, hasSuffix: Bool)? {
        let text = String(decoding: label, as: UTF8.self)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var hasSuffix = false
        for part in parts {
            let letters = part.drop(while: \.isNumber)
            guard !part.isEmpty else { return nil }
            if letters.isEmpty { continue }
            guard suffixes.contains(letters.lowercased()) else { return nil }
            hasSuffix = true
        }
        return (parts.count > 1, hasSuffix)
    }

    /// What Latin numbering, the drafts' own and a single letter set behind a figure.
    private static let suffixes: Set<String> = Set(
        ["bis", "ter", "quat", "quater", "quinquies", "sexies", "septies", "alt", "alt1", "alt2", "x"]
            + "abcdefghi".map { String($0) })
}
