/// Who can act in a record: a State, one that no longer exists, an organization, or another entity that lists of participants name.
///
/// The code stays; names change and are dated. The table states what depositaries' and organizations' lists state, and takes
/// no position on the status of anyone (see ``note``).
///
/// ```swift
/// let table = try ActorTable.standard
/// let eswatini = table.find(name: "Swaziland")
/// eswatini?.name(in: "fr")                                              // "Eswatini"
/// eswatini?.name(in: "fr", at: CalendarDate("1999-12-31"))              // "Swaziland"
/// ```
///
/// The name is that of the field. In a file that imports this module and means the protocol of Swift's concurrency, write
/// `_Concurrency.Actor`.
public struct Actor: Identifiable, Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case state
        /// A non-member observer State at the United Nations.
        case observerState
        /// Neither State nor organization on the United Nations' lists, but named in lists of participants.
        case entity
        case extinctState
        case regionalOrganization
        case internationalOrganization
    }

    public let code: ActorCode
    public let kind: Kind
    /// ISO 3166-1 alpha-2, or the former one of an extinct State; `nil` where there is none.
    public let alpha2: String?
    /// United Nations M49 number, which is also ISO 3166-1's; `nil` where there is none.
    public let m49: Int?
    /// First day, where it began after 1945 and is known. Depositaries list some earlier acts, so it is no bar to one.
    public let validFrom: CalendarDate?
    /// Last day of an actor that is no more.
    public let validUntil: CalendarDate?
    /// The id of its regional group in the General Assembly, as `un-african`; `nil` for those in none.
    public let regionalGroup: String?
    /// Short names of every language first, then formal ones, former ones and aliases.
    public let names: [ActorName]
    /// What came before it, by date. The successor is always this actor.
    public let predecessors: [Succession]
    /// What came after it, by date. The predecessor is always this actor.
    public let successors: [Succession]
    /// How lists name it and what to know when counting its instruments, in English.
    public let note: String?

    public var id: ActorCode { code }

    public init(
        code: ActorCode, kind: Kind, names: [ActorName], alpha2: String? = nil, m49: Int? = nil,
        validFrom: CalendarDate? = nil, validUntil: CalendarDate? = nil, regionalGroup: String? = nil,
        predecessors: [Succession] = [], successors: [Succession] = [], note: String? = nil
    ) {
        self.code = code
        self.kind = kind
        self.names = names
        self.alpha2 = alpha2
        self.m49 = m49
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.regionalGroup = regionalGroup
        self.predecessors = predecessors
        self.successors = successors
        self.note = note
    }

    /// The short name in a language, on a day or (without one) today's.
    ///
    /// - Parameter language: a BCP 47 tag; `fr-CA` is served by `fr`, and one the table lacks by English.
    /// - Returns: never empty: the code, where no name is held at all.
    public func name(in language: String, at date: CalendarDate? = nil) -> String {
        for tag in Actor.fallbacks(of: language) {
            if let found = shortName(in: tag, at: date) { return found }
        }
        return code.rawValue
    }

    /// The full name in a language where one is held ("Kingdom of Norway"), else the short one.
    public func formalName(in language: String, at date: CalendarDate? = nil) -> String {
        let short = name(in: language, at: date)
        // A full name is held for the present only: on a day when the short name was another, so was the full one.
        guard short == name(in: language) else { return short }
        for tag in Actor.fallbacks(of: language) {
            if let formal = names.first(where: { $0.form == .formal && $0.language == tag }) { return formal.text }
            if shortName(in: tag, at: date) != nil { break }
        }
        return short
    }

    public func exists(at date: CalendarDate) -> Bool {
        if let validFrom, date < validFrom { return false }
        if let validUntil, date > validUntil { return false }
        return true
    }

    /// A State, present or past. Whether it can be counted as one under a clause is for that clause to say.
    public var isState: Bool { kind == .state || kind == .observerState || kind == .extinctState }
    public var isRegionalOrganization: Bool { kind == .regionalOrganization }
    public var isOrganization: Bool { kind == .regionalOrganization || kind == .internationalOrganization }

    private func shortName(in language: String, at date: CalendarDate?) -> String? {
        var present: String?
        for name in names where name.form == .short && name.language == language {
            if name.isFormer {
                if let date, name.applies(at: date) { return name.text }
            } else if present == nil {
                present = name.text
            }
        }
        return present
    }

    /// The tag, then the tag with its last subtags dropped one by one, then English (RFC 4647, section 3.4, lookup).
    private static func fallbacks(of language: String) -> [String] {
        var tags: [String] = []
        var rest = Substring(language)
        while !rest.isEmpty {
            tags.append(String(rest))
            guard let cut = rest.lastIndex(of: "-") else { break }
            rest = rest[..<cut]
        }
        if tags.last != "en" { tags.append("en") }
        return tags
    }
}
