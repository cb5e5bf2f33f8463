import Acts

extension LifeReading {
    /// Everything that, by what is known on the day of this reading, will happen or expire after it: by day, then kind, then subject.
    public func deadlines() -> [LegalDeadline] {
        var deadlines: [LegalDeadline] = []
        func add(
            _ day: CalendarDate?, _ kind: LegalDeadline.Kind, _ participants: [Participant], _ subject: String?, _ citation: String
        ) {
            guard let day, day > self.day else { return }
            deadlines.append(LegalDeadline(day: day, kind: kind, participants: participants, subject: subject, citation: citation))
        }
        let participationClause = life.clauses.participation
        let signing = participationClause.article ?? "the treaty"
        add(participationClause.signatureFrom ?? life.context.opening, .signatureOpens, [], nil, signing)
        add(participationClause.signatureUntil, .signatureCloses, [], nil, signing)
        let clause = life.clauses.entryIntoForce
        if clause?.perParty == false || life.declaredEntryIntoForce != nil {
            add(entryIntoForce, .entersIntoForce, [], nil, "VCLT art. 24(1)")
        }
        add(clause?.condition?.silencePeriod?.lastDay.date, .silenceEnds, [], nil, "the treaty")
        if entryIntoForce == nil { add(clause?.fixedDate?.date, .fixedDate, [], nil, "the treaty") }
        for standing in participation.standings { addStanding(standing, add) }
        addStatements(add)
        for amendment in amendments {
            let rule = amendment.article ?? "VCLT art. 40"
            add(amendment.entryIntoForce, .amendmentEntersIntoForce, [], amendment.id, rule)
            add(amendment.rejectionUntil, .amendmentRejectionEnds, [], amendment.id, rule)
            for (number, from) in amendment.from where amendment.entryIntoForce?.dayNumber != from && !amendment.newcomers.contains(number)
            {
                add(CalendarDate(dayNumber: from), .amendmentEntersIntoForceFor, [participants[number]], amendment.id, rule)
            }
        }
        for correction in corrections where correction.state == .open {
            add(correction.closes, .correctionPeriodEnds, [], correction.id, "VCLT art. 79(2)")
        }
        for claim in claims where claim.state == .open { add(claim.mayActFrom, .claimPeriodEnds, [], claim.id, "VCLT art. 65(2)") }
        for event in events {
            if case .suspension(_, let until) = event.kind { add(until, .suspensionEnds, [event.participant], event.id, "VCLT art. 72") }
        }
        return deadlines.sorted {
            ($0.day, $0.kind.rawValue, $0.subject ?? "", $0.participants.first?.id.description ?? "")
                < ($1.day, $1.kind.rawValue, $1.subject ?? "", $1.participants.first?.id.description ?? "")
        }
    }

    private typealias Adding = (CalendarDate?, LegalDeadline.Kind, [Participant], String?, String) -> Void

    private func addStanding(_ standing: ParticipantStanding, _ add: Adding) {
        let exit = life.clauses.exit
        for consent in standing.consents {
            if let effect = consent.effect, effect.date != entryIntoForce {
                add(effect.date, .entersIntoForceFor, [standing.participant], consent.act.id, "VCLT art. 24(3)")
            }
            if let ended = consent.endedOn {
                add(
                    ended, .withdrawalTakesEffect, [standing.participant], consent.endedBy?.id,
                    exit.article ?? (exit.rule == .silent || exit.rule == .implied ? "VCLT art. 56(2)" : "VCLT art. 54(a)"))
            } else if let effect = consent.effect?.date, let opens = exit.withdrawalRule?.notWithin?.date(from: effect).date {
                add(opens, .withdrawalOpens, [standing.participant], nil, exit.article ?? "VCLT art. 54(a)")
            }
        }
    }

    /// The periods of reservations, each once: the States that still have to speak are told with it.
    private func addStatements(_ add: Adding) {
        let clause = life.clauses.reservations
        let rule = clause.objectionPeriod == .vienna ? "VCLT art. 20(5)" : clause.article ?? "VCLT art. 20(5)"
        for (number, statement) in statements.enumerated() where statement.form == .reservation {
            switch standing(of: number) {
            case .lateOpen(let until): add(until, .lateReservationAccepted, [], statement.id, "depositary practice; VCLT art. 19")
            case .made, .awaitingAll:
                guard clause.acceptance == .each || clause.acceptance == .all, let end = generalPeriod(of: statement), end > day else {
                    continue
                }
                let silent = participants.indices.filter { state in
                    state != statement.author && consentDay(of: state).map { $0 <= end.dayNumber } ?? false
                        && statement.acceptances[state] == nil && statement.objection(of: state, on: day.dayNumber) == nil
                }
                add(end, .reservationAccepted, silent.map { participants[$0] }, statement.id, rule)
            default: continue
            }
        }
    }
}
