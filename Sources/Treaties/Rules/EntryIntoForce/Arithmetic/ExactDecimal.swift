/// A decimal number held exactly: up to 15 digits before the point and 9 after it.
///
/// Shares of tonnage or emissions decide whether a treaty binds, so they are never rounded through binary floating point.
///
///     ExactDecimal("34.35")! < ExactDecimal("35")!   // true
public struct ExactDecimal: Hashable, Comparable, Sendable, LosslessStringConvertible, ExpressibleByIntegerLiteral {
    /// How many units make one: nine decimals are kept.
    static let unitsPerOne: Int128 = 1_000_000_000
    static let decimals = 9

    /// The value in billionths.
    let units: Int128

    public static let zero = ExactDecimal(units: 0)

    init(units: Int128) {
        self.units = units
    }

    public init(integerLiteral value: Int64) {
        units = Int128(value) * ExactDecimal.unitsPerOne
    }

    public init(_ whole: Int) {
        units = Int128(whole) * ExactDecimal.unitsPerOne
    }

    /// Reads `17`, `34.35` or `-0.5`. `nil` for anything else: exponents, signs without digits, more digits than are kept.
    public init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let negative = bytes.first == 0x2D
        if negative { bytes = bytes.dropFirst() }
        let parts = bytes.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...15).contains(whole.count) else { return nil }
        let fraction = parts.count == 2 ? parts[1] : []
        guard parts.count == 1 || (1...ExactDecimal.decimals).contains(fraction.count) else { return nil }
        var units: Int128 = 0
        for byte in whole + fraction {
            guard (0x30...0x39).contains(byte) else { return nil }
            units = units * 10 + Int128(byte - 0x30)
        }
        for _ in fraction.count..<ExactDecimal.decimals { units *= 10 }
        self.units = negative ? -units : units
    }

    /// `34.35`; no trailing zeros, no exponent.
    public var description: String {
        var fraction = String(units.magnitude % ExactDecimal.unitsPerOne.magnitude)
        fraction = String(repeating: "0", count: ExactDecimal.decimals - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let whole = String(units.magnitude / ExactDecimal.unitsPerOne.magnitude)
        return (units < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool { left.units < right.units }
    public static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal { ExactDecimal(units: left.units + right.units) }
    public static func - (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal { ExactDecimal(units: left.units - right.units) }
    public static func += (left: inout ExactDecimal, right: ExactDecimal) { left = left + right }
    public static func -= (left: inout ExactDecimal, right: ExactDecimal) { left = left - right }

    /// This value as a percentage of `total`, to two decimals, for display only: decisions compare exactly.
    ///
    /// `upwards` rounds away from zero, so that "1.20 % short" is never said of a gap of 1.201 %.
    func percent(of total: ExactDecimal, upwards: Bool = false) -> ExactDecimal {
        guard total.units > 0 else { return .zero }
        // Hundredths of a percent: value / total * 10,000. At most 10^31 * 10^4, within Int128.
        let (quotient, remainder) = (units * 10_000).quotientAndRemainder(dividingBy: total.units)
        let hundredths = upwards && remainder > 0 ? quotient + 1 : quotient
        return ExactDecimal(units: hundredths * (ExactDecimal.unitsPerOne / 100))
    }
}
