import Acts

/// Turns what was computed about each condition into findings that can be shown, and into steps.
struct FindingBuilder {
    let classes: ClassMembership
    let asOf: CalendarDate
    let decisive: Holding?

    func finding(of outcome: ConditionEvaluator.Outcome) -> ConditionFinding {
        let parts = outcome.parts.map(finding(of:))
        let reached = outcome.tally?.measure ?? Measure(count: parts.count { $0.since != nil }, whole: parts.isEmpty ? nil : parts.count)
        let holding = relevantHolding(outcome)
        let since = holding.flatMap { $0.from == .min ? nil : CalendarDate(dayNumber: $0.from) }
        let tipped = holding.map { holding in
            outcome.contributions.filter { $0.days.from == holding.from }.map { classes.participant($0.participant) }
        }
        return ConditionFinding(
            condition: outcome.condition, requirement: requirement(of: outcome), reached: reached, since: since,
            reachedThen: since.flatMap { outcome.tally?.measure(on: $0.dayNumber) },
            tippedBy: Array(Set(tipped ?? [])).sorted { $0.id < $1.id },
            missing: holding == nil ? missing(for: outcome, parts: parts) : [], progress: outcome.tally?.progress ?? [], parts: parts)
    }

    /// The run of days that mattered: the one standing when the whole was decided, or the one still standing.
    private func relevantHolding(_ outcome: ConditionEvaluator.Outcome) -> Holding? {
        if let decisive {
            return outcome.holdings.first { $0.from <= decisive.from && decisive.from < $0.until }
        }
        return outcome.holdings.first { $0.until > asOf.dayNumber }
    }

    private func participants(_ ids: [ParticipantID]) -> [Participant] { ids.map(classes.participant) }

    private func requirement(of outcome: ConditionEvaluator.Outcome) -> Requirement {
        let whole = outcome.tally?.measure.whole ?? 0
        let needed = outcome.tally?.needed(whole: whole) ?? 0
        switch outcome.condition {
        case .count(let count, let of): return .instruments(count, of: of)
        case .fraction(let proportion, let comparison, let of, _):
            return .part(proportion, comparison, of: of, needed: needed, whole: whole)
        case .share(let proportion, let comparison, let metric, let of): return .share(proportion, comparison, metric: metric, of: of)
        case .named(let ids): return .named(participants(ids))
        case .allSignatories: return .allSignatories(needed)
        case .exchange(let ids): return .exchange(participants(ids))
        case .inForce(let treaty): return .treatyInForce(treaty)
        case .silence(let silence): return .silence(until: silence.lastDay.date)
        case .all: return .all
        case .any: return .any
        case .not: return .not
        case .delayed(_, let delay): return .delayed(delay)
        }
    }

    private func missing(for outcome: ConditionEvaluator.Outcome, parts: [ConditionFinding]) -> [Shortfall] {
        let measure = outcome.tally?.measure ?? Measure(count: 0)
        let standing = Set(outcome.contributions.filter { $0.days.until > asOf.dayNumber }.map(\.participant))
        switch outcome.condition {
        case .count(let needed, let of): return [.instruments(max(needed - measure.count, 1), of: of)]
        case .fraction(_, _, let of, _):
            let needed = outcome.tally?.needed(whole: measure.whole ?? 0) ?? 0
            return [.instruments(max(needed - measure.count, 1), of: of)]
        case .share(let proportion, _, let metric, let of):
            return [
                .share(proportion.percentShort(of: measure.value ?? .zero, in: measure.total ?? .zero), metric: metric, of: of)
            ]
        case .named(let ids): return [.named(participants(ids.filter { !standing.contains($0) }))]
        case .exchange(let ids): return [.exchange(participants(ids.filter { !standing.contains($0) }))]
        case .allSignatories:
            let open = classes.histories.values.filter { !$0.signatures.isEmpty && !standing.contains($0.participant.id) }.map(
                \.participant)
            let needed = outcome.tally?.needed(whole: measure.whole ?? 0) ?? 0
            return [.signatories(max(needed - measure.count, 1), named: open.sorted { $0.id < $1.id })]
        case .inForce(let treaty): return [.treaty(treaty)]
        case .silence(let silence):
            let lastDay = silence.lastDay.date
            if lastDay > asOf { return [.silence(until: lastDay)] }
            return [.silenceBroken(by: outcome.parts.flatMap { objectors($0, on: lastDay) }.sorted { $0.id < $1.id })]
        case .all: return parts.flatMap(\.missing)
        case .any:
            let groups = parts.map(\.missing)
            return groups.count == 1 ? groups[0] : [.oneOf(groups)]
        case .not(let condition): return [.mustCease(condition)]
        case .delayed: return parts.flatMap(\.missing)
        }
    }

    private func objectors(_ outcome: ConditionEvaluator.Outcome, on day: CalendarDate) -> [Participant] {
        outcome.contributions.filter { $0.days.from <= day.dayNumber && day.dayNumber < $0.days.until }.map {
            classes.participant($0.participant)
        }
            + outcome.parts.flatMap { objectors($0, on: day) }
    }

    /// Indexes of the acts of the decisive day that made a condition hold.
    func tippingActs(of outcome: ConditionEvaluator.Outcome) -> [Int] {
        guard let decisive else { return [] }
        var found: Set<Int> = []
        func collect(_ outcome: ConditionEvaluator.Outcome) {
            if outcome.holdings.contains(where: { $0.from == decisive.trigger && $0.trigger == decisive.trigger }) {
                for contribution in outcome.contributions where contribution.days.from == decisive.trigger {
                    if let act = contribution.act { found.insert(act) }
                }
            }
            for part in outcome.parts { collect(part) }
        }
        collect(outcome)
        return found.sorted()
    }

    /// The findings as steps, from the leaves up.
    func steps(of finding: ConditionFinding) -> [ArithmeticStep] {
        switch finding.condition {
        case .all, .any:
            var steps = finding.parts.flatMap(steps(of:))
            if let since = finding.since, finding.parts.count > 1 {
                if case .all = finding.condition { steps.append(.latest(since)) } else { steps.append(.earliest(since)) }
            }
            return steps
        case .delayed(_, let delay):
            var steps = finding.parts.flatMap(steps(of:))
            if let since = finding.since, let start = finding.parts.first?.since {
                steps.append(.delay(delay, from: start, to: since, clamped: delay.date(from: start).clamped))
            }
            return steps
        default:
            guard let since = finding.since else { return [.notMet(finding.requirement, finding.reached)] }
            return [.met(finding.requirement, on: since, finding.reachedThen ?? finding.reached, tippedBy: finding.tippedBy)]
        }
    }
}
