import Acts

/// Dates as mail has them (RFC 5322, 3.3): `Thu, 26 Nov 2026 02:47:26 +0000`.
enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(of moment: Moment) -> String {
        let date = moment.date
        let (year, month, day) = date.components
        let seconds = (moment.milliseconds - Int64(date.dayNumber) * 86_400_000) / 1000
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        // Day 0, 1 January 1970, was a Thursday.
        let weekday = ((date.dayNumber % 7) + 7) % 7
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(padded).joined(separator: ":")
        return "\(days[weekday]), \(day) \(months[month - 1]) \(year) \(time) +0000"
    }
}
