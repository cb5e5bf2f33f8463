/// The plural form a number asks for in a language (Unicode CLDR, plural rules for cardinals of whole numbers).
public enum PluralCategory: String, Hashable, Sendable, CaseIterable {
    case zero
    case one
    case two
    case few
    case many
    case other

    /// - Parameter count: a whole number; its sign does not matter.
    public init(of count: Int64, in language: Language) {
        let n = count.magnitude
        switch language {
        case .english:
            self = n == 1 ? .one : .other
        case .french:
            self = n <= 1 ? .one : n % 1_000_000 == 0 ? .many : .other
        case .spanish:
            self = n == 1 ? .one : n != 0 && n % 1_000_000 == 0 ? .many : .other
        case .russian:
            switch (n % 10, n % 100) {
            case (_, 11...14): self = .many
            case (1, _): self = .one
            case (2...4, _): self = .few
            default: self = .many
            }
        case .arabic:
            switch (n, n % 100) {
            case (0, _): self = .zero
            case (1, _): self = .one
            case (2, _): self = .two
            case (_, 3...10): self = .few
            case (_, 11...99): self = .many
            default: self = .other
            }
        case .chinese, .indonesian:
            self = .other
        }
    }

    /// The forms a text with a count must have to be complete in a language. `many` of French and Spanish, which only whole
    /// millions ask for, may be left out: `other` then stands for it.
    public static func needed(in language: Language) -> Set<PluralCategory> {
        switch language {
        case .english, .french, .spanish: [.one, .other]
        case .russian: [.one, .few, .many, .other]
        case .arabic: [.zero, .one, .two, .few, .many, .other]
        case .chinese, .indonesian: [.other]
        }
    }
}
