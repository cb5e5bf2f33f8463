/// Who keeps the treaty (VCLT art. 76).
public struct DepositaryClause: Hashable, Sendable {
    /// Names; several for joint depositaries.
    public var names: [String]
    public var article: String?

    public init(names: [String] = [], article: String? = nil) {
        self.names = names
        self.article = article
    }
}
