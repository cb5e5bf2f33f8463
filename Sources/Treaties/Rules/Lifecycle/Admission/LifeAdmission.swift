import Acts

/// Judges one act against the life before it. What the law forbids is refused with its article; what comes late or without
/// authority is entered as that.
struct LifeAdmission {
    let reading: LifeReading
    let event: LifeEvent

    var clauses: FinalClauses { reading.life.clauses }
    var author: Participant { event.participant }

    func result() throws(Refusal) -> Admission {
        switch event.kind {
        case .participation(let kind): try participation(kind)
        case .reservation(let statement): try reservation(provisions: statement.provisions, listed: statement.listed)
        case .modification(let id, let provisions): try modification(of: id, provisions)
        case .declaration(let statement): try declaration(statement)
        case .objection(let id, _): try objection(to: id)
        case .acceptance(let id, _), .recharacterization(let id): try onAnother(id)
        case .confirmation(let id): try confirmation(of: id)
        case .statementWithdrawal(let id, _): try withdrawal(of: id)
        case .amendmentAccepted(let id): try acceptance(ofAmendment: id)
        case .amendmentRejected(let id): try rejection(ofAmendment: id)
        case .correctionObjected(let id): try objection(toCorrection: id)
        case .claimObjected(let id): try objection(toClaim: id)
        case .amendmentAdopted, .amendmentDeclined, .correctionProposed, .claim, .suspension, .territory, .releaseByAll: .admitted([])
        }
    }

    func refuse(
        _ kind: Refusal.Kind, _ code: String, _ explanation: String, mend: String, _ citation: String?, _ more: [String: String] = [:]
    ) -> Refusal {
        Refusal(
            kind, code: "treaty.\(code)", explanation, mend: mend, citation: citation,
            arguments: more.merging(["actor": author.name, "actorCode": author.id.description]) { own, _ in own })
    }

    func statement(_ id: String) throws(Refusal) -> Statement {
        guard let number = reading.statementNumbers[id] else {
            throw refuse(
                .notFound, "no-such-statement", "There is no reservation or declaration '\(id)'.", mend: "Choose it from the list.", nil,
                ["statement": id])
        }
        return reading.statements[number]
    }

    /// Whether the author is a signatory, contracting State or Party: one the depositary informs (VCLT art. 77(1)(e)).
    var isConcerned: Bool {
        guard let standing = reading.standing(of: author.id) else { return false }
        switch standing.state {
        case .signatory, .contracting, .party: return true
        case .none, .ended: return standing.signedOn != nil
        }
    }

    var isParty: Bool {
        reading.number(of: author.id).map { reading.membership($0, on: event.date.dayNumber) != nil } ?? false
    }

    var hasConsented: Bool {
        switch reading.standing(of: author.id)?.state {
        case .contracting, .party: true
        default: false
        }
    }

    func step(_ code: LegalStepCode, _ rule: String, _ more: [String: LegalArgument] = [:]) -> LegalStep {
        LegalStep(code, rule, more.merging(["actor": .participant(author), "date": .date(event.date)]) { own, _ in own })
    }
}
