public import Acts

extension EntryIntoForceClause {
    /// When the treaty enters into force, by what is known on `asOf`; with every step shown.
    ///
    /// Pure: the same values in give the same answer. Acts after `asOf` are left out. The answer may lie after `asOf`: the
    /// condition was met yesterday, and the treaty enters into force in ninety days.
    ///
    /// - Parameters:
    ///   - acts: All acts of participation, extinct States' included; acts of one day in the order they were done.
    ///   - context: Classes, tables, other treaties and dates the clause refers to.
    /// - Throws: `ClauseProblem` where the facts given do not suffice.
    public func evaluate(
        _ acts: [ParticipationAct], context: ClauseContext = ClauseContext(), asOf: CalendarDate
    ) throws(ClauseProblem) -> EntryIntoForce {
        try EntryIntoForceEvaluation(clause: self, acts: acts, context: context, asOf: asOf).result()
    }

    /// What would follow if these acts were done as well.
    ///
    /// Evaluated as of the last of all days concerned, so that a deposit planned for next year is taken into account.
    public func whatIf(
        _ hypothetical: [ParticipationAct], in acts: [ParticipationAct], context: ClauseContext = ClauseContext(), asOf: CalendarDate
    ) throws(ClauseProblem) -> EntryIntoForce {
        let horizon = hypothetical.map(\.date).max().map { max($0, asOf) } ?? asOf
        // What is recorded for after `asOf` stays unknown; only the supposed acts are added.
        return try evaluate(acts.filter { $0.date <= asOf } + hypothetical, context: context, asOf: horizon)
    }
}

/// One evaluation of a clause.
struct EntryIntoForceEvaluation {
    let clause: EntryIntoForceClause
    let acts: [ParticipationAct]
    let context: ClauseContext
    let asOf: CalendarDate
    private let histories: [ConsentHistory]
    private let classes: ClassMembership

    init(clause: EntryIntoForceClause, acts: [ParticipationAct], context: ClauseContext, asOf: CalendarDate) {
        self.clause = clause
        self.acts = acts
        self.context = context
        self.asOf = asOf
        histories = ConsentHistory.histories(of: acts, asOf: asOf) { withdrawal, _ in
            // Before entry into force an instrument is simply taken back: on receipt, unless the notice says otherwise.
            (withdrawal.effect ?? withdrawal.date).dayNumber
        }
        classes = ClassMembership(
            context: context, histories: Dictionary(histories.map { ($0.participant.id, $0) }) { first, _ in first },
            named: clause.condition.map(ClassSelector.named(in:)) ?? .members([]))
    }

    /// The parts of the answer that follow from the condition.
    private struct Decision {
        var date: CalendarDate?
        var decisive: Holding?
        var decisiveDay: CalendarDate?
        var lastDayOfOriginalParties: CalendarDate?
        var steps: [ArithmeticStep] = []
        var doubts: [EntryIntoForce.Doubt] = []
    }

    func result() throws(ClauseProblem) -> EntryIntoForce {
        guard let condition = clause.condition else { return try perParty() }
        var evaluator = ConditionEvaluator(clause: clause, histories: histories, classes: classes, asOf: asOf.dayNumber)
        let outcome = try evaluator.outcome(of: condition)
        var decision = try decide(outcome.holdings)
        let findings = FindingBuilder(classes: classes, asOf: asOf, decisive: decision.decisive)
        let finding = findings.finding(of: outcome)
        let tipping = findings.tippingActs(of: outcome)
        let withdrawn = withdrawals(on: decision.decisiveDay)
        if !withdrawn.isEmpty { decision.doubts.append(.withdrawalOnDecisiveDay(withdrawn)) }
        return EntryIntoForce(
            clause: clause, asOf: asOf, date: decision.date, decisiveDay: decision.decisiveDay,
            decisiveActs: tipping.map { acts[$0] },
            considered: Verdicts(acts: acts, histories: histories, evaluator: evaluator, outcome: outcome, asOf: asOf)
                .considered(decisive: decision.decisive, boundary: decision.lastDayOfOriginalParties),
            finding: finding, steps: findings.steps(of: finding) + decision.steps,
            missing: decision.decisive == nil ? finding.missing : [],
            doubts: evaluator.doubts + decision.doubts, lastDayOfOriginalParties: decision.lastDayOfOriginalParties)
    }

    /// The delay, the fixed date and the earliest date, applied to the days on which the condition holds.
    private func decide(_ holdings: [Holding]) throws(ClauseProblem) -> Decision {
        var decision = Decision()
        var delay = clause.delay
        var candidates = holdings
        if let fixed = clause.fixedDate {
            let day = fixed.date.dayNumber
            if let met = holdings.first(where: { $0.from <= day && day < $0.until }) {
                decision.decisive = met
                decision.decisiveDay = self.day(met.trigger)
                decision.date = fixed.date
                // "By then" includes whoever deposited up to the date itself.
                decision.lastDayOfOriginalParties = fixed.date
                decision.steps = [.fixedDateMet(fixed.date)]
                try postpone(&decision)
                return decision
            }
            candidates = holdings.filter { $0.from > day }
            if fixed.date <= asOf { decision.steps.append(.fixedDateMissed(fixed.date)) }
            delay = fixed.otherwise ?? delay
        }
        guard let decisive = candidates.first else {
            decision.steps.append(.notYet)
            return decision
        }
        let start = day(decisive.from)
        let reached = delay.date(from: start)
        decision.decisive = decisive
        decision.decisiveDay = day(decisive.trigger)
        decision.date = reached.date
        decision.steps.append(.decisiveDay(day(decisive.trigger)))
        decision.steps.append(.delay(delay, from: start, to: reached.date, clamped: reached.clamped))
        if reached.clamped || decisive.clamped { decision.doubts.append(.shorterMonth(reached.date)) }
        decision.lastDayOfOriginalParties = day(decisive.deposits ?? decisive.trigger)
        try postpone(&decision)
        return decision
    }

    private func postpone(_ decision: inout Decision) throws(ClauseProblem) {
        guard let date = decision.date else { return }
        var entry = date
        if let (earliest, clamped) = try clause.notBefore?.date(in: context) {
            decision.steps.append(.notBefore(earliest, postponed: earliest > date))
            if earliest > date {
                entry = earliest
                if clamped { decision.doubts.append(.shorterMonth(earliest)) }
            }
        }
        decision.date = entry
        decision.steps.append(.entersIntoForce(entry))
        if clause.later?.boundary == .entryIntoForce { decision.lastDayOfOriginalParties = entry }
    }

    /// A condition can hold from the beginning (a lone `not`); then the treaty's own beginning is the day.
    private func day(_ number: Int) -> CalendarDate {
        guard number == .min else { return CalendarDate(dayNumber: number) }
        return context.adoption ?? context.opening ?? acts.map(\.date).min() ?? asOf
    }

    private func withdrawals(on day: CalendarDate?) -> [Participant] {
        guard let day else { return [] }
        return histories.filter { history in history.periods.contains { $0.endedBy != nil && $0.until == day.dayNumber } }.map(
            \.participant)
    }

    private func perParty() throws(ClauseProblem) -> EntryIntoForce {
        let evaluator = ConditionEvaluator(clause: clause, histories: histories, classes: classes, asOf: asOf.dayNumber)
        let delay = clause.later?.delay ?? clause.delay
        var first: (date: CalendarDate, deposited: CalendarDate, clamped: Bool)?
        var considered: [ConsideredAct] = []
        let consents = Set(histories.flatMap { $0.periods.map(\.act) })
        for (index, act) in acts.enumerated().sorted(by: { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }) {
            var reason = ConsideredAct.Reason.perParty
            if act.date > asOf {
                reason = .afterAsOf
            } else if !act.kind.isConsent {
                reason = Verdicts.reason(act.kind)
            } else if let excluded = evaluator.excluded(act.participant) {
                reason = excluded
            } else if consents.contains(index) {
                let reached = delay.date(from: act.date)
                if first.map({ reached.date < $0.date }) ?? true { first = (reached.date, act.date, reached.clamped) }
            }
            considered.append(ConsideredAct(act: act, verdict: .notCounted(reason)))
        }
        var steps: [ArithmeticStep] = [.perParty]
        var date = first?.date
        if let first {
            steps.append(.delay(delay, from: first.deposited, to: first.date, clamped: first.clamped))
            if let (earliest, _) = try clause.notBefore?.date(in: context) {
                steps.append(.notBefore(earliest, postponed: earliest > first.date))
                date = max(first.date, earliest)
            }
            if let date { steps.append(.entersIntoForce(date)) }
        } else {
            steps.append(.notYet)
        }
        return EntryIntoForce(
            clause: clause, asOf: asOf, date: date, decisiveDay: first?.deposited, decisiveActs: [], considered: considered, finding: nil,
            steps: steps, missing: first == nil ? [.instruments(1, of: nil)] : [],
            doubts: first.flatMap { $0.clamped ? [.shorterMonth($0.date)] : nil } ?? [], lastDayOfOriginalParties: nil)
    }
}

extension NotBefore {
    /// The earliest day it allows.
    func date(in context: ClauseContext) throws(ClauseProblem) -> (date: CalendarDate, clamped: Bool) {
        switch self {
        case .date(let date): return (date, false)
        case .afterOpening(let delay):
            guard let opening = context.opening else { throw .missingOpening }
            return delay.date(from: opening)
        case .afterAdoption(let delay):
            guard let adoption = context.adoption else { throw .missingAdoption }
            return delay.date(from: adoption)
        }
    }
}

extension ConsentHistory {
    /// The histories of all who acted by `asOf`, in the order of their names.
    static func histories(
        of acts: [ParticipationAct], asOf: CalendarDate, effectOfNotice: (_ notice: ParticipationAct, _ consent: CalendarDate) -> Int
    ) -> [ConsentHistory] {
        var byParticipant: [ParticipantID: [(index: Int, act: ParticipationAct)]] = [:]
        for (index, act) in acts.enumerated() where act.date <= asOf {
            byParticipant[act.participant.id, default: []].append((index, act))
        }
        return byParticipant.sorted { $0.key < $1.key }.compactMap { _, acts in
            guard var participant = acts.first?.act.participant else { return nil }
            // What one act says of its author holds for all of them.
            for (_, act) in acts {
                if act.participant.nature != .state { participant.nature = act.participant.nature }
                participant.existedUntil = participant.existedUntil ?? act.participant.existedUntil
            }
            let ordered = acts.sorted { ($0.act.date, $0.index) < ($1.act.date, $1.index) }
            return ConsentHistory(participant: participant, acts: ordered, effectOfNotice: effectOfNotice)
        }
    }
}

extension ClassSelector {
    /// Everyone a condition names, directly or as a class all of whom must act.
    static func named(in condition: ClauseCondition) -> ClassSelector {
        func collect(_ condition: ClauseCondition) -> [ClassSelector] {
            switch condition {
            case .named(let ids), .exchange(let ids): [.members(ids)]
            case .fraction(.fraction(let part, let whole), .atLeast, let of, nil) where part == whole: [of]
            default: condition.parts.flatMap(collect)
            }
        }
        return .any(collect(condition))
    }
}
