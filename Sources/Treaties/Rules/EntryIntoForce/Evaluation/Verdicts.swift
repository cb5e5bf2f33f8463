import Acts

/// Says of every act whether it counted, and if not, why.
struct Verdicts {
    let acts: [ParticipationAct]
    let histories: [ConsentHistory]
    let evaluator: ConditionEvaluator
    let outcome: ConditionEvaluator.Outcome
    let asOf: CalendarDate

    /// - Parameter boundary: The last day on which an instrument counts; `nil` while nothing is decided.
    func considered(decisive: Holding?, boundary: CalendarDate?) -> [ConsideredAct] {
        let last = boundary.map { max($0.dayNumber, decisive?.trigger ?? .min) } ?? asOf.dayNumber
        let lastDay = CalendarDate(dayNumber: last)
        var countsFrom: [Int: DayRanges.Span] = [:]
        var countsInstruments = false
        collect(outcome, into: &countsFrom, &countsInstruments)
        var periods: [Int: ConsentHistory.Period] = [:]
        var superseded: [Int: Int] = [:]
        for history in histories {
            for period in history.periods { periods[period.act] = period }
            for (act, earlier) in history.superseded { superseded[act] = earlier }
        }
        var number = 0
        return acts.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map { index, act in
            func not(_ reason: ConsideredAct.Reason) -> ConsideredAct { ConsideredAct(act: act, verdict: .notCounted(reason)) }
            if act.date > asOf { return not(.afterAsOf) }
            if !act.kind.isConsent { return not(Verdicts.reason(act.kind)) }
            if let reason = evaluator.excluded(act.participant) { return not(reason) }
            if let days = countsFrom[index], days.from <= last {
                if days.until <= last, let period = periods[index], period.endedBy != nil {
                    return not(.withdrawn(CalendarDate(dayNumber: days.until)))
                }
                number += 1
                return ConsideredAct(act: act, verdict: .counted(number))
            }
            if let earlier = superseded[index] { return not(.alreadyCounted(since: CalendarDate(dayNumber: earlier))) }
            if !countsInstruments { return not(.noInstrumentsCounted) }
            if act.date > lastDay { return not(.afterDecisiveDay(lastDay)) }
            return not(.outsideClass)
        }
    }

    static func reason(_ kind: ParticipationKind) -> ConsideredAct.Reason {
        switch kind {
        case .signature, .signatureAdReferendum: .signatureOnly
        case .successionToSignature: .successionToSignature
        case .provisionalApplication, .provisionalApplicationEnd: .provisionalApplication
        default: .notConsent
        }
    }

    private func collect(_ outcome: ConditionEvaluator.Outcome, into days: inout [Int: DayRanges.Span], _ counts: inout Bool) {
        if outcome.tally != nil { counts = true }
        for contribution in outcome.contributions {
            guard let act = contribution.act else { continue }
            if let known = days[act], known.from <= contribution.days.from { continue }
            days[act] = contribution.days
        }
        for part in outcome.parts { collect(part, into: &days, &counts) }
    }
}
