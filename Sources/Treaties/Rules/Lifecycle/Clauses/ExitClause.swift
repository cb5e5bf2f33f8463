/// Whether and how a Party may leave (VCLT arts. 54 and 56).
public struct ExitClause: Hashable, Sendable {
    public enum Rule: Hashable, Sendable {
        /// The treaty's own rule (docs/clauses.md, Withdrawal).
        case own(WithdrawalRule)
        /// The treaty says nothing: no exit unless a right to it is intended or implied, and then twelve months (VCLT art. 56). The
        /// answer for a notice under it says that somebody has to find that right.
        case silent
        /// The treaty says nothing, but the Parties intended, or its nature implies, a right to leave: twelve months (VCLT art. 56(2)).
        case implied
        /// The treaty excludes it.
        case excluded
    }

    public var rule: Rule
    /// Whether the notice may name a later day than the rule gives (Rome Statute art. 127(1): "unless the notification
    /// specifies a later date").
    public var laterDayAllowed: Bool
    public var article: String?

    public init(rule: Rule = .silent, laterDayAllowed: Bool = true, article: String? = nil) {
        self.rule = rule
        self.laterDayAllowed = laterDayAllowed
        self.article = article
    }

    /// The rule a notice is measured by; `nil` where none can be given.
    public var withdrawalRule: WithdrawalRule? {
        switch rule {
        case .own(let rule): rule
        case .implied, .silent: .notLessThanTwelveMonths
        case .excluded: nil
        }
    }
}
