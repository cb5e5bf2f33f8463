public import Acts

/// An act that was looked at, whether it counted, and why not.
public struct ConsideredAct: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        /// It counted, as the so-manieth.
        case counted(Int)
        case notCounted(Reason)
    }

    public enum Reason: Hashable, Sendable {
        /// Signature subject to ratification is not consent to be bound (VCLT art. 14).
        case signatureOnly
        case successionToSignature
        /// Provisional application is not consent to be bound (VCLT art. 25).
        case provisionalApplication
        /// The clause does not count instruments of regional economic integration organizations.
        case organizationNotCounted
        /// The clause counts instruments of States only.
        case notAState
        /// Its author did not belong to any class the clause counts.
        case outsideClass
        /// The clause does not count instruments at all, but other facts.
        case noInstrumentsCounted
        /// The participant was already bound since this day.
        case alreadyCounted(since: CalendarDate)
        /// Withdrawn before the condition was met.
        case withdrawn(CalendarDate)
        /// Deposited after the condition was met: the rule for later joiners applies.
        case afterDecisiveDay(CalendarDate)
        /// Not yet done on the day in question.
        case afterAsOf
        /// The treaty enters into force for each Party on its own.
        case perParty
        /// An act of another kind: a withdrawal, a declaration, an objection.
        case notConsent
    }

    public let act: ParticipationAct
    public let verdict: Verdict

    public init(act: ParticipationAct, verdict: Verdict) {
        self.act = act
        self.verdict = verdict
    }

    public var counted: Bool {
        if case .counted = verdict { true } else { false }
    }
}
