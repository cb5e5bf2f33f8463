import Foundation

/// A name reduced to what matters when people type it: no case, no diacritics, no punctuation, words apart.
///
/// Arabic letters that writers interchange (alif with hamza, alif maqsura, ta marbuta) become one; `St.` is `Saint`, `&` is `and`,
/// and `the` is left out, so that the spellings of different lists meet.
struct FoldedName: Hashable, Sendable {
    /// The words as Unicode scalar values.
    let words: [[UInt32]]
    /// The words run together: what exact comparison uses.
    let joined: [UInt32]

    init(_ text: String) {
        var words: [[UInt32]] = []
        var word: [UInt32] = []
        func close() {
            if let folded = FoldedName.settled(word) { words.append(folded) }
            word.removeAll(keepingCapacity: true)
        }
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x26:  // &
                close()
                words.append(FoldedName.and)
            case 0x27, 0x2019, 0x02BC, 0x0640:  // apostrophes join what they stand between; the Arabic tatweel is only a stretch
                continue
            default:
                switch scalar.properties.generalCategory {
                case .nonspacingMark, .format: continue
                case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                    .spacingMark, .letterNumber, .otherNumber:
                    word.append(contentsOf: FoldedName.plain(scalar.value))
                default: close()
                }
            }
        }
        close()
        self.words = words
        self.joined = words.flatMap { $0 }
    }

    private static let and: [UInt32] = scalars("and")
    private static let the: [UInt32] = scalars("the")
    private static let st: [UInt32] = scalars("st")
    private static let saint: [UInt32] = scalars("saint")

    private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    private static func settled(_ word: [UInt32]) -> [UInt32]? {
        if word.isEmpty || word == the { return nil }
        return word == st ? saint : word
    }

    /// Letters that do not decompose, as people type them without their keys.
    private static func plain(_ value: UInt32) -> [UInt32] {
        switch value {
        case 0x00DF: [0x73, 0x73]  // ß
        case 0x00E6: [0x61, 0x65]  // æ
        case 0x00F8: [0x6F]  // ø
        case 0x0111, 0x00F0: [0x64]  // đ ð
        case 0x0131: [0x69]  // ı
        case 0x0142: [0x6C]  // ł
        case 0x0153: [0x6F, 0x65]  // œ
        case 0x0649: [0x064A]  // alif maqsura as ya
        case 0x0629: [0x0647]  // ta marbuta as ha
        case 0x06A9: [0x0643]  // Persian kaf
        case 0x06CC: [0x064A]  // Persian ya
        default: [value]
        }
    }
}
