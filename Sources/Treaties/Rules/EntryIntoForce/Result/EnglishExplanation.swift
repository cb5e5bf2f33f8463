import Acts

/// Plain English for findings, steps and shortfalls: what the command line prints, and what a page falls back on.

extension ClassSelector {
    /// "UN Members", "signatories", "those with tonnage of at least 1000000".
    public var english: String {
        switch self {
        case .listed(let name): name
        case .members(let ids): ids.map(\.description).joined(separator: ", ")
        case .states: "States"
        case .organizations: "organizations"
        case .signatories: "signatories"
        case .others: "others"
        case .metric(let name, let threshold): "those with \(name) of at least \(threshold)"
        case .on(.deposit, let inner): "\(inner.english) on the day of deposit"
        case .on(.date(let date), let inner): "\(inner.english) on \(date)"
        case .on(.adoption, let inner): "\(inner.english) at the adoption"
        case .all(let parts): parts.isEmpty ? "all" : parts.map(\.english).joined(separator: " that are ")
        case .any(let parts): parts.map(\.english).joined(separator: " or ")
        case .not(let inner): "not \(inner.english)"
        }
    }
}

extension ClauseDelay {
    /// "30 days", "first day of the month after 3 months".
    public var english: String {
        let unitName =
            switch unit {
            case .days: count == 1 ? "day" : "days"
            case .months: count == 1 ? "month" : "months"
            case .calendarMonths: count == 1 ? "calendar month" : "calendar months"
            case .years: count == 1 ? "year" : "years"
            }
        let length = "\(count) \(unitName)"
        switch roll {
        case nil: return count == 0 ? "the same day" : length
        case .firstDayOfFollowingMonth: return "first day of the month following \(count == 0 ? "that day" : "the expiry of \(length)")"
        case .firstDayOfThatMonth: return "first day of the month reached after \(length)"
        }
    }
}

extension Requirement {
    public var english: String {
        func ofClass(_ selector: ClassSelector?) -> String { selector.map { " (\($0.english))" } ?? "" }
        switch self {
        case .instruments(let count, let of): return "\(count) instrument\(count == 1 ? "" : "s")\(ofClass(of))"
        case .part(let proportion, let comparison, let of, let needed, let whole):
            let part = proportion == .fraction(1, 1) ? "all" : "\(comparison == .atLeast ? "at least" : "more than") \(proportion)"
            return "\(part) of \(of.english) (\(needed) of \(whole))"
        case .share(let proportion, let comparison, let metric, let of):
            return "\(comparison == .atLeast ? "at least" : "more than") \(proportion) of \(metric)\(ofClass(of))"
        case .named(let participants): return "the instruments of \(participants.english)"
        case .allSignatories(let count): return "the instruments of all \(count) signatories"
        case .exchange(let participants): return "the exchange of instruments between \(participants.english)"
        case .treatyInForce(let treaty): return "\(treaty) in force"
        case .silence(let until): return "no sufficient objection by \(until)"
        case .all: return "all conditions"
        case .any: return "one of the conditions"
        case .not: return "a condition must not hold"
        case .delayed(let delay): return "with a delay of its own: \(delay.english)"
        }
    }
}

extension Measure {
    public var english: String {
        if let percent { return "\(percent) % by \(count)" }
        if let whole { return "\(count) of \(whole)" }
        return "\(count)"
    }
}

extension ArithmeticStep {
    public var english: String {
        switch self {
        case .met(let requirement, let day, let measure, let tippedBy):
            let who = tippedBy.isEmpty ? "" : ", with \(tippedBy.english)"
            switch requirement {
            case .instruments, .part, .share, .allSignatories:
                return "Met on \(day): \(requirement.english); reached \(measure.english)\(who)."
            default: return "Met on \(day): \(requirement.english)\(who)."
            }
        case .notMet(let requirement, let measure):
            switch requirement {
            case .instruments, .part, .share, .allSignatories: return "Not met: \(requirement.english); so far \(measure.english)."
            default: return "Not met: \(requirement.english)."
            }
        case .latest(let day): return "All conditions together: the latest date counts, \(day)."
        case .earliest(let day): return "One condition is enough: the earliest date counts, \(day)."
        case .decisiveDay(let day): return "The decisive day is \(day); it is day 0."
        case .fixedDateMet(let day): return "The condition was met by the fixed date, \(day)."
        case .fixedDateMissed(let day): return "The condition was not met by the fixed date, \(day); the other rule applies."
        case .delay(let delay, let from, let to, let clamped):
            let doubt = clamped ? " That month has no such day; its last day is taken, and the depositary has to confirm it." : ""
            if delay == .none { return "No delay: the day itself, \(to).\(doubt)" }
            return "\(from) and then: \(delay.english). That is \(to).\(doubt)"
        case .notBefore(let day, let postponed):
            return postponed ? "Not before \(day): the date moves there." : "Not before \(day): no difference."
        case .perParty: return "For each Party on its own; there is no common threshold."
        case .entersIntoForce(let day): return "Entry into force: \(day)."
        case .notYet: return "The condition is not met: no date."
        }
    }
}

extension Shortfall {
    /// "2 more instruments", "1.2 % more of emissions", "named: USA, CHN".
    public var english: String {
        func ofClass(_ selector: ClassSelector?) -> String { selector.map { " (\($0.english))" } ?? "" }
        switch self {
        case .instruments(let count, let of): return "\(count) more instrument\(count == 1 ? "" : "s")\(ofClass(of))"
        case .share(let percent, let metric, let of): return "\(percent) % more of \(metric)\(ofClass(of))"
        case .named(let participants): return "named: \(participants.english)"
        case .signatories(let count, let named):
            return "\(count) more signator\(count == 1 ? "y" : "ies")" + (named.isEmpty ? "" : ": \(named.english)")
        case .exchange(let participants): return "the exchange of instruments: \(participants.english)"
        case .treaty(let treaty): return "\(treaty) is not in force"
        case .silence(let until): return "silence until \(until)"
        case .silenceBroken(let participants): return "the silence was broken by \(participants.english)"
        case .mustCease: return "a condition holds that must not"
        case .oneOf(let groups):
            return groups.map { $0.map(\.english).joined(separator: " and ") }.joined(separator: ", or ")
        }
    }
}

extension ConsideredAct.Reason {
    public var english: String {
        switch self {
        case .signatureOnly: "signature subject to ratification is not consent to be bound (VCLT art. 14)"
        case .successionToSignature: "a succession to a signature is not consent to be bound"
        case .provisionalApplication: "provisional application is not consent to be bound (VCLT art. 25)"
        case .organizationNotCounted: "the clause does not count instruments of regional economic integration organizations"
        case .notAState: "the clause counts instruments of States only"
        case .outsideClass: "its author does not belong to a class the clause counts"
        case .noInstrumentsCounted: "the clause rests on other facts than instruments"
        case .alreadyCounted(let day): "already bound since the instrument of \(day)"
        case .withdrawn(let day): "withdrawn on \(day), before the condition was met"
        case .afterDecisiveDay(let day): "after \(day): the rule for later joiners applies"
        case .afterAsOf: "after the day in question"
        case .perParty: "the treaty takes effect for each Party on its own"
        case .notConsent: "not an act of consent to be bound"
        }
    }
}

extension EntryIntoForce.Doubt {
    public var english: String {
        switch self {
        case .shorterMonth(let day): "\(day): the month has no such day; treaties are silent, so the depositary has to confirm it"
        case .withdrawalOnDecisiveDay(let participants): "a withdrawal by \(participants.english) took effect on the decisive day itself"
        case .classTakenForEveryone(let selector):
            "the members of '\(selector.english)' are not given; every instrument was counted against the fixed number"
        case .signaturesInferred: "no signatures are given; who ratified, accepted or approved is taken to have signed"
        }
    }
}

extension [Participant] {
    /// "Chad, Jordan and Oman".
    var english: String {
        guard let last else { return "nobody" }
        if count == 1 { return last.name }
        return dropLast().map(\.name).joined(separator: ", ") + " and " + last.name
    }
}
