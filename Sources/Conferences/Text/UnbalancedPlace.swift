public import Acts
public import Texts

/// A bracket that stands alone, and where: reported to the editor, never refused.
public struct UnbalancedPlace: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A closing bracket that closes nothing.
        case closesNothing = "closes-nothing"
        /// An opening bracket that nothing closes.
        case neverClosed = "never-closed"
    }

    public let kind: Kind
    /// In bytes from the beginning of the text.
    public let offset: Int
    /// From 1.
    public let line: Int
    /// From 1, in code points.
    public let column: Int
    /// The block it stands in.
    public let wId: ProvisionIdentifier
    /// The words around it.
    public let excerpt: String

    public var description: String {
        "line \(line), column \(column): \(kind == .neverClosed ? "opened and never closed" : "closes nothing"): …\(excerpt)…"
    }

    public var json: JSON {
        [
            "kind": .string(kind.rawValue), "offset": .integer(Int64(offset)), "line": .integer(Int64(line)),
            "column": .integer(Int64(column)), "wId": .string(wId.text), "excerpt": .string(excerpt),
        ]
    }
}

extension NegotiatedText {
    /// Every bracket that stands alone, in reading order.
    public var unbalancedPlaces: [UnbalancedPlace] {
        let strays = scan.marks.filter(\.isStray)
        guard !strays.isEmpty else { return [] }
        var places: [UnbalancedPlace] = []
        places.reserveCapacity(strays.count)
        var line = 1
        var lineStart = 0
        var index = 0
        var columnAt = 0
        var column = 1
        for mark in strays {
            while index < mark.offset {
                let byte = source[index]
                index += 1
                let isEnd = byte == 0x0A || (byte == 0x0D && !(index < source.count && source[index] == 0x0A))
                guard isEnd else { continue }
                line += 1
                lineStart = index
            }
            if columnAt < lineStart {
                columnAt = lineStart
                column = 1
            }
            // Continuation bytes of UTF-8 are no signs of their own.
            while columnAt < mark.offset {
                if source[columnAt] & 0xC0 != 0x80 { column += 1 }
                columnAt += 1
            }
            guard let block = blockIndex(at: mark.offset) else { continue }
            places.append(
                UnbalancedPlace(
                    kind: mark.isOpening ? .neverClosed : .closesNothing, offset: mark.offset, line: line, column: column,
                    wId: blocks[block].wId, excerpt: excerpt(around: mark.offset, within: offsets[block]..<offsets[block + 1])))
        }
        return places
    }

    /// Up to thirty bytes either side, whole characters, within one block.
    private func excerpt(around offset: Int, within range: Range<Int>) -> String {
        var start = max(range.lowerBound, offset - 30)
        var end = min(range.upperBound, offset + 31)
        while start > range.lowerBound, source[start] & 0xC0 == 0x80 { start -= 1 }
        while end < range.upperBound, source[end] & 0xC0 == 0x80 { end += 1 }
        let words = String(decoding: source[start..<end], as: UTF8.self)
        return words.split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
    }

    /// Where bytes stand that are not UTF-8: the offsets of the first of each run. They are kept, and shown as U+FFFD.
    public var invalidPlaces: [Int] {
        var places: [Int] = []
        var isInRun = false
        var index = 0
        while index < source.count {
            let width = Self.width(of: source, at: index)
            if width == 0 {
                if !isInRun { places.append(index) }
                isInRun = true
                index += 1
            } else {
                isInRun = false
                index += width
            }
        }
        return places
    }

    /// The bytes of the well-formed code point there; 0 where none stands (Unicode 16, table 3-7).
    private static func width(of bytes: [UInt8], at index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        func continues(_ place: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + place < bytes.count && range.contains(bytes[index + place])
        }
        switch first {
        case 0xC2...0xDF: return continues(1) ? 2 : 0
        case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
        case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
        case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
        case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
        case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
        case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }
}
