import Acts

/// A calendar of whole days as RFC 5545 has it, with the names of RFC 7986.
///
/// Content lines end in CR LF and are folded at 75 octets, never within a character; texts are escaped.
struct ICalendar {
    struct Event {
        /// The same for as long as it is the same event.
        var uid: String
        var day: CalendarDate
        /// When what is said of it was last changed.
        var stamp: Moment
        var summary: String
        var description: String
        var address: String
        var category: String
    }

    var name: String
    var language: String
    var events: [Event]

    /// UTF-8.
    var bytes: [UInt8] {
        var writer = Writer()
        writer.line("BEGIN", "VCALENDAR")
        writer.line("VERSION", "2.0")
        writer.line("PRODID", "-//Chancery//Treaty desk//EN")
        writer.line("CALSCALE", "GREGORIAN")
        writer.text("NAME", name)
        writer.text("X-WR-CALNAME", name)
        writer.line("REFRESH-INTERVAL;VALUE=DURATION", "PT12H")
        for event in events { write(event, to: &writer) }
        writer.line("END", "VCALENDAR")
        return writer.bytes
    }

    private func write(_ event: Event, to writer: inout Writer) {
        writer.line("BEGIN", "VEVENT")
        writer.text("UID", event.uid)
        writer.line("DTSTAMP", ICalendar.time(event.stamp))
        writer.line("DTSTART;VALUE=DATE", ICalendar.day(event.day))
        // The end is not part of the event (3.6.1).
        writer.line("DTEND;VALUE=DATE", ICalendar.day(event.day.adding(days: 1)))
        writer.text("SUMMARY;LANGUAGE=\(language)", event.summary)
        writer.text("DESCRIPTION;LANGUAGE=\(language)", event.description)
        writer.text("CATEGORIES", event.category)
        writer.line("URL", event.address)
        // A day of law takes nobody's time.
        writer.line("TRANSP", "TRANSPARENT")
        writer.line("END", "VEVENT")
    }

    private static func day(_ date: CalendarDate) -> String { date.description.filter { $0 != "-" } }

    private static func time(_ moment: Moment) -> String {
        let seconds = moment.milliseconds / 1000 - Int64(moment.date.dayNumber) * 86_400
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(day(moment.date))T\(two(seconds / 3600))\(two(seconds / 60 % 60))\(two(seconds % 60))Z"
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func text(_ name: String, _ text: String) {
            var escaped = ""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\\": escaped += "\\\\"
                case ";": escaped += "\\;"
                case ",": escaped += "\\,"
                case "\n": escaped += "\\n"
                case _ where scalar.value < 0x20 || scalar.value == 0x7F: continue
                default: escaped.unicodeScalars.append(scalar)
                }
            }
            line(name, escaped)
        }

        /// A content line, folded (3.1).
        mutating func line(_ name: String, _ value: String) {
            var width = 0
            for scalar in "\(name):\(value)".unicodeScalars {
                let length = UTF8.width(scalar)
                if width + length > 75 {
                    bytes.append(contentsOf: [0x0D, 0x0A, 0x20])
                    width = 1
                }
                bytes.append(contentsOf: Array(String(scalar).utf8))
                width += length
            }
            bytes.append(contentsOf: [0x0D, 0x0A])
        }
    }
}
