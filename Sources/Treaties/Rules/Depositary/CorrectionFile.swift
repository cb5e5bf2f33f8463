public import Acts

/// A correction and what became of it, as plain values for the rules.
public struct CorrectionFile: Hashable, Sendable {
    public struct Objection: Hashable, Sendable {
        public var entry: Int64
        public var objection: TreatyCorrectionObjected

        public init(entry: Int64, objection: TreatyCorrectionObjected) {
            self.entry = entry
            self.objection = objection
        }
    }

    public enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Objections may still come.
        case open
        /// The period is over and nobody objected: the correction is to be made.
        case due
        case objected
        case effected
    }

    /// The entry of the proposal.
    public var entry: Int64
    public var proposal: TreatyCorrectionProposed
    public var objections: [Objection]
    public var effected: TreatyCorrectionEffected?

    public init(
        entry: Int64, proposal: TreatyCorrectionProposed, objections: [Objection] = [], effected: TreatyCorrectionEffected? = nil
    ) {
        self.entry = entry
        self.proposal = proposal
        self.objections = objections
        self.effected = effected
    }

    /// Objections that came in time (VCLT art. 79(2)).
    public var timelyObjections: [Objection] {
        objections.filter { objection in proposal.objectionsUntil.map { objection.objection.date <= $0 } ?? false }
    }

    public func stage(on day: CalendarDate) -> Stage {
        if effected != nil { return .effected }
        if !timelyObjections.isEmpty { return .objected }
        return proposal.objectionsUntil.map { day <= $0 } ?? false ? .open : .due
    }
}
