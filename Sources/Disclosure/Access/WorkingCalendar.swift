public import Acts

/// The working days of one authority, computed from rules: fixed days with their substitutes, days counted from Easter, the nth
/// weekday of a month, and single days by proclamation. Rules are data; nothing is fetched.
public struct WorkingCalendar: Hashable, Sendable {
    /// One holiday a year.
    public struct Rule: Hashable, Sendable {
        public enum Day: Hashable, Sendable {
            case fixed(month: Int, day: Int)
            /// Days after Easter Sunday of the Gregorian computus; negative before.
            case easter(offset: Int)
            /// ISO weekday (1 Monday to 7 Sunday); `nth` from 1, or -1 for the month's last.
            case weekday(month: Int, weekday: Int, nth: Int)
        }

        /// What happens when the holiday falls on a weekend.
        public enum Substitute: String, Hashable, Sendable, CaseIterable {
            case none
            /// The next day that is neither weekend nor holiday (England and Wales).
            case nextWorkingDay
            /// Friday for Saturday, Monday for Sunday (5 U.S.C. 6103(b)).
            case nearestWeekday
        }

        public let day: Day
        public let substitute: Substitute
        /// Years in which the rule holds.
        public let years: ClosedRange<Int>
        /// Years in which it was moved or dropped.
        public let exceptYears: Set<Int>
    }

    public let identifier: String
    public let names: [String: String]
    /// What the rules rest on.
    public let source: String
    /// ISO weekdays that are not worked.
    public let weekend: Set<Int>
    public let rules: [Rule]
    /// Single holidays beside the rules.
    public let days: Set<CalendarDate>

    /// Reads a calendar file.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "calendar")
        identifier = try reader.string("identifier")
        names = try reader.texts("names")
        source = try reader.string("source")
        weekend = Set(try Self.integers(reader.value("weekend"), within: 1...7, at: "calendar.weekend"))
        guard weekend.count < 7 else { throw MalformedAct(place: "calendar.weekend", reason: "must leave a day to work on") }
        var rules: [Rule] = []
        for (index, value) in try reader.array("rules").enumerated() {
            guard index < 200 else { throw MalformedAct(place: "calendar.rules", reason: "must be at most 200") }
            rules.append(try Self.rule(value, at: "calendar.rules[\(index)]"))
        }
        self.rules = rules
        var days: Set<CalendarDate> = []
        for text in try reader.strings("days") {
            guard let day = CalendarDate(text) else { throw MalformedAct(place: "calendar.days", reason: "\(text) is not a day") }
            days.insert(day)
        }
        self.days = days
        try reader.finish()
    }

    private static func integers(_ value: JSON?, within range: ClosedRange<Int>, at place: String) throws(MalformedAct) -> [Int] {
        guard let value else { return [] }
        var result: [Int] = []
        for element in value.array ?? [] {
            guard let integer = element.integer.map(Int.init), range.contains(integer) else {
                throw MalformedAct(place: place, reason: "must be numbers from \(range.lowerBound) to \(range.upperBound)")
            }
            result.append(integer)
        }
        return result
    }

    private static func rule(_ value: JSON, at place: String) throws(MalformedAct) -> Rule {
        var part = try ObjectReader(value, at: place)
        let day: Rule.Day
        if let fixed = part.value("fixed") {
            let numbers = try integers(fixed, within: 1...31, at: "\(place).fixed")
            guard numbers.count == 2, CalendarDate(year: 2000, month: numbers[0], day: numbers[1]) != nil else {
                throw MalformedAct(place: "\(place).fixed", reason: "must be a month and a day")
            }
            day = .fixed(month: numbers[0], day: numbers[1])
        } else if let offset = try part.optionalInteger("easter") {
            guard (-100...100).contains(offset) else { throw MalformedAct(place: "\(place).easter", reason: "must be -100 to 100 days") }
            day = .easter(offset: Int(offset))
        } else {
            let month = try part.integer("month")
            let weekday = try part.integer("weekday")
            let nth = try part.integer("nth")
            guard (1...12).contains(month), (1...7).contains(weekday), nth == -1 || (1...4).contains(nth) else {
                throw MalformedAct(place: place, reason: "must be the 1st to 4th, or the last (-1), weekday 1 to 7 of a month")
            }
            day = .weekday(month: Int(month), weekday: Int(weekday), nth: Int(nth))
        }
        let substitute: Rule.Substitute = try part.optionalChoice("substitute") ?? .none
        let since = Int(try part.optionalInteger("since") ?? 1)
        let until = Int(try part.optionalInteger("until") ?? 9999)
        guard since >= 1, until <= 9999, since <= until else {
            throw MalformedAct(place: place, reason: "must hold from a year to a later one")
        }
        let except = try integers(part.value("except"), within: 1...9999, at: "\(place).except")
        try part.finish()
        return Rule(day: day, substitute: substitute, years: since...until, exceptYears: Set(except))
    }

    /// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher), for years from 1583.
    public static func easter(of year: Int) -> CalendarDate {
        let golden = year % 19
        let century = year / 100
        let ofCentury = year % 100
        let skipped = (century + 8) / 25
        let correction = (century - skipped + 1) / 3
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let toSunday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * toSunday) / 451
        let number = epact + toSunday - 7 * late + 114
        return CalendarDate(dayNumber: CalendarDate(year: year, month: number / 31, day: 1).map { $0.dayNumber + number % 31 } ?? 0)
    }

    /// ISO weekday: 1 Monday to 7 Sunday. Day 0 of the epoch was a Thursday.
    public static func weekday(of day: CalendarDate) -> Int {
        let shifted = (day.dayNumber + 3) % 7
        return (shifted < 0 ? shifted + 7 : shifted) + 1
    }

    /// The holidays of a year, substitutes included; a fixed day that falls on a weekend and has a substitute is not among them.
    public func holidays(of year: Int) -> Set<CalendarDate> {
        // A substitute may fall into the year before (1 January on a Saturday) or after.
        var result: Set<CalendarDate> = []
        for other in max(1, year - 1)...min(9999, year + 1) { result.formUnion(observed(of: other)) }
        return result.filter { $0.year == year }
    }

    /// The holidays that a year's rules give, wherever they are observed.
    private func observed(of year: Int) -> Set<CalendarDate> {
        var taken = days.filter { $0.year == year }
        var displaced: [CalendarDate] = []
        for rule in rules where rule.years.contains(year) && !rule.exceptYears.contains(year) {
            guard let day = Self.day(rule.day, of: year) else { continue }
            let weekday = Self.weekday(of: day)
            guard weekend.contains(weekday) else {
                taken.insert(day)
                continue
            }
            switch rule.substitute {
            case .none: taken.insert(day)
            case .nearestWeekday: taken.insert(day.adding(days: weekend.contains(Self.weekday(of: day.adding(days: -1))) ? 1 : -1))
            case .nextWorkingDay: displaced.append(day)
            }
        }
        for day in displaced.sorted() {
            var next = day.adding(days: 1)
            while taken.contains(next) || weekend.contains(Self.weekday(of: next)) { next = next.adding(days: 1) }
            taken.insert(next)
        }
        return taken
    }

    private static func day(_ day: Rule.Day, of year: Int) -> CalendarDate? {
        switch day {
        case .fixed(let month, let number): return CalendarDate(year: year, month: month, day: number)
        case .easter(let offset): return easter(of: year).adding(days: offset)
        case .weekday(let month, let weekday, let nth):
            guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
            if nth < 0 {
                let last = first.firstOfNextMonth.adding(days: -1)
                return last.adding(days: -((Self.weekday(of: last) - weekday + 7) % 7))
            }
            return first.adding(days: (weekday - Self.weekday(of: first) + 7) % 7 + 7 * (nth - 1))
        }
    }

    /// Whether the authority works on that day.
    public func isWorkingDay(_ day: CalendarDate) -> Bool {
        !weekend.contains(Self.weekday(of: day)) && !holidays(of: day.year).contains(day)
    }

    /// The `count`th working day after a day, that day itself not counted.
    ///
    /// - Parameter count: 0 to 5,000 working days. For 0, the day itself.
    public func day(_ count: Int, workingDaysAfter start: CalendarDate) -> CalendarDate {
        var day = start
        var left = min(max(count, 0), 5_000)
        var year = Int.min
        var closed: Set<CalendarDate> = []
        while left > 0 {
            day = day.adding(days: 1)
            if day.year != year {
                year = day.year
                closed = holidays(of: year)
            }
            if !weekend.contains(Self.weekday(of: day)), !closed.contains(day) { left -= 1 }
        }
        return day
    }

    /// How many working days lie after `start` up to and with `end`; negative where `end` comes before.
    public func workingDays(after start: CalendarDate, through end: CalendarDate) -> Int {
        if end < start { return -workingDays(after: end, through: start) }
        var count = 0
        var day = start
        var year = Int.min
        var closed: Set<CalendarDate> = []
        while day < end {
            day = day.adding(days: 1)
            if day.year != year {
                year = day.year
                closed = holidays(of: year)
            }
            if !weekend.contains(Self.weekday(of: day)), !closed.contains(day) { count += 1 }
        }
        return count
    }
}
