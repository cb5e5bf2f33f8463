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
        for first in left {
            for second in right {
                let from = max(first.from, second.from)
                let until = min(first.until, second.until)
                guard from < until else { continue }
                let last =
                    first.from == second.from
                    ? (first.trigger >= second.trigger ? first : second) : (first.from > second.from ? first : second)
                let deposits = [first.deposits, second.deposits].compactMap(\.self).max()
                result.append(Holding(from: from, until: until, trigger: last.trigger, deposits: deposits, clamped: last.clamped))
            }
        }
        return result.sorted { $0.from < $1.from }
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
