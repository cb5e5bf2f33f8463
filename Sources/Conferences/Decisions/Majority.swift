/// How many votes in favour a decision needs, as exact arithmetic of whole numbers.
///
///     Majority.twoThirds.needed(of: Tally(yes: 43, no: 37))     // 54
///     Majority.simple.isMet(by: Tally(yes: 24, no: 24))         // false
public struct Majority: Hashable, Sendable {
    /// Of what the fraction is taken.
    public enum Base: String, Hashable, Sendable, CaseIterable {
        /// Members casting an affirmative or negative vote; who abstains is considered as not voting (GA rule 86 / 126; BBNJ draft rule 2(5)).
        case voting
        /// Votes entitled to be cast by whoever is in the room.
        case present
        /// All votes of the body.
        case members
    }

    /// Its name in the rules of procedure: `two-thirds`.
    public let name: String
    public let numerator: Int64
    public let denominator: Int64
    /// Whether more than the fraction is needed, as a simple majority is more than half; otherwise the fraction itself suffices.
    public let isStrict: Bool
    public let base: Base

    public static let simple = Majority(known: "simple", 1, 2, isStrict: true)
    public static let twoThirds = Majority(known: "two-thirds", 2, 3, isStrict: false)
    public static let threeFourths = Majority(known: "three-fourths", 3, 4, isStrict: false)

    /// `nil` unless the fraction lies above 0 and at 1 at most, and its denominator within 1 to 1,000.
    public init?(name: String, numerator: Int64, denominator: Int64, isStrict: Bool, base: Base = .voting) {
        guard (1...1_000).contains(denominator), (1...denominator).contains(numerator), !(isStrict && numerator == denominator) else {
            return nil
        }
        self.name = name
        self.numerator = numerator
        self.denominator = denominator
        self.isStrict = isStrict
        self.base = base
    }

    private init(known name: String, _ numerator: Int64, _ denominator: Int64, isStrict: Bool) {
        self.name = name
        self.numerator = numerator
        self.denominator = denominator
        self.isStrict = isStrict
        base = .voting
    }

    /// The votes in favour that suffice; at least one, since nothing is adopted by nobody.
    public func needed(of tally: Tally) -> Int64 {
        let whole =
            switch base {
            case .voting: tally.voting
            case .present: tally.present
            case .members: tally.members
            }
        let parts = whole * numerator
        return max(1, isStrict ? parts / denominator + 1 : (parts + denominator - 1) / denominator)
    }

    public func isMet(by tally: Tally) -> Bool { tally.yes >= needed(of: tally) }

    /// What a vote decided: adopted, rejected, or equally divided (GA rule 95 / 133; BBNJ draft rule 47(6)).
    public func outcome(of tally: Tally) -> VoteOutcome {
        if isMet(by: tally) { return .adopted }
        return tally.yes == tally.no ? .tied : .rejected
    }
}

/// What a count comes to, before the rules say what follows from a tie.
public enum VoteOutcome: String, Hashable, Sendable, CaseIterable {
    case adopted
    case rejected
    /// As many in favour as against.
    case tied
}
