public import Acts

/// The life of an instrument as it stood on one day, indexed once so that each answer is short work.
///
/// States are numbered by their place in `participants`; a treaty of 195 Parties has some nineteen thousand pairs, and each
/// pair is looked up, never searched for.
public struct LifeReading: Sendable {
    public let life: TreatyLife
    /// The day of law.
    public let day: CalendarDate
    /// Who has acted, in the order of identifiers.
    public let participants: [Participant]
    /// Standing of everyone by the engine for entry into force.
    public let participation: Participation
    /// What happened by the day and was known, in the order of days.
    let events: [LifeEvent]
    /// When the treaty is or was in force for each, by number.
    let memberships: [[Membership]]
    let statements: [Statement]
    let statementNumbers: [String: Int]
    /// The reservations and declarations of each, by number.
    let statementsByAuthor: [[Int]]
    public let amendments: [AmendmentReading]
    private let numbers: [ParticipantID: Int]
    private let standingsByNumber: [ParticipantStanding?]

    /// A time during which the treaty is in force for a participant.
    struct Membership: Hashable, Sendable {
        /// The day of its consent.
        var consented: Int
        var from: Int
        /// The day after the last; `Int.max` while no end is known.
        var until: Int
    }

    init(_ life: TreatyLife, on day: CalendarDate, known: CalendarDate?) throws(ClauseProblem) {
        self.life = life
        self.day = day
        // Within a day, in the order given. Numbers are sorted, not events: they are large.
        var order: [(date: Int, place: Int)] = []
        order.reserveCapacity(life.events.count)
        for (place, event) in life.events.enumerated() where known.map({ event.known <= $0 }) ?? true {
            if event.date <= day || event.reachesBack(to: day) { order.append((event.date.dayNumber, place)) }
        }
        order.sort { ($0.date, $0.place) < ($1.date, $1.place) }
        let events = order.map { life.events[$0.place] }
        self.events = events
        let horizon = events.last.map { max($0.date, day) } ?? day
        participation = try LifeReading.participation(of: life, events, asOf: horizon)
        let standings = Dictionary(participation.standings.map { ($0.participant.id, $0) }) { first, _ in first }
        var acting: [ParticipantID: Participant] = [:]
        for event in events where acting[event.participant.id] == nil { acting[event.participant.id] = event.participant }
        for standing in participation.standings { acting[standing.participant.id] = standing.participant }
        let participants = acting.values.sorted { $0.id < $1.id }
        let numbers = Dictionary(participants.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        let memberships = participants.map { standings[$0.id].map(LifeReading.memberships) ?? [] }
        self.participants = participants
        self.numbers = numbers
        self.memberships = memberships
        let standingsByNumber = participants.map { standings[$0.id] }
        self.standingsByNumber = standingsByNumber

        let index = StatementIndex(
            events: events, numbers: numbers, memberships: memberships, standings: standingsByNumber)
        statements = index.statements
        statementNumbers = index.numbers
        var byAuthor = [[Int]](repeating: [], count: participants.count)
        for (number, statement) in index.statements.enumerated() { byAuthor[statement.author].append(number) }
        statementsByAuthor = byAuthor
        amendments = try AmendmentEvaluation(
            life: life, events: events, participants: participants, numbers: numbers, memberships: memberships, day: day
        ).readings()
    }

    func number(of id: ParticipantID) -> Int? { numbers[id] }

    public func participant(_ id: ParticipantID) -> Participant? { numbers[id].map { participants[$0] } }

    func standing(of id: ParticipantID) -> ParticipantStanding? { numbers[id].flatMap { standingsByNumber[$0] } }

    /// The day the treaty entered, or enters, into force.
    public var entryIntoForce: CalendarDate? { participation.entryIntoForce.date }

    /// The time of membership that covers a day.
    func membership(_ number: Int, on day: Int) -> Membership? {
        memberships[number].first { $0.from <= day && day < $0.until }
    }

    /// Those for whom the treaty is in force on a day, by number.
    func parties(on day: Int) -> [Int] {
        memberships.indices.filter { membership($0, on: day) != nil }
    }

    // MARK: Participation

    private static func participation(
        of life: TreatyLife, _ events: [LifeEvent], asOf: CalendarDate
    ) throws(ClauseProblem) -> Participation {
        var acts: [ParticipationAct] = []
        for event in events {
            switch event.kind {
            case .participation(let kind):
                // Where the treaty excludes leaving, a notice has no effect of its own (VCLT art. 54).
                if kind.isWithdrawal, life.clauses.exit.rule == .excluded { continue }
                acts.append(ParticipationAct(kind, by: event.participant, on: event.date, effect: event.effect, id: event.id))
            case .releaseByAll:
                acts.append(
                    ParticipationAct(.withdrawal, by: event.participant, on: event.date, effect: event.effect ?? event.date, id: event.id))
            default: continue
            }
        }
        // Without a clause or a declared date, each is bound on its own consent: what art. 24(3) says of later joiners.
        var clause = life.clauses.entryIntoForce ?? EntryIntoForceClause(condition: nil, perParty: true)
        if let rule = life.clauses.exit.withdrawalRule { clause.withdrawal = rule }
        var context = life.context
        if context.participants.isEmpty {
            context.participants = Dictionary(acts.map { ($0.participant.id, $0.participant) }) { first, _ in first }
        }
        guard let declared = life.declaredEntryIntoForce else { return try clause.participation(acts, context: context, asOf: asOf) }
        clause.perParty = false
        let computed = clause.condition == nil ? nil : try clause.evaluate(acts, context: context, asOf: asOf)
        let entry = EntryIntoForce(
            clause: clause, asOf: asOf, date: declared, decisiveDay: computed?.decisiveDay, decisiveActs: computed?.decisiveActs ?? [],
            considered: computed?.considered ?? [], finding: computed?.finding, steps: computed?.steps ?? [.entersIntoForce(declared)],
            missing: [], doubts: computed?.doubts ?? [],
            lastDayOfOriginalParties: life.declaredDecisiveDay ?? computed?.lastDayOfOriginalParties.map { min($0, declared) } ?? declared)
        return try ParticipationEvaluation(entryIntoForce: entry, acts: acts, context: context).result()
    }

    private static func memberships(_ standing: ParticipantStanding) -> [Membership] {
        var result: [Membership] = []
        let lastDay = standing.participant.existedUntil.map { $0.dayNumber + 1 } ?? .max
        for consent in standing.consents {
            guard let effect = consent.effect?.date else { continue }
            let until = min(consent.endedOn?.dayNumber ?? .max, lastDay)
            if effect.dayNumber < until {
                result.append(Membership(consented: consent.act.date.dayNumber, from: effect.dayNumber, until: until))
            }
        }
        if let bound = standing.boundWithAll, result.isEmpty {
            result.append(Membership(consented: bound.date.dayNumber, from: bound.date.dayNumber, until: lastDay))
        }
        return result
    }
}

extension LifeEvent {
    /// Whether it was done after the day but takes effect on it or before: a succession notified later.
    func reachesBack(to day: CalendarDate) -> Bool {
        guard case .participation(.succession) = kind, let effect else { return false }
        return effect <= day
    }
}

extension FinalClauses {
    /// The clause on leaving: its own, or the rule kept with the clause on entry into force.
    var exit: ExitClause {
        if withdrawal.rule == .silent, let rule = entryIntoForce?.withdrawal {
            return ExitClause(rule: .own(rule), laterDayAllowed: withdrawal.laterDayAllowed, article: withdrawal.article)
        }
        return withdrawal
    }
}
