public import Acts

/// A change of a marking, as it is recorded: by whom, from what to what, and on what ground.
public struct MarkingDecision: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        case raised, lowered
        /// Not marked under this policy any more.
        case opened
        /// The same level; categories, dates or release lists changed.
        case amended
    }

    public let from: SecurityLabel
    /// `nil`: the marking under this policy ends.
    public let to: SecurityLabel?
    public let direction: Direction
    /// The office that decided.
    public let office: String
    public let on: CalendarDate
    /// The originators that agreed, where their agreement was needed.
    public let agreed: [String]

    /// Decides whether an office may change a marking.
    ///
    /// Raising is anybody's who may write the document. Lowering, opening, and widening who may read are the originator's, and need every
    /// foreign originator's agreement: foreign-government information never opens alone.
    ///
    /// - Parameters:
    ///   - acts: the originators for which the office speaks.
    ///   - agreed: the originators whose agreement is on record.
    public init(
        from label: SecurityLabel, to changed: SecurityLabel?, by office: String, speakingFor acts: Set<String>, agreed: Set<String> = [],
        on day: CalendarDate, under policies: MarkingPolicies
    ) throws(MarkingFault) {
        let before = try policies.level(of: label)
        let direction: Direction
        var widens = true
        if let changed {
            guard changed.policy == label.policy else { throw .otherPolicy(changed.policy, label.policy) }
            try policies.check(changed)
            let after = try policies.level(of: changed)
            direction = after.rank > before.rank ? .raised : after.rank < before.rank ? .lowered : .amended
            let policy = try policies.policy(label.policy)
            widens = direction == .lowered || Self.widens(label, changed, policy: policy)
        } else {
            direction = .opened
        }
        if widens {
            let owner = label.originator
            guard acts.contains(owner) || agreed.contains(owner) else { throw .notTheOriginator(originator: owner, office: office) }
            let silent = label.foreignOriginators.filter { !acts.contains($0) && !agreed.contains($0) }
            guard silent.isEmpty else { throw .foreignInformation(silent) }
        }
        from = label
        to = changed
        self.direction = direction
        self.office = office
        self.on = day
        self.agreed = agreed.sorted()
    }

    /// Whether somebody could read the changed label's text, or could read it sooner, who could not before.
    private static func widens(_ before: SecurityLabel, _ after: SecurityLabel, policy: MarkingPolicy) -> Bool {
        if before.originator != after.originator { return true }
        if !Set(before.foreignOriginators).isSubset(of: after.foreignOriginators) { return true }
        if before.declassification != after.declassification { return true }
        for category in policy.categories {
            let old = Set(before.categories[category.code] ?? [])
            let new = Set(after.categories[category.code] ?? [])
            switch category.kind {
            case .permissive where !old.isEmpty: if new.isEmpty || !new.isSubset(of: old) { return true }
            case .restrictive: if !old.isSubset(of: new) { return true }
            default: break
            }
        }
        return false
    }
}
