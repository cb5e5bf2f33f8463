import Acts

/// A set of days as ranges in order, none touching the next. Day numbers; `Int.min` and `Int.max` stand for always.
struct DayRanges: Hashable, Sendable {
    struct Span: Hashable, Sendable {
        /// The first day.
        var from: Int
        /// The day after the last.
        var until: Int
    }

    private(set) var spans: [Span]

    static let never = DayRanges(spans: [])
    static let always = DayRanges(from: .min, until: .max)

    private init(spans: [Span]) {
        self.spans = spans
    }

    init(from: Int, until: Int = .max) {
        spans = from < until ? [Span(from: from, until: until)] : []
    }

    /// From the first day to the last, both included.
    init(from: CalendarDate?, lastDay: CalendarDate?) {
        self.init(from: from?.dayNumber ?? .min, until: lastDay.map { $0.dayNumber + 1 } ?? .max)
    }

    init(union ranges: [DayRanges]) {
        spans = []
        for span in ranges.flatMap(\.spans).sorted(by: { $0.from < $1.from }) {
            if let last = spans.last, span.from <= last.until {
                spans[spans.count - 1].until = max(last.until, span.until)
            } else {
                spans.append(span)
            }
        }
    }

    var isEmpty: Bool { spans.isEmpty }

    func contains(_ day: Int) -> Bool {
        spans.contains { $0.from <= day && day < $0.until }
    }

    func intersection(_ other: DayRanges) -> DayRanges {
        var result: [Span] = []
        var left = 0
        var right = 0
        while left < spans.count, right < other.spans.count {
            let from = max(spans[left].from, other.spans[right].from)
            let until = min(spans[left].until, other.spans[right].until)
            if from < until { result.append(Span(from: from, until: until)) }
            if spans[left].until < other.spans[right].until { left += 1 } else { right += 1 }
        }
        return DayRanges(spans: result)
    }

    var complement: DayRanges {
        var result: [Span] = []
        var from = Int.min
        for span in spans {
            if from < span.from { result.append(Span(from: from, until: span.from)) }
            from = span.until
        }
        if from < .max { result.append(Span(from: from, until: .max)) }
        return DayRanges(spans: result)
    }
}
