public import Acts

/// How many activities of a kind one host may bring in a while: a bucket that fills again with time. Bounded in hosts.
public struct FollowLimit: Sendable {
    /// Most at once, and how many come back in a second.
    public let burst: Double
    public let perSecond: Double
    private let mostHosts: Int
    private var buckets: [String: (left: Double, at: Int64)] = [:]

    public init(burst: Int = 60, perSecond: Double = 1, mostHosts: Int = 20_000) {
        self.burst = Double(burst)
        self.perSecond = perSecond
        self.mostHosts = mostHosts
    }

    /// - Returns: `nil` where one more is taken, else after how many seconds to come again.
    public mutating func take(_ host: String, at now: Moment) -> Int? {
        if buckets.count >= mostHosts, buckets[host] == nil {
            let (rate, full) = (perSecond, burst)
            buckets = buckets.filter { $0.value.left + Double(now.milliseconds - $0.value.at) / 1000 * rate < full }
            if buckets.count >= mostHosts { return 60 }
        }
        let known = buckets[host] ?? (burst, now.milliseconds)
        let left = min(burst, known.left + Double(max(0, now.milliseconds - known.at)) / 1000 * perSecond)
        guard left >= 1 else {
            buckets[host] = (left, now.milliseconds)
            return max(1, Int(((1 - left) / perSecond).rounded(.up)))
        }
        buckets[host] = (left - 1, now.milliseconds)
        return nil
    }
}
