public import Acts

/// Who a participant is, whatever its name in a given year.
public enum ParticipantID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// An actor of the actor table.
    case actor(ActorCode)
    /// One that the table does not know, by its name in lower case with hyphens.
    case named(String)

    /// A code where the text has the form of one, otherwise the name.
    public init(_ text: String) {
        self = ActorCode(rawValue: text).map(ParticipantID.actor) ?? .named(ParticipantID.slug(of: text))
    }

    public var description: String {
        switch self {
        case .actor(let code): code.rawValue
        case .named(let slug): slug
        }
    }

    public static func < (left: ParticipantID, right: ParticipantID) -> Bool { left.description < right.description }

    /// `Côte d'Ivoire` -> `côte-d-ivoire`: letters and digits of any script, lower case, joined by hyphens.
    static func slug(of name: String) -> String {
        let slug = name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return slug.isEmpty ? name : slug
    }
}

/// One that takes part in a treaty, with what the rules need to know of it.
public struct Participant: Hashable, Sendable, Identifiable {
    public enum Nature: String, Hashable, Sendable {
        case state
        /// A regional economic integration organization, such as the European Union.
        case regionalOrganization
        case internationalOrganization
        /// A territory or an entity that is not a State.
        case territory
    }

    public let id: ParticipantID
    /// For explanations in English; pages look names up in the actor table.
    public var name: String
    public var nature: Nature
    /// The last day a State that no longer exists existed; its instrument counts for the time it did.
    public var existedUntil: CalendarDate?

    public init(_ id: ParticipantID, name: String? = nil, nature: Nature = .state, existedUntil: CalendarDate? = nil) {
        self.id = id
        self.name = name ?? id.description
        self.nature = nature
        self.existedUntil = existedUntil
    }

    public var isOrganization: Bool { nature == .regionalOrganization || nature == .internationalOrganization }
}
