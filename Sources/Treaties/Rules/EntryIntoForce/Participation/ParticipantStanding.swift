public import Acts

/// Where one participant stands towards a treaty on a day.
public struct ParticipantStanding: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        /// No signature and no consent that stands.
        case none
        /// Signed, subject to ratification (VCLT art. 18(a)).
        case signatory
        /// Consented, the treaty not yet in force for it (VCLT art. 2(1)(f)).
        case contracting
        /// The treaty is in force for it (VCLT art. 2(1)(g)).
        case party
        /// It was bound and is no longer, since this day.
        case ended(CalendarDate)
    }

    /// One time it consented; a re-accession is a second one, and leaves the first in place.
    public struct Consent: Hashable, Sendable {
        public let act: ParticipationAct
        /// `nil` while the treaty is not in force, and where the consent ended before it took effect.
        public let effect: DateOfEffect?
        /// The first day it no longer stands.
        public let endedOn: CalendarDate?
        /// The notice that ended it, or will.
        public let endedBy: ParticipationAct?
        /// A notice whose effect is suspended (a denunciation during a conflict).
        public let suspendedNotice: ParticipationAct?
    }

    public let participant: Participant
    public let state: State
    /// The first signature, where it signed.
    public let signedOn: CalendarDate?
    public let consents: [Consent]
    /// The treaty applies provisionally from this day (VCLT art. 25), until the treaty is in force for it or it says otherwise.
    public let provisionalFrom: CalendarDate?
    public let provisionalUntil: CalendarDate?
    /// Bound not to defeat the treaty's object and purpose before it is in force for it (VCLT art. 18).
    public let interimObligation: Bool
    /// Bound without an act of its own, because the treaty binds all (UN Charter art. 108).
    public let boundWithAll: DateOfEffect?

    /// The latest consent.
    public var consent: Consent? { consents.last }

    /// The day the treaty takes or took effect for it, for the consent that stands or stood last.
    public var dateOfEffect: CalendarDate? { consent?.effect?.date ?? boundWithAll?.date }

    /// Whether the treaty applies provisionally to it on the day in question.
    public func appliesProvisionally(on day: CalendarDate) -> Bool {
        guard let from = provisionalFrom, from <= day else { return false }
        return provisionalUntil.map { day < $0 } ?? true
    }
}
