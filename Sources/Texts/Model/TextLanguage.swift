/// The language of a text, as a tag of RFC 5646: `en`, `zh`, `sr-Latn`.
public struct TextLanguage: Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// The tag in the case RFC 5646, 2.1.1 recommends.
    public let tag: String

    /// `nil` where the text is no language tag of one language, an optional script and an optional region.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.count),
            parts.allSatisfy({ part in part.utf8.allSatisfy(Self.isLetterOrDigit) }),
            first.utf8.allSatisfy(Self.isLetter)
        else { return nil }
        let primary = first.lowercased()
        var tag = Self.twoLetters[primary] ?? primary
        var rest = parts.dropFirst()
        if let script = rest.first, script.count == 4, script.utf8.allSatisfy(Self.isLetter) {
            tag += "-" + script.prefix(1).uppercased() + script.dropFirst().lowercased()
            rest = rest.dropFirst()
        }
        if let region = rest.first, region.count == 2 && region.utf8.allSatisfy(Self.isLetter) || region.count == 3 && Int(region) != nil {
            tag += "-" + region.uppercased()
            rest = rest.dropFirst()
        }
        guard rest.isEmpty else { return nil }
        self.tag = tag
    }

    /// A tag that is known to be one.
    init(known tag: String) {
        self.tag = tag
    }

    public static let english = TextLanguage(known: "en")
    public static let french = TextLanguage(known: "fr")
    public static let spanish = TextLanguage(known: "es")
    public static let russian = TextLanguage(known: "ru")
    public static let chinese = TextLanguage(known: "zh")
    public static let arabic = TextLanguage(known: "ar")
    public static let indonesian = TextLanguage(known: "id")

    /// The language alone, without script and region: `zh` of `zh-Hant`.
    public var primary: String { String(tag.prefix { $0 != "-" }) }

    /// The three letters of ISO 639-2/T, which Akoma Ntoso's IRIs and `FRBRlanguage` use: `eng`, `fra`, `zho`.
    public var threeLetters: String { Self.threeLettersOf[primary] ?? primary }

    /// The tag as Akoma Ntoso's addresses have it: `zho`, `zho-Hant`.
    public var akomaNtosoTag: String { threeLetters + tag.dropFirst(primary.count) }

    /// Which way its script runs.
    public var direction: TextDirection {
        let parts = tag.split(separator: "-")
        if parts.count > 1, parts[1].count == 4 { return Self.rightToLeftScripts.contains(String(parts[1])) ? .rightToLeft : .leftToRight }
        return Self.rightToLeft.contains(primary) ? .rightToLeft : .leftToRight
    }

    public var description: String { tag }

    public static func < (left: TextLanguage, right: TextLanguage) -> Bool {
        left.tag.utf8.lexicographicallyPrecedes(right.tag.utf8)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte)
    }

    private static let rightToLeft: Set<String> = ["ar", "he", "fa", "ur", "ps", "dv", "yi", "ckb", "sd", "ug", "arc", "syr"]
    private static let rightToLeftScripts: Set<String> = ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"]

    /// ISO 639-1 to ISO 639-2/T, for the languages in which treaties are deposited with the United Nations.
    private static let threeLettersOf: [String: String] = [
        "af": "afr", "am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos", "ca": "cat", "cs": "ces",
        "cy": "cym", "da": "dan", "de": "deu", "dv": "div", "dz": "dzo", "el": "ell", "en": "eng", "es": "spa", "et": "est", "eu": "eus",
        "fa": "fas", "fi": "fin", "fj": "fij", "fr": "fra", "ga": "gle", "gl": "glg", "gn": "grn", "he": "heb", "hi": "hin", "hr": "hrv",
        "ht": "hat", "hu": "hun", "hy": "hye", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "km": "khm",
        "ko": "kor", "ky": "kir", "la": "lat", "lb": "ltz", "lo": "lao", "lt": "lit", "lv": "lav", "mg": "mlg", "mi": "mri", "mk": "mkd",
        "mn": "mon", "ms": "msa", "mt": "mlt", "my": "mya", "nb": "nob", "ne": "nep", "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol",
        "ps": "pus", "pt": "por", "qu": "que", "rm": "roh", "ro": "ron", "ru": "rus", "rw": "kin", "si": "sin", "sk": "slk", "sl": "slv",
        "sm": "smo", "so": "som", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "tg": "tgk", "th": "tha", "ti": "tir",
        "tk": "tuk", "tl": "tgl", "to": "ton", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "zh": "zho", "zu": "zul",
    ]

    private static let twoLetters: [String: String] = Dictionary(uniqueKeysWithValues: threeLettersOf.map { ($0.value, $0.key) })
}

/// Which way a script runs.
public enum TextDirection: String, Hashable, Sendable, CaseIterable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
}
