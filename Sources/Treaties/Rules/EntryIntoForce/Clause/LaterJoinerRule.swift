/// When a treaty takes effect for one that joins after the threshold: "on the thirtieth day following the deposit of its
/// own instrument", and never before the general date.
public struct LaterJoinerRule: Hashable, Sendable {
    /// From when on a participant is a later joiner.
    public enum Boundary: String, Hashable, Sendable {
        /// After the day the condition was met ("after the deposit of the sixtieth instrument"): the usual wording.
        case decisiveDay
        /// After the treaty's entry into force ("after the entry into force of this Amendment").
        case entryIntoForce
    }

    public var delay: ClauseDelay
    public var boundary: Boundary

    public init(_ delay: ClauseDelay, after boundary: Boundary = .decisiveDay) {
        self.delay = delay
        self.boundary = boundary
    }
}
