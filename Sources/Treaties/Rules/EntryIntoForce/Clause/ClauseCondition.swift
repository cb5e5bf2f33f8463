public import Acts

/// What must have come about before a treaty can enter into force: a tree of conditions.
public indirect enum ClauseCondition: Hashable, Sendable {
    /// So many participants, each of the class where one is named: `{"count": 60}`, `{"count": 7, "of": "developed States"}`.
    case count(Int, of: ClassSelector?)
    /// A part of a class: `{"fraction": "3/4", "of": "Parties", "at": "1995-09-22"}`. `size` fixes the whole ("of 192").
    case fraction(Proportion, ThresholdComparison, of: ClassSelector, size: Int?)
    /// A part of what a table measures: `{"share": 55, "metric": "emissions"}`.
    case share(Proportion, ThresholdComparison, metric: String, of: ClassSelector?)
    /// Every one of these: `{"named": ["USA", "GBR"]}`.
    case named([ParticipantID])
    /// Every State that has signed; `count` says how many there are where the treaty closed for signature with so many.
    case allSignatories(count: Int?)
    /// The exchange of instruments between these (VCLT art. 16(a)).
    case exchange([ParticipantID])
    /// Another treaty is in force.
    case inForce(String)
    /// Nobody, or too few, objected by a date: `{"silence": {"until": "2025-09-19"}}`.
    case silence(SilencePeriod)
    /// All of these, at the same time. Where a part has a delay of its own, the latest date wins.
    case all([ClauseCondition])
    /// Any one of these: the earliest.
    case any([ClauseCondition])
    case not(ClauseCondition)
    /// A condition with a delay of its own inside a larger one; once met, it stays met.
    case delayed(ClauseCondition, ClauseDelay)

    /// The conditions directly inside this one.
    public var parts: [ClauseCondition] {
        switch self {
        case .all(let parts), .any(let parts): parts
        case .not(let part), .delayed(let part, _): [part]
        default: []
        }
    }

    /// Whether it only counts participants, so that a further instrument can never delay it.
    var isMonotone: Bool {
        switch self {
        case .count, .share, .named, .exchange: true
        case .all(let parts), .any(let parts): parts.allSatisfy(\.isMonotone)
        case .delayed(let part, _): part.isMonotone
        case .fraction(_, _, _, let size): size != nil
        case .allSignatories, .inForce, .silence, .not: false
        }
    }
}

/// A period in which silence is consent: tacit acceptance in the International Maritime Organization's conventions, the
/// International Health Regulations, and their like.
public struct SilencePeriod: Hashable, Sendable {
    public enum End: Hashable, Sendable {
        case on(CalendarDate)
        /// So long after the notification that opened it.
        case after(CalendarDate, ClauseDelay)
    }

    public var end: End
    /// The objections that break it, counted as instruments are; by default a single one.
    public var brokenBy: ClauseCondition

    public init(end: End, brokenBy: ClauseCondition = .count(1, of: nil)) {
        self.end = end
        self.brokenBy = brokenBy
    }

    /// The last day on which an objection is in time, and whether a shorter month had to be met.
    public var lastDay: (date: CalendarDate, clamped: Bool) {
        switch end {
        case .on(let date): (date, false)
        case .after(let date, let delay): delay.date(from: date)
        }
    }
}
