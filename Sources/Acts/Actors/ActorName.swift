/// One name of an actor in one language.
public struct ActorName: Hashable, Sendable {
    public enum Form: String, Hashable, Sendable {
        /// The short name lists use: "Viet Nam".
        case short
        /// The full name: "Socialist Republic of Viet Nam".
        case formal
        /// Another spelling by which people look it up. Never shown as the name.
        case alias
    }

    public let text: String
    /// BCP 47 tag. `und` for an alias, which is looked up in every language.
    public let language: String
    public let form: Form
    /// First and last day of a former name; a name that is in use, or not dated, has neither.
    public let from: CalendarDate?
    public let until: CalendarDate?

    public init(text: String, language: String, form: Form, from: CalendarDate? = nil, until: CalendarDate? = nil) {
        self.text = text
        self.language = language
        self.form = form
        self.from = from
        self.until = until
    }

    /// Whether the name was in use only up to a last day.
    public var isFormer: Bool { until != nil }

    /// Whether the name was in use on that day. A missing bound is open.
    public func applies(at date: CalendarDate) -> Bool {
        if let from, date < from { return false }
        if let until, date > until { return false }
        return true
    }
}
