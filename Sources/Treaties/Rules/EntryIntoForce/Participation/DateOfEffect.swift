public import Acts

/// The day a treaty takes effect for one participant, and by which rule.
public struct DateOfEffect: Hashable, Sendable {
    public enum Basis: Hashable, Sendable {
        /// It consented by the decisive day: the treaty's own entry into force.
        case general
        /// The clause's rule for later joiners.
        case later(ClauseDelay)
        /// The rule for later joiners would lead to an earlier day than the general one ("subject to paragraph 1").
        case generalNotEarlier
        /// The clause has no rule for later joiners: on the day of consent (VCLT art. 24(3)).
        case onConsent
        /// The treaty takes effect for each Party on its own, so long after its own consent.
        case perParty(ClauseDelay)
        /// The date of succession, whatever the day of the notification.
        case succession
        /// A succession whose date is not given: the day of the notification.
        case successionNotification
        /// The treaty binds all, those that did not accept included.
        case bindsAll
    }

    public let date: CalendarDate
    public let basis: Basis
    /// A shorter month was met: for the depositary to confirm.
    public let needsConfirmation: Bool

    public init(date: CalendarDate, basis: Basis, needsConfirmation: Bool = false) {
        self.date = date
        self.basis = basis
        self.needsConfirmation = needsConfirmation
    }
}

extension DateOfEffect.Basis {
    public var english: String {
        switch self {
        case .general: "with the treaty's own entry into force"
        case .later(let delay): "as a later joiner: \(delay.english) after its own deposit"
        case .generalNotEarlier: "as a later joiner, but not before the treaty's own entry into force"
        case .onConsent: "on the day of its consent (VCLT art. 24(3))"
        case .perParty(let delay): "on its own: \(delay.english) after its own deposit"
        case .succession: "from the date of succession"
        case .successionNotification: "from the notification of succession; the date of succession is not recorded"
        case .bindsAll: "bound with all, without an act of its own"
        }
    }
}
