public import Foundation

/// A language that pages can be shown in.
public enum Language: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case english = "en"
    case french = "fr"
    case spanish = "es"
    case russian = "ru"
    case chinese = "zh"
    case arabic = "ar"
    case indonesian = "id"

    /// The way its script runs, as HTML's `dir` has it.
    public enum Direction: String, Hashable, Sendable {
        case leftToRight = "ltr"
        case rightToLeft = "rtl"
    }

    /// The BCP 47 tag, as HTML's `lang` has it.
    public var tag: String { rawValue }

    public var description: String { rawValue }

    public var direction: Direction { self == .arabic ? .rightToLeft : .leftToRight }

    /// The language's name in itself, for the language switch.
    public var ownName: String {
        switch self {
        case .english: "English"
        case .french: "Français"
        case .spanish: "Español"
        case .russian: "Русский"
        case .chinese: "中文"
        case .arabic: "العربية"
        case .indonesian: "Bahasa Indonesia"
        }
    }

    /// Where dates and numbers take their form from. English is the United Nations': "17 January 2026".
    public var locale: Locale {
        Locale(identifier: self == .english ? "en_GB" : rawValue)
    }

    /// The direction of any language's script, for texts that are not in the page's language: `lang` and `dir` go together.
    /// - Parameter tag: a BCP 47 tag.
    public static func direction(ofTag tag: String) -> Direction {
        let primary = tag.split(separator: "-").first.map { $0.lowercased() } ?? ""
        return ["ar", "arc", "ckb", "dv", "fa", "he", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"].contains(primary)
            ? .rightToLeft : .leftToRight
    }
}
