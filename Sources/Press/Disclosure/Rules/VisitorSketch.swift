/// Counts a day's visitors without keeping any: HyperLogLog (Flajolet and others 2007) over hashes with a key that lives for that day only.
///
/// It counts visitor-days: somebody who comes on five days is counted five times, and nobody can be recognised on the next. What is kept
/// is 1,024 numbers below 64.
struct VisitorSketch: Hashable, Sendable {
    /// 2^10 registers: a standard error of 1.04 / 32, some 3 %.
    private static let registers = 1_024
    private var ranks = [UInt8](repeating: 0, count: registers)

    init() {}

    /// Notes a visitor by a keyed hash of at least 10 bytes; it is not kept.
    mutating func note(_ hash: [UInt8]) {
        guard hash.count >= 10 else { return }
        let place = Int(hash[0]) << 2 | Int(hash[1] >> 6)
        var rest: UInt64 = 0
        for byte in hash[2..<10] { rest = rest << 8 | UInt64(byte) }
        ranks[place] = max(ranks[place], UInt8(rest.leadingZeroBitCount + 1))
    }

    mutating func formUnion(_ other: VisitorSketch) {
        for place in ranks.indices { ranks[place] = max(ranks[place], other.ranks[place]) }
    }

    /// How many different visitors, give or take 3 %.
    var estimate: Int {
        let count = Double(Self.registers)
        var sum = 0.0
        var empty = 0.0
        for rank in ranks {
            sum += 1 / Double(UInt64(1) << UInt64(min(rank, 62)))
            if rank == 0 { empty += 1 }
        }
        let raw = 0.7213 / (1 + 1.079 / count) * count * count / sum
        return Int((raw <= 2.5 * count && empty > 0 ? count * logarithm(count / empty) : raw).rounded())
    }

    private func logarithm(_ value: Double) -> Double {
        // ln by the series of artanh, for values from 1 to 1,024: x = m · 2^e.
        var (mantissa, exponent) = (value, 0.0)
        while mantissa > 1.5 {
            mantissa /= 2
            exponent += 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        var (term, sum, odd) = (ratio, 0.0, 1.0)
        for _ in 0..<24 {
            sum += term / odd
            term *= ratio * ratio
            odd += 2
        }
        return 2 * sum + exponent * 0.693_147_180_559_945_3
    }

    /// What may be published of a count: nothing below 10, and the rest rounded to tens.
    static func published(_ count: Int) -> Int? {
        count < 10 ? nil : (count + 5) / 10 * 10
    }
}
