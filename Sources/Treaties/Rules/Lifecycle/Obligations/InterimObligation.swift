public import Acts

/// Whether a State must refrain from acts that would defeat the object and purpose of a treaty not yet in force for it
/// (VCLT art. 18), from when, until when and why.
public struct InterimObligation: Hashable, Sendable {
    public enum Basis: String, Hashable, Sendable {
        /// It has signed, subject to ratification (art. 18(a)).
        case signature
        /// It has consented to be bound, and the treaty is not yet in force for it (art. 18(b)).
        case consent
    }

    /// Whether it is so bound on the day.
    public let obliged: Bool
    public let basis: Basis?
    /// From its signature, or its consent where it did not sign before; `nil` where it did neither.
    public let from: CalendarDate?
    /// The first day it no longer applies, where that is known; the treaty then binds, or the State has said that it will not.
    public let until: CalendarDate?
    public let steps: [LegalStep]
}

extension LifeReading {
    /// The interim obligation of a participant on the day.
    public func interimObligation(of id: ParticipantID) -> InterimObligation {
        guard let standing = standing(of: id) else {
            return InterimObligation(obliged: false, basis: nil, from: nil, until: nil, steps: [])
        }
        let who: [String: LegalArgument] = ["actor": .participant(standing.participant)]
        func with(_ more: [String: LegalArgument]) -> [String: LegalArgument] { who.merging(more) { _, own in own } }
        var steps: [LegalStep] = []
        let unwilling = events.first { $0.participant.id == id && $0.kind == .participation(.intentionNotToBecomeParty) }?.date
        let consent = standing.consent
        let signed = standing.signedOn
        var from: CalendarDate?
        var until: CalendarDate?
        var basis: InterimObligation.Basis?
        if let signed, consent.map({ signed <= $0.act.date }) ?? true {
            from = signed
            basis = .signature
            steps.append(LegalStep(.interimSigned, "VCLT art. 18(a)", with(["date": .date(signed)])))
        }
        if let unwilling {
            until = unwilling
            steps.append(LegalStep(.interimDisclaimed, "VCLT art. 18(a)", with(["date": .date(unwilling)])))
        }
        if let consent, unwilling.map({ consent.act.date >= $0 }) ?? true {
            if until != nil || from == nil { from = consent.act.date }
            until = nil
            if consent.act.date <= day { basis = .consent }
            steps.append(LegalStep(.interimConsented, "VCLT art. 18(b)", with(["date": .date(consent.act.date)])))
            if let effect = consent.effect?.date {
                until = effect
                steps.append(LegalStep(.interimInForce, "VCLT art. 26", with(["date": .date(effect)])))
            } else if let ended = consent.endedOn {
                until = ended
                steps.append(LegalStep(.interimTakenBack, "VCLT art. 18(b)", with(["date": .date(ended)])))
            }
        }
        let obliged = from.map { $0 <= day } ?? false && until.map { day < $0 } ?? true
        if from == nil { steps.append(LegalStep(.interimNothing, "VCLT art. 18", who)) }
        return InterimObligation(obliged: obliged, basis: obliged ? basis : nil, from: from, until: until, steps: steps)
    }
}
