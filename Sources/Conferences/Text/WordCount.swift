/// Counts words and options in the bytes of a text, note marks taken out (``BracketScan`` gives the rule).
struct WordCount: Hashable, Sendable {
    /// Runs of signs between white space (Unicode's `White_Space`). Chinese and other scripts that set no spaces count by phrases.
    private(set) var words = 0
    /// "Option" and a number: `Option 1`, `Option II`.
    private(set) var options = 0
    /// "Option" and a letter in brackets: `Option (a)`. Options within options, as a rule; counted apart.
    private(set) var letteredOptions = 0

    /// - Parameters:
    ///   - bytes: the whole text.
    ///   - range: the stretch to count.
    ///   - marks: all marks of the text, in order.
    init(_ bytes: [UInt8], in range: Range<Int>, marks: [BracketMark]) {
        var next = Self.firstMark(from: range.lowerBound, in: marks)
        bytes.withUnsafeBufferPointer { bytes in
            var isInWord = false
            var index = range.lowerBound
            while index < range.upperBound {
                while next < marks.count, marks[next].offset < index { next += 1 }
                if next < marks.count, marks[next].offset == index {
                    let mark = marks[next]
                    if mark.isOpening, mark.depth == 0, let close = mark.partner {
                        index = marks[close].offset + 1
                        continue
                    }
                }
                let byte = bytes[index]
                if byte == 0xEF, index == 0, bytes.count > 2, bytes[1] == 0xBB, bytes[2] == 0xBF {
                    index = 3
                    continue
                }
                if let width = WhiteSpace.width(in: bytes, at: index) {
                    isInWord = false
                    index += width
                    continue
                }
                if !isInWord {
                    isInWord = true
                    words += 1
                }
                if Self.mayBegin[Int(byte)], let kind = Self.option(in: bytes, at: index, before: range.upperBound) {
                    switch kind {
                    case .numbered: options += 1
                    case .lettered: letteredOptions += 1
                    }
                }
                index += 1
            }
        }
    }

    private enum OptionKind {
        case numbered
        case lettered
    }

    /// What an option is called in the languages of the United Nations and in Indonesian.
    static let names: [[UInt8]] = [
        "Option", "OPTION", "Variante", "Opción", "Вариант", "الخيار", "备选案文", "选项", "Opsi",
    ].map { Array($0.utf8) }

    private static let mayBegin: [Bool] = (0..<256).map { byte in names.contains { $0.first == UInt8(byte) } }

    private static func option(in bytes: UnsafeBufferPointer<UInt8>, at start: Int, before end: Int) -> OptionKind? {
        guard let name = names.first(where: { starts(bytes, with: $0, at: start, before: end) }) else { return nil }
        var index = start + name.count
        var spaces = 0
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 {
            index += 1
            spaces += 1
        }
        // Chinese sets no space.
        guard index < end, spaces > 0 || name[0] >= 0xE0 else { return nil }
        if (0x30...0x39).contains(bytes[index]) || isArabicDigit(bytes, index) { return .numbered }
        if bytes[index] == 0x28 {
            guard index + 2 < end, isLetter(bytes[index + 1]), bytes[index + 2] == 0x29 else { return nil }
            return .lettered
        }
        let first = index
        while index < end, bytes[index] == 0x49 || bytes[index] == 0x56 || bytes[index] == 0x58 { index += 1 }
        guard index > first else { return nil }
        return index < end && isLetter(bytes[index]) ? nil : .numbered
    }

    private static func isArabicDigit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        index + 1 < bytes.count && bytes[index] == 0xD9 && (0xA0...0xA9).contains(bytes[index + 1])
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

    private static func starts(_ bytes: UnsafeBufferPointer<UInt8>, with name: [UInt8], at start: Int, before end: Int) -> Bool {
        guard start + name.count <= end else { return false }
        for place in name.indices where bytes[start + place] != name[place] { return false }
        return true
    }

    /// The first mark at or after an offset, by halving.
    static func firstMark(from offset: Int, in marks: [BracketMark]) -> Int {
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// White space as Unicode has it, in UTF-8.
enum WhiteSpace {
    /// How many bytes of white space stand there; `nil` where none does.
    static func width(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        let byte = bytes[index]
        if byte == 0x20 || (0x09...0x0D).contains(byte) { return 1 }
        guard byte >= 0xC2 else { return nil }
        if byte == 0xC2 {
            return index + 1 < bytes.count && (bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0) ? 2 : nil
        }
        guard byte == 0xE1 || byte == 0xE2 || byte == 0xE3, index + 2 < bytes.count else { return nil }
        switch (byte, bytes[index + 1], bytes[index + 2]) {
        case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
            (0xE3, 0x80, 0x80):
            return 3
        default: return nil
        }
    }
}
