/// How a daily count changed: the mean of the days since against that of the days before, with the 95 % interval of the difference
/// (Welch 1947, with the normal distribution's quantile: close from some ten days on each side).
struct MeanChange: Hashable, Sendable {
    let before: Double
    let after: Double
    /// How many days each mean is over.
    let daysBefore: Int
    let daysAfter: Int
    /// The difference's interval; `nil` with fewer than two days on either side.
    let interval: Interval?

    struct Interval: Hashable, Sendable {
        let low: Double
        let high: Double
    }

    var difference: Double { after - before }

    private static let quantile = 1.959_963_984_540_054

    init(before: [Double], after: [Double]) {
        func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }
        func squaredError(_ values: [Double]) -> Double {
            let middle = mean(values)
            let spread = values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(values.count - 1)
            return spread / Double(values.count)
        }
        (self.before, self.after) = (mean(before), mean(after))
        (daysBefore, daysAfter) = (before.count, after.count)
        guard before.count > 1, after.count > 1 else {
            interval = nil
            return
        }
        let half = Self.quantile * (squaredError(before) + squaredError(after)).squareRoot()
        let difference = self.after - self.before
        interval = Interval(low: difference - half, high: difference + half)
    }
}
