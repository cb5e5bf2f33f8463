import Acts

/// Adds up, day by day of change, how far one condition has come, and finds the days on which it holds.
struct LeafTally {
    enum Goal {
        case count(Int)
        case part(Proportion, ThresholdComparison, fixed: Int?)
        case share(Proportion, ThresholdComparison)
        case everySignatory(atLeast: Int)
    }

    struct Change {
        var count = 0
        var whole = 0
        var value: Int128 = 0
        var total: Int128 = 0
    }

    let goal: Goal
    private var changes: [Int: Change] = [:]
    private(set) var holdings: [Holding] = []
    private(set) var progress: [ProgressPoint] = []
    private var state = Change()

    init(goal: Goal) {
        self.goal = goal
    }

    mutating func add(_ change: Change, on days: DayRanges.Span) {
        apply(change, sign: 1, at: days.from)
        if days.until < .max { apply(change, sign: -1, at: days.until) }
    }

    private mutating func apply(_ change: Change, sign: Int, at day: Int) {
        changes[day, default: Change()].count += sign * change.count
        changes[day, default: Change()].whole += sign * change.whole
        changes[day, default: Change()].value += Int128(sign) * change.value
        changes[day, default: Change()].total += Int128(sign) * change.total
    }

    /// Goes through the days up to `last`. What would happen after it is not known yet.
    mutating func run(until last: Int) {
        for day in changes.keys.sorted() {
            guard day <= last, let change = changes[day] else { break }
            state.count += change.count
            state.whole += change.whole
            state.value += change.value
            state.total += change.total
            if day > .min { progress.append(ProgressPoint(day: CalendarDate(dayNumber: day), measure: measure)) }
            let open = holdings.last.map { $0.until == .max } ?? false
            if isMet, !open {
                holdings.append(Holding(from: day, until: .max, trigger: day, deposits: day))
            } else if !isMet, open {
                holdings[holdings.count - 1].until = day
            }
        }
    }

    /// How far it has come at the end of the run.
    var measure: Measure {
        switch goal {
        case .count: Measure(count: state.count)
        case .part: Measure(count: state.count, whole: whole)
        case .everySignatory: Measure(count: state.count, whole: whole)
        case .share: Measure(count: state.count, value: ExactDecimal(units: state.value), total: ExactDecimal(units: state.total))
        }
    }

    /// How far it had come at the end of a day.
    func measure(on day: Int) -> Measure? {
        progress.last { $0.day.dayNumber <= day }?.measure
    }

    private var whole: Int {
        switch goal {
        case .part(_, _, let fixed): fixed ?? state.whole
        case .everySignatory(let least): max(least, state.whole)
        case .count, .share: 0
        }
    }

    /// How many are needed, for conditions that count.
    func needed(whole: Int) -> Int {
        switch goal {
        case .count(let needed): needed
        case .part(let proportion, let comparison, _): proportion.smallestCount(of: whole, comparison)
        case .everySignatory: whole
        case .share: 0
        }
    }

    private var isMet: Bool {
        switch goal {
        case .count(let needed): state.count >= needed
        case .part, .everySignatory: whole > 0 && state.count >= needed(whole: whole)
        case .share(let proportion, let comparison):
            proportion.isReached(by: ExactDecimal(units: state.value), of: ExactDecimal(units: state.total), comparison)
        }
    }
}
