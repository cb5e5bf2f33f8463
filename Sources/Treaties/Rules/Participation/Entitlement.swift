public import Acts

/// To whom a treaty is open, from its final clauses as data (VCLT arts. 11 to 15): all States, the members of an organization, those that took part in
/// the negotiation, named organizations, whoever was invited.
public struct Entitlement: Sendable {
    let clause: ParticipationClause
    let context: ClauseContext

    public init(_ life: TreatyLife) {
        self.init(clause: life.clauses.participation, context: life.context)
    }

    init(clause: ParticipationClause, context: ClauseContext) {
        self.clause = clause
        self.context = context
    }

    /// Whether somebody belongs to those a clause names, on a day; `nil` where the clause's class is not known, so that nobody can be measured by it.
    func admits(_ selector: ClassSelector, _ participant: Participant, on day: CalendarDate) -> Bool? {
        var context = context
        context.participants[participant.id] = participant
        let classes = ClassMembership(context: context, histories: [:], named: .members([]))
        return (try? classes.days(selector, of: participant.id, deposited: day.dayNumber))?.contains(day.dayNumber)
    }

    /// Who may still become a Party on a day: whoever may join, and whoever may sign for as long as it is open for signature.
    func selector(on day: CalendarDate) -> ClassSelector? {
        guard let joiners = clause.joiners else { return clause.signatories }
        guard let signatories = clause.signatories, clause.signatureUntil.map({ day <= $0 }) ?? false else { return joiners }
        return .any([joiners, signatories])
    }

    /// Whether an actor may become a Party; `nil` where the clauses do not say.
    public func isOpen(to participant: Participant, on day: CalendarDate) -> Bool? {
        selector(on: day).flatMap { admits($0, participant, on: day) }
    }

    /// The States, and the organizations the clauses name, that are entitled to become Parties (VCLT art. 77(1)(b), (e), (f)); `nil` where the
    /// clauses do not say or name a class that is not known.
    ///
    /// A treaty open to "all" is open to organizations too, but only those named are written to: nobody can list all there are.
    public func entitled(among actors: ActorTable, on day: CalendarDate) -> [ActorCode]? {
        guard let selector = selector(on: day) else { return nil }
        let standing = StandingRule(actors: actors)
        var context = context
        let present = actors.actors.filter { $0.exists(at: day) }
        for actor in present { context.participants[.actor(actor.code)] = standing.participant(actor.code) }
        let classes = ClassMembership(context: context, histories: [:], named: .members([]))
        var entitled: [ActorCode] = []
        for actor in present {
            let id = ParticipantID.actor(actor.code)
            guard let days = try? classes.days(selector, of: id, deposited: day.dayNumber) else { return nil }
            guard days.contains(day.dayNumber) else { continue }
            if actor.kind == .state || actor.kind == .observerState || Self.names(selector, id, classes) { entitled.append(actor.code) }
        }
        return entitled
    }

    /// Whether it is by name, in the clause or in a class's list, that somebody is among them.
    private static func names(_ selector: ClassSelector, _ id: ParticipantID, _ classes: ClassMembership) -> Bool {
        switch selector {
        case .members(let ids): ids.contains(id)
        case .listed(let name):
            if let listed = classes.listedName(name) {
                classes.context.classes[listed]?.memberships.contains { $0.member == id } ?? false
            } else {
                ClassName.meaning(of: name).map { names($0, id, classes) } ?? false
            }
        case .on(_, let inner): names(inner, id, classes)
        case .any(let parts): parts.contains { names($0, id, classes) }
        case .all(let parts): parts.contains { names($0, id, classes) }
        case .states, .organizations, .signatories, .others, .metric, .not: false
        }
    }
}

extension ClassSelector {
    /// The names of lists it speaks of.
    var listedNames: [String] {
        switch self {
        case .listed(let name): [name] + (ClassName.meaning(of: name)?.listedNames ?? [])
        case .on(_, let inner), .not(let inner): inner.listedNames
        case .all(let parts), .any(let parts): parts.flatMap(\.listedNames)
        case .members, .states, .organizations, .signatories, .others, .metric: []
        }
    }
}
