public import Acts

/// A day on which something becomes so by law, without anybody acting: a period ends, an act takes effect.
public struct TreatyDeadline: Hashable, Sendable {
    public var treaty: String
    public var kind: LegalDeadline.Kind
    /// The last day of a period, or the day of effect.
    public var day: CalendarDate
    /// For whom it happens or who has to act; empty for all.
    public var actors: [ActorCode]
    /// What it belongs to: an entry of the record, or an amendment's name; `nil` for the treaty itself.
    public var subject: String?
    /// When the depositary learnt of it.
    public var known: Moment
    /// The rule it rests on.
    public var rule: String

    public init(
        treaty: String, kind: LegalDeadline.Kind, day: CalendarDate, actors: [ActorCode] = [], subject: String? = nil, known: Moment,
        rule: String
    ) {
        self.treaty = treaty
        self.kind = kind
        self.day = day
        self.actors = actors
        self.subject = subject
        self.known = known
        self.rule = rule
    }

    /// The same for as long as it is the same matter, whatever day it is moved to: `XXI-10/enters-into-force-for/417`.
    public var id: String {
        // One act may have effect for one actor only; an amendment has its day for each.
        let whose = kind == .amendmentEntersIntoForceFor ? actors.first.map { "/\($0.rawValue)" } ?? "" : ""
        return "\(treaty)/\(kind.rawValue)" + (subject.map { "/\($0)" } ?? "") + whose
    }

    /// The entry it follows from, where it follows from one.
    public var entry: Int64? { subject.flatMap { Int64($0) } }

    /// The first day on which it has passed.
    public var passesOn: CalendarDate { kind.isLastDay ? day.adding(days: 1) : day }

    public static func precedes(_ left: TreatyDeadline, _ right: TreatyDeadline) -> Bool {
        (left.day, left.treaty, left.id) < (right.day, right.treaty, right.id)
    }
}

extension LegalDeadline.Kind {
    /// Whether the day itself still belongs to the period, so that the period has passed only on the day after.
    var isLastDay: Bool {
        switch self {
        case .signatureCloses, .reservationAccepted, .lateReservationAccepted, .amendmentRejectionEnds, .correctionPeriodEnds, .silenceEnds:
            true
        case .signatureOpens, .entersIntoForce, .entersIntoForceFor, .withdrawalTakesEffect, .amendmentEntersIntoForce,
            .amendmentEntersIntoForceFor, .claimPeriodEnds, .suspensionEnds, .fixedDate, .withdrawalOpens:
            false
        }
    }

    /// Whether people are told of it. From when on each of two hundred Parties could leave is a matter for who asks.
    var isAnnounced: Bool { self != .withdrawalOpens }
}
