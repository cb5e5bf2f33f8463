public import Acts

/// A calendar as RFC 5545 has it, with the names of RFC 7986.
///
/// Content lines end in CR LF and are folded at 75 octets, never within a character; texts are escaped. Times are in UTC.
public struct ICalendar: Sendable {
    /// When an event is.
    public enum Time: Hashable, Sendable {
        /// A whole day, which takes nobody's time.
        case day(CalendarDate)
        /// From a moment to another, or a moment alone.
        case span(Moment, Moment?)
    }

    public struct Event: Hashable, Sendable {
        /// The same for as long as it is the same event.
        public var uid: String
        public var time: Time
        /// When what is said of it was last changed.
        public var stamp: Moment
        /// How often it was changed (RFC 5545, 3.8.7.4).
        public var sequence: Int64
        public var summary: String
        /// The summary's and the description's language; `nil`: the calendar's.
        public var language: String?
        public var description: String
        public var address: String
        public var category: String
        /// Empty: not said.
        public var location: String
        public var isCancelled: Bool

        public init(
            uid: String, time: Time, stamp: Moment, sequence: Int64 = 0, summary: String, language: String? = nil, description: String,
            address: String, category: String, location: String = "", isCancelled: Bool = false
        ) {
            self.uid = uid
            self.time = time
            self.stamp = stamp
            self.sequence = sequence
            self.summary = summary
            self.language = language
            self.description = description
            self.address = address
            self.category = category
            self.location = location
            self.isCancelled = isCancelled
        }
    }

    public var name: String
    public var language: String
    /// Which desk made it, in English: `Treaty desk`.
    public var producer: String
    public var events: [Event]

    public init(name: String, language: String, producer: String, events: [Event]) {
        self.name = name
        self.language = language
        self.producer = producer
        self.events = events
    }

    /// UTF-8.
    public var bytes: [UInt8] {
        var writer = Writer()
        writer.line("BEGIN", "VCALENDAR")
        writer.line("VERSION", "2.0")
        writer.line("PRODID", "-//Chancery//\(producer)//EN")
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
        if event.sequence > 0 || event.isCancelled { writer.line("SEQUENCE", String(event.sequence)) }
        switch event.time {
        case .day(let day):
            writer.line("DTSTART;VALUE=DATE", ICalendar.day(day))
            // The end is not part of the event (3.6.1).
            writer.line("DTEND;VALUE=DATE", ICalendar.day(day.adding(days: 1)))
            // A day of law takes nobody's time.
            writer.line("TRANSP", "TRANSPARENT")
        case .span(let start, let end):
            writer.line("DTSTART", ICalendar.time(start))
            if let end, end > start { writer.line("DTEND", ICalendar.time(end)) }
        }
        let language = event.language ?? language
        writer.text("SUMMARY;LANGUAGE=\(language)", event.summary)
        if !event.description.isEmpty { writer.text("DESCRIPTION;LANGUAGE=\(language)", event.description) }
        if !event.location.isEmpty { writer.text("LOCATION;LANGUAGE=\(language)", event.location) }
        writer.text("CATEGORIES", event.category)
        writer.line("URL", event.address)
        if event.isCancelled { writer.line("STATUS", "CANCELLED") }
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
