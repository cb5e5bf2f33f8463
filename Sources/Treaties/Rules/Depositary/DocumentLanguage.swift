public import Acts

/// The two languages in which a depositary's own documents are made out.
public enum DocumentLanguage: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case french = "fr"

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let frenchMonths = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ]

    /// A day in words: "1 March 2026", "1er mars 2026". A document does not change with a machine's locale data, so it is written here.
    public func text(_ date: CalendarDate) -> String {
        let (year, month, day) = date.components
        switch self {
        case .english: return "\(day) \(Self.englishMonths[month - 1]) \(year)"
        case .french: return "\(day == 1 ? "1er" : "\(day)") \(Self.frenchMonths[month - 1]) \(year)"
        }
    }

    func choose(_ english: String, _ french: String) -> String { self == .english ? english : french }

    /// What stands between a heading and what follows it: French puts a space before the colon.
    var colon: String { choose(":", "\u{A0}:") }

    /// The text in this language, or in English, or in whichever there is.
    func text(of texts: [String: String]) -> String {
        texts[rawValue] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value ?? ""
    }
}
