public import Acts

/// Names and values of a query or a form, in order, decoded (WHATWG URL, 5.1).
///
/// A name that stands twice is refused when it is read as one value: two readers of the same request could otherwise take
/// different ones.
public struct Fields: Hashable, Sendable {
    public let pairs: [Pair]

    public struct Pair: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    public init() {
        pairs = []
    }

    init(pairs: [Pair]) {
        self.pairs = pairs
    }

    /// - Parameters:
    ///   - encoded: `name=value&name=value`.
    ///   - limit: how many pairs there may be.
    init(parsing encoded: Substring, limit: Int = 200) throws(Refusal) {
        var pairs: [Pair] = []
        for part in encoded.split(separator: "&") {
            guard pairs.count < limit else {
                throw Refusal(
                    .malformed, code: "request.fields", "There are more than \(limit) fields.", mend: "Send fewer.",
                    arguments: ["limit": String(limit)])
            }
            let mark = part.firstIndex(of: "=") ?? part.endIndex
            guard let name = PercentCoding.decode(part[..<mark], plusIsSpace: true), !name.utf8.contains(0), name.utf8.count <= 128 else {
                throw Fields.notText("?")
            }
            guard
                let value = PercentCoding.decode(mark == part.endIndex ? "" : part[part.index(after: mark)...], plusIsSpace: true),
                !value.utf8.contains(0)
            else { throw Fields.notText(name) }
            pairs.append(Pair(name: name, value: value))
        }
        self.pairs = pairs
    }

    static func notText(_ name: String) -> Refusal {
        Refusal(
            .malformed, code: "request.encoding", "The field '\(name)' is not text: its encoding is broken.",
            mend: "Send UTF-8, percent-encoded.", citation: "RFC 3986, 2.1", arguments: ["field": name])
    }

    /// The value, or `nil` where the name is absent.
    public func text(_ name: String) throws(Refusal) -> String? {
        var found: String?
        for pair in pairs where pair.name == name {
            guard found == nil else {
                throw Refusal(
                    .malformed, code: "request.repeated", "The field '\(name)' stands twice.", mend: "Send it once.",
                    arguments: ["field": name])
            }
            found = pair.value
        }
        return found
    }

    /// The value without spaces at its ends; `nil` where nothing is left.
    public func filled(_ name: String) throws(Refusal) -> String? {
        guard let text = try text(name) else { return nil }
        let trimmed = text.trimmingWhitespace()
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The value without spaces at its ends, of at most so many characters; `nil` where nothing is left.
    public func filled(_ name: String, longest: Int) throws(Refusal) -> String? {
        guard let text = try filled(name) else { return nil }
        guard text.unicodeScalars.count <= longest else {
            throw Refusal(
                .malformed, code: "request.too-long", "The field '\(name)' is longer than \(longest) characters.", mend: "Write less.",
                arguments: ["field": name, "limit": String(longest)])
        }
        return text
    }

    /// All values of a name that may stand several times.
    public func texts(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    public func date(_ name: String) throws(Refusal) -> CalendarDate? {
        guard let text = try filled(name) else { return nil }
        guard let date = CalendarDate(text) else {
            throw Refusal(
                .malformed, code: "request.date", "'\(text)' in the field '\(name)' is not a day of the calendar.",
                mend: "Write the year, the month and the day: 2026-01-17.", arguments: ["field": name, "value": text])
        }
        return date
    }

    /// A whole number within bounds.
    public func integer(_ name: String, in bounds: ClosedRange<Int64>) throws(Refusal) -> Int64? {
        guard let text = try filled(name) else { return nil }
        guard let number = Int64(text), bounds.contains(number), !text.hasPrefix("+") else {
            throw Fields.outside(bounds, text, name)
        }
        return number
    }

    /// A whole number that stands in links and in no form. A form sends the fields that were left empty; here an empty one is refused.
    public func linkedInteger(_ name: String, in bounds: ClosedRange<Int64>) throws(Refusal) -> Int64? {
        let number = try integer(name, in: bounds)
        if number == nil, let text = try text(name) { throw Fields.outside(bounds, text, name) }
        return number
    }

    private static func outside(_ bounds: ClosedRange<Int64>, _ text: String, _ name: String) -> Refusal {
        Refusal(
            .malformed, code: "request.number",
            "'\(text)' in the field '\(name)' is not a whole number from \(bounds.lowerBound) to \(bounds.upperBound).",
            mend: "Give a number within these bounds.",
            arguments: [
                "field": name, "value": text, "lowest": String(bounds.lowerBound), "highest": String(bounds.upperBound),
            ])
    }

    /// One of a few words.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type = Choice.self
    ) throws(Refusal) -> Choice? where Choice.RawValue == String {
        guard let text = try filled(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                .malformed, code: "request.choice", "'\(text)' is not a value that the field '\(name)' takes.",
                mend: "It takes one of these: \(names).", arguments: ["field": name, "value": text, "choices": names])
        }
        return choice
    }

    /// A field that must be there.
    public func required(_ name: String) throws(Refusal) -> String {
        guard let text = try filled(name) else { throw Fields.missing(name) }
        return text
    }

    /// A day that must be there.
    public func requiredDate(_ name: String) throws(Refusal) -> CalendarDate {
        guard let date = try date(name) else { throw Fields.missing(name) }
        return date
    }

    /// One of a few words, which must be there.
    public func requiredChoice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type = Choice.self
    ) throws(Refusal) -> Choice where Choice.RawValue == String {
        guard let choice = try choice(name, of: type) else { throw Fields.missing(name) }
        return choice
    }

    /// What is said of a field that must be there and is not.
    public static func missing(_ name: String) -> Refusal {
        Refusal(
            .malformed, code: "request.missing", "The field '\(name)' is empty.", mend: "Fill it in.", arguments: ["field": name])
    }
}

extension String {
    /// Without white space at either end.
    func trimmingWhitespace() -> String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
