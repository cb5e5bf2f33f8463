public import Acts

/// Where two States stand towards each other under a treaty on a day: bound or not, by which text, with which reservations.
///
/// Symmetric: A towards B is B towards A (VCLT art. 21(1): a reservation works both ways).
public struct TreatyRelation: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        /// In force between the two.
        case bound
        /// In force between them, its operation suspended (VCLT arts. 57, 72).
        case suspended
        /// Both apply it, at least one of them provisionally (VCLT art. 25).
        case provisional
        /// An objection precludes its entry into force between them (VCLT art. 20(4)(b)).
        case precluded
        /// One of them, or neither, is a Party.
        case notBound = "not-bound"
    }

    /// A reservation as it works between the two.
    public struct Reservation: Hashable, Sendable {
        public let id: String
        public let author: Participant
        public let provisions: [String]
        public let effect: ReservationEffect
    }

    public let first: Participant
    public let second: Participant
    public let state: State
    /// The first day, and the day it ends where that is known.
    public let since: CalendarDate?
    public let until: CalendarDate?
    /// The amendments that apply between the two, in the order of their adoption; none where the original text governs.
    public let amendments: [String]
    public let reservations: [Reservation]

    public var isBound: Bool { state == .bound }

    /// The provisions that do not apply between the two, to the extent of reservations objected to (VCLT art. 21(3)).
    public var excluded: [String] {
        provisions { if case .objected(_, false) = $0 { true } else { false } }
    }

    /// The provisions that apply as modified by reservations accepted (VCLT art. 21(1)).
    public var modified: [String] {
        provisions { if case .accepted = $0 { true } else { false } }
    }

    private func provisions(_ matches: (ReservationEffect) -> Bool) -> [String] {
        var result: [String] = []
        for reservation in reservations where matches(reservation.effect) {
            for provision in reservation.provisions.isEmpty ? ["*"] : reservation.provisions where !result.contains(provision) {
                result.append(provision)
            }
        }
        return result
    }
}

/// Whose view of what is a reservation one takes.
public enum ReservationView: String, Hashable, Sendable, CaseIterable {
    /// What its author calls a reservation.
    case depositary
    /// Also the declarations that one of the two States takes for a reservation.
    case states
}
