import Foundation
import SwiftASN1

/// Times in DER, always in UTC.
enum DERTime {
    private static func components(_ date: Date) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    }

    private static func digits(_ value: Int?, _ width: Int) -> String {
        let text = String(value ?? 0)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// UTCTime up to 2049, GeneralizedTime from then on (RFC 5652, 11.3).
    static func choice(_ date: Date) -> DERElement {
        let parts = components(date)
        let rest =
            digits(parts.month, 2) + digits(parts.day, 2) + digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2) + "Z"
        let year = parts.year ?? 1970
        guard (1950..<2050).contains(year) else { return .primitive(.generalizedTime, (digits(year, 4) + rest).utf8) }
        return .primitive(.utcTime, (digits(year % 100, 2) + rest).utf8)
    }

    /// GeneralizedTime to the millisecond, without trailing zeros (RFC 3161, 2.4.2).
    static func generalized(milliseconds: Int64) -> DERElement {
        let parts = components(Date(timeIntervalSince1970: Double(milliseconds / 1000)))
        var text = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
        text += digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2)
        var fraction = digits(Int(milliseconds % 1000), 3)
        while fraction.last == "0" { fraction.removeLast() }
        if !fraction.isEmpty { text += ".\(fraction)" }
        return .primitive(.generalizedTime, (text + "Z").utf8)
    }

    /// Milliseconds since 1970, from a GeneralizedTime.
    static func milliseconds(_ time: GeneralizedTime) -> Int64? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(
            year: time.year, month: time.month, day: time.day, hour: time.hours, minute: time.minutes, second: time.seconds)
        guard let date = calendar.date(from: parts) else { return nil }
        return Int64(date.timeIntervalSince1970) * 1000 + Int64((time.fractionalSeconds * 1000).rounded(.down))
    }
}
