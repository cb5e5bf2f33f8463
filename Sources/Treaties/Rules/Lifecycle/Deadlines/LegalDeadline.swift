public import Acts

/// Something that will happen, or a period that will end, on a day to come.
public struct LegalDeadline: Hashable, Sendable {
    /// What it is; a stable name.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case signatureOpens = "signature-opens"
        /// The last day of signature.
        case signatureCloses = "signature-closes"
        case entersIntoForce = "enters-into-force"
        /// For one State, by the rule for later joiners.
        case entersIntoForceFor = "enters-into-force-for"
        /// The last day to object to a reservation; silence then accepts it.
        case reservationAccepted = "reservation-accepted"
        /// The last day on which a single objection keeps a late reservation out.
        case lateReservationAccepted = "late-reservation-accepted"
        case withdrawalTakesEffect = "withdrawal-takes-effect"
        case amendmentEntersIntoForce = "amendment-enters-into-force"
        case amendmentEntersIntoForceFor = "amendment-enters-into-force-for"
        /// The last day to reject an amendment that silence accepts.
        case amendmentRejectionEnds = "amendment-rejection-ends"
        /// The last day to object to a correction.
        case correctionPeriodEnds = "correction-period-ends"
        /// The last day to object to a claim under VCLT art. 65.
        case claimPeriodEnds = "claim-period-ends"
        case suspensionEnds = "suspension-ends"
        /// The last day on which an objection breaks a silence.
        case silenceEnds = "silence-ends"
        /// A date the treaty fixes for its entry into force.
        case fixedDate = "fixed-date"
        /// The first day on which a Party may give notice of leaving.
        case withdrawalOpens = "withdrawal-opens"
    }

    public let day: CalendarDate
    public let kind: Kind
    /// Who has to act, or for whom it happens; empty for all.
    public let participants: [Participant]
    /// The reservation, amendment, correction, claim or notice it belongs to.
    public let subject: String?
    public let citation: String

    /// The sentence, with its rule.
    public var step: LegalStep {
        LegalStep(
            kind.code, citation,
            [
                "date": .date(day), "subject": .text(subject ?? ""),
                "actors": participants.isEmpty ? .text("all States concerned") : .participants(participants),
            ])
    }
}

extension LegalDeadline.Kind {
    /// The step that says it.
    var code: LegalStepCode {
        switch self {
        case .signatureOpens: .deadlineSignatureOpens
        case .signatureCloses: .deadlineSignatureCloses
        case .entersIntoForce: .deadlineEntersIntoForce
        case .entersIntoForceFor: .deadlineEntersIntoForceFor
        case .reservationAccepted: .deadlineReservationAccepted
        case .lateReservationAccepted: .deadlineLateReservationAccepted
        case .withdrawalTakesEffect: .deadlineWithdrawalTakesEffect
        case .amendmentEntersIntoForce: .deadlineAmendmentEntersIntoForce
        case .amendmentEntersIntoForceFor: .deadlineAmendmentEntersIntoForceFor
        case .amendmentRejectionEnds: .deadlineAmendmentRejectionEnds
        case .correctionPeriodEnds: .deadlineCorrectionPeriodEnds
        case .claimPeriodEnds: .deadlineClaimPeriodEnds
        case .suspensionEnds: .deadlineSuspensionEnds
        case .silenceEnds: .deadlineSilenceEnds
        case .fixedDate: .deadlineFixedDate
        case .withdrawalOpens: .deadlineWithdrawalOpens
        }
    }
}
