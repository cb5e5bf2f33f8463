/// How long a proposed correction of the text may be objected to (VCLT art. 79(2)).
public struct CorrectionClause: Hashable, Sendable {
    /// From the notification of the proposal.
    public var period: ClauseDelay
    public var article: String?

    /// - Parameter period: By default ninety days, the practice of the Secretary-General of the United Nations.
    public init(period: ClauseDelay = ClauseDelay(90, .days), article: String? = nil) {
        self.period = period
        self.article = article
    }
}
