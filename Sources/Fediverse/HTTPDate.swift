public import Acts

/// The dates of HTTP (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    public static func text(_ moment: Moment) -> String {
        let date = moment.date
        let time = moment.description.dropFirst(11).prefix(8)
        // 1 January 1970 was a Thursday.
        let weekday = days[((date.dayNumber + 3) % 7 + 7) % 7]
        return "\(weekday), \(padded(date.day)) \(months[date.month - 1]) \(date.year) \(time) GMT"
    }

    /// `nil` unless it is an IMF-fixdate, the one form that may be sent.
    public static func moment(_ text: String) -> Moment? {
        guard text.utf8.count == 29 else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 6, days.contains(String(words[0].dropLast())), words[0].hasSuffix(","), words[5] == "GMT",
            let month = months.firstIndex(of: words[2]), let day = Int(words[1]), let year = Int(words[3]),
            let date = CalendarDate(year: year, month: month + 1, day: day)
        else { return nil }
        return Moment("\(date)T\(words[4]).000Z")
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
