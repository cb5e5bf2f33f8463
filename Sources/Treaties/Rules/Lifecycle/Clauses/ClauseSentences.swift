extension FinalClauses {
    /// The clauses read back, a sentence for each thing they say, with the article or the general rule it rests on.
    ///
    /// Entry into force has its own words (`EntryIntoForceClause`) and is left out.
    public var sentences: [LegalStep] {
        participation.sentences + reservations.sentences + declarations.sentences + withdrawal.sentences
            + (amendments?.sentences ?? [LegalStep(.clauseAmendmentsSilent, "VCLT arts. 39, 40")]) + provisionalApplication.sentences
            + [territory.sentence, corrections.sentence] + depositary.sentences + [registration.sentence]
    }
}

extension ThresholdComparison {
    var english: String { self == .atLeast ? "at least" : "more than" }
}

extension ParticipationClause {
    var sentences: [LegalStep] {
        let rule = article ?? "VCLT arts. 11 to 15"
        var sentences = [LegalStep(.clauseSignature, rule, ["class": signatories.map(LegalArgument.selector) ?? .text("all States")])]
        if let from = signatureFrom, let until = signatureUntil {
            sentences.append(LegalStep(.clauseSignaturePeriod, rule, ["from": .date(from), "until": .date(until)]))
        }
        if let joiners { sentences.append(LegalStep(.clauseJoining, rule, ["class": .selector(joiners)])) }
        return sentences
    }
}

extension ReservationClause {
    var sentences: [LegalStep] {
        var sentences: [LegalStep] = []
        switch rule {
        case .silent: sentences.append(LegalStep(.clauseReservationsSilent, article ?? "VCLT art. 19(c)"))
        case .allowed: sentences.append(LegalStep(.clauseReservationsAllowed, article ?? "VCLT art. 19"))
        case .prohibited: return [LegalStep(.clauseReservationsProhibited, article ?? "VCLT art. 19(a)")]
        case .listed(let listed):
            sentences.append(
                LegalStep(
                    .clauseReservationsListed, article ?? "VCLT art. 19(b)", ["names": .list(listed.map { $0.description ?? $0.name })]))
        }
        if !except.isEmpty {
            sentences.append(LegalStep(.clauseReservationsExcept, article ?? "VCLT art. 19(a)", ["provisions": .provisions(except)]))
        }
        if moments == [.consent] { sentences.append(LegalStep(.clauseReservationsConsentOnly, article ?? "VCLT art. 23(2)")) }
        if moments == [.signature] { sentences.append(LegalStep(.clauseReservationsSignatureOnly, article ?? "VCLT art. 19")) }
        switch acceptance {
        case .none: sentences.append(LegalStep(.clauseAcceptanceNone, article ?? "VCLT art. 20(1)"))
        case .all: sentences.append(LegalStep(.clauseAcceptanceAll, article ?? "VCLT art. 20(2)"))
        case .organ: sentences.append(LegalStep(.clauseAcceptanceOrgan, article ?? "VCLT art. 20(3)"))
        case .each:
            let code: LegalStepCode = objectionPeriod.orUntilConsent ? .clauseObjectionsOrConsent : .clauseObjections
            let rule = objectionPeriod == .vienna ? "VCLT art. 20(5)" : article ?? "VCLT art. 20(5)"
            sentences.append(LegalStep(code, rule, ["period": .delay(objectionPeriod.delay)]))
        }
        if let incompatible {
            sentences.append(
                LegalStep(
                    .clauseIncompatible, article ?? "the treaty",
                    ["comparison": .comparison(incompatible.comparison), "proportion": .proportion(incompatible.proportion)]))
        }
        switch late {
        case .refused: sentences.append(LegalStep(.clauseLateRefused, article ?? "VCLT art. 19"))
        case .unlessObjected(let period):
            let rule = late == .twelveMonths ? "depositary practice; VCLT art. 19" : article ?? "VCLT art. 19"
            sentences.append(LegalStep(.clauseLate, rule, ["period": .delay(period)]))
        }
        return sentences
    }
}

extension DeclarationClause {
    var sentences: [LegalStep] {
        let rule = article ?? "the treaty"
        var sentences: [LegalStep] = []
        if !allowed { sentences.append(LegalStep(.clauseDeclarationsExcluded, rule)) }
        if !mandatory.isEmpty { sentences.append(LegalStep(.clauseDeclarationsMandatory, rule, ["names": .list(mandatory)])) }
        if !optional.isEmpty { sentences.append(LegalStep(.clauseDeclarationsOptional, rule, ["names": .list(optional)])) }
        return sentences
    }
}

extension ExitClause {
    var sentences: [LegalStep] {
        switch rule {
        case .silent: return [LegalStep(.clauseExitSilent, article ?? "VCLT arts. 54(b), 56")]
        case .implied: return [LegalStep(.clauseExitImplied, article ?? "VCLT art. 56")]
        case .excluded: return [LegalStep(.clauseExitExcluded, article ?? "VCLT art. 54")]
        case .own(let own):
            let rule = article ?? "VCLT art. 54(a)"
            var sentences: [LegalStep] = []
            switch own.effect {
            case .after(let delay): sentences.append(LegalStep(.clauseExitNotice, rule, ["delay": .delay(delay)]))
            case .yearly(let on, let noticeBy):
                sentences.append(
                    LegalStep(.clauseExitYearly, rule, ["day": .text(on.description), "noticeBy": .text(noticeBy.description)]))
            }
            if let notWithin = own.notWithin { sentences.append(LegalStep(.clauseExitNotWithin, rule, ["delay": .delay(notWithin)])) }
            if let suspended = own.suspendedWhile {
                sentences.append(LegalStep(.clauseExitSuspended, rule, ["class": .selector(suspended)]))
            }
            return sentences
        }
    }
}

extension AmendmentClause {
    var sentences: [LegalStep] {
        let rule = article ?? "VCLT art. 40"
        var sentences: [LegalStep] = []
        if let adoption {
            sentences.append(
                LegalStep(
                    .clauseAmendmentsAdopted, rule,
                    [
                        "comparison": .comparison(adoption.comparison), "proportion": .proportion(adoption.proportion),
                        "of": .text(adoption.of),
                    ]))
        }
        if let tacit {
            sentences.append(
                LegalStep(.clauseAmendmentsTacit, rule, ["effect": .delay(tacit.effect), "rejection": .delay(tacit.rejection)]))
        }
        if let entry = entryIntoForce {
            sentences.append(
                LegalStep(
                    entry.binds == nil ? .clauseAmendmentsAccepted : .clauseAmendmentsBindAll, rule,
                    [
                        "delay": .delay(entry.delay),
                        "condition": entry.condition.map(LegalArgument.condition) ?? .text("its own acceptance"),
                    ]))
        }
        return sentences
    }
}

extension ProvisionalApplicationClause {
    var sentences: [LegalStep] {
        guard let allowed else { return [] }
        return [LegalStep(allowed ? .clauseProvisional : .clauseProvisionalExcluded, article ?? "VCLT art. 25")]
    }
}

extension TerritorialClause {
    var sentence: LegalStep {
        switch rule {
        case .whole: LegalStep(.clauseTerritoryWhole, article ?? "VCLT art. 29")
        case .byExtension: LegalStep(.clauseTerritoryExtension, article ?? "VCLT art. 29")
        case .byExclusion: LegalStep(.clauseTerritoryExclusion, article ?? "VCLT art. 29")
        }
    }
}

extension CorrectionClause {
    var sentence: LegalStep { LegalStep(.clauseCorrections, article ?? "VCLT art. 79(2)", ["period": .delay(period)]) }
}

extension DepositaryClause {
    var sentences: [LegalStep] {
        names.isEmpty ? [] : [LegalStep(.clauseDepositary, article ?? "VCLT art. 76", ["names": .list(names)])]
    }
}

extension RegistrationClause {
    var sentence: LegalStep {
        LegalStep(
            duty == .depositary ? .clauseRegistrationDepositary : .clauseRegistrationParties,
            article ?? "UN Charter art. 102; VCLT art. 80")
    }
}

extension ClauseCondition {
    /// "at least 2/3 of Parties at the adoption and CHN, USA".
    public var english: String {
        func ofClass(_ selector: ClassSelector?) -> String { selector.map { " of \($0.english)" } ?? "" }
        switch self {
        case .count(let count, let of): return "\(count) instrument\(count == 1 ? "" : "s")\(ofClass(of))"
        case .fraction(let proportion, let comparison, let of, let size):
            return "\(comparison.english) \(proportion) of \(of.english)\(size.map { " (\($0))" } ?? "")"
        case .share(let proportion, let comparison, let metric, let of):
            return "\(comparison.english) \(proportion) of \(metric)\(ofClass(of))"
        case .named(let ids): return "the instruments of \(ids.map(\.description).joined(separator: ", "))"
        case .allSignatories: return "the instruments of all signatories"
        case .exchange: return "the exchange of instruments"
        case .inForce(let treaty): return "\(treaty) in force"
        case .silence: return "no sufficient objection in time"
        case .all(let parts): return parts.map(\.english).joined(separator: " and ")
        case .any(let parts): return parts.map(\.english).joined(separator: " or ")
        case .not(let part): return "not \(part.english)"
        case .delayed(let part, let delay): return "\(part.english), and then \(delay.english)"
        }
    }
}
