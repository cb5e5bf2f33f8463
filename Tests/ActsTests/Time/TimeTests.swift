import Foundation
import Testing

@testable import Acts

/// Days and moments.
struct TimeTests {
    @Test(
        "A day that does not exist cannot be built",
        arguments: [
            "2015-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-4-01", "20230401", "2023-04-01 ", "٢٠٢٣-٠٤-٠١",
        ])
    func noSuchDay(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("Every day from 1583 to 2200 reads back, follows the day before, and agrees with Foundation's calendar")
    func everyDay() throws {
        let first = try #require(CalendarDate("1583-01-01"))
        let last = try #require(CalendarDate("2200-12-31"))
        for number in stride(from: first.dayNumber, through: last.dayNumber, by: 1) {
            let day = CalendarDate(dayNumber: number)
            let (year, month, dayOfMonth) = day.components
            #expect(CalendarDate(year: year, month: month, day: dayOfMonth) == day)
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        for number in stride(from: first.dayNumber, through: last.dayNumber, by: 97) {
            let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            let own = CalendarDate(dayNumber: number).components
            #expect(parts.year == own.year && parts.month == own.month && parts.day == own.day)
        }
    }

    @Test(
        "Months are added by the calendar; a shorter month takes its last day and says so",
        arguments: [
            ("2024-01-31", 1, "2024-02-29", true), ("2023-11-30", 3, "2024-02-29", true), ("1976-01-03", 3, "1976-04-03", false),
            ("2024-03-31", -1, "2024-02-29", true), ("2020-02-29", 12, "2021-02-28", true), ("2000-12-15", 13, "2002-01-15", false),
        ])
    func months(from: String, months: Int, to: String, clamped: Bool) {
        let sum = CalendarDate(from)!.adding(months: months)
        #expect(sum.date == CalendarDate(to))
        #expect(sum.clamped == clamped)
    }

    @Test("A moment reads back to the millisecond, before 1970 too")
    func moments() {
        for text in ["2026-11-22T15:57:00.123Z", "1969-12-31T23:59:59.999Z", "1945-10-24T00:00:00.000Z"] {
            #expect(Moment(text)?.description == text)
        }
        #expect(Moment("1969-12-31T23:59:59.999Z")?.date == CalendarDate("1969-12-31"))
        for text in ["2026-11-22T24:00:00.000Z", "2026-11-22T15:57:00Z", "2026-11-22T15:57:00.123+00:00", "2026-11-22 15:57:00.123Z"] {
            #expect(Moment(text) == nil)
        }
    }
}
