import Acts

/// How long delivery is tried, and how often (RFC 5321, 4.5.4.1: at least half an hour between attempts after the first few, and four to
/// five days before giving up).
struct DeliveryPatience: Sendable {
    /// Seconds before the second attempt, the third and so on; the last goes on.
    var pauses: [Int64] = [60, 300, 900, 1800, 3600, 7200]
    /// Seconds from issue until nothing more is tried.
    var whole: Int64 = 5 * 86_400

    /// When the next attempt is due, after so many.
    func next(after attempts: Int, now: Moment) -> Moment {
        guard attempts > 0, let last = pauses.last else { return now }
        return now.adding(milliseconds: (attempts <= pauses.count ? pauses[attempts - 1] : last) * 1000)
    }

    func isOver(issued: Moment, now: Moment) -> Bool { now.milliseconds - issued.milliseconds > whole * 1000 }
}
