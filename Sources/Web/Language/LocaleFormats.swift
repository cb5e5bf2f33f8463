public import Acts
import Foundation
import Synchronization

/// Dates, times and numbers in each language's own form, and its order of words, from ICU's locale data.
extension Language {
    /// A day in full: "17 January 2026", "17 janvier 2026".
    public func text(_ date: CalendarDate) -> String {
        DayTexts.shared.text(of: date, in: self)
    }

    /// A time in Coordinated Universal Time, to the minute: "17 January 2026, 09:30 UTC".
    public func text(_ moment: Moment) -> String {
        let minute = moment.milliseconds / 60_000 - Int64(moment.date.dayNumber) * 1440
        func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(padded(minute / 60)):\(padded(minute % 60)) UTC"
        // Isolated, or the time's Latin letters would tear a right-to-left date apart (UAX 9, 2.4.2).
        return self == .arabic ? "\(text(moment.date))، \u{2066}\(time)\u{2069}" : "\(text(moment.date)), \(time)"
    }

    public func text(_ number: Int64) -> String {
        (0..<1000).contains(number) ? String(number) : number.formatted(.number.locale(locale))
    }

    public func text(_ number: Int) -> String { text(Int64(number)) }

    /// A share of one as a percentage: 0.5512 is "55.1%".
    public func text(share: Double) -> String {
        share.formatted(.percent.precision(.fractionLength(0...1)).locale(locale))
    }

    /// Whether one text comes before another in the language's alphabetical order.
    public func precedes(_ left: String, _ right: String) -> Bool {
        left.compare(right, locale: locale) == .orderedAscending
    }

    /// The elements in the language's alphabetical order of one of their texts.
    public func sorted<Element>(_ elements: [Element], by text: (Element) -> String) -> [Element] {
        let locale = locale
        let keyed = elements.map { (text($0), $0) }
        return keyed.sorted { $0.0.compare($1.0, locale: locale) == .orderedAscending }.map(\.1)
    }
}

/// Day texts already made. A page of a thousand dates asks for the same days again and again.
private final class DayTexts: Sendable {
    static let shared = DayTexts()
    private static let limit = 50_000

    private struct Key: Hashable {
        let day: Int
        let language: Language
    }

    private let known = Mutex<[Key: String]>([:])
    private let styles: [Language: Date.FormatStyle]

    private init() {
        var styles: [Language: Date.FormatStyle] = [:]
        for language in Language.allCases {
            // Gregorian everywhere: legal dates are, whatever calendar the region keeps.
            var calendar = Calendar(identifier: .gregorian)
            calendar.locale = language.locale
            styles[language] = Date.FormatStyle(
                date: .long, time: .omitted, locale: language.locale, calendar: calendar, timeZone: .gmt)
        }
        self.styles = styles
    }

    func text(of date: CalendarDate, in language: Language) -> String {
        let key = Key(day: date.dayNumber, language: language)
        if let text = known.withLock({ $0[key] }) { return text }
        let instant = Date(timeIntervalSince1970: Double(date.dayNumber) * 86_400)
        let text = styles[language].map { instant.formatted($0) } ?? date.description
        known.withLock {
            if $0.count >= DayTexts.limit { $0.removeAll() }
            $0[key] = text
        }
        return text
    }
}
