import Acts

/// The dates that feeds have: RFC 3339 in Atom and JSON Feed, RFC 822 (as RFC 5322 and RFC 2822 have it) in RSS.
enum FeedDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    /// Minutes to the east (RFC 5322, 4.3).
    private static let zones: [String: Int] = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
        "pdt": -420,
    ]

    static func moment(_ text: String) -> Moment? {
        let text = text.trimmed
        guard text.utf8.count <= 64 else { return nil }
        return standard(text) ?? mail(text)
    }

    /// `2026-01-17T09:30:00+02:00`, with or without fractions of a second; a day alone is its first instant.
    private static func standard(_ text: String) -> Moment? {
        guard let day = CalendarDate(String(text.prefix(10))) else { return nil }
        let rest = text.dropFirst(10)
        if rest.isEmpty { return Moment(startOf: day) }
        guard let mark = rest.first, mark == "T" || mark == "t" || mark == " " else { return nil }
        let time = rest.dropFirst()
        let end = time.firstIndex { "Zz+-".contains($0) } ?? time.endIndex
        return moment(day, clock: String(time[..<end]), zone: String(time[end...]))
    }

    /// `Sat, 17 Jan 2026 09:30:00 +0200`.
    private static func mail(_ text: String) -> Moment? {
        var words = text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map { $0.lowercased() }
        if let first = words.first, Int(first) == nil { words.removeFirst() }
        guard words.count >= 4, let day = Int(words[0]), let month = months.firstIndex(where: words[1].hasPrefix),
            let written = Int(words[2])
        else { return nil }
        // RFC 5322, 4.3: two digits below 50 are of this century, three digits count from 1900.
        let year = words[2].count == 2 ? (written < 50 ? 2000 + written : 1900 + written) : words[2].count == 3 ? 1900 + written : written
        guard let date = CalendarDate(year: year, month: month + 1, day: day) else { return nil }
        return moment(date, clock: words[3], zone: words.count > 4 ? words[4] : "")
    }

    private static func moment(_ day: CalendarDate, clock: String, zone: String) -> Moment? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = number(parts[0]), let minute = number(parts[1]), hour < 24, minute < 60 else {
            return nil
        }
        var second = 0
        if parts.count == 3 {
            guard let whole = number(parts[2].prefix { $0 != "." }), whole <= 60 else { return nil }
            second = min(whole, 59)
        }
        guard let offset = offset(zone.lowercased()) else { return nil }
        let start = Moment(startOf: day).milliseconds
        return Moment(milliseconds: start + Int64((hour * 60 + minute - offset) * 60 + second) * 1_000)
    }

    private static func number(_ digits: Substring) -> Int? {
        (1...2).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    }

    /// Minutes to the east of Greenwich; an unknown name is taken as UTC (RFC 5322, 4.3).
    private static func offset(_ zone: String) -> Int? {
        guard let sign = zone.first, sign == "+" || sign == "-" else { return zones[zone] ?? (zone.allSatisfy(\.isLetter) ? 0 : nil) }
        let digits = zone.dropFirst().filter { $0 != ":" }
        guard digits.count == 4, let hours = number(digits.prefix(2)[...]), let minutes = number(digits.suffix(2)[...]), hours < 24,
            minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }
}
