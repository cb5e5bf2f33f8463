public import Acts

/// One act of one participant under a treaty, as the rules see it.
public struct ParticipationAct: Hashable, Sendable {
    /// The caller's own name for it, such as the index of its entry.
    public var id: String?
    public var participant: Participant
    public var kind: ParticipationKind
    /// The day it was done: received by the depositary, signed, exchanged (VCLT art. 16).
    public var date: CalendarDate
    /// The day it takes legal effect, where the act itself fixes one: the date of succession of a successor State, the day
    /// a withdrawal takes effect, the day provisional application begins.
    public var effect: CalendarDate?

    public init(
        _ kind: ParticipationKind, by participant: Participant, on date: CalendarDate, effect: CalendarDate? = nil, id: String? = nil
    ) {
        self.id = id
        self.participant = participant
        self.kind = kind
        self.date = date
        self.effect = effect
    }
}
