import Acts

/// Works out on which days a condition holds, from the histories of the participants.
///
/// Every condition becomes a list of `Holding`s: `all` intersects them, `any` unites them, a branch's own delay moves them.
/// So "at the same time", "the latest date wins" and "the earliest" need no special cases.
struct ConditionEvaluator {
    /// What was found on the way, by condition.
    struct Outcome {
        var condition: ClauseCondition
        var holdings: [Holding] = []
        var tally: LeafTally?
        var parts: [Outcome] = []
        /// The days of each act that counts here.
        var contributions: [Contribution] = []
    }

    /// A participant counts towards a condition from one day until another.
    struct Contribution: Hashable {
        var participant: ParticipantID
        /// Index of the act; `nil` for objections.
        var act: Int?
        var days: DayRanges.Span
    }

    enum Basis {
        case consents
        case objections
    }

    let clause: EntryIntoForceClause
    let histories: [ConsentHistory]
    let classes: ClassMembership
    let asOf: Int
    private(set) var doubts: [EntryIntoForce.Doubt] = []

    init(clause: EntryIntoForceClause, histories: [ConsentHistory], classes: ClassMembership, asOf: Int) {
        self.clause = clause
        self.histories = histories
        self.classes = classes
        self.asOf = asOf
    }

    /// Whether an instrument of this participant can count at all, whatever the condition.
    func excluded(_ participant: Participant) -> ConsideredAct.Reason? {
        if participant.isOrganization, !clause.regionalOrganizationsCount { return .organizationNotCounted }
        if clause.statesOnly, participant.nature != .state { return .notAState }
        return nil
    }

    mutating func outcome(of condition: ClauseCondition, basis: Basis = .consents) throws(ClauseProblem) -> Outcome {
        switch condition {
        case .all(let parts):
            var outcomes: [Outcome] = []
            for part in parts { outcomes.append(try outcome(of: part, basis: basis)) }
            let first = outcomes.first?.holdings ?? []
            return Outcome(
                condition: condition, holdings: outcomes.dropFirst().reduce(first) { Holding.intersection($0, $1.holdings) },
                parts: outcomes)
        case .any(let parts):
            var outcomes: [Outcome] = []
            for part in parts { outcomes.append(try outcome(of: part, basis: basis)) }
            return Outcome(condition: condition, holdings: Holding.union(outcomes.map(\.holdings)), parts: outcomes)
        case .not(let part):
            let inner = try outcome(of: part, basis: basis)
            let holdings = Holding.complement(inner.holdings).filter { $0.from <= asOf }
            return Outcome(condition: condition, holdings: holdings, parts: [inner])
        case .delayed(let part, let delay):
            let inner = try outcome(of: part, basis: basis)
            var outcome = Outcome(condition: condition, parts: [inner])
            if let first = inner.holdings.first, first.from > .min {
                let (date, clamped) = delay.date(from: CalendarDate(dayNumber: first.from))
                outcome.holdings = [
                    Holding(
                        from: date.dayNumber, until: .max, trigger: first.trigger, deposits: first.deposits,
                        clamped: clamped || first.clamped)
                ]
            }
            return outcome
        case .inForce(let treaty):
            guard let force = classes.context.treaties[treaty] else { throw .unknownTreaty(treaty) }
            var outcome = Outcome(condition: condition)
            if let from = force.from {
                outcome.holdings = [
                    Holding(from: from.dayNumber, until: force.until.map { $0.dayNumber + 1 } ?? .max, trigger: from.dayNumber)
                ]
            }
            return outcome
        case .silence(let silence):
            return try self.outcome(of: silence, condition)
        case .count, .fraction, .share, .named, .allSignatories, .exchange:
            return try leaf(condition, basis: basis)
        }
    }

    private mutating func outcome(of silence: SilencePeriod, _ condition: ClauseCondition) throws(ClauseProblem) -> Outcome {
        let objections = try outcome(of: silence.brokenBy, basis: .objections)
        var outcome = Outcome(condition: condition, parts: [objections])
        let (lastDay, clamped) = silence.lastDay
        let broken = objections.holdings.contains { $0.from <= lastDay.dayNumber && lastDay.dayNumber < $0.until }
        // Until the period is over nobody knows whether it will be broken.
        if lastDay.dayNumber <= asOf, !broken {
            outcome.holdings = [Holding(from: lastDay.dayNumber, until: .max, trigger: lastDay.dayNumber, clamped: clamped)]
        }
        return outcome
    }

    private mutating func leaf(_ condition: ClauseCondition, basis: Basis) throws(ClauseProblem) -> Outcome {
        let everyone = ClassSelector.all([])
        var selector = everyone
        var tally = LeafTally(goal: .count(1))
        var weights: Metric?
        switch condition {
        case .count(let needed, let of):
            selector = of ?? everyone
            tally = LeafTally(goal: .count(needed))
        case .named(let ids), .exchange(let ids):
            selector = .members(ids)
            tally = LeafTally(goal: .count(Set(ids).count))
        case .allSignatories(let stated):
            let known = histories.count { !$0.signatures.isEmpty }
            if known == 0 || known < stated ?? 0 {
                guard let stated else { throw .missingSignatories }
                tally = LeafTally(goal: .count(stated))
            } else {
                selector = .signatories
                tally = LeafTally(goal: .everySignatory(atLeast: stated ?? 1))
                try addWhole(of: .signatories, to: &tally)
            }
        case .fraction(let proportion, let comparison, let of, let size):
            selector = of
            if let size {
                if !classes.isKnown(of) {
                    selector = everyone
                    note(.classTakenForEveryone(of))
                }
                tally = LeafTally(goal: .part(proportion, comparison, fixed: size))
            } else if let size = classes.statedSize(of) {
                tally = LeafTally(goal: .part(proportion, comparison, fixed: size))
            } else {
                if classes.restsOnSignatures(of), !classes.signaturesGiven { throw .missingSignatories }
                tally = LeafTally(goal: .part(proportion, comparison, fixed: nil))
                try addWhole(of: of, to: &tally)
            }
        case .share(let proportion, let comparison, let metric, let of):
            selector = of ?? everyone
            weights = try classes.metric(metric)
            tally = LeafTally(goal: .share(proportion, comparison))
            if let weights { try addTotal(of: weights, selector, to: &tally) }
        default: break
        }
        if classes.restsOnSignatures(selector), !classes.signaturesGiven { note(.signaturesInferred) }
        let exchanged = if case .exchange = condition { true } else { false }
        let contributions = try contributions(selector, basis: basis, exchanged: exchanged)
        for contribution in contributions {
            let spans = weights.map { ClassMembership.spans(of: $0) }
            guard let spans else {
                tally.add(.init(count: 1), on: contribution.days)
                continue
            }
            // The participant counts once; its value changes from edition to edition.
            tally.add(.init(count: 1), on: contribution.days)
            for (edition, days) in spans {
                guard let value = edition.values[contribution.participant] else { continue }
                for span in days.intersection(DayRanges(from: contribution.days.from, until: contribution.days.until)).spans {
                    tally.add(.init(value: value.units), on: span)
                }
            }
        }
        tally.run(until: asOf)
        return Outcome(condition: condition, holdings: tally.holdings, tally: tally, contributions: contributions)
    }

    private mutating func note(_ doubt: EntryIntoForce.Doubt) {
        if !doubts.contains(doubt) { doubts.append(doubt) }
    }

    private func contributions(_ selector: ClassSelector, basis: Basis, exchanged: Bool) throws(ClauseProblem) -> [Contribution] {
        var result: [Contribution] = []
        // Where the exchange itself is recorded, an earlier ratification at home is not it.
        let exchangeRecorded = exchanged && histories.contains { !$0.exchangeDays.isEmpty }
        for history in histories where excluded(history.participant) == nil {
            let id = history.participant.id
            if basis == .objections {
                let days = try classes.days(selector, of: id, deposited: nil).intersection(history.objections)
                result += days.spans.map { Contribution(participant: id, act: nil, days: $0) }
                continue
            }
            for period in history.periods {
                var from = period.from
                var act = period.act
                if exchangeRecorded {
                    guard let exchange = history.exchangeDays.first(where: { $0.day >= period.from && $0.day < period.until }) else {
                        continue
                    }
                    (act, from) = (exchange.act, exchange.day)
                }
                var days = DayRanges(from: from, until: period.until)
                if selector != .all([]) { days = days.intersection(try classes.days(selector, of: id, deposited: from)) }
                if let whoCounts = clause.whoCounts {
                    days = days.intersection(try classes.days(whoCounts, of: id, deposited: from))
                }
                result += days.spans.filter { $0.from <= asOf }.map { Contribution(participant: id, act: act, days: $0) }
            }
        }
        return result
    }

    /// The class itself, member by member, as the whole of which a part is taken.
    private func addWhole(of selector: ClassSelector, to tally: inout LeafTally) throws(ClauseProblem) {
        var members = 0
        for id in try classes.candidates(selector) {
            for span in try classes.days(selector, of: id, deposited: nil).spans {
                tally.add(.init(whole: 1), on: span)
                members += 1
            }
        }
        if members == 0 { throw .emptyClass(selector.english) }
    }

    /// The total of a table, edition by edition: as stated, or the sum over the class.
    private func addTotal(of metric: Metric, _ selector: ClassSelector, to tally: inout LeafTally) throws(ClauseProblem) {
        for (edition, days) in ClassMembership.spans(of: metric) {
            if let total = edition.total {
                for span in days.spans { tally.add(.init(total: total.units), on: span) }
                continue
            }
            for (id, value) in edition.values where excluded(classes.participant(id)) == nil {
                let member = selector == .all([]) ? days : days.intersection(try classes.days(selector, of: id, deposited: nil))
                for span in member.spans { tally.add(.init(total: value.units), on: span) }
            }
        }
    }
}
