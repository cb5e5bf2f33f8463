import Acts

/// Works out each participant's standing from its acts and the treaty's entry into force.
struct ParticipationEvaluation {
    let entryIntoForce: EntryIntoForce
    let acts: [ParticipationAct]
    let context: ClauseContext
    private let clause: EntryIntoForceClause
    private let asOf: CalendarDate

    init(entryIntoForce: EntryIntoForce, acts: [ParticipationAct], context: ClauseContext) {
        self.entryIntoForce = entryIntoForce
        self.acts = acts
        self.context = context
        clause = entryIntoForce.clause
        asOf = entryIntoForce.asOf
    }

    func result() throws(ClauseProblem) -> Participation {
        var problem: ClauseProblem?
        let histories = ConsentHistory.histories(of: acts, asOf: asOf) { notice, consentDay in
            do throws(ClauseProblem) {
                return try effect(of: notice, consent: consentDay)?.dayNumber ?? .max
            } catch {
                problem = error
                return .max
            }
        }
        if let problem { throw problem }
        let byParticipant = Dictionary(grouping: acts.filter { $0.date <= asOf }, by: \.participant.id)
        var standings: [ParticipantStanding] = []
        for history in histories { standings.append(try standing(history, own: byParticipant[history.participant.id] ?? [])) }
        standings += try boundWithAll(except: Set(histories.map(\.participant.id)))
        return Participation(entryIntoForce: entryIntoForce, standings: standings.sorted { $0.participant.id < $1.participant.id })
    }

    // MARK: Date of effect

    /// The day a consent takes effect; `nil` while the treaty is not in force.
    func dateOfEffect(_ kind: ParticipationKind, deposited: CalendarDate, stated: CalendarDate?) throws(ClauseProblem) -> DateOfEffect? {
        if clause.perParty {
            let delay = clause.later?.delay ?? clause.delay
            let reached = delay.date(from: deposited)
            guard let earliest = try clause.notBefore?.date(in: context).date, earliest > reached.date else {
                return DateOfEffect(date: reached.date, basis: .perParty(delay), needsConfirmation: reached.clamped)
            }
            return DateOfEffect(date: earliest, basis: .perParty(delay))
        }
        guard let general = entryIntoForce.date else { return nil }
        if let last = entryIntoForce.lastDayOfOriginalParties, deposited <= last { return DateOfEffect(date: general, basis: .general) }
        if kind == .succession {
            // A successor State is bound from its succession (VCSST 1978 art. 23(1)), never before the treaty itself.
            let day = stated ?? deposited
            return DateOfEffect(date: max(day, general), basis: stated == nil ? .successionNotification : .succession)
        }
        guard let later = clause.later else { return DateOfEffect(date: max(deposited, general), basis: .onConsent) }
        let reached = later.delay.date(from: deposited)
        if reached.date < general { return DateOfEffect(date: general, basis: .generalNotEarlier) }
        return DateOfEffect(date: reached.date, basis: .later(later.delay), needsConfirmation: reached.clamped)
    }

    /// The day a notice of withdrawal ends the consent given on `consentDay`; `nil` while it is suspended.
    private func effect(of notice: ParticipationAct, consent consentDay: CalendarDate) throws(ClauseProblem) -> CalendarDate? {
        if let stated = notice.effect { return stated }
        let inForce = try dateOfEffect(.accession, deposited: consentDay, stated: nil)?.date
        // While the treaty is not in force for it, an instrument is taken back on receipt.
        guard let inForce, inForce <= notice.date else { return notice.date }
        let rule = clause.withdrawal ?? .notLessThanTwelveMonths
        var given = notice.date
        if let earliest = rule.notWithin?.date(from: inForce).date { given = max(given, earliest) }
        let effect: CalendarDate
        switch rule.effect {
        case .after(let delay): effect = delay.date(from: given).date
        case .yearly(let on, let noticeBy):
            let noticeDay = MonthDay(given)
            var year = given.year
            if noticeDay > noticeBy { year += 1 }
            if on < noticeBy { year += 1 }
            guard let day = CalendarDate(year: year, month: on.month, day: on.day) else { return nil }
            effect = day
        }
        guard let suspended = rule.suspendedWhile else { return effect }
        let classes = ClassMembership(context: context, histories: [:], named: .members([]))
        let days = try classes.days(suspended, of: notice.participant.id, deposited: nil)
        guard let span = days.spans.first(where: { $0.from <= effect.dayNumber && effect.dayNumber < $0.until }) else { return effect }
        return span.until == .max ? nil : CalendarDate(dayNumber: span.until)
    }

    // MARK: Standing

    private func standing(_ history: ConsentHistory, own: [ParticipationAct]) throws(ClauseProblem) -> ParticipantStanding {
        var consents: [ParticipantStanding.Consent] = []
        for period in history.periods {
            let act = acts[period.act]
            let notice = period.endedBy.map { acts[$0] }
            let suspended = notice != nil && period.until == .max
            let ended = notice == nil || suspended ? nil : CalendarDate(dayNumber: period.until)
            var effect = try dateOfEffect(act.kind, deposited: act.date, stated: act.effect)
            // What ended before it took effect never took effect. An act for it alone is not waited for: same day counts.
            if let ended, let date = effect?.date, ended <= date { effect = nil }
            consents.append(
                ParticipantStanding.Consent(
                    act: act, effect: effect, endedOn: ended, endedBy: suspended ? nil : notice, suspendedNotice: suspended ? notice : nil))
        }
        let provisional = provisionalApplication(own.sorted { $0.date < $1.date }, inForce: consents.last?.effect?.date)
        let bound = try generalBinding(history)
        let state = state(history, consents, bound)
        let unwilling = own.contains { $0.kind == .intentionNotToBecomeParty }
        let interim =
            switch state {
            case .signatory: !unwilling
            case .contracting: true
            case .none, .party, .ended: false
            }
        return ParticipantStanding(
            participant: history.participant, state: state, signedOn: history.signatures.min().map { CalendarDate(dayNumber: $0) },
            consents: consents, provisionalFrom: provisional.from, provisionalUntil: provisional.until, interimObligation: interim,
            boundWithAll: consents.last?.effect == nil ? bound : nil)
    }

    private func state(
        _ history: ConsentHistory, _ consents: [ParticipantStanding.Consent], _ bound: DateOfEffect?
    ) -> ParticipantStanding.State {
        if let until = history.participant.existedUntil, until < asOf, !consents.isEmpty { return .ended(until.adding(days: 1)) }
        if let bound, bound.date <= asOf { return .party }
        guard let last = consents.last else { return history.signatures.isEmpty ? .none : .signatory }
        if let ended = last.endedOn, ended <= asOf {
            // A consent taken back before it took effect leaves the signature as it was.
            if last.effect == nil { return history.signatures.isEmpty ? .none : .signatory }
            return .ended(ended)
        }
        // A re-accession that has not taken effect yet, while the earlier participation still runs.
        let standing = consents.contains { consent in
            guard let effect = consent.effect?.date, effect <= asOf else { return false }
            return consent.endedOn.map { asOf < $0 } ?? true
        }
        return standing ? .party : .contracting
    }

    private func provisionalApplication(
        _ acts: [ParticipationAct], inForce: CalendarDate?
    ) -> (from: CalendarDate?, until: CalendarDate?) {
        var from: CalendarDate?
        var until: CalendarDate?
        for act in acts {
            if act.kind == .provisionalApplication {
                from = act.effect ?? act.date
                until = nil
            } else if from != nil, act.kind == .provisionalApplicationEnd || act.kind == .intentionNotToBecomeParty {
                // VCLT art. 25(2): ended by notice, or by the intention not to become a Party.
                until = act.effect ?? act.date
            }
        }
        if from != nil, let inForce { until = until.map { min($0, inForce) } ?? inForce }
        return (from, until)
    }

    // MARK: Treaties that bind all

    private func generalBinding(_ history: ConsentHistory) throws(ClauseProblem) -> DateOfEffect? {
        guard let binds = clause.binds, let general = entryIntoForce.date else { return nil }
        if clause.objectorsNotBound, let silence = clause.condition?.silencePeriod,
            history.objections.contains(silence.lastDay.date.dayNumber)
        {
            return nil
        }
        let classes = ClassMembership(context: context, histories: [history.participant.id: history], named: .members([]))
        let days = try classes.days(binds, of: history.participant.id, deposited: nil)
        return days.contains(general.dayNumber) ? DateOfEffect(date: general, basis: .bindsAll) : nil
    }

    /// Members of the class the treaty binds that have done nothing.
    private func boundWithAll(except known: Set<ParticipantID>) throws(ClauseProblem) -> [ParticipantStanding] {
        guard let binds = clause.binds, let general = entryIntoForce.date else { return [] }
        let classes = ClassMembership(context: context, histories: [:], named: .members([]))
        var standings: [ParticipantStanding] = []
        for id in try classes.candidates(binds).subtracting(known) {
            guard try classes.days(binds, of: id, deposited: nil).contains(general.dayNumber) else { continue }
            standings.append(
                ParticipantStanding(
                    participant: classes.participant(id), state: general <= asOf ? .party : .none, signedOn: nil, consents: [],
                    provisionalFrom: nil, provisionalUntil: nil, interimObligation: false,
                    boundWithAll: DateOfEffect(date: general, basis: .bindsAll)))
        }
        return standings
    }
}

extension ClauseCondition {
    /// The period of silence this rests on, where it does.
    var silencePeriod: SilencePeriod? {
        if case .silence(let silence) = self { return silence }
        return parts.lazy.compactMap(\.silencePeriod).first
    }
}

extension MonthDay {
    /// The day of the year of a date; 29 February counts as the 28th.
    init(_ date: CalendarDate) {
        let (_, month, day) = date.components
        self.month = month
        self.day = month == 2 ? min(day, 28) : day
    }
}
