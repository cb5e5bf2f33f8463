import Foundation

/// A share of counted things, with the interval in which the true one lies in 95 of 100 such counts (Wilson 1927, without correction).
struct ProportionInterval: Hashable, Sendable {
    let hits: Int
    let of: Int
    /// Both 0 to 1.
    let low: Double
    let high: Double

    /// 97.5th percentile of the normal distribution.
    private static let quantile = 1.959_963_984_540_054

    init(_ hits: Int, of count: Int) {
        self.hits = hits
        of = count
        guard count > 0 else {
            (low, high) = (0, 1)
            return
        }
        let (n, p, z) = (Double(count), Double(hits) / Double(count), Self.quantile)
        let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        low = hits == 0 ? 0 : max(0, middle - half)
        high = hits == count ? 1 : min(1, middle + half)
    }

    var share: Double { of == 0 ? 0 : Double(hits) / Double(of) }

    /// The difference of two shares with its 95 % interval, -1 to 1 (Newcombe 1998, method 10).
    func minus(_ other: ProportionInterval) -> (difference: Double, low: Double, high: Double) {
        let difference = share - other.share
        let down = ((share - low) * (share - low) + (other.high - other.share) * (other.high - other.share)).squareRoot()
        let up = ((high - share) * (high - share) + (other.share - other.low) * (other.share - other.low)).squareRoot()
        return (difference, max(-1, difference - down), min(1, difference + up))
    }
}
