import Acts
import Foundation
import Web

/// The entry-into-force clause, its arithmetic and what is missing, in the words of a language.
struct ClauseWords {
    let catalogue: LanguageCatalogue
    let language: Language
    let actors: ActorTable
    /// Names of the tables a clause refers to, by language tag.
    var metricNames: [String: [String: String]] = [:]

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.words.\(key)", arguments, language)
    }

    /// What stands between phrases of a list.
    var semicolon: String { text("condition.and") }

    // MARK: Names

    func name(_ code: ActorCode) -> String {
        actors[code]?.name(in: language.tag) ?? code.rawValue
    }

    func name(_ participant: ParticipantID) -> String {
        switch participant {
        case .actor(let code): name(code)
        case .named(let name): name
        }
    }

    /// "Chad, Jordan and Oman"; at most eight by name, then how many more.
    func list(_ names: [String]) -> String {
        guard names.count > 1 else { return names.first ?? text("nobody") }
        if names.count > 8 {
            let shown = names.prefix(7).joined(separator: text("comma"))
            return text("and-more", ["names": .text(shown), "count": .number(Int64(names.count - 7))])
        }
        let shown = names.dropLast().joined(separator: text("comma"))
        return text("and", ["first": .text(shown), "last": .text(names.last ?? "")])
    }

    /// A decimal as the language writes it: 58,8 in French.
    private func decimal(_ number: ExactDecimal) -> String {
        let parts = number.description.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int64($0) }) else { return number.description }
        guard parts.count == 2 else { return language.text(whole) }
        let fraction = parts[1].compactMap { $0.wholeNumberValue.map { language.text(Int64($0)) } }.joined()
        return language.text(whole) + (language.locale.decimalSeparator ?? ".") + fraction
    }

    private func list(_ participants: [Participant]) -> String { list(participants.map { name($0.id) }) }

    private func metric(_ name: String) -> String {
        metricNames[name]?[language.tag] ?? metricNames[name]?["en"] ?? name
    }

    func proportion(_ proportion: Proportion) -> String {
        switch proportion {
        case .fraction(let part, let whole): text("fraction", ["part": .number(Int64(part)), "whole": .number(Int64(whole))])
        case .percent(let percent): text("percent", ["percent": .text(decimal(percent))])
        }
    }

    func selector(_ selector: ClassSelector) -> String {
        switch selector {
        case .listed(let name): return name
        case .members(let ids): return list(ids.map(name))
        case .states: return text("class.states")
        case .organizations: return text("class.organizations")
        case .signatories: return text("class.signatories")
        case .others: return text("class.others")
        case .metric(let name, let least): return text("class.metric", ["metric": .text(metric(name)), "least": .text(decimal(least))])
        case .on(.deposit, let inner): return text("class.on-deposit", ["class": .text(self.selector(inner))])
        case .on(.date(let date), let inner): return text("class.on-date", ["class": .text(self.selector(inner)), "date": .date(date)])
        case .on(.adoption, let inner): return text("class.on-adoption", ["class": .text(self.selector(inner))])
        case .all(let parts): return parts.map(self.selector).joined(separator: text("class.and"))
        case .any(let parts): return parts.map(self.selector).joined(separator: text("class.or"))
        case .not(let inner): return text("class.not", ["class": .text(self.selector(inner))])
        }
    }

    func delay(_ delay: ClauseDelay) -> String {
        let unit =
            switch delay.unit {
            case .days: "days"
            case .months: "months"
            case .calendarMonths: "calendar-months"
            case .years: "years"
            }
        if delay.count == 0, delay.roll == nil { return text("delay.same-day") }
        let length = text("delay.\(unit)", ["count": .number(Int64(delay.count))])
        switch delay.roll {
        case nil: return length
        case .firstDayOfFollowingMonth:
            return delay.count == 0 ? text("delay.next-month") : text("delay.following-month", ["length": .text(length)])
        case .firstDayOfThatMonth: return text("delay.that-month", ["length": .text(length)])
        }
    }

    // MARK: The clause

    /// The clause as sentences.
    func sentences(of clause: EntryIntoForceClause) -> String {
        var sentences: [String] = []
        if let condition = clause.condition {
            let what = self.condition(condition)
            if let fixed = clause.fixedDate {
                sentences.append(text("clause.fixed", ["date": .date(fixed.date), "condition": .text(what)]))
                if let otherwise = fixed.otherwise { sentences.append(text("clause.otherwise", ["delay": .text(delay(otherwise))])) }
            } else if clause.delay == .none {
                sentences.append(text("clause.same-day", ["condition": .text(what)]))
            } else {
                sentences.append(text("clause.delay", ["delay": .text(delay(clause.delay)), "condition": .text(what)]))
            }
        } else {
            sentences.append(text("clause.per-party", ["delay": .text(delay(clause.later?.delay ?? clause.delay))]))
        }
        switch clause.notBefore {
        case .date(let date)?: sentences.append(text("clause.not-before", ["date": .date(date)]))
        case .afterOpening(let length)?: sentences.append(text("clause.not-before-opening", ["delay": .text(delay(length))]))
        case .afterAdoption(let length)?: sentences.append(text("clause.not-before-adoption", ["delay": .text(delay(length))]))
        case nil: break
        }
        if clause.condition != nil, let later = clause.later {
            sentences.append(text("clause.later", ["delay": .text(delay(later.delay))]))
        }
        if !clause.regionalOrganizationsCount { sentences.append(text("clause.organizations-excluded")) }
        if clause.statesOnly { sentences.append(text("clause.states-only")) }
        if let who = clause.whoCounts { sentences.append(text("clause.who-counts", ["class": .text(selector(who))])) }
        if let binds = clause.binds { sentences.append(text("clause.binds", ["class": .text(selector(binds))])) }
        return sentences.joined(separator: " ")
    }

    func condition(_ condition: ClauseCondition) -> String {
        switch condition {
        case .count(let count, nil): return text("condition.count", ["count": .number(Int64(count))])
        case .count(let count, let of?):
            return text("condition.count-of", ["count": .number(Int64(count)), "class": .text(selector(of))])
        case .fraction(let part, let comparison, let of, let size):
            let key = comparison == .atLeast ? "condition.fraction" : "condition.more-than"
            let whole = size.map { " (\($0))" } ?? ""
            return text(key, ["fraction": .text(proportion(part)), "class": .text(selector(of) + whole)])
        case .share(let part, let comparison, let name, nil):
            let key = comparison == .atLeast ? "condition.share" : "condition.share-more-than"
            return text(key, ["share": .text(proportion(part)), "metric": .text(metric(name))])
        case .share(let part, _, let name, let of?):
            return text(
                "condition.share-of",
                ["share": .text(proportion(part)), "metric": .text(metric(name)), "class": .text(selector(of))])
        case .named(let ids): return text("condition.named", ["names": .text(list(ids.map(name)))])
        case .allSignatories: return text("condition.all-signatories")
        case .exchange(let ids): return text("condition.exchange", ["names": .text(list(ids.map(name)))])
        case .inForce(let treaty): return text("condition.in-force", ["treaty": .text(treaty)])
        case .silence(let period): return text("condition.silence", ["date": .date(period.lastDay.date)])
        case .all(let parts): return parts.map(self.condition).joined(separator: text("condition.and"))
        case .any(let parts): return parts.map(self.condition).joined(separator: text("condition.or"))
        case .not(let part): return text("condition.not", ["condition": .text(self.condition(part))])
        case .delayed(let part, let length):
            return text("condition.delayed", ["condition": .text(self.condition(part)), "delay": .text(delay(length))])
        }
    }

    // MARK: The arithmetic

    private func requirement(_ requirement: Requirement) -> String {
        switch requirement {
        case .instruments(let count, let of):
            return of.map { text("condition.count-of", ["count": .number(Int64(count)), "class": .text(selector($0))]) }
                ?? text("condition.count", ["count": .number(Int64(count))])
        case .part(let part, let comparison, let of, let needed, let whole):
            return text(
                "requirement.part",
                [
                    "fraction": .text(proportion(part)), "class": .text(selector(of)), "needed": .number(Int64(needed)),
                    "whole": .number(Int64(whole)), "comparison": .text(text("comparison.\(comparison.rawValue)")),
                ])
        case .share(let part, let comparison, let name, let of):
            return condition(.share(part, comparison, metric: name, of: of))
        case .named(let participants): return condition(.named(participants.map(\.id)))
        case .allSignatories: return text("condition.all-signatories")
        case .exchange(let participants): return condition(.exchange(participants.map(\.id)))
        case .treatyInForce(let treaty): return text("condition.in-force", ["treaty": .text(treaty)])
        case .silence(let date): return text("condition.silence", ["date": .date(date)])
        case .all: return text("requirement.all")
        case .any: return text("requirement.any")
        case .not: return text("requirement.not")
        case .delayed(let length): return text("requirement.delayed", ["delay": .text(delay(length))])
        }
    }

    private func measure(_ measure: Measure) -> String {
        if let percent = measure.percent {
            return text("measure.percent", ["percent": .text(decimal(percent)), "count": .number(Int64(measure.count))])
        }
        if let whole = measure.whole {
            return text("measure.part", ["part": .number(Int64(measure.count)), "whole": .number(Int64(whole))])
        }
        return language.text(Int64(measure.count))
    }

    func step(_ step: ArithmeticStep) -> String {
        switch step {
        case .met(let requirement, let day, let reached, let tippedBy):
            var arguments: [String: TextArgument] = [
                "requirement": .text(self.requirement(requirement)), "date": .date(day), "reached": .text(measure(reached)),
            ]
            guard !tippedBy.isEmpty else { return text("step.met", arguments) }
            arguments["names"] = .text(list(tippedBy))
            return text("step.met-with", arguments)
        case .notMet(let requirement, let reached):
            return text("step.not-met", ["requirement": .text(self.requirement(requirement)), "reached": .text(measure(reached))])
        case .latest(let day): return text("step.latest", ["date": .date(day)])
        case .earliest(let day): return text("step.earliest", ["date": .date(day)])
        case .decisiveDay(let day): return text("step.decisive-day", ["date": .date(day)])
        case .fixedDateMet(let day): return text("step.fixed-met", ["date": .date(day)])
        case .fixedDateMissed(let day): return text("step.fixed-missed", ["date": .date(day)])
        case .delay(let length, let from, let to, let clamped):
            if length == .none { return text("step.no-delay", ["date": .date(to)]) }
            let sum = text("step.delay", ["from": .date(from), "delay": .text(delay(length)), "date": .date(to)])
            return clamped ? sum + " " + text("step.clamped") : sum
        case .notBefore(let day, let postponed):
            return text(postponed ? "step.postponed" : "step.not-postponed", ["date": .date(day)])
        case .perParty: return text("step.per-party")
        case .entersIntoForce(let day): return text("step.enters", ["date": .date(day)])
        case .notYet: return text("step.not-yet")
        }
    }

    /// What is missing, as phrases: "2 more instruments".
    func shortfall(_ shortfall: Shortfall) -> String {
        switch shortfall {
        case .instruments(let count, nil): return text("missing.instruments", ["count": .number(Int64(count))])
        case .instruments(let count, let of?):
            return text("missing.instruments-of", ["count": .number(Int64(count)), "class": .text(selector(of))])
        case .share(let percent, let name, _):
            return text("missing.share", ["percent": .text(decimal(percent)), "metric": .text(metric(name))])
        case .named(let participants): return text("missing.named", ["names": .text(list(participants))])
        case .signatories(let count, let participants):
            let more = text("missing.signatories", ["count": .number(Int64(count))])
            return participants.isEmpty ? more : more + " (" + list(participants) + ")"
        case .exchange(let participants): return text("missing.exchange", ["names": .text(list(participants))])
        case .treaty(let treaty): return text("missing.treaty", ["treaty": .text(treaty)])
        case .silence(let date): return text("missing.silence", ["date": .date(date)])
        case .silenceBroken(let participants): return text("missing.silence-broken", ["names": .text(list(participants))])
        case .mustCease: return text("missing.must-cease")
        case .oneOf(let groups):
            return groups.map { $0.map(self.shortfall).joined(separator: text("condition.and")) }.joined(separator: text("condition.or"))
        }
    }

    func doubt(_ doubt: EntryIntoForce.Doubt) -> String {
        switch doubt {
        case .shorterMonth(let day): text("doubt.shorter-month", ["date": .date(day)])
        case .withdrawalOnDecisiveDay(let participants): text("doubt.withdrawal", ["names": .text(list(participants))])
        case .classTakenForEveryone(let of): text("doubt.class", ["class": .text(selector(of))])
        case .signaturesInferred: text("doubt.signatures")
        }
    }
}
