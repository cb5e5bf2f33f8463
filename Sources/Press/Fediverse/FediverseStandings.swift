import Acts
import Fediverse

/// How the node stands to others, as it was at a moment.
struct FediverseStandings: Sendable {
    /// How long it counts, in milliseconds: a decision is heard after a second at most.
    private static let counts: Int64 = 1_000

    private let standings: [String: FediverseRuleSet.Standing]
    private let at: Moment

    init(rules: [FediverseRuleSet], at moment: Moment) {
        standings = Dictionary(rules.map { ($0.subject, $0.standing) }, uniquingKeysWith: { $1 })
        at = moment
    }

    func isFresh(at moment: Moment) -> Bool { (0..<Self.counts).contains(moment.milliseconds - at.milliseconds) }

    /// What was decided of an actor, of its host, of all.
    func of(_ actor: String, _ origin: Origin) -> FediverseRuleSet.Standing {
        standings[actor] ?? standings[origin.authority] ?? standings[origin.host] ?? standings["*"] ?? .open
    }
}

/// What an answer must know of the version of a statement that it is to.
struct AnsweredStatement: Sendable {
    var version: Int64
    var authoritative: String
    var languages: Set<String>
}
