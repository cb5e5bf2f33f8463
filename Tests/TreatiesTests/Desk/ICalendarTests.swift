import Acts
import Foundation
import Testing
import Web

@testable import Treaties

/// RFC 5545, as others read it.
struct ICalendarTests {
    private static let calendar = ICalendar(
        name: "Échéances; toutes, vraiment", language: "fr", producer: "Treaty desk",
        events: [
            .init(
                uid: "XXI-10/entry-into-force@treaties.example", time: .day(CalendarDate("2028-02-29")!),
                stamp: Moment("2026-11-25T08:05:09.123Z")!,
                summary: "L’Accord se rapportant à la Convention, sur la conservation; \\ entre en vigueur\nà la 1re heure",
                description: String(repeating: "معاهدة ", count: 40), address: "https://treaties.example/treaties/XXI-10",
                category: "Entrée en vigueur")
        ])

    @Test("Content lines end in CR LF, are at most 75 octets long, and are never folded within a character (3.1)")
    func folding() throws {
        let text = try #require(String(validating: Self.calendar.bytes, as: UTF8.self))
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        let lines = Self.calendar.bytes.split(separator: 0x0A)
        for line in lines {
            #expect(line.last == 0x0D && line.count <= 76)
            #expect(String(validating: Array(line), as: UTF8.self) != nil)
        }
    }

    @Test("icalendar (PyPI) reads what was written: texts, days, the end that is not part of it, identifiers")
    func peer() throws {
        guard let python = OutsidePython.path else { return }
        let script = """
            import sys, icalendar
            cal = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
            assert str(cal["VERSION"]) == "2.0" and cal["PRODID"]
            for e in cal.walk("VEVENT"):
                print(e["UID"], e.decoded("DTSTART"), e.decoded("DTEND"), e.decoded("DTSTAMP").isoformat(), e["TRANSP"], e["URL"], sep="|")
                print(repr(str(e["SUMMARY"])))
                print(len(str(e["DESCRIPTION"])))
            # NAME is of the type TEXT (RFC 7986, 5.1), which this reader does not know.
            print(str(cal["NAME"]).replace(chr(92) + ";", ";").replace(chr(92) + ",", ","))
            """
        let output = try OutsidePython.run(python, script, input: Self.calendar.bytes)
        #expect(
            output.split(separator: "\n").map(String.init) == [
                "XXI-10/entry-into-force@treaties.example|2028-02-29|2028-03-01|2026-11-25T08:05:09+00:00|TRANSPARENT|"
                    + "https://treaties.example/treaties/XXI-10",
                "'L’Accord se rapportant à la Convention, sur la conservation; \\\\ entre en vigueur\\nà la 1re heure'",
                "280", "Échéances; toutes, vraiment",
            ])
    }
}
