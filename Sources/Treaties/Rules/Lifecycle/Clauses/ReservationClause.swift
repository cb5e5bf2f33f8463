/// Which reservations a treaty admits, and how they come to be accepted (VCLT arts. 19 to 23).
public struct ReservationClause: Hashable, Sendable {
    public enum Rule: Hashable, Sendable {
        /// The treaty says nothing: what is not incompatible with its object and purpose (VCLT art. 19(c)).
        case silent
        /// It permits reservations in general.
        case allowed
        /// It prohibits them (VCLT art. 19(a)): BBNJ Agreement art. 70, Rome Statute art. 120.
        case prohibited
        /// Only specified reservations may be made (VCLT art. 19(b)): ICCPR-OP2 art. 2(1).
        case listed([ListedReservation])
    }

    /// A reservation the treaty specifies.
    public struct ListedReservation: Hashable, Sendable {
        /// The name acts refer to it by.
        public var name: String
        public var description: String?
        /// The provisions it may touch; empty where its name says enough.
        public var provisions: [String]

        public init(name: String, description: String? = nil, provisions: [String] = []) {
            self.name = name
            self.description = description
            self.provisions = provisions
        }
    }

    /// When a reservation may be formulated.
    public enum Moment: String, Hashable, Sendable, CaseIterable {
        case signature
        /// Ratifying, accepting, approving, acceding, succeeding.
        case consent
    }

    /// Whose acceptance a reservation needs.
    public enum Acceptance: Hashable, Sendable {
        /// Each contracting State for itself, expressly or by silence (VCLT art. 20(4), (5)).
        case each
        /// None: it is expressly authorized (VCLT art. 20(1)).
        case none
        /// All Parties (VCLT art. 20(2)).
        case all
        /// The competent organ of the organization (VCLT art. 20(3)).
        case organ
    }

    /// How long silence is not yet acceptance.
    public struct ObjectionPeriod: Hashable, Sendable {
        /// From the notification of the reservation.
        public var delay: ClauseDelay
        /// Or until the State's own consent to be bound, whichever is later.
        public var orUntilConsent: Bool

        public init(_ delay: ClauseDelay, orUntilConsent: Bool) {
            self.delay = delay
            self.orUntilConsent = orUntilConsent
        }

        /// VCLT art. 20(5).
        public static let vienna = ObjectionPeriod(ClauseDelay(12, .months), orUntilConsent: true)
    }

    /// A part of the Parties can make a reservation inadmissible by objecting (ICERD art. 20(2)).
    public struct Incompatibility: Hashable, Sendable {
        public var proportion: Proportion
        public var comparison: ThresholdComparison

        public init(_ proportion: Proportion, _ comparison: ThresholdComparison = .atLeast) {
            self.proportion = proportion
            self.comparison = comparison
        }
    }

    /// A reservation made after consent.
    public enum Late: Hashable, Sendable {
        /// Circulated, and accepted in deposit unless anyone objects within the period: the depositary's practice.
        case unlessObjected(ClauseDelay)
        /// Not received at all.
        case refused

        /// The practice of the Secretary-General of the United Nations since 2000: twelve months.
        public static let twelveMonths = Late.unlessObjected(ClauseDelay(12, .months))
    }

    public var rule: Rule
    /// Provisions to which no reservation may be made, whatever the rule (1951 Refugee Convention art. 42).
    public var except: [String]
    /// Empty for both.
    public var moments: Set<Moment>
    public var acceptance: Acceptance
    public var objectionPeriod: ObjectionPeriod
    public var incompatible: Incompatibility?
    public var late: Late
    public var article: String?

    public init(
        rule: Rule = .silent, except: [String] = [], moments: Set<Moment> = [], acceptance: Acceptance = .each,
        objectionPeriod: ObjectionPeriod = .vienna, incompatible: Incompatibility? = nil, late: Late = .twelveMonths,
        article: String? = nil
    ) {
        self.rule = rule
        self.except = except
        self.moments = moments
        self.acceptance = acceptance
        self.objectionPeriod = objectionPeriod
        self.incompatible = incompatible
        self.late = late
        self.article = article
    }
}
