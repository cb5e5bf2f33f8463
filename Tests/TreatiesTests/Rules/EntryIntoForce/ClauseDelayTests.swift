import Acts
import Testing

@testable import Treaties

@Suite("The delay of a clause")
struct ClauseDelayTests {
    struct Row: Sendable {
        let source: String
        let delay: ClauseDelay
        let decisive: String
        let expected: String
        var clamped = false
    }

    static let rows: [Row] = [
        Row(source: "VCLT art. 84: thirtieth day following", delay: ClauseDelay(30, .days), decisive: "1979-12-28", expected: "1980-01-27"),
        Row(
            source: "Genocide Convention art. 13: ninetieth day", delay: ClauseDelay(90, .days), decisive: "1950-10-14",
            expected: "1951-01-12"),
        Row(source: "Refugee Protocol art. VIII: day of deposit", delay: .none, decisive: "1967-10-04", expected: "1967-10-04"),
        Row(source: "ICCPR art. 49: three months after", delay: ClauseDelay(3, .months), decisive: "1975-12-23", expected: "1976-03-23"),
        Row(source: "UNCLOS art. 308: 12 months after", delay: ClauseDelay(12, .months), decisive: "1993-11-16", expected: "1994-11-16"),
        Row(source: "Statelessness 1961 art. 18: two years", delay: ClauseDelay(2, .years), decisive: "1973-12-13", expected: "1975-12-13"),
        Row(
            source: "CISG art. 99: first of the month after 12 months", delay: ClauseDelay(12, .months, then: .firstDayOfFollowingMonth),
            decisive: "1986-12-11", expected: "1988-01-01"),
        Row(
            source: "Rome Statute art. 126: first of the month after the 60th day",
            delay: ClauseDelay(60, .days, then: .firstDayOfFollowingMonth), decisive: "2002-04-11", expected: "2002-07-01"),
        Row(
            source: "Ottawa Convention art. 17: first day of the sixth month after the month",
            delay: ClauseDelay(6, .calendarMonths, then: .firstDayOfThatMonth), decisive: "1998-09-16", expected: "1999-03-01"),
        Row(
            source: "the same, on the last of a month", delay: ClauseDelay(6, .calendarMonths), decisive: "1998-08-31",
            expected: "1999-02-01"),
        Row(
            source: "Lisbon art. 6(2): first of the month after the last deposit",
            delay: ClauseDelay(0, .days, then: .firstDayOfFollowingMonth), decisive: "2009-11-13", expected: "2009-12-01"),
        Row(
            source: "a period that ends on the first of a month: the month after",
            delay: ClauseDelay(3, .months, then: .firstDayOfFollowingMonth),
            decisive: "2004-01-01", expected: "2004-05-01"),
        Row(
            source: "no such day in the month", delay: ClauseDelay(3, .months), decisive: "2023-11-30", expected: "2024-02-29",
            clamped: true),
        Row(source: "29 February, a year on", delay: ClauseDelay(1, .years), decisive: "2024-02-29", expected: "2025-02-28", clamped: true),
        Row(
            source: "no such day, but only the month matters", delay: ClauseDelay(3, .months, then: .firstDayOfFollowingMonth),
            decisive: "2023-11-30", expected: "2024-03-01"),
    ]

    @Test("leads to the date the treaty had", arguments: rows)
    func leadsToTheDate(_ row: Row) throws {
        let (reached, clamped) = row.delay.date(from: try date(row.decisive))
        #expect(reached.description == row.expected, "\(row.source)")
        #expect(clamped == row.clamped, "\(row.source)")
    }

    @Test("of a month without that day waits for the depositary's confirmation")
    func clampedDatesAreDoubtful() throws {
        let result = try clause(#"{"count": 1, "delay": {"unit": "months", "count": 3}}"#)
            .evaluate(try acts("FRA ratification 2023-11-30"), asOf: try date("2023-12-31"))
        #expect(result.date == CalendarDate("2024-02-29"))
        #expect(result.doubts == [.shorterMonth(try date("2024-02-29"))])
        #expect(result.steps.contains { $0.english.contains("the depositary has to confirm") })
    }
}
