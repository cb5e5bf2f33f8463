import Acts

/// The marking of a document, out of its portions' marks.
public struct DocumentMarking: Hashable, Sendable {
    /// One label for each policy under which a portion is marked, in the order of the policies' identifiers.
    public let labels: [SecurityLabel]

    /// The highest of the portions, policy by policy.
    ///
    /// Of each policy: the highest level; of permissive categories the values all the portions that name any have in common; of
    /// restrictive and informative ones all values; every foreign originator; the latest creation, the earliest review; and the ending that
    /// comes last: agreement before event, event before date, the later date before the earlier.
    ///
    /// - Throws: a fault where a portion's label does not keep to its policy or no reader is left that may have all portions.
    public init(portions: [SecurityLabel], under policies: MarkingPolicies) throws(MarkingFault) {
        guard !portions.isEmpty else { throw .noPortions }
        var joined: [String: SecurityLabel] = [:]
        for portion in portions {
            try policies.check(portion)
            if let label = joined[portion.policy] {
                joined[portion.policy] = try Self.join(label, portion, under: policies)
            } else {
                joined[portion.policy] = portion
            }
        }
        labels = joined.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func join(
        _ left: SecurityLabel, _ right: SecurityLabel, under policies: MarkingPolicies
    ) throws(MarkingFault) -> SecurityLabel {
        let policy = try policies.policy(left.policy)
        let leftLevel = try policies.level(of: left)
        let rightLevel = try policies.level(of: right)
        var result = leftLevel.rank >= rightLevel.rank ? left : right
        var categories: [String: [String]] = [:]
        for code in Set(left.categories.keys).union(right.categories.keys).sorted() {
            let one = left.categories[code].map(Set.init)
            let other = right.categories[code].map(Set.init)
            if policy.category(code)?.kind == .permissive, let one, let other {
                let common = one.intersection(other)
                guard !common.isEmpty else { throw .releasableToNobody(policy: policy.identifier, category: code) }
                categories[code] = common.sorted()
            } else {
                categories[code] = (one ?? []).union(other ?? []).sorted()
            }
        }
        result.categories = categories
        let owners = Set([left.originator, right.originator] + left.foreignOriginators + right.foreignOriginators)
        result.foreignOriginators = owners.subtracting([result.originator]).sorted()
        result.created = max(left.created, right.created)
        result.review = [left.review, right.review].compactMap { $0 }.min()
        result.declassification = later(left, right, policy: policy)
        return result
    }

    /// The ending that comes last. A label without one ends by the policy's age, from its own creation; of a policy without an age, never.
    private static func later(
        _ left: SecurityLabel, _ right: SecurityLabel, policy: MarkingPolicy
    ) -> SecurityLabel.Declassification? {
        func ending(_ label: SecurityLabel) -> SecurityLabel.Declassification? {
            label.declassification ?? policy.openAfterYears.map { .on(label.created.adding(months: 12 * $0).date) }
        }
        guard let one = ending(left), let other = ending(right) else { return .originatorAgrees }
        switch (one, other) {
        case (.originatorAgrees, _), (_, .originatorAgrees): return .originatorAgrees
        case (.event(let first), .event(let second)): return first == second ? one : .originatorAgrees
        case (.event, _): return one
        case (_, .event): return other
        case (.on(let first), .on(let second)): return .on(max(first, second))
        }
    }
}
