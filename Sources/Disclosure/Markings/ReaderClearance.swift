/// What a reader may receive: levels by policy and the values of categories, as an authority has granted them.
public struct ReaderClearance: Hashable, Sendable {
    /// The highest level by policy identifier, by code. A policy that is not named: rank 0 only.
    public var levels: [String: String]
    /// What the reader has or belongs to, by category code: `REL TO` with `AUS`.
    public var values: [String: Set<String>]

    public init(levels: [String: String], values: [String: Set<String>] = [:]) {
        self.levels = levels
        self.values = values
    }

    /// Whether the reader may have what bears this label.
    public func allows(_ label: SecurityLabel, under policies: MarkingPolicies) throws(MarkingFault) -> Bool {
        let policy = try policies.policy(label.policy)
        let needed = try policies.level(of: label).rank
        let held = levels[label.policy].flatMap { policy.level($0)?.rank } ?? 0
        guard held >= needed else { return false }
        for (code, required) in label.categories {
            let own = values[code] ?? []
            switch policy.category(code)?.kind {
            case .permissive: if own.isDisjoint(with: required) { return false }
            case .restrictive: if !own.isSuperset(of: required) { return false }
            case .informative: break
            case nil: throw .unknownCategory(policy: label.policy, code: code)
            }
        }
        return true
    }

    /// Whether the reader may have the whole document: every label of it, policy by policy.
    public func allows(_ marking: DocumentMarking, under policies: MarkingPolicies) throws(MarkingFault) -> Bool {
        for label in marking.labels where try !allows(label, under: policies) { return false }
        return true
    }
}
