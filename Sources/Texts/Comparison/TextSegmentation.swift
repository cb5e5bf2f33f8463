/// Cuts a line into the pieces a reader sees change: words, spaces, signs; of scripts that set no spaces, every character.
///
/// Joined again the pieces are the line, byte for byte.
enum TextSegmentation {
    static func pieces(of line: String) -> [Substring] {
        var pieces: [Substring] = []
        var start = line.startIndex
        var before: Class?
        var index = line.startIndex
        while index < line.endIndex {
            let own = Class(line[index])
            if let before, own != before || own == .alone {
                pieces.append(line[start..<index])
                start = index
            }
            before = own
            index = line.index(after: index)
        }
        if start < line.endIndex { pieces.append(line[start...]) }
        return pieces
    }

    private enum Class {
        case word
        case space
        /// A sign, or a character of a script without spaces.
        case alone

        init(_ character: Character) {
            guard let scalar = character.unicodeScalars.first else {
                self = .alone
                return
            }
            if character.isWhitespace {
                self = .space
            } else if Self.isSetWithoutSpaces(scalar.value) {
                self = .alone
            } else if character.isLetter || character.isNumber || scalar.properties.generalCategory == .nonspacingMark {
                self = .word
            } else {
                self = .alone
            }
        }

        /// Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan.
        private static func isSetWithoutSpaces(_ value: UInt32) -> Bool {
            switch value {
            case 0x0E00...0x0EFF, 0x0F00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
                0xF900...0xFAFF, 0x20000...0x3FFFF:
                true
            default: false
            }
        }
    }
}
