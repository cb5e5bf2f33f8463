public import Acts

/// What becomes of an act that is offered for entry: admitted, entered for what the law makes of it, or refused with the rule
/// and the way out.
public enum Admission: Hashable, Sendable {
    case admitted([LegalStep])
    case recorded(Outcome, [LegalStep])
    case refused(Refusal)

    /// As what an act is entered that does not have the effect its author may want.
    public enum Outcome: String, Hashable, Sendable {
        /// After consent, or after its period: circulated, or kept as a communication.
        case late
        /// A reservation before consent (VCLT art. 23(2)).
        case toBeConfirmed = "to-be-confirmed"
        /// Received, and without effect in law.
        case withoutEffect = "without-effect"
        /// Somebody has to look: a notice under a treaty that is silent on leaving.
        case doubtful
    }

    /// `admitted`, `recorded`, `refused`.
    public var name: String {
        switch self {
        case .admitted: "admitted"
        case .recorded: "recorded"
        case .refused: "refused"
        }
    }

    public var steps: [LegalStep] {
        switch self {
        case .admitted(let steps), .recorded(_, let steps): steps
        case .refused: []
        }
    }
}

extension TreatyLife {
    /// Whether an act may be entered, judged on its own day by what has happened before it.
    ///
    /// - Throws: `ClauseProblem` where the facts do not suffice to compute who is a Party.
    public func admission(of event: LifeEvent) throws(ClauseProblem) -> Admission {
        var before = self
        before.events = events.filter { $0.id != event.id }
        let reading = try before.reading(on: event.date)
        do throws(Refusal) {
            return try LifeAdmission(reading: reading, event: event).result()
        } catch {
            return .refused(error)
        }
    }
}
