public import Acts

/// A claim to terminate, withdraw from, suspend or hold a treaty invalid, and when its author may act on it (VCLT art. 65).
public struct ClaimReading: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        /// The other Parties may still object.
        case open
        /// The period is over and nobody objected: its author may carry out the measure (art. 65(2)).
        case mayAct = "may-act"
        /// Somebody objected: a solution is to be sought as in art. 33 of the UN Charter (art. 65(3)).
        case objected
        case revoked
    }

    public let id: String
    public let author: Participant
    public let measure: String
    public let state: State
    /// The first day the measure may be carried out, unless somebody objects.
    public let mayActFrom: CalendarDate?
    public let objectedBy: [Participant]
    public let steps: [LegalStep]
}

extension LifeReading {
    /// All claims under VCLT art. 65, in the order of their days.
    public var claims: [ClaimReading] {
        events.compactMap { event -> ClaimReading? in
            guard case .claim(let measure, let until) = event.kind else { return nil }
            var steps: [LegalStep] = []
            let who: [String: LegalArgument] = ["actor": .participant(event.participant)]
            // Not less than three months after receipt, save in a case of special urgency.
            let end = event.notifiedOn.map { until ?? $0.adding(months: 3).date }
            if let notified = event.notifiedOn, let end {
                steps.append(
                    LegalStep(
                        until == nil ? .claimPeriod : .claimUrgent, "VCLT art. 65(2)",
                        who.merging(["notified": .date(notified), "date": .date(end)]) { _, own in own }))
            }
            let objections = events.filter { objection in
                objection.kind == .claimObjected(to: event.id) && (end.map { objection.date <= $0 } ?? true)
            }
            for objection in objections {
                steps.append(
                    LegalStep(
                        .claimObjected, "VCLT art. 65(3)",
                        ["actor": .participant(objection.participant), "date": .date(objection.date)]))
            }
            let revoked = events.contains { act in
                if case .statementWithdrawal(event.id, _) = act.kind { true } else { false }
            }
            let state: ClaimReading.State =
                revoked ? .revoked : !objections.isEmpty ? .objected : end.map { $0 <= day } ?? false ? .mayAct : .open
            return ClaimReading(
                id: event.id, author: event.participant, measure: measure, state: state,
                mayActFrom: objections.isEmpty && !revoked ? end : nil, objectedBy: objections.map(\.participant), steps: steps)
        }
    }

    public func claim(_ id: String) -> ClaimReading? { claims.first { $0.id == id } }
}
