/// A part of a whole: `3/4`, or `55 %`.
public enum Proportion: Hashable, Sendable, CustomStringConvertible {
    /// Numerator and denominator, the denominator above zero.
    case fraction(Int, Int)
    case percent(ExactDecimal)

    /// Reads `3/4` (digits on both sides, the denominator above zero, at most nine digits each).
    public init?(fraction text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...9).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let numerator = Int(parts[0]), let denominator = Int(parts[1]), denominator > 0
        else { return nil }
        self = .fraction(numerator, denominator)
    }

    public var description: String {
        switch self {
        case .fraction(let numerator, let denominator): "\(numerator)/\(denominator)"
        case .percent(let percent): "\(percent) %"
        }
    }

    private var ratio: (numerator: Int128, denominator: Int128) {
        switch self {
        case .fraction(let numerator, let denominator): (Int128(numerator), Int128(denominator))
        case .percent(let percent): (percent.units, 100 * ExactDecimal.unitsPerOne)
        }
    }

    /// Whether it lies between nothing and the whole, the whole included.
    var isWithinTheWhole: Bool {
        let (numerator, denominator) = ratio
        return numerator >= 0 && numerator <= denominator
    }

    /// Whether `part` of `whole` reaches this proportion. Exact: both sides are multiplied out at double width.
    func isReached(by part: ExactDecimal, of whole: ExactDecimal, _ comparison: ThresholdComparison) -> Bool {
        guard whole.units > 0 else { return false }
        let (numerator, denominator) = ratio
        let left = part.units.multipliedFullWidth(by: denominator)
        let right = numerator.multipliedFullWidth(by: whole.units)
        if left.high != right.high { return left.high > right.high }
        return comparison == .atLeast ? left.low >= right.low : left.low > right.low
    }

    /// The smallest number of members, out of `whole`, that reaches this proportion.
    func smallestCount(of whole: Int, _ comparison: ThresholdComparison) -> Int {
        let (numerator, denominator) = ratio
        let (quotient, remainder) = (numerator * Int128(whole)).quotientAndRemainder(dividingBy: denominator)
        switch comparison {
        case .atLeast: return Int(remainder > 0 ? quotient + 1 : quotient)
        case .moreThan: return Int(quotient + 1)
        }
    }

    /// The percentage points by which `part` of `whole` falls short, to two decimals, rounded up.
    func percentShort(of part: ExactDecimal, in whole: ExactDecimal) -> ExactDecimal {
        let (numerator, denominator) = ratio
        // Hundredths of a percent: (numerator/denominator - part/whole) * 10,000, rounded up.
        let wanted = (numerator * 10_000 + denominator - 1) / denominator
        let reached = whole.units > 0 ? (part.units * 10_000) / whole.units : 0
        let short = wanted > reached ? wanted - reached : 0
        return ExactDecimal(units: short * (ExactDecimal.unitsPerOne / 100))
    }
}

/// Whether a threshold is met by reaching it, or only by passing it ("a majority of").
public enum ThresholdComparison: String, Hashable, Sendable {
    case atLeast
    case moreThan
}
