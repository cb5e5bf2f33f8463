public import Acts

/// Where a reservation stands as such, before one asks towards whom.
public enum ReservationStanding: Hashable, Sendable {
    /// Its author does not call it a reservation, and the depositary does not (VCLT art. 2(1)(d)).
    case declaration
    /// Formulated before consent: to be confirmed then (VCLT art. 23(2)).
    case awaitingConfirmation
    /// Its author consented without confirming it: there is no reservation.
    case notConfirmed
    /// The treaty prohibits it (VCLT art. 19(a)), or it touches provisions to which none may be made.
    case prohibited
    /// The treaty lists the reservations it admits, and this is none of them (VCLT art. 19(b)).
    case notListed
    /// The treaty admits it, but not at this moment.
    case wrongMoment
    /// Made after consent, where the treaty receives none.
    case lateNotReceived
    /// Made after consent, and circulated: anyone may still prevent it until this day.
    case lateOpen(until: CalendarDate?)
    /// Made after consent, and objected to in time: not accepted in deposit.
    case lateRefused(by: Participant, on: CalendarDate)
    /// Enough Parties objected for the treaty to hold it incompatible (ICERD art. 20(2)).
    case incompatible(objections: Int, needed: Int, parties: Int, on: CalendarDate)
    /// It waits for the organ's acceptance (VCLT art. 20(3)).
    case awaitingOrgan
    /// It waits for the acceptance of all Parties (VCLT art. 20(2)).
    case awaitingAll
    /// It needed the acceptance of all, and one objected.
    case refusedByOne(Participant, on: CalendarDate)
    /// It may have effect, State by State, from the day it was made.
    case made(on: CalendarDate)
    /// Accepted for all on a day: by the organ, by all, or because it came late and nobody objected.
    case accepted(on: CalendarDate)
    case withdrawn(on: CalendarDate)

    /// A stable name for data.
    public var code: String {
        switch self {
        case .declaration: "declaration"
        case .awaitingConfirmation: "awaiting-confirmation"
        case .notConfirmed: "not-confirmed"
        case .prohibited: "prohibited"
        case .notListed: "not-listed"
        case .wrongMoment: "wrong-moment"
        case .lateNotReceived: "late-not-received"
        case .lateOpen: "late-open"
        case .lateRefused: "late-refused"
        case .incompatible: "incompatible"
        case .awaitingOrgan: "awaiting-organ"
        case .awaitingAll: "awaiting-all"
        case .refusedByOne: "refused"
        case .made: "made"
        case .accepted: "accepted"
        case .withdrawn: "withdrawn"
        }
    }

    /// Whether it can have an effect between two States.
    public var isEffective: Bool {
        switch self {
        case .made, .accepted: true
        default: false
        }
    }

    /// The day it came to stand so, where there is one.
    public var since: CalendarDate? {
        switch self {
        case .lateRefused(_, let day), .incompatible(_, _, _, let day), .refusedByOne(_, let day), .made(let day), .accepted(let day),
            .withdrawn(let day):
            day
        default: nil
        }
    }
}

/// What a reservation does between its author and one other State.
public enum ReservationEffect: Hashable, Sendable {
    /// Nothing: it does not stand.
    case none(ReservationStanding)
    /// Neither accepted nor objected to; silence becomes acceptance on this day, `nil` while it is not settled.
    case open(until: CalendarDate?)
    /// The provisions are modified between the two to the extent of the reservation (VCLT art. 21(1)).
    case accepted(on: CalendarDate, Acceptance)
    /// The provisions do not apply between the two to the extent of the reservation (VCLT art. 21(3)); or, where the objection
    /// precludes it, the treaty is not in force between them at all (VCLT art. 20(4)(b)).
    case objected(on: CalendarDate, precludes: Bool)

    /// How a State accepted.
    public enum Acceptance: String, Hashable, Sendable {
        case express
        /// By silence (VCLT art. 20(5)).
        case silence
        /// No acceptance is needed (VCLT art. 20(1)).
        case authorized
        /// The organ, all Parties, or the lapse of the period for late reservations accepted for all.
        case general
        /// It took its objection back (VCLT art. 22(2)).
        case objectionWithdrawn = "objection-withdrawn"
    }

    /// A stable name for data.
    public var code: String {
        switch self {
        case .none: "none"
        case .open: "open"
        case .accepted: "accepted"
        case .objected(_, let precludes): precludes ? "precluded" : "objected"
        }
    }
}
