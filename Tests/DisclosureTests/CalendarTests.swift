import Acts
import TestSupport
import Testing

@testable import Disclosure

@Suite("Working calendars and clocks of access")
struct CalendarTests {
    /// Weekday holidays as the Python package holidays (0.80 or later, from the authorities' own lists) gives them.
    static let listed: [(calendar: String, year: Int, days: String)] = [
        ("england-wales", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        ("england-wales", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        ("england-wales", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        ("england-wales", 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        ("england-wales", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        ("england-wales", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        ("england-wales", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        ("england-wales", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        ("england-wales", 2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
        ("england-wales", 2029, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"),
        ("england-wales", 2030, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"),
        ("england-wales", 2031, "01-01 04-11 04-14 05-05 05-26 08-25 12-25 12-26"),
        ("england-wales", 2032, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        ("england-wales", 2033, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27"),
        ("england-wales", 2034, "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26"),
        ("england-wales", 2035, "01-01 03-23 03-26 05-07 05-28 08-27 12-25 12-26"),
        ("us-federal", 2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
        ("us-federal", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        ("us-federal", 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
        ("us-federal", 2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        ("us-federal", 2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
        ("us-federal", 2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
        ("us-federal", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
        ("us-federal", 2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        ("us-federal", 2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        ("us-federal", 2029, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25"),
        ("us-federal", 2030, "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
        ("us-federal", 2031, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
        ("us-federal", 2032, "01-01 01-19 02-16 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        ("us-federal", 2033, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
        ("us-federal", 2034, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        ("us-federal", 2035, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25"),
        ("france", 2020, "01-01 04-13 05-01 05-08 05-21 06-01 07-14 11-11 12-25"),
        ("france", 2021, "01-01 04-05 05-13 05-24 07-14 11-01 11-11"),
        ("france", 2022, "04-18 05-26 06-06 07-14 08-15 11-01 11-11"),
        ("france", 2023, "04-10 05-01 05-08 05-18 05-29 07-14 08-15 11-01 12-25"),
        ("france", 2024, "01-01 04-01 05-01 05-08 05-09 05-20 08-15 11-01 11-11 12-25"),
        ("france", 2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-11 12-25"),
        ("france", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25"),
        ("france", 2027, "01-01 03-29 05-06 05-17 07-14 11-01 11-11"),
        ("france", 2028, "04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 12-25"),
        ("france", 2029, "01-01 04-02 05-01 05-08 05-10 05-21 08-15 11-01 12-25"),
        ("france", 2030, "01-01 04-22 05-01 05-08 05-30 06-10 08-15 11-01 11-11 12-25"),
        ("france", 2031, "01-01 04-14 05-01 05-08 05-22 06-02 07-14 08-15 11-11 12-25"),
        ("france", 2032, "01-01 03-29 05-06 05-17 07-14 11-01 11-11"),
        ("france", 2033, "04-18 05-26 06-06 07-14 08-15 11-01 11-11"),
        ("france", 2034, "04-10 05-01 05-08 05-18 05-29 07-14 08-15 11-01 12-25"),
        ("france", 2035, "01-01 03-26 05-01 05-03 05-08 05-14 08-15 11-01 12-25"),
    ]

    @Test("The computed holidays of sixteen years are those an independent list has", arguments: listed)
    func holidaysAgree(row: (calendar: String, year: Int, days: String)) throws {
        let calendar = try #require(try AccessRegimes.load().calendars[row.calendar])
        let computed = calendar.holidays(of: row.year).filter { WorkingCalendar.weekday(of: $0) < 6 }.sorted().map {
            String($0.description.dropFirst(5))
        }
        #expect(computed.joined(separator: " ") == row.days, "\(row.calendar) \(row.year)")
    }

    @Test(
        "Easter falls where the tables have it",
        arguments: [
            (1818, "1818-03-22"), (1943, "1943-04-25"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2025, "2025-04-20"),
            (2038, "2038-04-25"),
        ])
    func easter(year: Int, day: String) { #expect(WorkingCalendar.easter(of: year).description == day) }

    /// Law, what happened, and when the answer is due.
    static let clocks: [(regime: String, received: String, extended: Bool, due: String)] = [
        // Reg. 1049/2001, Art. 7(1): 15 working days from registration; Christmas closure 24 to 31 December, 1 and 2 January.
        ("eu-1049-2001", "2025-12-15", false, "2026-01-15"),
        ("eu-1049-2001", "2026-11-26", false, "2026-12-17"),
        ("eu-1049-2001", "2026-11-26", true, "2027-01-18"),
        // FOIA 2000 s. 10(1): not later than the twentieth working day following receipt; Good Friday and Easter Monday 2026 are 3 and 6 April.
        ("uk-foia-2000", "2026-03-20", false, "2026-04-21"),
        ("uk-foia-2000", "2026-11-26", false, "2026-12-24"),
        // 5 U.S.C. 552(a)(6)(A)(i): 20 days except Saturdays, Sundays and legal public holidays; Thanksgiving, Christmas.
        ("us-foia", "2026-11-20", false, "2026-12-21"),
        ("us-foia", "2026-12-01", false, "2026-12-30"),
    ]

    @Test("An answer is due on the statute's working day", arguments: clocks)
    func due(row: (regime: String, received: String, extended: Bool, due: String)) throws {
        let clock = try #require(try AccessRegimes.load().clock(row.regime))
        let day = try #require(CalendarDate(row.received))
        var history = AccessClock.History(received: day, registered: day)
        if row.extended { history.extended = day.adding(days: 5) }
        #expect(clock.due(history)?.description == row.due)
    }

    @Test("The European clock counts from registration, and then lets the requester confirm for fifteen working days")
    func europeanProcedure() throws {
        let clock = try #require(try AccessRegimes.load().clock("eu-1049-2001"))
        let received = try #require(CalendarDate("2026-03-02"))
        var history = AccessClock.History(received: received)
        #expect(clock.state(of: history, on: received) == .unregistered)
        history.registered = CalendarDate("2026-03-03")
        #expect(clock.due(history)?.description == "2026-03-24")
        history.answered = CalendarDate("2026-03-25")
        #expect(clock.appealUntil(history)?.description == "2026-04-20", "Easter: 2, 3 and 6 April do not count")
        #expect(
            clock.state(of: history, on: try #require(CalendarDate("2026-04-21")))
                == .answered(on: try #require(history.answered), late: true))
        history.appealed = CalendarDate("2026-04-20")
        #expect(clock.appealDue(history)?.description == "2026-05-12", "1 May does not count")
    }

    @Test("A question to the requester stops the clock where the law says so, and the days used before it count")
    func clarification() throws {
        let clock = try #require(try AccessRegimes.load().clock("uk-foia-2000"))
        var history = AccessClock.History(received: try #require(CalendarDate("2026-09-01")))
        #expect(clock.due(history)?.description == "2026-09-29")
        history.clarifications = [.init(asked: try #require(CalendarDate("2026-09-08")))]
        #expect(
            clock.state(of: history, on: try #require(CalendarDate("2026-12-01")))
                == .paused(since: try #require(CalendarDate("2026-09-08"))))
        history.clarifications = [.init(asked: try #require(CalendarDate("2026-09-08")), given: CalendarDate("2026-10-01"))]
        #expect(clock.due(history)?.description == "2026-10-22", "five days were used, fifteen remain from 1 October")
    }

    @Test("Counting forth and counting days agree, in every calendar")
    func countsAgree() throws {
        var random = SeededGenerator(seed: 7)
        for calendar in try AccessRegimes.load().calendars.values {
            for _ in 0..<40 {
                let start = CalendarDate(dayNumber: Int.random(in: 18_000...24_000, using: &random))
                let count = Int.random(in: 1...60, using: &random)
                let end = calendar.day(count, workingDaysAfter: start)
                #expect(calendar.isWorkingDay(end))
                #expect(calendar.workingDays(after: start, through: end) == count)
            }
        }
    }

    @Test(
        "A calendar file that is wrong is refused, and says where",
        arguments: [
            #"{"identifier":"x","names":{"en":"X"},"source":"s","weekend":[1,2,3,4,5,6,7],"rules":[]}"#,
            #"{"identifier":"x","names":{"en":"X"},"source":"s","weekend":[6,7],"rules":[{"fixed":[2,30]}]}"#,
            #"{"identifier":"x","names":{"en":"X"},"source":"s","weekend":[6,7],"rules":[{"month":5,"weekday":1,"nth":5}]}"#,
            #"{"identifier":"x","names":{"en":"X"},"source":"s","weekend":[6,7],"rules":[{"easter":400}]}"#,
            #"{"identifier":"x","names":{"en":"X"},"source":"s","weekend":[6,7],"rules":[],"days":["2026-02-30"]}"#,
        ])
    func refusedCalendars(text: String) throws {
        let json = try JSONParser.parse(text)
        #expect(throws: MalformedAct.self) { try WorkingCalendar(json: json) }
    }
}
