public import Acts

/// What came out of a replay file, case by case.
public struct ReplayReport: Sendable {
    public enum Outcome: Sendable {
        /// Computed and expected agree.
        case same(ReplayCase, EntryIntoForce)
        case differs(ReplayCase, EntryIntoForce, [Difference])
        /// A life-cycle case, its answers all as expected or not.
        case lifecycle(LifecycleOutcome)
        /// Malformed, or its facts do not suffice.
        case malformed(ReplayError)
    }

    public enum Difference: Hashable, Sendable {
        case entryIntoForce(computed: CalendarDate?, expected: CalendarDate?)
        case decisiveDay(computed: CalendarDate?, expected: CalendarDate?)
        case dateOfEffect(Participant, computed: CalendarDate?, expected: CalendarDate?)
    }

    public let outcomes: [Outcome]

    /// Computes every case.
    public init(_ cases: [Result<ReplayFileCase, ReplayError>]) {
        let known = cases.compactMap { result in
            if case .success(.entryIntoForce(let replayCase)) = result { replayCase } else { nil }
        }
        outcomes = cases.map { result in
            switch result {
            case .failure(let error): .malformed(error)
            case .success(.entryIntoForce(let replayCase)): ReplayReport.outcome(of: replayCase, among: known)
            case .success(.lifecycle(let lifecycleCase)): ReplayReport.outcome(of: lifecycleCase)
            }
        }
    }

    public var sameCount: Int { outcomes.count { $0.isSame == true } }
    public var differingCount: Int { outcomes.count { $0.isSame == false } }
    public var malformedCount: Int { outcomes.count { if case .malformed = $0 { true } else { false } } }

    /// 0: all agree. 1: a date or an answer differs. 2: none differs, but a case is malformed or its facts do not suffice.
    public var exitCode: Int32 { differingCount > 0 ? 1 : malformedCount > 0 ? 2 : 0 }

    private static func outcome(of lifecycleCase: LifecycleCase) -> Outcome {
        do throws(ReplayError) {
            return .lifecycle(try LifecycleOutcome(lifecycleCase))
        } catch {
            return .malformed(error)
        }
    }

    private static func outcome(of replayCase: ReplayCase, among known: [ReplayCase]) -> Outcome {
        do throws(ClauseProblem) {
            let context = try context(of: replayCase, among: known, depth: 0)
            let participation = try replayCase.clause.participation(replayCase.acts, context: context, asOf: replayCase.asOf)
            let entry = participation.entryIntoForce
            var differences: [Difference] = []
            let expected = replayCase.expected
            // A treaty that takes effect for each Party on its own has no common date; a file may give the first, or none.
            let noCommonDate = replayCase.clause.perParty && expected.entryIntoForce == nil
            if entry.date != expected.entryIntoForce, !noCommonDate {
                differences.append(.entryIntoForce(computed: entry.date, expected: expected.entryIntoForce))
            }
            if let day = expected.decisiveDay, day != entry.decisiveDay {
                differences.append(.decisiveDay(computed: entry.decisiveDay, expected: day))
            }
            for dated in expected.participants {
                let computed = participation[dated.participant.id]?.dateOfEffect
                if computed != dated.date { differences.append(.dateOfEffect(dated.participant, computed: computed, expected: dated.date)) }
            }
            return differences.isEmpty ? .same(replayCase, entry) : .differs(replayCase, entry, differences)
        } catch {
            return .malformed(
                ReplayError(place: "\(replayCase.place).clause", reason: "the facts do not suffice: \(error)", treaty: replayCase.treaty))
        }
    }

    /// Another treaty the clause depends on may be a case of the same file; then its date is computed too.
    private static func context(of replayCase: ReplayCase, among known: [ReplayCase], depth: Int) throws(ClauseProblem) -> ClauseContext {
        var context = replayCase.context
        for name in replayCase.clause.treatyNames where context.treaties[name] == nil {
            // A chain longer than this goes round in a circle.
            guard depth < 8, let parent = known.first(where: { $0.id == name || $0.treaty == name }) else { throw .unknownTreaty(name) }
            let parentContext = try self.context(of: parent, among: known, depth: depth + 1)
            let date = try parent.clause.evaluate(parent.acts, context: parentContext, asOf: parent.asOf).date
            context.treaties[name] = ClauseContext.Force(from: date)
        }
        return context
    }
}

extension ReplayReport.Outcome {
    /// `nil` where the case could not be computed.
    var isSame: Bool? {
        switch self {
        case .same: true
        case .differs: false
        case .lifecycle(let outcome): outcome.isSame
        case .malformed: nil
        }
    }
}
