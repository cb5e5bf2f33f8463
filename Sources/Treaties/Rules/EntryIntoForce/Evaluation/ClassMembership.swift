import Acts

/// Answers which participants belong to a class, and on which days.
struct ClassMembership {
    let context: ClauseContext
    let histories: [ParticipantID: ConsentHistory]
    /// Those the clause names, for `ClassSelector.others`.
    let named: ClassSelector
    /// Whether any signature is given at all.
    let signaturesGiven: Bool
    private let classKeys: [String: String]
    private let metricKeys: [String: String]
    private let memberRanges: [String: [ParticipantID: DayRanges]]

    init(context: ClauseContext, histories: [ParticipantID: ConsentHistory], named: ClassSelector) {
        self.context = context
        self.histories = histories
        self.named = named
        signaturesGiven = histories.values.contains { !$0.signatures.isEmpty }
        // Sorted, so that of two names with one key the choice does not depend on hashing.
        classKeys = Dictionary(context.classes.keys.sorted().map { (ClassName.key(of: $0), $0) }) { first, _ in first }
        metricKeys = Dictionary(context.metrics.keys.sorted().map { (ClassName.key(of: $0), $0) }) { first, _ in first }
        memberRanges = context.classes.mapValues { dated in
            Dictionary(grouping: dated.memberships, by: \.member).mapValues { memberships in
                DayRanges(union: memberships.map { DayRanges(from: $0.from, lastDay: $0.until) })
            }
        }
    }

    func participant(_ id: ParticipantID) -> Participant {
        histories[id]?.participant ?? context.participants[id] ?? Participant(id)
    }

    func metric(_ name: String) throws(ClauseProblem) -> Metric {
        if let metric = context.metrics[name] { return metric }
        if let known = metricKeys[ClassName.key(of: name)], let metric = context.metrics[known] { return metric }
        throw .unknownMetric(name)
    }

    /// The name under which the case lists this class, if it does.
    func listedName(_ name: String) -> String? {
        context.classes[name] != nil ? name : classKeys[ClassName.key(of: name)]
    }

    func isKnown(_ selector: ClassSelector) -> Bool {
        switch selector {
        case .listed(let name):
            if listedName(name) != nil { return true }
            guard let meaning = ClassName.meaning(of: name) else { return false }
            return isKnown(meaning)
        case .members, .states, .organizations, .signatories, .others: return true
        case .metric(let name, _): return context.metrics[name] != nil || metricKeys[ClassName.key(of: name)] != nil
        case .on(_, let inner), .not(let inner): return isKnown(inner)
        case .all(let parts), .any(let parts): return parts.allSatisfy(isKnown)
        }
    }

    /// The days on which `id` belongs to the class; for membership at deposit, judged by the day of that instrument.
    func days(_ selector: ClassSelector, of id: ParticipantID, deposited: Int?) throws(ClauseProblem) -> DayRanges {
        switch selector {
        case .listed(let name):
            if let listed = listedName(name) { return memberRanges[listed]?[id] ?? .never }
            guard let meaning = ClassName.meaning(of: name) else { throw .unknownClass(name) }
            return try days(meaning, of: id, deposited: deposited)
        case .members(let ids): return ids.contains(id) ? .always : .never
        case .states: return participant(id).nature == .state ? .always : .never
        case .organizations: return participant(id).isOrganization ? .always : .never
        case .signatories: return histories[id]?.signatory(signaturesGiven: signaturesGiven) ?? .never
        case .others: return try days(named, of: id, deposited: deposited).complement
        case .metric(let name, let threshold):
            var ranges: [DayRanges] = []
            for (edition, span) in ClassMembership.spans(of: try metric(name)) {
                if let value = edition.values[id], value >= threshold { ranges.append(span) }
            }
            return DayRanges(union: ranges)
        case .on(.date(let date), let inner):
            return try days(inner, of: id, deposited: deposited).contains(date.dayNumber) ? .always : .never
        case .on(.adoption, let inner):
            guard let adoption = context.adoption else { throw .missingAdoption }
            return try days(.on(.date(adoption), inner), of: id, deposited: deposited)
        case .on(.deposit, let inner):
            guard let deposited else { return try days(inner, of: id, deposited: nil) }
            return try days(inner, of: id, deposited: deposited).contains(deposited) ? .always : .never
        case .all(let parts):
            var result = DayRanges.always
            for part in parts { result = result.intersection(try days(part, of: id, deposited: deposited)) }
            return result
        case .any(let parts):
            var ranges: [DayRanges] = []
            for part in parts { ranges.append(try days(part, of: id, deposited: deposited)) }
            return DayRanges(union: ranges)
        case .not(let inner): return try days(inner, of: id, deposited: deposited).complement
        }
    }

    /// Everyone who could belong to the class: those the lists name and those who have acted.
    func candidates(_ selector: ClassSelector) throws(ClauseProblem) -> Set<ParticipantID> {
        switch selector {
        case .listed(let name):
            if let listed = listedName(name) { return Set((memberRanges[listed] ?? [:]).keys) }
            guard let meaning = ClassName.meaning(of: name) else { throw .unknownClass(name) }
            return try candidates(meaning)
        case .members(let ids): return Set(ids)
        case .metric(let name, _): return Set(try metric(name).editions.flatMap(\.values.keys))
        case .on(_, let inner): return try candidates(inner)
        case .all(let parts) where !parts.isEmpty, .any(let parts):
            var result: Set<ParticipantID> = []
            for part in parts { result.formUnion(try candidates(part)) }
            return result
        case .all, .states, .organizations, .signatories, .others, .not:
            return Set(histories.keys).union(context.participants.keys)
        }
    }

    /// Whether membership follows from the signatures given, and not from a list.
    func restsOnSignatures(_ selector: ClassSelector) -> Bool {
        switch selector {
        case .listed(let name):
            listedName(name) == nil && ClassName.meaning(of: name).map(restsOnSignatures) ?? false
        case .signatories: true
        case .on(_, let inner), .not(let inner): restsOnSignatures(inner)
        case .all(let parts), .any(let parts): parts.contains(where: restsOnSignatures)
        case .members, .states, .organizations, .others, .metric: false
        }
    }

    /// A class's size as the case states it, where the list of members is not complete.
    func statedSize(_ selector: ClassSelector) -> Int? {
        switch selector {
        case .listed(let name):
            if let listed = listedName(name) { return context.classes[listed]?.size }
            return ClassName.meaning(of: name).flatMap(statedSize)
        case .on(_, let inner): return statedSize(inner)
        default: return nil
        }
    }

    /// Each edition with the days on which it is the one to use.
    static func spans(of metric: Metric) -> [(edition: Metric.Edition, days: DayRanges)] {
        let editions = metric.editions.sorted { ($0.from?.dayNumber ?? .min) < ($1.from?.dayNumber ?? .min) }
        return editions.indices.map { index in
            let until = index + 1 < editions.count ? editions[index + 1].from?.dayNumber ?? .min : Int.max
            return (editions[index], DayRanges(from: editions[index].from?.dayNumber ?? .min, until: until))
        }
    }
}
