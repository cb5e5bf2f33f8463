public import Acts

/// A proposed correction of the text, as it stands on a day (VCLT art. 79).
public struct CorrectionReading: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        /// The States concerned may still object.
        case open
        /// Nobody objected in time: the text is corrected, from its beginning.
        case effected
        /// Somebody did: the depositary tells the others, and decides nothing (VCLT arts. 77(2), 79(2)(b)).
        case objected
        /// The proposal has not been notified yet.
        case notNotified = "not-notified"
    }

    public let id: String
    public let state: State
    public let subject: CorrectionStatement.Subject
    public let languages: [String]
    /// The last day on which an objection is in time.
    public let closes: CalendarDate?
    /// The day the correction was made: the end of the period without an objection.
    public let effectedOn: CalendarDate?
    /// The day from which the corrected text is the text: its adoption, for a correction works from the beginning (art. 79(4)).
    public let appliesFrom: CalendarDate?
    public let objectedBy: [Participant]
    /// Objections after the period, kept as communications.
    public let objectedLate: [Participant]
    public let steps: [LegalStep]
}

extension LifeReading {
    /// All proposals of correction, in the order of their days.
    public var corrections: [CorrectionReading] {
        events.compactMap { event -> CorrectionReading? in
            guard case .correctionProposed(let statement) = event.kind else { return nil }
            return correction(event, statement)
        }
    }

    public func correction(_ id: String) -> CorrectionReading? { corrections.first { $0.id == id } }

    private func correction(_ event: LifeEvent, _ statement: CorrectionStatement) -> CorrectionReading {
        let clause = life.clauses.corrections
        let rule = clause.article ?? "VCLT art. 79"
        var steps: [LegalStep] = []
        let closes = event.notifiedOn.map { (statement.period ?? clause.period).date(from: $0).date }
        if let notified = event.notifiedOn, let closes {
            steps.append(
                LegalStep(.correctionPeriod, "VCLT art. 79(2)", ["notified": .date(notified), "date": .date(closes)]))
        }
        switch statement.subject {
        case .error: break
        case .discordance: steps.append(LegalStep(.correctionDiscordance, "VCLT art. 79(3)", ["languages": .list(statement.languages)]))
        case .copy: steps.append(LegalStep(.correctionCopy, "VCLT art. 79(5)"))
        }
        var inTime: [Participant] = []
        var late: [Participant] = []
        for objection in events where objection.kind == .correctionObjected(to: event.id) {
            let withdrawn = events.contains { act in
                if case .statementWithdrawal(objection.id, _) = act.kind { true } else { false }
            }
            if withdrawn { continue }
            if closes.map({ objection.date <= $0 }) ?? true {
                inTime.append(objection.participant)
                steps.append(
                    LegalStep(
                        .correctionObjected, "VCLT art. 79(2)(b)",
                        ["actor": .participant(objection.participant), "date": .date(objection.date)]))
            } else {
                late.append(objection.participant)
                steps.append(
                    LegalStep(
                        .correctionObjectedLate, rule,
                        ["actor": .participant(objection.participant), "date": .date(objection.date)]))
            }
        }
        var state = CorrectionReading.State.open
        var effected: CalendarDate?
        if !inTime.isEmpty {
            state = .objected
        } else if let closes {
            if closes <= day {
                state = .effected
                effected = closes
                steps.append(LegalStep(.correctionEffected, "VCLT art. 79(2)(a)", ["date": .date(closes)]))
                if statement.subject != .copy { steps.append(LegalStep(.correctionFromBeginning, "VCLT art. 79(4)")) }
            }
        } else {
            state = .notNotified
        }
        return CorrectionReading(
            id: event.id, state: state, subject: statement.subject, languages: statement.languages, closes: closes, effectedOn: effected,
            appliesFrom: effected == nil || statement.subject == .copy ? nil : life.context.adoption ?? life.context.opening,
            objectedBy: inTime, objectedLate: late, steps: steps)
    }
}
