import Foundation

/// How words are compared after a text was retyped, read from paper by a machine, or passed through a chat: without what does not
/// survive that.
enum WordFolding {
    /// The words of a text, folded: compatibility-composed, lower case, without format characters (but for the joiners that carry meaning
    /// in Persian and Indic scripts, which fold away on both sides alike), punctuation and differences of space and quotation marks.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func close() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .format: continue
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .decimalNumber, .letterNumber, .otherNumber,
                .nonspacingMark, .spacingMark, .enclosingMark:
                word.append(scalar)
            case .otherLetter:
                // Scripts written without spaces: every character is a word.
                if Self.standsAlone(scalar) {
                    close()
                    words.append(String(scalar))
                } else {
                    word.append(scalar)
                }
            default:
                // An apostrophe within a word is no border; anything else is.
                if scalar == "'" || scalar == "\u{2019}", !word.isEmpty { continue }
                close()
            }
        }
        close()
        return words
    }

    private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x9FFF, 0x20000...0x3FFFF, 0xF900...0xFAFF, 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
        default: false
        }
    }

    /// Whether two words are the same but for a slip of the hand or of the machine: one letter in words of six letters or more.
    static func nearlySame(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        let one = Array(left.unicodeScalars)
        let other = Array(right.unicodeScalars)
        guard min(one.count, other.count) >= 6, abs(one.count - other.count) <= 1 else { return false }
        var head = 0
        while head < min(one.count, other.count), one[head] == other[head] { head += 1 }
        var tail = 0
        while tail < min(one.count, other.count) - head, one[one.count - 1 - tail] == other[other.count - 1 - tail] { tail += 1 }
        return max(one.count, other.count) - head - tail <= 1
    }
}
