/// Whether a treaty may be applied before it is in force (VCLT art. 25).
public struct ProvisionalApplicationClause: Hashable, Sendable {
    /// `nil` where the treaty is silent: only where the negotiating States have in some other manner so agreed.
    public var allowed: Bool?
    public var article: String?

    public init(allowed: Bool? = nil, article: String? = nil) {
        self.allowed = allowed
        self.article = article
    }
}
