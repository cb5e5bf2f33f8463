/// In which capacity a person acts for a State or organization (VCLT art. 7).
public enum Capacity: String, Hashable, Sendable, CaseIterable {
    // VCLT art. 7(2)(a): all acts, without full powers.
    case headOfState
    case headOfGovernment
    case foreignMinister
    /// Adopting the text of a treaty with the receiving State, without full powers (7(2)(b)).
    case headOfMission
    /// Adopting the text in the conference, organization or organ they are accredited to, without full powers (7(2)(c)).
    case accreditedRepresentative
    /// Whoever acts by full powers (7(1)(a)).
    case plenipotentiary
    /// Practice or circumstances show that the States concerned dispense with full powers (7(1)(b)).
    case dispensed

    /// Whether the office alone represents the State for every act.
    public var actsWithoutFullPowers: Bool {
        switch self {
        case .headOfState, .headOfGovernment, .foreignMinister: true
        default: false
        }
    }
}

/// The person who did an act for a State or organization.
public struct Signatory: Hashable, Sendable {
    /// As the instrument gives it.
    public var name: String
    /// As the instrument gives it: "Minister for Foreign Affairs".
    public var title: String
    public var capacity: Capacity

    public init(name: String, title: String, capacity: Capacity) {
        self.name = name
        self.title = title
        self.capacity = capacity
    }

    public init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        name = try reader.string("name")
        title = try reader.string("title")
        capacity = try reader.word("capacity")
        try reader.finish()
    }

    public var json: JSON { ["name": .string(name), "title": .string(title), "capacity": .string(capacity.rawValue)] }
}

extension ObjectReader {
    /// A member that holds one of a few words.
    mutating func word<Word: RawRepresentable>(_ name: String) throws(MalformedAct) -> Word where Word.RawValue == String {
        let text = try string(name)
        guard let word = Word(rawValue: text) else {
            throw MalformedAct(place: place.isEmpty ? name : "\(place).\(name)", reason: "'\(text)' is not a word this member takes")
        }
        return word
    }

    /// The same where the member may be absent.
    mutating func optionalWord<Word: RawRepresentable>(_ name: String) throws(MalformedAct) -> Word? where Word.RawValue == String {
        guard let value = value(name), !value.isNull else { return nil }
        return try word(name)
    }

    /// An array of such words; an absent member is an empty one.
    mutating func words<Word: RawRepresentable>(_ name: String) throws(MalformedAct) -> [Word] where Word.RawValue == String {
        var words: [Word] = []
        for (index, text) in try strings(name).enumerated() {
            guard let word = Word(rawValue: text) else {
                throw MalformedAct(place: "\(place).\(name)[\(index)]", reason: "'\(text)' is not a word this member takes")
            }
            words.append(word)
        }
        return words
    }

    mutating func optionalSignatory(_ name: String) throws(MalformedAct) -> Signatory? {
        guard let value = value(name), !value.isNull else { return nil }
        return try Signatory(json: value, at: "\(place).\(name)")
    }

    /// An array of actors' codes; an absent member is an empty one.
    mutating func actors(_ name: String) throws(MalformedAct) -> [ActorCode] {
        var codes: [ActorCode] = []
        for (index, text) in try strings(name).enumerated() {
            guard let code = ActorCode(rawValue: text) else {
                throw MalformedAct(place: "\(place).\(name)[\(index)]", reason: "'\(text)' is not of the form of an actor's code")
            }
            codes.append(code)
        }
        return codes
    }
}
