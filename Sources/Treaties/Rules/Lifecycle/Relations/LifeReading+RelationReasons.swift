import Acts

extension LifeReading {
    /// Why two States stand towards each other as they do.
    public func reasons(for relation: TreatyRelation) -> [LegalStep] {
        var steps: [LegalStep] = []
        for participant in [relation.first, relation.second] {
            guard let number = number(of: participant.id) else { continue }
            if let membership = membership(number, on: day.dayNumber) {
                steps.append(
                    LegalStep(
                        .relationParty, "VCLT art. 24",
                        ["actor": .participant(participant), "date": .date(CalendarDate(dayNumber: membership.from))]))
            } else {
                steps.append(
                    LegalStep(.relationNoParty, "VCLT art. 34", ["actor": .participant(participant), "date": .date(day)]))
            }
        }
        let pair: [String: LegalArgument] = ["actor": .participant(relation.first), "other": .participant(relation.second)]
        for reservation in relation.reservations {
            guard let number = statementNumbers[reservation.id] else { continue }
            let other = reservation.author == relation.first ? relation.second : relation.first
            steps += reasons(for: statements[number], standing(of: number, asReservation: true))
            steps += reasons(for: statements[number], reservation.effect, towards: other)
        }
        switch relation.state {
        case .bound, .suspended:
            if let since = relation.since {
                steps.append(LegalStep(.relationBound, "VCLT art. 26", pair.merging(["date": .date(since)]) { own, _ in own }))
            }
            if let until = relation.until {
                steps.append(LegalStep(.relationUntil, "VCLT art. 70", pair.merging(["date": .date(until)]) { own, _ in own }))
            }
            if relation.state == .suspended { steps.append(LegalStep(.relationSuspended, "VCLT art. 72", pair)) }
            steps += textReasons(relation, pair)
        case .provisional: steps.append(LegalStep(.relationProvisional, "VCLT art. 25", pair))
        case .precluded: steps.append(LegalStep(.relationPrecluded, "VCLT art. 20(4)(b)", pair))
        case .notBound: steps.append(LegalStep(.relationNotBound, "VCLT art. 34", pair))
        }
        return steps
    }

    /// Which text governs, amendment by amendment.
    private func textReasons(_ relation: TreatyRelation, _ pair: [String: LegalArgument]) -> [LegalStep] {
        guard let a = number(of: relation.first.id), let b = number(of: relation.second.id) else { return [] }
        var steps: [LegalStep] = []
        for amendment in amendments where amendment.isInForce(on: day) {
            let facts = pair.merging(["amendment": .text(amendment.id)]) { own, _ in own }
            for (number, participant) in [(a, relation.first), (b, relation.second)] where amendment.newcomers.contains(number) {
                steps.append(
                    LegalStep(
                        .textNewcomer, "VCLT art. 40(5)(a)",
                        ["actor": .participant(participant), "amendment": .text(amendment.id)]))
            }
            let bound = (amendment.binds(a, on: day), amendment.binds(b, on: day))
            switch bound {
            case (true, true): steps.append(LegalStep(.textAmended, "VCLT arts. 39, 40", facts))
            case (false, false): steps.append(LegalStep(.textNeither, "VCLT art. 40(4)", facts))
            default:
                let outside = bound.0 ? relation.second : relation.first
                let insideIsNew = amendment.newcomers.contains(bound.0 ? a : b)
                steps.append(
                    LegalStep(
                        .textNotAccepted, "VCLT art. 40(4)", ["actor": .participant(outside), "amendment": .text(amendment.id)]))
                steps.append(LegalStep(.textOriginal, insideIsNew ? "VCLT art. 40(5)(b)" : "VCLT arts. 40(4), 30(4)(b)", facts))
            }
        }
        if steps.isEmpty { steps.append(LegalStep(.textOnlyOne, "VCLT art. 26", pair)) }
        return steps
    }
}
