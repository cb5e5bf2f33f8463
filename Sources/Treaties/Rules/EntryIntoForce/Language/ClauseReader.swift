public import Acts

extension EntryIntoForceClause {
    /// Reads a clause from JSON; `docs/clauses.md` is the reference of its members.
    ///
    ///     { "condition": { "count": 60 }, "delay": { "unit": "days", "count": 120 }, "regionalOrganizationsCount": false,
    ///       "later": { "unit": "days", "count": 30 } }
    ///
    /// The members of the condition may also stand beside `delay` itself, in one object.
    ///
    /// - Parameters:
    ///   - place: Where the clause stands, for errors: `cases[3].clause`.
    ///   - names: Who is meant by a name in the clause; by default a code, or the name itself.
    /// - Throws: `MalformedAct` with the place and what is wrong there. Unknown members are refused.
    public static func read(
        _ json: JSON, at place: String = "clause", names: @escaping (String) -> ParticipantID = { ParticipantID($0) }
    ) throws(MalformedAct) -> EntryIntoForceClause {
        try ClauseReader(names: names).clause(ClauseMembers.Member(value: json, place: place))
    }
}

/// Reads clauses and their parts.
struct ClauseReader {
    let names: (String) -> ParticipantID

    /// The deepest nesting of conditions and classes; no treaty comes near it.
    static let depth = 16

    func clause(_ member: ClauseMembers.Member) throws(MalformedAct) -> EntryIntoForceClause {
        var members = try ClauseMembers(member)
        var clause = EntryIntoForceClause(condition: nil)
        if let delay = try members.take("delay") { clause.delay = try self.delay(delay) }
        if let notBefore = try members.take("notBefore", "not_before") { clause.notBefore = try self.notBefore(notBefore) }
        clause.fixedDate = try fixedDate(&members)
        if let later = try members.take("later") { clause.later = try self.later(later, initial: clause.delay) }
        if let perParty = try members.take("perParty", "per_party") {
            if case .object = perParty.value {
                clause.perParty = true
                clause.delay = try delay(perParty)
            } else {
                clause.perParty = try perParty.bool()
            }
        }
        if let flag = try members.take("regionalOrganizationsCount", "reio_counts") { clause.regionalOrganizationsCount = try flag.bool() }
        if let flag = try members.take("statesOnly", "states_only") { clause.statesOnly = try flag.bool() }
        if let who = try members.take("whoCounts", "who_counts") { clause.whoCounts = try selector(who) }
        if let binds = try members.take("binds") { clause.binds = try selector(binds) }
        if let flag = try members.take("objectorsNotBound") { clause.objectorsNotBound = try flag.bool() }
        if let withdrawal = try members.take("withdrawal") { clause.withdrawal = try self.withdrawal(withdrawal) }
        try informational(&members)
        if let condition = try members.take("condition") {
            clause.condition = try self.condition(condition)
        } else if !clause.perParty || ConditionKind.isGiven(in: members) {
            clause.condition = try condition(&members, of: "a clause", depth: 0)
        }
        try members.finish("a clause")
        if clause.perParty, clause.condition != nil {
            throw member.wrong("a clause for each Party on its own (perParty) has no common condition")
        }
        return clause
    }

    /// Members that are read and checked, but change nothing.
    private func informational(_ members: inout ClauseMembers) throws(MalformedAct) {
        if let date = try members.take("date"), try date.string() != "latest" {
            throw date.wrong("only 'latest' is known: where conditions have delays of their own, the latest date counts")
        }
        if let depositaries = try members.take("depositaries") { _ = try depositaries.whole(1...10) }
        for name in ["note", "article", "source"] {
            if let text = try members.take(name) { _ = try text.string() }
        }
    }

    // MARK: Delays and dates

    func delay(_ member: ClauseMembers.Member) throws(MalformedAct) -> ClauseDelay {
        var members = try ClauseMembers(member)
        let delay = try delay(&members)
        try members.finish("a delay")
        return delay
    }

    func delay(_ members: inout ClauseMembers) throws(MalformedAct) -> ClauseDelay {
        guard let unitMember = try members.take("unit") else { throw MalformedAct(place: members.path("unit"), reason: "is missing") }
        let unitName = try unitMember.string()
        guard let unit = ClauseDelay.Unit(rawValue: unitName) else {
            throw unitMember.wrong("unknown unit '\(unitName)'; use days, months, calendar-months or years")
        }
        guard let count = try members.take("count") else { throw MalformedAct(place: members.path("count"), reason: "is missing") }
        var roll: ClauseDelay.Roll?
        if let then = try members.take("then") {
            let name = try then.string()
            guard let known = ClauseDelay.Roll(rawValue: name) else {
                throw then.wrong("unknown roll '\(name)'; use first-day-of-following-month or first-day-of-that-month")
            }
            roll = known
        }
        return ClauseDelay(try count.whole(0...ClauseDelay.largestCount(unit)), unit, then: roll)
    }

    /// `{"years": 2}` for `{"unit": "years", "count": 2}`.
    private func spelledOut(_ members: inout ClauseMembers) throws(MalformedAct) -> ClauseDelay? {
        for unit in [ClauseDelay.Unit.days, .months, .years] {
            if let count = try members.take(unit.rawValue) { return ClauseDelay(try count.whole(0...ClauseDelay.largestCount(unit)), unit) }
        }
        return nil
    }

    private func notBefore(_ member: ClauseMembers.Member) throws(MalformedAct) -> NotBefore {
        if case .string = member.value { return .date(try member.date()) }
        var members = try ClauseMembers(member)
        let result: NotBefore
        if let date = try members.take("date") {
            result = .date(try date.date())
        } else if let delay = try members.take("afterOpening", "after_opening") {
            result = .afterOpening(try self.delay(delay))
        } else if let delay = try members.take("afterAdoption", "after_adoption") {
            result = .afterAdoption(try self.delay(delay))
        } else if let after = try members.take("after") {
            let delay: ClauseDelay
            if let short = try spelledOut(&members) { delay = short } else { delay = try self.delay(&members) }
            switch try after.string() {
            case "opening": result = .afterOpening(delay)
            case "adoption": result = .afterAdoption(delay)
            case let other: throw after.wrong("'\(other)' is not known; use opening or adoption")
            }
        } else {
            throw member.wrong("should be a date, or have one of the members date, afterOpening, afterAdoption")
        }
        try members.finish("notBefore")
        return result
    }

    private func fixedDate(_ members: inout ClauseMembers) throws(MalformedAct) -> FixedDate? {
        let otherwise = try members.take("else", "else_delay", "elseDelay")
        guard let fixed = try members.take("fixedDate", "fixed_date") else {
            if let otherwise { throw otherwise.wrong("stands without a fixedDate") }
            return nil
        }
        var date: FixedDate
        if case .object = fixed.value {
            var inner = try ClauseMembers(fixed)
            guard let day = try inner.take("date") else { throw MalformedAct(place: inner.path("date"), reason: "is missing") }
            date = FixedDate(try day.date())
            if let otherwise = try inner.take("else", "else_delay", "elseDelay") { date.otherwise = try fallback(otherwise) }
            try inner.finish("fixedDate")
        } else {
            date = FixedDate(try fixed.date())
        }
        if let otherwise {
            if date.otherwise != nil { throw otherwise.wrong("is given twice") }
            date.otherwise = try fallback(otherwise)
        }
        return date
    }

    /// The delay of a fixed date's `else`, bare or inside `{"delay": …}`.
    private func fallback(_ member: ClauseMembers.Member) throws(MalformedAct) -> ClauseDelay {
        var members = try ClauseMembers(member)
        guard let delay = try members.take("delay") else { return try self.delay(member) }
        try members.finish("else")
        return try self.delay(delay)
    }

    private func later(_ member: ClauseMembers.Member, initial: ClauseDelay) throws(MalformedAct) -> LaterJoinerRule {
        if case .string(let text) = member.value {
            guard text == "same" else { throw member.wrong("'\(text)' is not known; use 'same' or a delay") }
            return LaterJoinerRule(initial)
        }
        var members = try ClauseMembers(member)
        var rule = LaterJoinerRule(.none)
        if let after = try members.take("after") {
            guard let boundary = LaterJoinerRule.Boundary(rawValue: try after.string()) else {
                throw after.wrong("is not known; use decisiveDay or entryIntoForce")
            }
            rule.boundary = boundary
        }
        if let delay = try members.take("delay") {
            rule.delay = try self.delay(delay)
        } else {
            rule.delay = try delay(&members)
        }
        try members.finish("later")
        return rule
    }

    private func withdrawal(_ member: ClauseMembers.Member) throws(MalformedAct) -> WithdrawalRule {
        var members = try ClauseMembers(member)
        let rule = try withdrawal(&members)
        try members.finish("withdrawal")
        return rule
    }

    /// Takes the members of a rule of withdrawal out of an object that may hold others beside them.
    func withdrawal(_ members: inout ClauseMembers) throws(MalformedAct) -> WithdrawalRule {
        var rule: WithdrawalRule
        if let yearly = try members.take("yearly") {
            var inner = try ClauseMembers(yearly)
            func day(_ name: String, _ taken: ClauseMembers.Member?) throws(MalformedAct) -> MonthDay {
                guard let taken else { throw MalformedAct(place: inner.path(name), reason: "is missing") }
                guard let day = MonthDay(try taken.string()) else { throw taken.wrong("is not a day of every year; write MM-DD") }
                return day
            }
            rule = WithdrawalRule(.yearly(on: try day("on", inner.take("on")), noticeBy: try day("noticeBy", inner.take("noticeBy"))))
            try inner.finish("yearly")
        } else if let notice = try members.take("notice") {
            rule = WithdrawalRule(.after(try delay(notice)))
        } else {
            throw MalformedAct(place: members.place, reason: "should have one of the members notice, yearly")
        }
        if let notWithin = try members.take("notWithin") { rule.notWithin = try delay(notWithin) }
        if let suspended = try members.take("suspendedWhile") { rule.suspendedWhile = try selector(suspended) }
        return rule
    }
}
