/// A day of the proleptic Gregorian calendar, without time or zone.
///
/// Legal effects are days: an instrument takes effect on a date, not at an instant. A value can only be built for a day
/// that exists: `CalendarDate("2015-02-29")` is `nil`.
public struct CalendarDate: Hashable, Comparable, Sendable, Codable, LosslessStringConvertible {
    /// Days since 1970-01-01, which is day 0. Negative before.
    public let dayNumber: Int

    public init(dayNumber: Int) {
        self.dayNumber = dayNumber
    }

    /// The day with these numbers, or `nil` where the calendar has no such day. Years 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.daysInMonth(year: year, month: month)
        else { return nil }
        self.dayNumber = CalendarDate.dayNumber(year: year, month: month, day: day)
    }

    /// Reads the ISO 8601 form `YYYY-MM-DD` exactly; anything else, or a day that does not exist, is `nil`.
    public init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8({ CalendarDate(digits: $0) }) else { return nil }
        self = date
    }

    init?(digits bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = CalendarDate(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a day of the calendar (YYYY-MM-DD)"))
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    /// Year, month (1 to 12) and day (1 to 31).
    public var components: (year: Int, month: Int, day: Int) {
        // Days to civil date, era by era of 400 years (146,097 days), with years counted from 1 March.
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    public var year: Int { components.year }
    public var month: Int { components.month }
    public var day: Int { components.day }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        guard (0...9999).contains(year) else {
            return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        }
        return String(unsafeUninitializedCapacity: 10) { text in
            func write(_ value: Int, at offset: Int) {
                text[offset] = UInt8(0x30 + value / 10)
                text[offset + 1] = UInt8(0x30 + value % 10)
            }
            write(year / 100, at: 0)
            write(year % 100, at: 2)
            text[4] = 0x2D
            write(month, at: 5)
            text[7] = 0x2D
            write(day, at: 8)
            return 10
        }
    }

    public func adding(days: Int) -> CalendarDate {
        CalendarDate(dayNumber: dayNumber + days)
    }

    /// The same day of the month, `months` later. Where that month is shorter, its last day, and `clamped` says so:
    /// treaties are silent on it, so a depositary has to confirm such a date.
    public func adding(months: Int) -> (date: CalendarDate, clamped: Bool) {
        let (year, month, day) = components
        let ordinal = year * 12 + (month - 1) + months
        let newYear = ordinal >= 0 ? ordinal / 12 : (ordinal - 11) / 12
        let newMonth = ordinal - newYear * 12 + 1
        let last = CalendarDate.daysInMonth(year: newYear, month: newMonth)
        let number = CalendarDate.dayNumber(year: newYear, month: newMonth, day: min(day, last))
        return (CalendarDate(dayNumber: number), day > last)
    }

    /// The first day of this date's month.
    public var firstOfMonth: CalendarDate {
        CalendarDate(dayNumber: dayNumber - (components.day - 1))
    }

    /// The first day of the month after this date's month.
    public var firstOfNextMonth: CalendarDate {
        firstOfMonth.adding(months: 1).date
    }

    public static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let shiftedMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
