public import Acts

/// One thing that happened in the life of an instrument, as the rules see it: an act of participation, a reservation, an
/// objection, an amendment, a correction.
///
/// Three days belong to it. `date` is the day it was done (received by the depositary); `known` the day the record knew of it;
/// `notified` the day the depositary told the States concerned, from which periods run against them (VCLT art. 78(c)).
public struct LifeEvent: Hashable, Sendable, Identifiable {
    public enum Kind: Hashable, Sendable {
        /// Signature, consent, withdrawal and what else bears on participation.
        case participation(ParticipationKind)
        case reservation(ReservationStatement)
        /// Interpretative, optional, territorial: whatever its author does not call a reservation.
        case declaration(DeclarationStatement)
        /// An objection to a reservation. `precludes`: its author definitely opposes the treaty's entry into force between the
        /// two (VCLT art. 20(4)(b)).
        case objection(to: String, precludes: Bool)
        /// An express acceptance of a reservation; an organ's, where `organ` says so (VCLT art. 20(3), (4)).
        case acceptance(of: String, organ: Bool)
        /// A reservation confirmed when expressing consent (VCLT art. 23(2)).
        case confirmation(of: String)
        /// A reservation, declaration or objection taken back (VCLT art. 22), altogether or down to `remaining` provisions.
        case statementWithdrawal(of: String, remaining: [String]?)
        /// A reservation enlarged or altered after consent: as a late one.
        case modification(of: String, provisions: [String])
        /// Its author takes another's declaration for a reservation.
        case recharacterization(of: String)
        case amendmentAdopted(AmendmentStatement)
        case amendmentAccepted(String)
        /// A rejection, or a reservation that has the same effect, where silence accepts (IHR art. 61).
        case amendmentRejected(String)
        case correctionProposed(CorrectionStatement)
        case correctionObjected(to: String)
        /// A claim to terminate, withdraw, suspend or hold invalid (VCLT art. 65(1)). `until`: a shorter period, in a case of
        /// special urgency.
        case claim(measure: String, until: CalendarDate?)
        case claimObjected(to: String)
        /// The operation of the treaty is suspended for its author (VCLT arts. 57, 58), towards some or all, until a day.
        case suspension(towards: [ParticipantID], until: CalendarDate?)
        /// The treaty is extended to a territory, or withdrawn from it.
        case territory(String, applies: Bool)
        /// The Parties agree to let one of them go, or to end the treaty (VCLT art. 54(b)).
        case releaseByAll
        /// Not a Party to the amended text by its own express intention (VCLT art. 40(5)).
        case amendmentDeclined(String)
    }

    /// Unique within the life of the instrument.
    public let id: String
    public var participant: Participant
    public var kind: Kind
    public var date: CalendarDate
    /// The day of legal effect, where the act itself fixes one: the date of succession, the day a notice names.
    public var effect: CalendarDate?
    public var known: CalendarDate
    public var notified: Notification
    /// For a succession: whose reservations it keeps; `nil` where it keeps none (1978 Convention art. 20(1)).
    public var predecessors: [ParticipantID]?

    /// When the States concerned were informed.
    public enum Notification: Hashable, Sendable {
        case on(CalendarDate)
        /// Not recorded: taken for the day of the act itself, and the answer says so.
        case assumed
        /// Not yet.
        case pending
    }

    public init(
        id: String, _ kind: Kind, by participant: Participant, on date: CalendarDate, effect: CalendarDate? = nil,
        known: CalendarDate? = nil, notified: Notification = .assumed, predecessors: [ParticipantID]? = nil
    ) {
        self.id = id
        self.participant = participant
        self.kind = kind
        self.date = date
        self.effect = effect
        self.known = known ?? date
        self.notified = notified
        self.predecessors = predecessors
    }

    /// The day from which periods run; `nil` while nobody has been informed.
    public var notifiedOn: CalendarDate? {
        switch notified {
        case .on(let day): day
        case .assumed: date
        case .pending: nil
        }
    }
}
