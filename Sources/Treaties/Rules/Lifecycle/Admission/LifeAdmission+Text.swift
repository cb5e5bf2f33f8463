import Acts

/// Acts on amendments, corrections and claims.
extension LifeAdmission {
    private func unknown(_ what: String, _ id: String) -> Refusal {
        refuse(.notFound, "no-such-\(what)", "There is no \(what) '\(id)'.", mend: "Choose it from the list.", nil, ["subject": id])
    }

    func acceptance(ofAmendment id: String) throws(Refusal) -> Admission {
        guard reading.amendment(id) != nil else { throw unknown("amendment", id) }
        guard hasConsented else {
            throw refuse(
                .unlawful, "amendment-not-party", "\(author.name) is not a contracting State, and an amendment is accepted by those.",
                mend: "It may join the treaty; after the entry into force of the amendment it joins the amended text.",
                "VCLT art. 40(2), (5)")
        }
        let accepted = reading.events.contains { $0.kind == .amendmentAccepted(id) && $0.participant.id == author.id }
        if accepted {
            throw refuse(
                .conflict, "amendment-accepted-already", "\(author.name) has accepted the amendment already.",
                mend: "Nothing more is needed.",
                "VCLT art. 40")
        }
        return .admitted([])
    }

    func rejection(ofAmendment id: String) throws(Refusal) -> Admission {
        guard let amendment = reading.amendment(id) else { throw unknown("amendment", id) }
        guard let until = amendment.rejectionUntil else {
            throw refuse(
                .unlawful, "rejection-not-needed", "The amendment binds only those that accept it.", mend: "Nothing needs to be done.",
                "VCLT art. 40(4)")
        }
        guard event.date <= until else {
            return .recorded(
                .late,
                [step(.deadlineAmendmentRejectionEnds, amendment.article ?? "the treaty", ["date": .date(until), "subject": .text(id)])])
        }
        return .admitted([])
    }

    func objection(toCorrection id: String) throws(Refusal) -> Admission {
        guard let correction = reading.correction(id) else { throw unknown("correction", id) }
        guard isConcerned else {
            throw refuse(
                .unlawful, "not-concerned", "\(author.name) is neither a signatory nor a contracting State.",
                mend: "Circulate what it says as a communication.", "VCLT art. 79(1)")
        }
        if let closes = correction.closes, event.date > closes {
            return .recorded(
                .late, [step(.correctionObjectedLate, clauses.corrections.article ?? "VCLT art. 79(2)", ["date": .date(event.date)])])
        }
        return .admitted([step(.correctionObjected, "VCLT art. 79(2)(b)")])
    }

    func objection(toClaim id: String) throws(Refusal) -> Admission {
        guard let claim = reading.claim(id) else { throw unknown("claim", id) }
        guard isParty else {
            throw refuse(
                .unlawful, "not-concerned", "\(author.name) is not a Party.", mend: "Circulate what it says as a communication.",
                "VCLT art. 65(1)")
        }
        if let end = claim.mayActFrom, event.date > end { return .recorded(.late, claim.steps) }
        return .admitted([step(.claimObjected, "VCLT art. 65(3)")])
    }
}
