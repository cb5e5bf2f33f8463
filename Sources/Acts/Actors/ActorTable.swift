/// All actors and groups the software knows, and how to find them.
///
/// ``standard`` is read once from the program's resources; every value is immutable and can be shared between tasks.
///
/// ```swift
/// let table = try ActorTable.standard
/// table.find(name: "cote d'ivoire")?.code            // CIV
/// table.search("Kazakstan").first?.actor.code        // KAZ
/// table.group("un-members")?.members(at: today).count
/// ```
public struct ActorTable: Sendable {
    /// One answer of ``search(_:limit:)``.
    public struct Match: Sendable {
        public let actor: Actor
        /// The name that was found, which may be a former one or another spelling.
        public let name: ActorName
        /// 1 is the name exactly; the less, the less alike. Only the order matters.
        public let score: Double
    }

    /// The languages every actor and group has a name in.
    public static let languages = ["en", "fr", "es", "ru", "zh", "ar", "id"]

    /// By code.
    public let actors: [Actor]
    /// By id.
    public let groups: [ActorGroup]
    private let byCode: [ActorCode: Int]
    private let byAlpha2: [String: Int]
    private let byGroup: [String: Int]
    private let names: ActorSearch

    /// A table of one's own.
    ///
    /// - Throws: ``ActorTableError`` where a code or group is given twice, or a group or succession names an unknown actor.
    public init(actors: [Actor], groups: [ActorGroup]) throws(ActorTableError) {
        self.actors = actors.sorted { $0.code < $1.code }
        self.groups = groups.sorted { $0.id < $1.id }
        var byCode: [ActorCode: Int] = [:]
        var byAlpha2: [String: Int] = [:]
        for (index, actor) in self.actors.enumerated() {
            guard byCode.updateValue(index, forKey: actor.code) == nil else { throw .duplicateCode(actor.code) }
            if let alpha2 = actor.alpha2 { byAlpha2[alpha2] = index }
            if let from = actor.validFrom, let until = actor.validUntil, until < from {
                throw .emptyPeriod(actor.code, in: "the actor table")
            }
        }
        var byGroup: [String: Int] = [:]
        for (index, group) in self.groups.enumerated() {
            guard byGroup.updateValue(index, forKey: group.id) == nil else { throw .duplicateGroup(group.id) }
            for membership in group.memberships {
                for code in [membership.actor, membership.sameSeatAs].compactMap({ $0 }) where byCode[code] == nil {
                    throw .unknownActor(code, in: "the group \(group.id)")
                }
                if let from = membership.from, let until = membership.until, until < from {
                    throw .emptyPeriod(membership.actor, in: "the group \(group.id)")
                }
            }
        }
        for actor in self.actors {
            for succession in actor.predecessors + actor.successors {
                for code in [succession.predecessor, succession.successor] where byCode[code] == nil {
                    throw .unknownActor(code, in: "a succession of \(actor.code)")
                }
            }
        }
        self.byCode = byCode
        self.byAlpha2 = byAlpha2
        self.byGroup = byGroup
        self.names = ActorSearch(actors: self.actors)
    }

    public subscript(code: ActorCode) -> Actor? {
        byCode[code].map { actors[$0] }
    }

    /// The actor with this name in any language, or this code: exactly, but for case, diacritics and punctuation.
    ///
    /// A name that several bore goes to the one that bears it now, then to the one it was the last name of. A code goes before an
    /// ISO 3166-1 alpha-2 code, so that `AU` is the African Union and not Australia.
    public func find(name: String) -> Actor? {
        if let coded = actor(coded: name) { return coded }
        return names.equal(to: name).first.map { actors[$0.actor] }
    }

    /// As ``find(name:)``, but of several that bore the name the one that existed and bore it on that day: `Yugoslavia` in 1980 and
    /// in 1995 are two actors. Where none did, whoever bears it at another time.
    public func find(name: String, at date: CalendarDate) -> Actor? {
        if let coded = actor(coded: name) { return coded }
        let found = names.equal(to: name)
        let then = found.first { actors[$0.actor].exists(at: date) && actors[$0.actor].names[$0.name].applies(at: date) }
        return (then ?? found.first { actors[$0.actor].exists(at: date) } ?? found.first).map { actors[$0.actor] }
    }

    /// Actors with a name like the text, in any language and script, misspellings tolerated, each once, best first.
    ///
    /// Whole names come before beginnings, those before words within, those before misspellings; States before organizations,
    /// present names before former ones. Quick enough to be asked at every key pressed.
    public func search(_ text: String, limit: Int = 10) -> [Match] {
        var matches: [Match] = []
        let coded = actor(coded: text)
        if limit > 0, let coded, let name = coded.names.first {
            matches.append(Match(actor: coded, name: name, score: 1))
        }
        for found in names.like(text, limit: limit) where matches.count < limit && actors[found.actor].code != coded?.code {
            let actor = actors[found.actor]
            matches.append(Match(actor: actor, name: actor.names[found.name], score: found.score))
        }
        return matches
    }

    public func group(_ id: String) -> ActorGroup? {
        byGroup[id].map { groups[$0] }
    }

    /// The groups an actor belonged to on that day, by id.
    public func groups(of actor: ActorCode, at date: CalendarDate) -> [ActorGroup] {
        groups.filter { $0.contains(actor, at: date) }
    }

    private func actor(coded text: String) -> Actor? {
        guard let code = ActorCode(rawValue: text) else { return nil }
        return (byCode[code] ?? byAlpha2[text]).map { actors[$0] }
    }
}
