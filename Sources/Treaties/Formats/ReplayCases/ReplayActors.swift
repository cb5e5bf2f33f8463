public import Acts

/// Who is meant by the names in a replay file.
///
/// Names are looked up in the actor table, in any of its languages and with former names; the unknown ones stand for
/// themselves. A State that continues another's legal personality is the same participant: lists name the Russian
/// Federation for what the Soviet Union did.
public struct ReplayActors: Sendable {
    private let table: ActorTable?
    /// Whether the Republic of China and the People's Republic are to be taken for the one seat of China. Not where a case
    /// names both.
    private var unitesChina = true

    /// - Parameter table: `nil` to take every name as it stands.
    public init(table: ActorTable?) {
        self.table = table
    }

    /// With the actor table that comes with the program, where it can be read.
    public static var standard: ReplayActors { ReplayActors(table: try? ActorTable.standard) }

    /// The same, for a case with these names.
    func forCase(naming names: some Sequence<String>) -> ReplayActors {
        var actors = self
        let codes = Set(names.compactMap { table?.find(name: $0)?.code.rawValue })
        actors.unitesChina = !codes.isSuperset(of: ["ROC", "CHN"])
        return actors
    }

    func id(of name: String) -> ParticipantID {
        guard var actor = table?.find(name: name) else { return ParticipantID(name) }
        for _ in 0..<4 {
            guard
                let next = actor.successors.first(where: { succession in
                    succession.predecessor == actor.code
                        && (succession.kind == .continuity || succession.kind == .representation && unitesChina)
                }), let successor = table?[next.successor]
            else { break }
            actor = successor
        }
        return .actor(actor.code)
    }

    /// What the table knows of a participant; a name it does not know is taken for a State, unless it says otherwise.
    func participant(_ id: ParticipantID, name: String) -> Participant {
        guard case .actor(let code) = id, let actor = table?[code] else {
            // Formal names of organizations that no table holds.
            let words = Set(name.lowercased().split { !$0.isLetter })
            let isOrganization = !words.isDisjoint(with: ["organization", "organisation", "agency"])
            return Participant(id, name: name, nature: isOrganization ? .internationalOrganization : .state)
        }
        let nature: Participant.Nature =
            switch actor.kind {
            case .state, .observerState, .extinctState: .state
            case .entity: .territory
            // Of the regional organizations, those of economic integration can be Parties beside their members.
            case .regionalOrganization: .regionalOrganization
            case .internationalOrganization: .internationalOrganization
            }
        return Participant(id, name: name, nature: nature, existedUntil: actor.kind == .extinctState ? actor.validUntil : nil)
    }

    /// A group of the table by the name a clause gives it: "UN Members", "Council of Europe member", "Annex I".
    ///
    /// - Parameter acting: Those who act in the case. A seat that two actors held one after the other is listed under the one
    ///   the case names, and is one seat.
    func group(named name: String, acting: Set<ParticipantID>) -> DatedClass? {
        guard let table else { return nil }
        let key = ClassName.key(of: name)
        let spellings = ["annex i": "annex-one", "annex i party": "annex-one", "ctbt annex 2": "ctbt-annex-2"]
        let group = table.groups.first { group in
            group.id == spellings[key] || ClassName.key(of: group.id) == key || ClassName.key(of: group.name(in: "en")) == key
                || ClassName.key(of: group.id) + " member" == key
        }
        guard let group else { return nil }
        var memberships: [DatedClass.Membership] = []
        var replaced: Set<ParticipantID> = []
        for membership in group.memberships {
            let member = id(of: membership.actor.rawValue)
            if let seat = membership.sameSeatAs {
                let holder = id(of: seat.rawValue)
                guard holder != member, acting.contains(member), !acting.contains(holder) else { continue }
                replaced.insert(holder)
            }
            memberships.append(DatedClass.Membership(member, from: membership.from, until: membership.until))
        }
        return DatedClass(memberships.filter { !replaced.contains($0.member) })
    }
}
