public import Acts

/// What the treaty's own final clauses and the law of treaties say of an act (`Rules/Lifecycle`).
extension ConsentRule {
    private var opened: TreatyOpened { consent.file.opened }

    /// An act of participation as an event of the treaty's life.
    private func event(_ act: TreatyParticipation) -> LifeEvent {
        LifeEvent(
            id: "offered", .participation(act.action), by: TreatyLaw(actors: actors).participant(act.actor), on: act.date,
            effect: act.takesEffect)
    }

    /// Who may sign, accede or otherwise join, by which acts, and how one leaves.
    func checkLaw(_ act: TreatyParticipation, by actor: Actor) throws(Refusal) {
        let life: TreatyLife
        switch consent.life {
        case .success(let known): life = known
        case .failure(let malformed):
            // Nobody can be measured by clauses that do not read; what the register itself asks was asked before.
            guard act.action.isWithdrawal else { return }
            throw refuse(
                .conflict, "clauses-unreadable", "The treaty's final clauses do not read: \(malformed).",
                "Correct them by a further act of opening.", "docs/lifecycle.md", nil, ["reason": malformed.description])
        }
        // Where the facts do not suffice to say who is a Party, the officer decides.
        guard let admission = try? life.admission(of: event(act)) else { return }
        switch admission {
        case .admitted: return
        case .refused(let refusal): throw refusal
        case .recorded(let outcome, _):
            // A treaty whose clauses are in the register and say nothing of leaving: somebody has to say on what the right rests.
            guard outcome == .doubtful, opened.finalClauses != nil, act.note == nil else { return }
            throw refuse(
                .unlawful, "exit-silent", "The treaty has no provision on leaving, and nothing in the register shows that it may be left.",
                "Say in the remark on what the right rests: the Parties' intention, the treaty's nature, or the consent of all.",
                "VCLT arts. 54(b), 56(1)", actor)
        }
    }

    /// The day a notice takes effect by the treaty's own rule; `nil` where it has none or it is not known.
    public func dayOfEffect(of act: TreatyParticipation) -> CalendarDate? {
        guard act.action.isWithdrawal, case .success(let life) = consent.life, let reading = try? life.reading(on: act.date),
            let standing = reading.standing(of: .actor(act.actor))
        else { return nil }
        return reading.takesEffect(notice: act.date, of: standing)
    }
}
