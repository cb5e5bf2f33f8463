public import Acts

/// The earliest day a treaty may enter into force, whatever else is met.
public enum NotBefore: Hashable, Sendable {
    case date(CalendarDate)
    /// "but in no case earlier than two years after its opening for signature" (Chemical Weapons Convention art. XXI(1)).
    case afterOpening(ClauseDelay)
    case afterAdoption(ClauseDelay)
}
