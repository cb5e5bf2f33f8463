/// What is wrong with an act's form, and at which place of it.
public struct MalformedAct: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place as a path: `payload.clause.delay.unit`.
    public let place: String
    /// What is wrong there, in English.
    public let reason: String

    public init(place: String, reason: String) {
        self.place = place
        self.reason = reason
    }

    public var description: String { "\(place): \(reason)" }
}

/// Reads a JSON object member by member, names the place of whatever is wrong, and refuses members nobody asked for.
public struct ObjectReader {
    public let place: String
    private let object: JSONObject
    /// Which of the object's members were asked for.
    private var read: [Bool]

    public init(_ json: JSON, at place: String) throws(MalformedAct) {
        guard case .object(let object) = json else {
            throw MalformedAct(place: place, reason: "should be an object, not \(json.kindName)")
        }
        self.object = object
        self.place = place
        read = Array(repeating: false, count: object.count)
    }

    private func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    private func wrong(_ name: String, _ expected: String, _ value: JSON) -> MalformedAct {
        MalformedAct(place: path(name), reason: "should be \(expected), not \(value.kindName)")
    }

    /// The member as it is; `nil` where it is absent.
    public mutating func value(_ name: String) -> JSON? {
        guard let index = object.index(of: name) else { return nil }
        read[index] = true
        return object.members[index].value
    }

    public mutating func required(_ name: String) throws(MalformedAct) -> JSON {
        guard let value = value(name) else { throw MalformedAct(place: path(name), reason: "is missing") }
        return value
    }

    public mutating func optionalString(_ name: String) throws(MalformedAct) -> String? {
        guard let value = value(name), !value.isNull else { return nil }
        guard case .string(let text) = value else { throw wrong(name, "a string", value) }
        return text
    }

    public mutating func string(_ name: String) throws(MalformedAct) -> String {
        let value = try required(name)
        guard case .string(let text) = value else { throw wrong(name, "a string", value) }
        return text
    }

    public mutating func optionalInteger(_ name: String) throws(MalformedAct) -> Int64? {
        guard let value = value(name), !value.isNull else { return nil }
        guard case .integer(let whole) = value else { throw wrong(name, "a whole number", value) }
        return whole
    }

    public mutating func integer(_ name: String) throws(MalformedAct) -> Int64 {
        let value = try required(name)
        guard case .integer(let whole) = value else { throw wrong(name, "a whole number", value) }
        return whole
    }

    public mutating func optionalBool(_ name: String) throws(MalformedAct) -> Bool? {
        guard let value = value(name), !value.isNull else { return nil }
        guard case .bool(let flag) = value else { throw wrong(name, "true or false", value) }
        return flag
    }

    public mutating func array(_ name: String) throws(MalformedAct) -> [JSON] {
        let value = try required(name)
        guard case .array(let values) = value else { throw wrong(name, "an array", value) }
        return values
    }

    /// An array of strings; an absent member is an empty one.
    public mutating func strings(_ name: String) throws(MalformedAct) -> [String] {
        guard let value = value(name), !value.isNull else { return [] }
        guard case .array(let values) = value else { throw wrong(name, "an array of strings", value) }
        var texts: [String] = []
        for (index, value) in values.enumerated() {
            guard case .string(let text) = value else { throw wrong("\(name)[\(index)]", "a string", value) }
            texts.append(text)
        }
        return texts
    }

    /// An array of strings; `nil` where the member is absent.
    public mutating func optionalStrings(_ name: String) throws(MalformedAct) -> [String]? {
        guard let value = value(name), !value.isNull else { return nil }
        return try strings(name)
    }

    /// One of a few words.
    public mutating func optionalChoice<Choice: RawRepresentable>(
        _ name: String
    ) throws(MalformedAct) -> Choice? where Choice.RawValue == String {
        guard let text = try optionalString(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw MalformedAct(place: path(name), reason: "'\(text)' is not one of the words this member takes")
        }
        return choice
    }

    /// One of a few words, which must be there.
    public mutating func choice<Choice: RawRepresentable>(_ name: String) throws(MalformedAct) -> Choice where Choice.RawValue == String {
        _ = try string(name)
        guard let choice: Choice = try optionalChoice(name) else { throw MalformedAct(place: path(name), reason: "is missing") }
        return choice
    }

    /// An object whose values are all strings; an absent member is an empty one.
    public mutating func texts(_ name: String) throws(MalformedAct) -> [String: String] {
        guard let value = value(name), !value.isNull else { return [:] }
        guard case .object(let object) = value else { throw wrong(name, "an object", value) }
        var texts: [String: String] = [:]
        for member in object.members {
            guard case .string(let text) = member.value else { throw wrong("\(name).\(member.name)", "a string", member.value) }
            texts[member.name] = text
        }
        return texts
    }

    public mutating func optionalDate(_ name: String) throws(MalformedAct) -> CalendarDate? {
        guard let text = try optionalString(name) else { return nil }
        guard let date = CalendarDate(text) else {
            throw MalformedAct(place: path(name), reason: "'\(text)' is not a day of the calendar; write YYYY-MM-DD")
        }
        return date
    }

    public mutating func date(_ name: String) throws(MalformedAct) -> CalendarDate {
        _ = try required(name)
        guard let date = try optionalDate(name) else { throw MalformedAct(place: path(name), reason: "is missing") }
        return date
    }

    public mutating func actor(_ name: String) throws(MalformedAct) -> ActorCode {
        let text = try string(name)
        guard let code = ActorCode(rawValue: text) else {
            throw MalformedAct(place: path(name), reason: "'\(text)' is not of the form of an actor's code")
        }
        return code
    }

    /// Refuses members that were not read: a misspelt name must not pass for an absent one.
    public func finish() throws(MalformedAct) {
        guard let index = read.firstIndex(of: false) else { return }
        throw MalformedAct(place: path(object.members[index].name), reason: "is not a member this kind has")
    }
}
