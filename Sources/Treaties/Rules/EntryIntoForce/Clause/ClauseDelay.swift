public import Acts

/// The time a treaty lets pass between the decisive day and its entry into force.
///
/// The day of deposit is day 0: "on the ninetieth day following the deposit" is the date plus 90. "Three months after" is
/// the same day of the month, three months on.
public struct ClauseDelay: Hashable, Sendable {
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        case days
        case months
        /// Months counted by the calendar, whatever the day of deposit: "the sixth month after the month in which…".
        case calendarMonths = "calendar-months"
        case years
    }

    /// Where the date so reached is moved to.
    public enum Roll: String, Hashable, Sendable, CaseIterable {
        /// "the first day of the month following the expiry of…"
        case firstDayOfFollowingMonth = "first-day-of-following-month"
        /// "the first day of the sixth month after…"
        case firstDayOfThatMonth = "first-day-of-that-month"
    }

    public var unit: Unit
    public var count: Int
    public var roll: Roll?

    public init(_ count: Int, _ unit: Unit, then roll: Roll? = nil) {
        self.unit = unit
        self.count = count
        // Calendar months name a month, not a day: unless the treaty says more, its first day.
        self.roll = roll ?? (unit == .calendarMonths ? .firstDayOfThatMonth : nil)
    }

    /// On the same day.
    public static let none = ClauseDelay(0, .days)

    /// The largest delay a clause may name, in its unit: a century.
    static func largestCount(_ unit: Unit) -> Int {
        switch unit {
        case .days: 36_525
        case .months, .calendarMonths: 1_200
        case .years: 100
        }
    }

    /// The date this delay leads to from `day`, and whether a shorter month had to be met by its last day.
    ///
    /// Treaties do not say what "three months after 30 November" is; such a date waits for the depositary's confirmation.
    public func date(from day: CalendarDate) -> (date: CalendarDate, clamped: Bool) {
        var reached: (date: CalendarDate, clamped: Bool)
        switch unit {
        case .days: reached = (day.adding(days: count), false)
        case .months: reached = day.adding(months: count)
        case .calendarMonths: reached = (day.firstOfMonth.adding(months: count).date, false)
        case .years: reached = day.adding(months: 12 * count)
        }
        switch roll {
        case nil: return reached
        // The month is certain even where the day in it is not.
        case .firstDayOfThatMonth: return (reached.date.firstOfMonth, false)
        case .firstDayOfFollowingMonth: return (reached.date.firstOfNextMonth, false)
        }
    }
}
