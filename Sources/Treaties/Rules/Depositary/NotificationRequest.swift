public import Acts

/// What an officer asks to be notified.
public struct NotificationRequest: Hashable, Sendable {
    public var treaty: String
    /// `nil`: what the act is.
    public var subject: NotificationKind?
    /// The entry of the act, where it is about one.
    public var act: Int64?
    /// An earlier notification's number, as it stands there.
    public var earlier: String?
    /// Further text by language tag; blank lines part paragraphs.
    public var further: [String: String] = [:]
    public var quotation: TreatyNotificationIssued.Quotation?
    /// `nil`: as the subject asks.
    public var reach: AddresseeRule.Reach?

    public init(treaty: String) {
        self.treaty = treaty
    }

    /// What a notification of an act of participation is about.
    public static func subject(of action: ParticipationKind) -> NotificationKind {
        switch action {
        case .signature, .signatureAdReferendum, .initialling, .definitiveSignature, .successionToSignature: .signature
        case .ratification, .acceptance, .approval, .accession, .formalConfirmation, .consentToBeBound, .notification, .exchange:
            .instrument
        case .succession: .succession
        case .provisionalApplication, .provisionalApplicationEnd: .provisionalApplication
        case .withdrawal, .denunciation: .withdrawal
        case .withdrawalRevocation: .withdrawalRevocation
        case .reservation: .reservation
        case .declaration: .declaration
        case .objection: .objection
        case .objectionWithdrawal: .statementChanged
        case .territorialApplication: .territorialApplication
        case .communication, .intentionNotToBecomeParty: .communication
        }
    }

    /// What a notification of a statement is about.
    public static func subject(of statement: Acts.StatementKind) -> NotificationKind {
        switch statement {
        case .reservation: .reservation
        case .interpretativeDeclaration, .mandatoryDeclaration, .optionalDeclaration: .declaration
        case .territorialDeclaration: .territorialApplication
        case .objection: .objection
        case .acceptance, .recharacterization, .communication, .notification: .communication
        }
    }

    /// What it does to the earlier notification.
    public var relation: TreatyNotificationIssued.Relation {
        switch subject {
        case .rectification: .rectifies
        case .reissued: .reissues
        default: .refersTo
        }
    }

    /// Paragraphs, parted by blank lines.
    public var paragraphs: [String: [String]] {
        further.mapValues { text in
            text.replacing("\r\n", with: "\n").split(separator: "\n\n").map { String($0).trimmedOfSpace }.filter { !$0.isEmpty }
        }.filter { !$0.value.isEmpty }
    }
}
