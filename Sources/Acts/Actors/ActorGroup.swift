/// A group of actors whose membership changes in time: the Members of the United Nations, the European Union, Annex I.
///
/// Clauses count within groups ("five of them members of the Council of Europe"), on the day an instrument was deposited.
public struct ActorGroup: Identifiable, Hashable, Sendable {
    /// One stretch of membership, from its first to its last day. A missing bound is open, or its date is not held.
    public struct Membership: Hashable, Sendable {
        public let actor: ActorCode
        public let from: CalendarDate?
        public let until: CalendarDate?
        /// Set where the same seat is listed under another actor of the time: the Soviet Union for the Russian Federation before
        /// 24 December 1991. Lists of participants name the later holder for acts of the earlier one, so both are in the group;
        /// only the other is listed and counted among the members.
        public let sameSeatAs: ActorCode?

        public init(actor: ActorCode, from: CalendarDate? = nil, until: CalendarDate? = nil, sameSeatAs: ActorCode? = nil) {
            self.actor = actor
            self.from = from
            self.until = until
            self.sameSeatAs = sameSeatAs
        }

        public func covers(_ date: CalendarDate) -> Bool {
            if let from, date < from { return false }
            if let until, date > until { return false }
            return true
        }
    }

    /// `un-members`, `security-council-permanent`, `eu`, `g77`, `annex-one`, …
    public let id: String
    /// By actor, then by first day.
    public let memberships: [Membership]
    /// What the dates are and are not, in English.
    public let note: String?
    private let names: [String: String]

    public init(id: String, names: [String: String], memberships: [Membership], note: String? = nil) {
        self.id = id
        self.names = names
        self.memberships = memberships.sorted { ($0.actor, $0.from?.dayNumber ?? .min) < ($1.actor, $1.from?.dayNumber ?? .min) }
        self.note = note
    }

    /// The group's name in a language (BCP 47), in English where the table lacks the language.
    public func name(in language: String) -> String {
        names[language] ?? names[String(language.prefix { $0 != "-" })] ?? names["en"] ?? id
    }

    public func memberships(of actor: ActorCode) -> [Membership] {
        var low = 0
        var high = memberships.count
        while low < high {
            let middle = (low + high) / 2
            if memberships[middle].actor < actor { low = middle + 1 } else { high = middle }
        }
        return Array(memberships[low...].prefix { $0.actor == actor })
    }

    /// Whether the actor was a member on that day, under its own code or as the same seat.
    public func contains(_ actor: ActorCode, at date: CalendarDate) -> Bool {
        memberships(of: actor).contains { $0.covers(date) }
    }

    /// The members listed on that day, by code, each seat once.
    public func members(at date: CalendarDate) -> [ActorCode] {
        var found: [ActorCode] = []
        for membership in memberships where membership.sameSeatAs == nil && membership.covers(date) && found.last != membership.actor {
            found.append(membership.actor)
        }
        return found
    }
}
