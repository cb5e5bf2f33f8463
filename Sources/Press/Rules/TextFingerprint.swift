/// What a text is found by when only part of it, or a changed copy, is at hand: every three words that follow one another, as numbers.
///
/// A word is a run of letters, digits and marks; in scripts written without spaces every character is one.
struct TextFingerprint: Hashable, Sendable {
    /// Each once, in order of their first place.
    let shingles: [Int64]
    let wordCount: Int

    /// Words in a shingle.
    static let length = 3
    /// Most shingles asked of a store at once; of longer texts some are left out evenly.
    static let mostAsked = 600
    /// The share of shingles from which a text is taken for a changed copy.
    static let leastLikeness = 0.25

    /// - Parameter text: normalised.
    init(_ text: String) {
        let words = Self.words(of: text)
        wordCount = words.count
        var seen: Set<Int64> = []
        var shingles: [Int64] = []
        func add(_ words: ArraySlice<String>) {
            let number = Self.number(words)
            if seen.insert(number).inserted { shingles.append(number) }
        }
        if words.count < Self.length {
            if !words.isEmpty { add(words[...]) }
        } else {
            for start in 0...(words.count - Self.length) { add(words[start..<(start + Self.length)]) }
        }
        self.shingles = shingles
    }

    /// At most ``mostAsked`` of the shingles, evenly taken.
    var asked: [Int64] {
        guard shingles.count > Self.mostAsked else { return shingles }
        return (0..<Self.mostAsked).map { shingles[$0 * shingles.count / Self.mostAsked] }
    }

    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.lowercased().unicodeScalars {
            if Self.standsAlone(scalar.value) {
                if !word.isEmpty { words.append(word) }
                word = ""
                words.append(String(scalar))
                continue
            }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
                .otherNumber, .nonspacingMark, .spacingMark, .format:
                word.unicodeScalars.append(scalar)
            default:
                if !word.isEmpty { words.append(word) }
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Ideographs, kana, and the scripts of South-East Asia that set no spaces between words.
    private static func standsAlone(_ value: UInt32) -> Bool {
        switch value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// FNV-1a, 64 bits. It finds; it proves nothing.
    private static func number(_ words: ArraySlice<String>) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for word in words {
            for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0x20) &* 0x100_0000_01B3
        }
        return Int64(bitPattern: hash)
    }
}
