public import Acts

/// The facts beside the acts that a clause refers to.
public struct ClauseContext: Hashable, Sendable {
    /// When another treaty was in force.
    public struct Force: Hashable, Sendable {
        /// `nil` while it is not.
        public var from: CalendarDate?
        /// The last day, where it has ended.
        public var until: CalendarDate?

        public init(from: CalendarDate?, until: CalendarDate? = nil) {
            self.from = from
            self.until = until
        }
    }

    public var adoption: CalendarDate?
    /// The day of opening for signature.
    public var opening: CalendarDate?
    public var classes: [String: DatedClass]
    public var metrics: [String: Metric]
    public var treaties: [String: Force]
    /// What is known of participants that appear in classes or tables but have not acted; others are taken for States.
    public var participants: [ParticipantID: Participant]

    public init(
        adoption: CalendarDate? = nil, opening: CalendarDate? = nil, classes: [String: DatedClass] = [:], metrics: [String: Metric] = [:],
        treaties: [String: Force] = [:], participants: [ParticipantID: Participant] = [:]
    ) {
        self.adoption = adoption
        self.opening = opening
        self.classes = classes
        self.metrics = metrics
        self.treaties = treaties
        self.participants = participants
    }
}

/// The clause and the facts do not suffice to compute a date.
public enum ClauseProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownClass(String)
    case emptyClass(String)
    case unknownMetric(String)
    case unknownTreaty(String)
    case missingOpening
    case missingAdoption
    case missingSignatories
    case missingNotice

    public var description: String {
        switch self {
        case .unknownClass(let name): "the clause speaks of the class '\(name)', but its members are not given"
        case .emptyClass(let name): "the class '\(name)' has no members to take a part of"
        case .unknownMetric(let name): "the clause speaks of the table '\(name)', but its values are not given"
        case .unknownTreaty(let name): "the clause depends on the treaty '\(name)', but whether and since when it is in force is not given"
        case .missingOpening: "the clause counts from the opening for signature, but its date is not given"
        case .missingAdoption: "the clause counts from the adoption, but its date is not given"
        case .missingSignatories: "the clause asks for all signatories, but neither signatures nor their number are given"
        case .missingNotice: "the clause counts from a notification, but its date is not given"
        }
    }
}
