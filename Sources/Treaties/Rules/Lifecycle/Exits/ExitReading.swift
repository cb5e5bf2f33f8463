public import Acts

/// A notice of withdrawal or denunciation: when it takes effect, or why it does not (VCLT arts. 54 to 56, 65, 67, 68).
public struct ExitReading: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        /// No notice was given.
        case none
        /// Given, and still to take effect.
        case running
        /// It has taken effect.
        case effective
        /// Taken back before it took effect; its author never ceased to be a Party (VCLT art. 68).
        case revoked
        /// Without effect while its author is in the state the treaty names (Geneva Convention I art. 63).
        case suspended
        /// The treaty excludes leaving.
        case withoutEffect = "without-effect"
    }

    public let state: State
    public let notice: CalendarDate?
    /// The day it takes or took effect.
    public let takesEffect: CalendarDate?
    /// The first day a notice may be given or counts as given.
    public let earliestNotice: CalendarDate?
    /// The first day a notice of the day in question could take effect; for a State that has given none.
    public let earliestEffect: CalendarDate?
    public let steps: [LegalStep]
}

extension LifeReading {
    /// Whether and when a participant leaves.
    public func exit(of id: ParticipantID) -> ExitReading {
        guard let standing = standing(of: id) else {
            return ExitReading(state: .none, notice: nil, takesEffect: nil, earliestNotice: nil, earliestEffect: nil, steps: [])
        }
        let clause = life.clauses.exit
        let who: [String: LegalArgument] = ["actor": .participant(standing.participant)]
        func step(_ code: LegalStepCode, _ rule: String, _ more: [String: LegalArgument] = [:]) -> LegalStep {
            LegalStep(code, rule, who.merging(more) { _, own in own })
        }
        let notices = events.filter { event in
            guard event.participant.id == id, case .participation(let kind) = event.kind else { return false }
            return kind.isWithdrawal
        }
        let released = events.last { $0.participant.id == id && $0.kind == .releaseByAll }
        var steps = clause.sentences
        let inForce = standing.consents.last { $0.effect != nil }?.effect?.date
        let earliest = inForce.flatMap { inForce in clause.withdrawalRule?.notWithin?.date(from: inForce).date }
        if let earliest, let inForce {
            steps.append(
                step(.exitNotBefore, clause.article ?? "VCLT art. 54(a)", ["inForce": .date(inForce), "date": .date(earliest)]))
        }
        guard let notice = notices.last ?? released else {
            let effect = standing.state == .party || standing.state == .contracting ? takesEffect(notice: day, of: standing) : nil
            return ExitReading(
                state: .none, notice: nil, takesEffect: nil, earliestNotice: earliest, earliestEffect: effect, steps: steps)
        }
        steps.append(step(.exitNotice, "VCLT arts. 65(1), 67", ["date": .date(notice.date)]))
        if notice.kind == .releaseByAll { steps.append(step(.exitByConsent, "VCLT art. 54(b)", ["date": .date(notice.date)])) }
        func answer(_ state: ExitReading.State, _ takesEffect: CalendarDate?) -> ExitReading {
            ExitReading(
                state: state, notice: notice.date, takesEffect: takesEffect, earliestNotice: earliest, earliestEffect: nil, steps: steps)
        }
        if clause.rule == .excluded, notice.kind != .releaseByAll {
            steps.append(step(.exitExcluded, clause.article ?? "VCLT art. 54"))
            return answer(.withoutEffect, nil)
        }
        let revocation = events.first {
            $0.participant.id == id && $0.kind == .participation(.withdrawalRevocation) && $0.date >= notice.date
        }
        if let consent = standing.consents.last(where: { $0.endedBy?.id == notice.id }), let ended = consent.endedOn {
            steps.append(step(.exitTakesEffect, clause.article ?? rule(of: clause), ["date": .date(ended)]))
            if let general = entryIntoForce, ended > general { steps.append(step(.exitThresholdStays, "VCLT art. 55")) }
            return answer(ended <= day ? .effective : .running, ended)
        }
        if standing.consents.contains(where: { $0.suspendedNotice?.id == notice.id }) {
            steps.append(step(.exitSuspended, clause.article ?? "the treaty"))
            return answer(.suspended, nil)
        }
        if let revocation {
            steps.append(step(.exitRevoked, "VCLT art. 68", ["date": .date(revocation.date)]))
            return answer(.revoked, nil)
        }
        return answer(.withoutEffect, nil)
    }

    private func rule(of clause: ExitClause) -> String {
        switch clause.rule {
        case .own: "VCLT art. 54(a)"
        case .silent, .implied, .excluded: "VCLT art. 56(2)"
        }
    }

    /// When a notice given on a day would take effect; `nil` where it would have none, or none yet.
    func takesEffect(notice: CalendarDate, of standing: ParticipantStanding) -> CalendarDate? {
        guard life.clauses.exit.withdrawalRule != nil else { return nil }
        var trial = life
        trial.events = events + [LifeEvent(id: "\u{0}", .participation(.withdrawal), by: standing.participant, on: notice)]
        guard let reading = try? trial.reading(on: max(notice, day)) else { return nil }
        return reading.participation[standing.participant.id]?.consents.last { $0.endedBy?.id == "\u{0}" }?.endedOn
    }
}
