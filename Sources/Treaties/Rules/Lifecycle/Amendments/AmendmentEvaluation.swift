import Acts

/// Works out each amendment of a treaty from its clause, the acceptances and rejections, and who is a Party.
struct AmendmentEvaluation {
    let life: TreatyLife
    let events: [LifeEvent]
    let participants: [Participant]
    let numbers: [ParticipantID: Int]
    let memberships: [[LifeReading.Membership]]
    let day: CalendarDate

    func readings() throws(ClauseProblem) -> [AmendmentReading] {
        var readings: [AmendmentReading] = []
        for event in events {
            guard case .amendmentAdopted(let statement) = event.kind else { continue }
            readings.append(try reading(of: event, statement))
        }
        return readings
    }

    private func reading(of event: LifeEvent, _ statement: AmendmentStatement) throws(ClauseProblem) -> AmendmentReading {
        let clause = statement.clause ?? life.clauses.amendments ?? AmendmentClause()
        if let tacit = clause.tacit { return tacitly(event, statement, clause, tacit) }
        return try byAcceptance(event, statement, clause)
    }

    // MARK: By silence

    private func tacitly(
        _ event: LifeEvent, _ statement: AmendmentStatement, _ clause: AmendmentClause, _ tacit: AmendmentClause.TacitAcceptance
    ) -> AmendmentReading {
        let notified = event.notifiedOn
        let last = notified.map { tacit.rejection.date(from: $0).date }
        let entry = statement.declared ?? notified.map { tacit.effect.date(from: $0).date }
        var inTime: [Int] = []
        var late: [Int] = []
        var accepted: [Participant] = []
        for act in events {
            guard let number = numbers[act.participant.id] else { continue }
            switch act.kind {
            case .amendmentRejected(event.id):
                if last.map({ act.date <= $0 }) ?? true { inTime.append(number) } else { late.append(number) }
            case .amendmentAccepted(event.id):
                // Who takes its rejection back is bound like the others, but not before.
                inTime.removeAll { $0 == number }
                accepted.append(act.participant)
            // A rejection withdrawn.
            case .statementWithdrawal(let id, _):
                if events.contains(where: { $0.id == id && $0.kind == .amendmentRejected(event.id) }) { inTime.removeAll { $0 == number } }
            default: continue
            }
        }
        var from: [Int: Int] = [:]
        var newcomers: Set<Int> = []
        if let entry {
            for (number, spans) in memberships.enumerated() where !inTime.contains(number) {
                guard let span = spans.first(where: { $0.until > entry.dayNumber }) else { continue }
                from[number] = max(entry.dayNumber, span.from)
                if span.from > entry.dayNumber { newcomers.insert(number) }
            }
        }
        return AmendmentReading(
            id: event.id, adopted: event.date, mode: statement.declared == nil ? .silence : .declared, article: clause.article,
            entryIntoForce: entry,
            steps: notified.map { notified in
                [.delay(tacit.effect, from: notified, to: tacit.effect.date(from: notified).date, clamped: false)]
                    + (entry.map { [.entersIntoForce($0)] } ?? [])
            } ?? [.notYet], missing: [], accepted: accepted, rejectionUntil: last, rejectedInTime: inTime.map { participants[$0] },
            rejectedLate: late.map { participants[$0] }, from: from, newcomers: newcomers)
    }

    // MARK: By acceptance

    private func byAcceptance(
        _ event: LifeEvent, _ statement: AmendmentStatement, _ clause: AmendmentClause
    ) throws(ClauseProblem) -> AmendmentReading {
        let acts = events.compactMap { act -> ParticipationAct? in
            guard act.kind == .amendmentAccepted(event.id) else { return nil }
            return ParticipationAct(.acceptance, by: act.participant, on: act.date, effect: act.effect, id: act.id)
        }
        // Without a clause of its own, an amending agreement binds those that accept it (VCLT arts. 24, 40(4)).
        let own = clause.entryIntoForce ?? EntryIntoForceClause(condition: nil, perParty: true)
        var context = life.context
        context.adoption = event.date
        // Of a treaty whose organizations do not count, they do not count among the Parties of whom a part is taken either.
        context.classes["Parties"] = DatedClass(
            participants.indices.flatMap { number -> [DatedClass.Membership] in
                guard own.regionalOrganizationsCount || !participants[number].isOrganization else { return [] }
                return memberships[number].map { span in
                    .init(
                        participants[number].id, from: CalendarDate(dayNumber: span.from),
                        until: span.until == .max ? nil : CalendarDate(dayNumber: span.until - 1))
                }
            })
        for participant in participants { context.participants[participant.id] = participant }
        let horizon = events.last.map { max($0.date, day) } ?? day
        let participation: Participation
        if let declared = statement.declared {
            var plain = own
            plain.perParty = false
            let entry = EntryIntoForce(
                clause: plain, asOf: horizon, date: declared, decisiveDay: nil, decisiveActs: [], considered: [], finding: nil,
                steps: [.entersIntoForce(declared)], missing: [], doubts: [], lastDayOfOriginalParties: declared)
            participation = try ParticipationEvaluation(entryIntoForce: entry, acts: acts, context: context).result()
        } else {
            participation = try own.participation(acts, context: context, asOf: horizon)
        }
        let entry = participation.entryIntoForce
        var from: [Int: Int] = [:]
        for standing in participation.standings {
            guard let number = numbers[standing.participant.id], let effect = standing.dateOfEffect else { continue }
            from[number] = effect.dayNumber
        }
        var newcomers: Set<Int> = []
        if let date = entry.date, clause.newcomersJoinAmended {
            let declined = Set(
                events.compactMap { act -> Int? in
                    act.kind == .amendmentDeclined(event.id) ? numbers[act.participant.id] : nil
                })
            for (number, spans) in memberships.enumerated() where from[number] == nil && !declined.contains(number) {
                // Whoever becomes a Party after the amendment's entry into force (VCLT art. 40(5)).
                guard let span = spans.first(where: { $0.from > date.dayNumber }),
                    !spans.contains(where: { $0.from <= date.dayNumber && $0.until > date.dayNumber })
                else { continue }
                from[number] = span.from
                newcomers.insert(number)
            }
        }
        let mode: AmendmentReading.Mode = statement.declared != nil ? .declared : own.binds == nil ? .acceptance : .all
        let counted = entry.counted.isEmpty ? acts.map(\.participant) : entry.counted.map(\.participant)
        return AmendmentReading(
            id: event.id, adopted: event.date, mode: mode, article: clause.article, entryIntoForce: entry.date, steps: entry.steps,
            missing: entry.missing, accepted: counted, rejectionUntil: nil, rejectedInTime: [], rejectedLate: [], from: from,
            newcomers: newcomers)
    }
}
