public import Acts

/// What fills a gap in a text of the language catalogue. Numbers and dates take the language's own form.
public enum TextArgument: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case text(String)
    case number(Int64)
    case date(CalendarDate)
    case moment(Moment)

    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .number(value) }

    func written(in language: Language) -> String {
        switch self {
        case .text(let text): text
        case .number(let number): language.text(number)
        case .date(let date): language.text(date)
        case .moment(let moment): language.text(moment)
        }
    }
}
