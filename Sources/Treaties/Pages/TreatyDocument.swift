import Acts

/// A treaty as data: what it is, where it stands, and every step of why.
struct TreatyDocument {
    let standing: TreatyStanding
    /// For the arithmetic in the visitor's language.
    let words: ClauseWords

    func json(whatIf: TreatyPages.Hypothesis?) -> JSON {
        let opened = standing.listed.opened
        var object = opened.json.object ?? JSONObject()
        object["metrics"] = nil
        object["classes"] = nil
        object["entry"] = .integer(standing.listed.entry)
        object["lastEntry"] = .integer(standing.listed.lastEntry)
        object["asOf"] = .string(standing.asOf.description)
        object["inForce"] = .bool(standing.isInForce)
        object["entryIntoForce"] = JSON(standing.date?.description)
        object["confirmed"] = JSON(standing.confirmed?.description)
        object["parties"] = .integer(Int64(standing.parties))
        object["bound"] = .integer(Int64(standing.bound))
        object["signatoriesOnly"] = .integer(Int64(standing.signatoriesOnly))
        switch standing.participation {
        case .success(let participation):
            object["computed"] = computed(participation.entryIntoForce)
            object["participants"] = .array(participation.standings.filter { $0.state != .none }.map(participant))
        case .failure(let problem):
            object["problem"] = .string(problem.description)
        }
        object["acts"] = .array(standing.lines.map(act))
        if let whatIf { object["whatIf"] = hypothesis(whatIf) }
        return .object(object)
    }

    private func computed(_ found: EntryIntoForce) -> JSON {
        let considered = found.considered.filter { $0.act.kind.isConsent || $0.act.kind.isSignature }
        return [
            "date": JSON(found.date?.description), "decisiveDay": JSON(found.decisiveDay?.description),
            "decisiveEntries": .array(found.decisiveActs.compactMap { $0.id.flatMap { Int64($0) }.map(JSON.integer) }),
            "steps": .array(found.steps.map { .string(words.step($0)) }),
            "missing": .array(found.missing.map { .string(words.shortfall($0)) }),
            "doubts": .array(found.doubts.map { .string(words.doubt($0)) }),
            "citations": .array(found.citations.map(JSON.string)),
            "considered": .array(considered.map { verdict($0) }),
        ]
    }

    private func verdict(_ considered: ConsideredAct) -> JSON {
        var object: JSONObject = ["entry": considered.act.id.flatMap { Int64($0) }.map(JSON.integer) ?? .null]
        switch considered.verdict {
        case .counted(let place):
            object["counted"] = .integer(Int64(place))
        case .notCounted(let reason):
            object["notCounted"] = .string(reason.english)
        }
        return .object(object)
    }

    private func participant(_ own: ParticipantStanding) -> JSON {
        var object: JSONObject = [
            "actor": .string(own.participant.id.description), "state": .string(own.state.name),
            "interimObligation": .bool(own.interimObligation),
        ]
        object["signedOn"] = own.signedOn.map { .string($0.description) }
        object["inEffectFrom"] = own.dateOfEffect.map { .string($0.description) }
        object["effectBasis"] = own.consent?.effect.map { .string($0.basis.english) }
        object["provisionalFrom"] = own.provisionalFrom.map { .string($0.description) }
        object["consents"] = .array(
            own.consents.map { consent in
                var object: JSONObject = [
                    "kind": .string(consent.act.kind.rawValue), "date": .string(consent.act.date.description),
                ]
                object["entry"] = consent.act.id.flatMap { Int64($0) }.map(JSON.integer)
                object["inEffectFrom"] = consent.effect.map { .string($0.date.description) }
                object["endedOn"] = consent.endedOn.map { .string($0.description) }
                return .object(object)
            })
        return .object(object)
    }

    private func act(_ line: TreatyFile.Line) -> JSON {
        var object = line.participation.json.object ?? JSONObject()
        object["treaty"] = nil
        object["entry"] = .integer(line.entry)
        return .object(object)
    }

    private func hypothesis(_ hypothesis: TreatyPages.Hypothesis) -> JSON {
        var object: JSONObject = [
            "actor": .string(hypothesis.actor.rawValue), "deposit": .string(hypothesis.deposit.description),
            "entryIntoForce": JSON(hypothesis.outcome?.entryIntoForce.date?.description),
            "inEffectFrom": JSON(hypothesis.effect?.description),
        ]
        object["boundSince"] = hypothesis.boundSince.map { .string($0.description) }
        object["missing"] = hypothesis.outcome.map { .array($0.entryIntoForce.missing.map { .string(words.shortfall($0)) }) }
        return .object(object)
    }
}
