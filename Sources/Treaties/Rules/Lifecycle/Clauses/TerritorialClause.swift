/// To which territories of a Party a treaty applies (VCLT art. 29).
public struct TerritorialClause: Hashable, Sendable {
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// The entire territory of each Party: the general rule.
        case whole
        /// Only where a Party extends it by notification (1951 Refugee Convention art. 40).
        case byExtension = "extension"
        /// Everywhere but where a Party excludes it by declaration (CISG art. 93).
        case byExclusion = "exclusion"
    }

    public var rule: Rule
    public var article: String?

    public init(rule: Rule = .whole, article: String? = nil) {
        self.rule = rule
        self.article = article
    }
}
