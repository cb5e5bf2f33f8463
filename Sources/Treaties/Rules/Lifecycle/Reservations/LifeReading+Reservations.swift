import Acts

/// The law of reservations (VCLT arts. 19 to 23), on the index.
extension LifeReading {
    private var clause: ReservationClause { life.clauses.reservations }

    /// Where a reservation or declaration stands as such.
    ///
    /// The depositary looks at the first two headings of VCLT art. 19 only; whether one is compatible with the treaty's object
    /// and purpose is for each State.
    ///
    /// - Parameter asReservation: Also where its author calls it a declaration: the view of a State that takes it for one.
    func standing(of number: Int, asReservation: Bool = false) -> ReservationStanding {
        let statement = statements[number]
        if case .declaration = statement.form, !asReservation { return .declaration }
        if let withdrawn = statement.withdrawn, withdrawn <= day.dayNumber { return .withdrawn(on: CalendarDate(dayNumber: withdrawn)) }
        if let obstacle = admissibility(statement) { return obstacle }
        switch statement.moment {
        case .beforeConsent: return .awaitingConfirmation
        case .notConfirmed: return .notConfirmed
        case .late: return lateStanding(statement)
        case .consent: break
        }
        if let incompatible = incompatibility(statement) { return incompatible }
        let made = CalendarDate(dayNumber: statement.made)
        switch clause.acceptance {
        case .none, .each: return .made(on: made)
        case .organ:
            guard let accepted = statement.organAcceptance else { return .awaitingOrgan }
            return .accepted(on: CalendarDate(dayNumber: accepted))
        case .all: return acceptanceByAll(statement)
        }
    }

    /// What the treaty says against it by its own terms (VCLT art. 19(a), (b)).
    private func admissibility(_ statement: Statement) -> ReservationStanding? {
        clause.obstacle(
            provisions: statement.provisions, listed: statement.listed,
            moment: statement.moment == .beforeConsent || statement.moment == .notConfirmed ? .signature : .consent)
    }

    // MARK: Periods

    /// The last day on which a State's objection is in time; `nil` while that is not settled.
    func objectionDeadline(_ statement: Statement, for state: Int) -> Int? {
        guard let notified = statement.notified else { return nil }
        let period = clause.objectionPeriod
        let end = period.delay.date(from: CalendarDate(dayNumber: notified)).date.dayNumber
        guard period.orUntilConsent else { return end }
        guard let consent = consentDay(of: state) else { return nil }
        return max(end, consent)
    }

    /// The day of the latest consent of a State.
    func consentDay(of state: Int) -> Int? {
        memberships[state].last { $0.from <= day.dayNumber }?.consented ?? memberships[state].first?.consented
            ?? standing(of: participants[state].id)?.consent?.act.date.dayNumber
    }

    /// Counting objections of Parties until enough have objected (ICERD art. 20(2)).
    private func incompatibility(_ statement: Statement) -> ReservationStanding? {
        guard let rule = clause.incompatible, let notified = statement.notified else { return nil }
        let end = clause.objectionPeriod.delay.date(from: CalendarDate(dayNumber: notified)).date.dayNumber
        let parties = parties(on: min(end, day.dayNumber))
        let needed = max(1, rule.proportion.smallestCount(of: parties.count, rule.comparison))
        guard statement.objections.count >= needed else { return nil }
        let partySet = Set(parties)
        let days = statement.objections.compactMap { state, objections -> Int? in
            guard partySet.contains(state) else { return nil }
            return objections.first { $0.date <= end && ($0.withdrawn.map { $0 > end } ?? true) }?.date
        }.sorted()
        guard days.count >= needed else { return nil }
        return .incompatible(
            objections: days.count, needed: needed, parties: parties.count, on: CalendarDate(dayNumber: days[needed - 1]))
    }

    private func lateStanding(_ statement: Statement) -> ReservationStanding {
        guard case .unlessObjected(let period) = clause.late else { return .lateNotReceived }
        guard let notified = statement.notified else { return .lateOpen(until: nil) }
        let end = period.date(from: CalendarDate(dayNumber: notified)).date
        var first: (state: Int, date: Int)?
        for (state, objections) in statement.objections {
            guard let objection = objections.first(where: { $0.date <= end.dayNumber && $0.withdrawn == nil }) else { continue }
            if first.map({ (objection.date, state) < ($0.date, $0.state) }) ?? true { first = (state, objection.date) }
        }
        if let first { return .lateRefused(by: participants[first.state], on: CalendarDate(dayNumber: first.date)) }
        return end <= day ? .accepted(on: end) : .lateOpen(until: end)
    }

    /// VCLT art. 20(2): accepted when the last Party has, expressly or by silence.
    private func acceptanceByAll(_ statement: Statement) -> ReservationStanding {
        var last = statement.made
        for party in parties(on: day.dayNumber) where party != statement.author {
            if let accepted = statement.acceptances[party] {
                last = max(last, accepted)
                continue
            }
            let deadline = objectionDeadline(statement, for: party)
            if let objection = statement.objection(of: party, on: day.dayNumber), deadline.map({ objection.date <= $0 }) ?? true {
                return .refusedByOne(participants[party], on: CalendarDate(dayNumber: objection.date))
            }
            guard let deadline, deadline <= day.dayNumber else { return .awaitingAll }
            last = max(last, deadline)
        }
        return .accepted(on: CalendarDate(dayNumber: last))
    }

    // MARK: Between two States

    /// What a reservation does between its author and another State.
    func effect(of number: Int, towards state: Int) -> ReservationEffect {
        let standing = standing(of: number)
        return PreparedStatements(self, statement: number, standing: standing).effect(towards: state).map(ReservationEffect.init)
            ?? .none(standing)
    }
}

extension ReservationClause {
    /// Why the treaty's own terms stand against a reservation; `nil` where they do not (VCLT art. 19(a), (b)).
    func obstacle(provisions: [String], listed: String?, moment: Moment) -> ReservationStanding? {
        switch rule {
        case .prohibited: return .prohibited
        case .listed(let list):
            guard let listed, let entry = list.first(where: { $0.name == listed }) else { return .notListed }
            if !entry.provisions.isEmpty, !provisions.allSatisfy(Set(entry.provisions).contains) { return .notListed }
        case .silent, .allowed: break
        }
        if !Set(provisions).isDisjoint(with: except) { return .prohibited }
        if !moments.isEmpty, !moments.contains(moment) { return .wrongMoment }
        return nil
    }
}
