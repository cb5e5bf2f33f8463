import Acts

/// How long after a failure something is tried again, and when it is given up: RFC 5321, 4.5.4.1 for mail; WebSub leaves it to the hub.
struct DeliveryPause: Sendable {
    /// Seconds before the second attempt, the third and so on; the last goes on.
    let pauses: [Int64]

    static let mail = DeliveryPause(pauses: [60, 300, 900, 1800, 3600, 7200])
    static let feed = DeliveryPause(pauses: [10, 60, 300, 900, 3600])

    /// When the next attempt is due after so many failures, one at least.
    func next(after failures: Int, now: Moment) -> Moment {
        now.adding(milliseconds: pauses[min(max(failures, 1), pauses.count) - 1] * 1000)
    }
}
