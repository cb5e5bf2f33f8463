import Acts

extension LifeAdmission {
    private var rule: ReservationClause { clauses.reservations }

    func reservation(provisions: [String], listed: String?) throws(Refusal) -> Admission {
        // Its moment, by what its author has done up to that day; a consent of the same day carries it.
        let consented = reading.standing(of: author.id)?.consents ?? []
        let sameDay = consented.contains { $0.act.date == event.date }
        let moment: ReservationClause.Moment = hasConsented || sameDay ? .consent : .signature
        switch rule.obstacle(provisions: provisions, listed: listed, moment: moment) {
        case .prohibited?:
            throw refuse(
                .unlawful, "reservation-prohibited", "The treaty does not allow this reservation.",
                mend: "Ask \(author.name) under VCLT art. 77(1)(d); accept the instrument in deposit without the reservation.",
                rule.article.map { "\($0); VCLT art. 19(a)" } ?? "VCLT art. 19(a)")
        case .notListed?:
            throw refuse(
                .unlawful, "reservation-not-listed", "The treaty allows only specified reservations, and this is none of them.",
                mend: "Name the reservation it corresponds to, or ask \(author.name) under VCLT art. 77(1)(d).",
                rule.article.map { "\($0); VCLT art. 19(b)" } ?? "VCLT art. 19(b)")
        case .wrongMoment?:
            throw refuse(
                .unlawful, "reservation-wrong-moment",
                moment == .signature
                    ? "The treaty admits reservations only with the instrument of consent."
                    : "The treaty admits reservations only at signature.",
                mend: "\(author.name) may make it at the moment the treaty names.", rule.article ?? "VCLT art. 19")
        default: break
        }
        if sameDay { return .admitted([step(.reservationMade, "VCLT art. 19", ["provisions": .provisions(provisions)])]) }
        if hasConsented {
            guard case .unlessObjected = rule.late else {
                throw refuse(
                    .unlawful, "reservation-late",
                    "\(author.name) has consented to be bound, and the treaty receives no later reservation.",
                    mend: "A reservation is made when signing or consenting.", rule.article ?? "VCLT art. 19")
            }
            return .recorded(.late, [step(.reservationLate, "VCLT art. 19; depositary practice")])
        }
        return .recorded(.toBeConfirmed, [step(.reservationToConfirm, "VCLT art. 23(2)")])
    }

    func modification(of id: String, _ provisions: [String]) throws(Refusal) -> Admission {
        let original = try statement(id)
        try own(original)
        if let obstacle = rule.obstacle(provisions: provisions, listed: original.listed, moment: .consent) {
            throw refuse(
                .unlawful, "reservation-prohibited", "The treaty does not allow this reservation (\(obstacle.code)).",
                mend: "Withdraw the reservation in part instead.", rule.article ?? "VCLT art. 19")
        }
        return .recorded(.late, [step(.reservationLate, "VCLT art. 19; depositary practice")])
    }

    func declaration(_ statement: DeclarationStatement) throws(Refusal) -> Admission {
        guard clauses.declarations.allowed else {
            throw refuse(
                .unlawful, "declaration-excluded", "The treaty admits no declarations.", mend: "Circulate it as a communication.",
                clauses.declarations.article)
        }
        return .admitted([step(.declarationMade, "VCLT art. 31(2)(b)", ["provisions": .provisions(statement.provisions)])])
    }

    func objection(to id: String) throws(Refusal) -> Admission {
        let target = try statement(id)
        let state = reading.number(of: author.id)
        if state == target.author {
            throw refuse(
                .conflict, "own-reservation", "\(author.name) made that reservation itself.", mend: "It may withdraw it at any time.",
                "VCLT art. 22(1)")
        }
        guard let state, let number = reading.statementNumbers[id] else { throw notConcerned }
        if target.objection(of: state, on: event.date.dayNumber) != nil {
            throw refuse(
                .conflict, "objected-already", "\(author.name) has objected to that reservation already.",
                mend: "Withdraw the earlier objection first, if it is to be changed.", "VCLT art. 20(4)(b)")
        }
        let standing = reading.standing(of: number, asReservation: true)
        if case .withdrawn(let day) = standing {
            throw refuse(
                .conflict, "reservation-withdrawn", "That reservation was withdrawn with effect from \(day).",
                mend: "There is nothing left to object to.", "VCLT art. 22(1)", ["date": day.description])
        }
        guard isConcerned else { throw notConcerned }
        if rule.acceptance == .none, target.form == .reservation {
            return .recorded(.withoutEffect, [step(.reservationAuthorized, "VCLT art. 20(1)")])
        }
        let trial = Statement.Objection(event: event.id, date: event.date.dayNumber, precludes: false, withdrawn: nil)
        if !reading.isInTime(trial, to: target, by: state) || target.acceptances[state] != nil {
            let last = reading.objectionDeadline(target, for: state) ?? event.date.dayNumber
            return .recorded(
                .late,
                [
                    step(
                        .effectAcceptedBySilence, rule.objectionPeriod == .vienna ? "VCLT art. 20(5)" : rule.article ?? "VCLT art. 20(5)",
                        ["other": .participant(author), "on": .date(CalendarDate(dayNumber: last))])
                ])
        }
        return .admitted([step(.effectObjected, "VCLT art. 20(4)(b)", ["other": .participant(author), "on": .date(event.date)])])
    }

    private var notConcerned: Refusal {
        refuse(
            .unlawful, "not-concerned", "\(author.name) is neither a Party, nor a contracting State, nor a signatory.",
            mend: "Circulate what it says as a communication.", "VCLT arts. 20(4), 23(1)")
    }

    func onAnother(_ id: String) throws(Refusal) -> Admission {
        let target = try statement(id)
        if reading.number(of: author.id) == target.author {
            throw refuse(
                .conflict, "own-reservation", "\(author.name) made that statement itself.", mend: "It may withdraw it at any time.",
                "VCLT art. 22(1)")
        }
        return .admitted([])
    }

    func confirmation(of id: String) throws(Refusal) -> Admission {
        let target = try statement(id)
        try own(target)
        guard target.moment == .beforeConsent else {
            throw refuse(
                .conflict, "nothing-to-confirm", "That reservation does not wait for a confirmation.", mend: "Nothing more is needed.",
                "VCLT art. 23(2)")
        }
        return .admitted([])
    }

    func withdrawal(of id: String) throws(Refusal) -> Admission {
        // An objection is withdrawn by whoever made it; so is a claim or a rejection.
        if reading.statementNumbers[id] == nil {
            guard let earlier = reading.events.first(where: { $0.id == id }) else {
                throw refuse(
                    .notFound, "no-such-statement", "There is no statement '\(id)'.", mend: "Choose it from the list.", nil,
                    ["statement": id])
            }
            guard earlier.participant.id == author.id else { throw notOwn }
            return .admitted([])
        }
        let target = try statement(id)
        try own(target)
        if let withdrawn = target.withdrawn {
            throw refuse(
                .conflict, "withdrawn-already", "It was withdrawn with effect from \(CalendarDate(dayNumber: withdrawn)).",
                mend: "Nothing more is needed.", "VCLT art. 22(1)")
        }
        return .admitted([step(.reservationWithdrawn, "VCLT art. 22(1), (3)(a)", ["on": .date(event.notifiedOn ?? event.date)])])
    }

    private var notOwn: Refusal {
        refuse(
            .unlawful, "not-own-statement", "\(author.name) did not make that statement.", mend: "Only its author may change it.",
            "VCLT art. 22")
    }

    private func own(_ target: Statement) throws(Refusal) {
        guard reading.number(of: author.id) == target.author else { throw notOwn }
    }
}
