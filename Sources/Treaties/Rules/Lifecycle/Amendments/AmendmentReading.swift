public import Acts

/// An amendment as it stands on a day: in force since when, by what count, and for whom.
public struct AmendmentReading: Hashable, Sendable {
    /// How it comes to bind.
    public enum Mode: String, Hashable, Sendable {
        /// Those that accept it (VCLT art. 40(4)).
        case acceptance
        /// All, once enough have accepted.
        case all
        /// All but those that reject it in time.
        case silence
        /// A date the depositary declared.
        case declared
    }

    public let id: String
    public let adopted: CalendarDate
    public let mode: Mode
    public let article: String?
    /// The day it enters or entered into force.
    public let entryIntoForce: CalendarDate?
    /// The arithmetic, and what is still missing.
    public let steps: [ArithmeticStep]
    public let missing: [Shortfall]
    /// The instruments that counted.
    public let accepted: [Participant]
    /// The last day on which a rejection is in time, where silence accepts.
    public let rejectionUntil: CalendarDate?
    public let rejectedInTime: [Participant]
    public let rejectedLate: [Participant]
    /// The day the amendment is or will be in force for each, by number.
    let from: [Int: Int]
    /// Those of them that joined the amended treaty (VCLT art. 40(5)).
    let newcomers: Set<Int>

    /// Whether it governs between two States on a day.
    func binds(_ a: Int, _ b: Int, on day: CalendarDate) -> Bool {
        binds(a, on: day) && binds(b, on: day)
    }

    func binds(_ state: Int, on day: CalendarDate) -> Bool {
        from[state].map { $0 <= day.dayNumber } ?? false
    }

    public func isInForce(on day: CalendarDate) -> Bool { entryIntoForce.map { $0 <= day } ?? false }
}

extension LifeReading {
    public func amendment(_ id: String) -> AmendmentReading? { amendments.first { $0.id == id } }

    /// The day an amendment takes effect for a participant; `nil` where it does not.
    public func effect(of amendment: AmendmentReading, for id: ParticipantID) -> CalendarDate? {
        number(of: id).flatMap { amendment.from[$0] }.map { CalendarDate(dayNumber: $0) }
    }

    /// The Parties bound by an amendment on the day.
    public func bound(by amendment: AmendmentReading) -> [Participant] {
        parties(on: day.dayNumber).filter { amendment.binds($0, on: day) }.map { participants[$0] }
    }

    /// The amendments in force for a participant on the day: the text it is a Party to.
    public func amendments(for id: ParticipantID) -> [AmendmentReading] {
        guard let number = number(of: id) else { return [] }
        return amendments.filter { $0.binds(number, on: day) }
    }
}
