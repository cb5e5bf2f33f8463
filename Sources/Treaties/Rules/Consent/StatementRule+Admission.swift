import Acts

extension StatementRule {
    /// What the treaty's final clauses and the law of treaties make of a statement: refused, or recorded, late where it came late.
    func admitted(
        _ made: TreatyStatementMade, with act: TreatyParticipation?, by actor: Actor
    ) throws(Refusal) -> TreatyStatementMade {
        guard case .success(var life) = consent.life else { return made }
        let participant = TreatyLaw(actors: actors).participant(made.actor)
        guard let kind = made.lifeKind else { return made }
        if let act {
            life.events.append(
                LifeEvent(
                    id: "companion", .participation(act.action), by: participant, on: act.date, effect: act.takesEffect))
        }
        let event = LifeEvent(id: "offered", kind, by: participant, on: made.date)
        // Where the facts do not suffice to say who is a Party, the officer decides.
        guard let admission = try? life.admission(of: event) else { return made }
        var recorded = made
        switch admission {
        case .admitted: recorded.late = nil
        case .recorded(let outcome, _): recorded.late = outcome == .late ? true : nil
        case .refused(let refusal): throw refusal
        }
        if made.statement == .reservation, act == nil, made.madeAt == nil, !hasActed(made) {
            throw refuse(
                .unlawful, "reservation-of-nobody", "\(actor.name(in: "en")) has neither signed nor consented to be bound.",
                "Enter the signature or instrument with it.", "VCLT arts. 2(1)(d), 19", actor)
        }
        return recorded
    }

    private func hasActed(_ made: TreatyStatementMade) -> Bool {
        consent.file.acts(of: made.actor).contains { ($0.action.isSignature || $0.action.isConsent) && $0.date <= made.date }
    }
}

extension TreatyStatementMade {
    /// The statement as an event of the treaty's life; `nil` for those that the law attaches nothing to.
    var lifeKind: LifeEvent.Kind? {
        let target = answers.map(String.init) ?? ""
        return switch statement {
        case .reservation: .reservation(ReservationStatement(provisions: provisions, listed: listed))
        case .interpretativeDeclaration: .declaration(DeclarationStatement(form: "interpretative", provisions: provisions))
        case .mandatoryDeclaration: .declaration(DeclarationStatement(form: "mandatory", provisions: provisions))
        case .optionalDeclaration: .declaration(DeclarationStatement(form: "optional", provisions: provisions))
        case .territorialDeclaration: .declaration(DeclarationStatement(form: "territorial", provisions: provisions))
        case .objection: .objection(to: target, precludes: precludesTreaty ?? false)
        case .acceptance: .acceptance(of: target, organ: false)
        case .recharacterization: heldToBe == .reservation ? .recharacterization(of: target) : nil
        case .communication, .notification: nil
        }
    }
}
