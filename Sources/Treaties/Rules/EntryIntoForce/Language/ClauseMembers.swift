import Acts

/// The members of one JSON object of a clause, taken one by one; what nobody took is refused with its place.
struct ClauseMembers {
    /// A value and where it stands.
    struct Member {
        let value: JSON
        let place: String

        func wrong(_ reason: String) -> MalformedAct { MalformedAct(place: place, reason: reason) }
    }

    let place: String
    private let object: JSONObject
    private var taken: Set<String> = []

    init(_ member: Member) throws(MalformedAct) {
        guard case .object(let object) = member.value else { throw member.wrong("should be an object, not \(member.value.kindName)") }
        self.object = object
        place = member.place
    }

    func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    func has(_ names: String...) -> Bool { names.contains { object[$0] != nil } }

    /// The member under any one of its spellings; `nil` where it is absent or null. Two spellings at once are refused.
    mutating func take(_ names: String...) throws(MalformedAct) -> Member? {
        let member = try takeNullable(names)
        return member?.value.isNull == true ? nil : member
    }

    /// As `take`, where null says something of its own.
    mutating func takeNullable(_ names: [String]) throws(MalformedAct) -> Member? {
        var found: Member?
        for name in names {
            guard let value = object[name] else { continue }
            taken.insert(name)
            if found != nil { throw MalformedAct(place: path(name), reason: "says the same as '\(names[0])'; keep one of them") }
            found = Member(value: value, place: path(name))
        }
        return found
    }

    /// The names of members nobody took.
    var untaken: [String] { object.names.filter { !taken.contains($0) } }

    /// Refuses what is left over: a misspelt member must not pass for an absent one.
    func finish(_ what: String) throws(MalformedAct) {
        for name in untaken {
            throw MalformedAct(place: path(name), reason: "unknown member '\(name)' of \(what)")
        }
    }
}

extension ClauseMembers.Member {
    func string() throws(MalformedAct) -> String {
        guard case .string(let text) = value else { throw wrong("should be a string, not \(value.kindName)") }
        guard !text.trimmingSpaces.isEmpty else { throw wrong("is empty") }
        return text
    }

    func bool() throws(MalformedAct) -> Bool {
        guard case .bool(let flag) = value else { throw wrong("should be true or false, not \(value.kindName)") }
        return flag
    }

    func whole(_ range: ClosedRange<Int>) throws(MalformedAct) -> Int {
        guard case .integer(let number) = value else { throw wrong("should be a whole number, not \(value.kindName)") }
        guard let count = Int(exactly: number), range.contains(count) else {
            throw wrong("\(number) is out of range; \(range.lowerBound) to \(range.upperBound)")
        }
        return count
    }

    func date() throws(MalformedAct) -> CalendarDate {
        guard case .string(let text) = value else { throw wrong("should be a date (YYYY-MM-DD), not \(value.kindName)") }
        guard let date = CalendarDate(text) else { throw wrong("'\(text)' is not a day of the calendar; write YYYY-MM-DD") }
        return date
    }

    func array() throws(MalformedAct) -> [ClauseMembers.Member] {
        guard case .array(let values) = value else { throw wrong("should be an array, not \(value.kindName)") }
        return values.enumerated().map { ClauseMembers.Member(value: $0.element, place: "\(place)[\($0.offset)]") }
    }

    /// A number, or the same as text: `34.35` or `"34.35"`.
    func decimal() throws(MalformedAct) -> ExactDecimal {
        switch value {
        case .integer(let whole):
            if let decimal = ExactDecimal(String(whole)) { return decimal }
        case .number:
            // The shortest text that reads back the same is what was written, up to 15 digits.
            if let decimal = ExactDecimal(value.canonicalText) { return decimal }
        case .string(let text):
            if let decimal = ExactDecimal(text) { return decimal }
        default: throw wrong("should be a number, not \(value.kindName)")
        }
        throw wrong("is not a decimal number of at most 15 digits before the point and 9 after it")
    }

    /// `"3/4"`, or a number of percent where `percent` says so.
    func proportion(percent: Bool) throws(MalformedAct) -> Proportion {
        let proportion: Proportion
        if case .string(let text) = value, text.contains("/") {
            guard let fraction = Proportion(fraction: text) else { throw wrong("'\(text)' is not a fraction such as 3/4") }
            proportion = fraction
        } else if percent {
            proportion = .percent(try decimal())
        } else {
            let decimal = try decimal()
            proportion = .percent(ExactDecimal(units: decimal.units * 100))
        }
        guard proportion.isWithinTheWhole else { throw wrong("\(proportion) is not a part of the whole") }
        return proportion
    }
}
