/// A run of days on which a condition holds, with the day that brought it about.
struct Holding: Hashable, Sendable {
    var from: Int
    /// The day after the last.
    var until: Int
    /// The day of the acts (or other facts) that made it hold; earlier than `from` where a branch has a delay of its own.
    var trigger: Int
    /// The latest day on which instruments brought it about; `nil` where other facts did (a parent treaty, a silence).
    var deposits: Int?
    /// A delay on the way met a month without that day.
    var clamped = false

    /// All parts hold at once; the part that came last is what brought it about.
    static func intersection(_ left: [Holding], _ right: [Holding]) -> [Holding] {
        var result: [Holding] = []
        var first = 0
        var second = 0
        while first < left.count, second < right.count {
            let (one, other) = (left[first], right[second])
            let from = max(one.from, other.from)
            let until = min(one.until, other.until)
            if from < until {
                let last = (one.from, one.trigger) >= (other.from, other.trigger) ? one : other
                let deposits = [one.deposits, other.deposits].compactMap(\.self).max()
                result.append(Holding(from: from, until: until, trigger: last.trigger, deposits: deposits, clamped: last.clamped))
            }
            if one.until < other.until { first += 1 } else { second += 1 }
        }
        return result
    }

    static func union(_ parts: [[Holding]]) -> [Holding] {
        var result: [Holding] = []
        for holding in parts.joined().sorted(by: { ($0.from, $0.trigger) < ($1.from, $1.trigger) }) {
            if let last = result.last, holding.from <= last.until {
                result[result.count - 1].until = max(last.until, holding.until)
            } else {
                result.append(holding)
            }
        }
        return result
    }

    static func complement(_ holdings: [Holding]) -> [Holding] {
        var result: [Holding] = []
        var from = Int.min
        for holding in holdings {
            if from < holding.from { result.append(Holding(from: from, until: holding.from, trigger: from)) }
            from = holding.until
        }
        if from < .max { result.append(Holding(from: from, until: .max, trigger: from)) }
        return result
    }
}
