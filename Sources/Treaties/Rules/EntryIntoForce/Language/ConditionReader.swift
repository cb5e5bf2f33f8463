import Acts

/// The kinds of condition by the members that announce them.
enum ConditionKind: CaseIterable {
    case count, fraction, share, named, allSignatories, exchange, inForce, silence, all, any, not

    static func isGiven(in members: ClauseMembers) -> Bool {
        allCases.contains { $0.isGiven(in: members) }
    }

    func isGiven(in members: ClauseMembers) -> Bool {
        switch self {
        case .count: members.has("count")
        case .fraction:
            members.has("fraction", "fraction_of", "fractionOf") || members.has("moreThan", "more_than") && !members.has("metric")
        case .share: members.has("metric", "share")
        case .named: members.has("named", "named_all", "namedAll")
        case .allSignatories: members.has("allSignatories", "all_signatories")
        case .exchange: members.has("exchange")
        case .inForce: members.has("inForce", "treaty_in_force", "treatyInForce")
        case .silence: members.has("silence")
        case .all: members.has("all")
        case .any: members.has("any")
        case .not: members.has("not")
        }
    }
}

extension ClauseReader {
    func condition(_ member: ClauseMembers.Member, depth: Int = 0) throws(MalformedAct) -> ClauseCondition {
        guard depth < ClauseReader.depth else { throw member.wrong("nested deeper than \(ClauseReader.depth)") }
        var members = try ClauseMembers(member)
        var condition = try condition(&members, of: "a condition", depth: depth)
        if let delay = try members.take("delay") { condition = .delayed(condition, try self.delay(delay)) }
        if let date = try members.take("date"), try date.string() != "latest" { throw date.wrong("only 'latest' is known") }
        try members.finish("a condition")
        return condition
    }

    /// Takes the members of one condition out of an object that may hold others beside them.
    func condition(_ members: inout ClauseMembers, of what: String, depth: Int) throws(MalformedAct) -> ClauseCondition {
        let given = ConditionKind.allCases.filter { $0.isGiven(in: members) }
        guard let kind = given.first else {
            throw MalformedAct(
                place: members.place,
                reason:
                    "\(what) needs a condition: one of count, fraction, share, named, allSignatories, exchange, inForce, silence, all, any, not"
            )
        }
        guard given.count == 1 else {
            let kinds = given.map { "\($0)" }.joined(separator: " and ")
            throw MalformedAct(
                place: members.place, reason: "\(kinds) stand in one object; put them into {\"all\": [..]} or {\"any\": [..]}")
        }
        switch kind {
        case .count:
            guard let count = try members.take("count") else { break }
            return .count(try count.whole(1...1_000_000), of: try classSelector(&members))
        case .fraction: return try fraction(&members)
        case .share: return try share(&members)
        case .named:
            guard let named = try members.take("named", "named_all", "namedAll") else { break }
            return try self.named(named)
        case .allSignatories:
            guard let all = try members.take("allSignatories", "all_signatories") else { break }
            if case .bool = all.value {
                guard try all.bool() else { throw all.wrong("should be true, or the number of signatories") }
                return .allSignatories(count: nil)
            }
            return .allSignatories(count: try all.whole(1...1_000_000))
        case .exchange:
            guard let exchange = try members.take("exchange") else { break }
            let parties = try participants(exchange)
            guard parties.count >= 2 else { throw exchange.wrong("an exchange needs at least two different parties") }
            return .exchange(parties)
        case .inForce:
            guard let treaty = try members.take("inForce", "treaty_in_force", "treatyInForce") else { break }
            return .inForce(try treaty.string())
        case .silence:
            guard let silence = try members.take("silence") else { break }
            return .silence(try self.silence(silence, depth: depth))
        case .all:
            guard let parts = try members.take("all") else { break }
            return .all(try conditions(parts, depth: depth))
        case .any:
            guard let parts = try members.take("any") else { break }
            return .any(try conditions(parts, depth: depth))
        case .not:
            guard let part = try members.take("not") else { break }
            return .not(try condition(part, depth: depth + 1))
        }
        throw MalformedAct(place: members.place, reason: "\(what) needs a condition")
    }

    private func conditions(_ member: ClauseMembers.Member, depth: Int) throws(MalformedAct) -> [ClauseCondition] {
        let parts = try member.array()
        guard !parts.isEmpty else { throw member.wrong("is empty") }
        guard parts.count <= 100 else { throw member.wrong("has more than 100 conditions") }
        var conditions: [ClauseCondition] = []
        for part in parts { conditions.append(try condition(part, depth: depth + 1)) }
        return conditions
    }

    private func fraction(_ members: inout ClauseMembers) throws(MalformedAct) -> ClauseCondition {
        let atLeast = try members.take("fraction", "at_least", "atLeast")
        let moreThan = try members.take("moreThan", "more_than")
        let of = try members.take("of")
        let named = try members.take("fraction_of", "fractionOf", "class")
        guard let threshold = atLeast ?? moreThan else {
            throw MalformedAct(place: members.place, reason: "a fraction needs how much: fraction, at_least or more_than")
        }
        if atLeast != nil, let moreThan { throw moreThan.wrong("stands beside an 'at least'; keep one of them") }
        let proportion = try threshold.proportion(percent: false)
        let comparison: ThresholdComparison = atLeast == nil ? .moreThan : .atLeast
        var size: Int?
        var selector: ClassSelector?
        if let of {
            // A number is the fixed whole ("of 192"); anything else names the class.
            if case .integer = of.value { size = try of.whole(1...1_000_000) } else { selector = try self.selector(of) }
        }
        if let named {
            if selector != nil { throw named.wrong("names a class beside 'of'; keep one of them") }
            selector = try self.selector(named)
        }
        if let count = try members.take("size") {
            if size != nil { throw count.wrong("is given twice") }
            size = try count.whole(1...1_000_000)
        }
        guard selector != nil || size != nil else {
            throw MalformedAct(place: members.place, reason: "a fraction needs the class it is taken of: of")
        }
        let of0 = selector ?? .all([])
        return .fraction(proportion, comparison, of: try at(&members, of0), size: size)
    }

    private func share(_ members: inout ClauseMembers) throws(MalformedAct) -> ClauseCondition {
        guard let metric = try members.take("metric") else { throw MalformedAct(place: members.path("metric"), reason: "is missing") }
        var found: (proportion: Proportion, comparison: ThresholdComparison)?
        func keep(_ member: ClauseMembers.Member?, percent: Bool, _ comparison: ThresholdComparison) throws(MalformedAct) {
            guard let member else { return }
            if found != nil { throw member.wrong("gives the threshold a second time; keep one of them") }
            found = (try member.proportion(percent: percent), comparison)
        }
        try keep(try members.take("share", "at_least_percent", "atLeastPercent"), percent: true, .atLeast)
        try keep(try members.take("at_least_fraction", "atLeastFraction"), percent: false, .atLeast)
        try keep(try members.take("moreThan", "more_than_percent", "moreThanPercent"), percent: true, .moreThan)
        try keep(try members.take("more_than_fraction", "moreThanFraction"), percent: false, .moreThan)
        guard let found else {
            throw MalformedAct(place: members.path("share"), reason: "is missing: how much of \(try metric.string()) is needed, in percent")
        }
        return .share(found.proportion, found.comparison, metric: try metric.string(), of: try classSelector(&members))
    }

    private func named(_ member: ClauseMembers.Member) throws(MalformedAct) -> ClauseCondition {
        switch member.value {
        case .integer: return .allSignatories(count: try member.whole(1...1_000_000))
        case .string(let text):
            if let count = ClassName.signatoryCount(ClassName.key(of: text)) { return .allSignatories(count: count) }
            return .fraction(.fraction(1, 1), .atLeast, of: try selector(member), size: nil)
        default: return .named(try participants(member))
        }
    }

    private func participants(_ member: ClauseMembers.Member) throws(MalformedAct) -> [ParticipantID] {
        var ids: [ParticipantID] = []
        for name in try member.array() {
            let id = names(try name.string())
            if !ids.contains(id) { ids.append(id) }
        }
        guard !ids.isEmpty else { throw member.wrong("is empty") }
        return ids
    }

    private func silence(_ member: ClauseMembers.Member, depth: Int) throws(MalformedAct) -> SilencePeriod {
        var members = try ClauseMembers(member)
        let end: SilencePeriod.End
        if let until = try members.take("until") {
            end = .on(try until.date())
        } else if let notified = try members.take("notified") {
            guard let period = try members.take("period") else { throw MalformedAct(place: members.path("period"), reason: "is missing") }
            end = .after(try notified.date(), try delay(period))
        } else {
            throw member.wrong("needs its end: until, or notified and period")
        }
        var silence = SilencePeriod(end: end)
        if let brokenBy = try members.take("brokenBy", "broken_by") { silence.brokenBy = try condition(brokenBy, depth: depth + 1) }
        try members.finish("silence")
        return silence
    }

    // MARK: Classes

    /// The class a count or share is restricted to: `of` or `class`, with `at`.
    private func classSelector(_ members: inout ClauseMembers) throws(MalformedAct) -> ClassSelector? {
        guard let of = try members.take("of", "class") else {
            if let at = try members.take("at") { throw at.wrong("stands without a class") }
            return nil
        }
        return try at(&members, try selector(of))
    }

    private func at(_ members: inout ClauseMembers, _ selector: ClassSelector) throws(MalformedAct) -> ClassSelector {
        guard let at = try members.take("at") else { return selector }
        if case .string("deposit") = at.value { return .on(.deposit, selector) }
        if case .string("adoption") = at.value { return .on(.adoption, selector) }
        guard case .string(let text) = at.value, let date = CalendarDate(text) else {
            throw at.wrong("should be 'deposit', 'adoption' or a date (YYYY-MM-DD)")
        }
        return .on(.date(date), selector)
    }

    func selector(_ member: ClauseMembers.Member, depth: Int = 0) throws(MalformedAct) -> ClassSelector {
        guard depth < ClauseReader.depth else { throw member.wrong("nested deeper than \(ClauseReader.depth)") }
        switch member.value {
        case .string:
            let name = try member.string()
            guard name.utf8.count <= 200 else { throw member.wrong("is longer than 200 bytes") }
            return name == "all" ? .all([]) : .listed(name)
        case .array: return .members(try participants(member))
        case .object: break
        default: throw member.wrong("should name a class, list its members, or be an object, not \(member.value.kindName)")
        }
        func selectors(_ member: ClauseMembers.Member) throws(MalformedAct) -> [ClassSelector] {
            var selectors: [ClassSelector] = []
            for part in try member.array() { selectors.append(try selector(part, depth: depth + 1)) }
            return selectors
        }
        var members = try ClauseMembers(member)
        var result: ClassSelector
        if let inner = try members.take("class") {
            result = try selector(inner, depth: depth + 1)
        } else if let metric = try members.take("metric") {
            guard let threshold = try members.take("atLeast", "at_least") else {
                throw MalformedAct(place: members.path("atLeast"), reason: "is missing")
            }
            result = .metric(try metric.string(), atLeast: try threshold.decimal())
        } else if let inner = try members.take("not") {
            result = .not(try selector(inner, depth: depth + 1))
        } else if let parts = try members.take("all") {
            result = .all(try selectors(parts))
        } else if let parts = try members.take("any") {
            result = .any(try selectors(parts))
        } else {
            throw member.wrong("a class needs one of the members class, metric, not, all, any")
        }
        result = try at(&members, result)
        try members.finish("a class")
        return result
    }
}
