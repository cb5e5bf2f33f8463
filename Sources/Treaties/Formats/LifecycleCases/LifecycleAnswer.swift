import Acts

/// The answer to one question: an object of named members, each always there, and the steps that led to it.
struct LifecycleAnswer {
    let json: JSONObject
    let steps: [LegalStep]

    /// What a case was asked for already, by day of law and of knowledge: many questions are about one day.
    struct Readings {
        private struct Days: Hashable {
            var on: CalendarDate
            var known: CalendarDate?
        }

        let life: TreatyLife
        private var readings: [Days: LifeReading] = [:]

        init(_ life: TreatyLife) {
            self.life = life
        }

        mutating func reading(on day: CalendarDate, known: CalendarDate?) throws(ClauseProblem) -> LifeReading {
            let days = Days(on: day, known: known)
            if let reading = readings[days] { return reading }
            let reading = try life.reading(on: day, known: known)
            readings[days] = reading
            return reading
        }
    }

    /// - Throws: `ClauseProblem` where the facts do not suffice.
    init(_ question: LifecycleCase.Question, of readings: inout Readings) throws(ClauseProblem) {
        if case .admission(let event) = question.ask {
            let (json, steps) = LifecycleAnswer.admission(try readings.life.admission(of: event))
            self.json = json
            self.steps = steps
            return
        }
        let reading = try readings.reading(on: question.on, known: question.knownBy)
        (json, steps) = LifecycleAnswer.answer(question.ask, reading)
    }

    private static func answer(_ ask: LifecycleQuestion, _ reading: LifeReading) -> (JSONObject, [LegalStep]) {
        switch ask {
        case .entryIntoForce:
            let entry = reading.participation.entryIntoForce
            return (
                ["date": date(entry.date), "decisiveDay": date(entry.decisiveDay), "inForce": .bool(entry.isInForce)], []
            )
        case .party(let id): return (party(id, reading), [])
        case .interimObligation(let id):
            let obligation = reading.interimObligation(of: id)
            return (
                [
                    "obliged": .bool(obligation.obliged), "basis": JSON(obligation.basis?.rawValue), "from": date(obligation.from),
                    "until": date(obligation.until),
                ], obligation.steps
            )
        case .relation(let a, let b, let view): return relation(reading.relation(of: a, towards: b, view: view), reading)
        case .relations(let view):
            return (["relations": .array(reading.matrix(view: view).map { .object(relation($0, reading).0) })], [])
        case .reservation(let id): return reservation(id, reading)
        case .effect(let id, let other): return effect(id, other, reading)
        case .withdrawal(let id):
            let exit = reading.exit(of: id)
            return (
                [
                    "state": .string(exit.state.rawValue), "notice": date(exit.notice), "takesEffect": date(exit.takesEffect),
                    "earliestNotice": date(exit.earliestNotice), "earliestEffect": date(exit.earliestEffect),
                ], exit.steps
            )
        case .amendment(let id, let state): return (amendment(id, for: state, reading), [])
        case .text(let id):
            let amendments = reading.amendments(for: id).map(\.id)
            return (["text": .string(amendments.isEmpty ? "original" : "amended"), "amendments": strings(amendments)], [])
        case .correction(let id): return correction(id, reading)
        case .claim(let id):
            guard let claim = reading.claim(id) else { return (["state": .null, "mayActFrom": .null, "objectedBy": .array([])], []) }
            return (
                [
                    "state": .string(claim.state.rawValue), "mayActFrom": date(claim.mayActFrom), "objectedBy": names(claim.objectedBy),
                ], claim.steps
            )
        case .succession(let id): return (succession(id, reading), [])
        case .territory(let territory, let id):
            let application = reading.application(to: territory, of: id)
            return (["applies": .bool(application.applies), "since": date(application.since)], application.steps)
        case .deadlines(let id, let until):
            let deadlines = reading.deadlines().filter { deadline in
                (until.map { deadline.day <= $0 } ?? true)
                    && (id.map { id in deadline.participants.isEmpty || deadline.participants.contains { $0.id == id } } ?? true)
            }
            return (
                [
                    "deadlines": .array(
                        deadlines.map { deadline in
                            [
                                "day": date(deadline.day), "kind": .string(deadline.kind.rawValue),
                                "participants": names(deadline.participants),
                                "subject": JSON(deadline.subject), "rule": .string(deadline.citation),
                            ]
                        })
                ], deadlines.map(\.step)
            )
        case .admission: return ([:], [])
        }
    }

    // MARK: Small things

    private static func date(_ date: CalendarDate?) -> JSON { JSON(date?.description) }
    private static func strings(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
    private static func names(_ participants: [Participant]) -> JSON { strings(participants.map(\.name)) }

    // MARK: The longer answers

    private static func party(_ id: ParticipantID, _ reading: LifeReading) -> JSONObject {
        let standing = reading.standing(of: id)
        var state = "none"
        var ended: CalendarDate?
        switch standing?.state {
        case nil, .none?: break
        case .signatory?: state = "signatory"
        case .contracting?: state = "contracting"
        case .party?: state = "party"
        case .ended(let day)?:
            state = "ended"
            ended = day
        }
        return [
            "state": .string(state), "signedOn": date(standing?.signedOn), "consentedOn": date(standing?.consent?.act.date),
            "dateOfEffect": date(standing?.dateOfEffect), "endedOn": date(ended ?? standing?.consent?.endedOn),
            "provisional": .bool(standing?.appliesProvisionally(on: reading.day) ?? false),
            "provisionalFrom": date(standing?.provisionalFrom), "provisionalUntil": date(standing?.provisionalUntil),
        ]
    }

    private static func relation(_ relation: TreatyRelation?, _ reading: LifeReading) -> (JSONObject, [LegalStep]) {
        guard let relation else {
            return (
                [
                    "of": .null, "towards": .null, "state": "not-bound", "bound": false, "since": .null, "until": .null, "text": .null,
                    "amendments": .array([]), "reservations": .array([]), "excluded": .array([]), "modified": .array([]),
                ], []
            )
        }
        let inForce = relation.state == .bound || relation.state == .suspended
        return (
            [
                "of": .string(relation.first.name), "towards": .string(relation.second.name), "state": .string(relation.state.rawValue),
                "bound": .bool(relation.isBound), "since": date(relation.since), "until": date(relation.until),
                "text": inForce ? .string(relation.amendments.isEmpty ? "original" : "amended") : .null,
                "amendments": strings(relation.amendments),
                "reservations": .array(
                    relation.reservations.map { reservation in
                        var object = effect(reservation.effect)
                        object["id"] = .string(reservation.id)
                        object["author"] = .string(reservation.author.name)
                        object["provisions"] = strings(reservation.provisions)
                        return .object(object)
                    }), "excluded": strings(relation.excluded), "modified": strings(relation.modified),
            ], reading.reasons(for: relation)
        )
    }

    private static func effect(_ effect: ReservationEffect) -> JSONObject {
        var object: JSONObject = ["effect": .string(effect.code), "on": .null, "until": .null, "how": .null, "why": .null]
        switch effect {
        case .none(let standing): object["why"] = .string(standing.code)
        case .open(let until): object["until"] = date(until)
        case .accepted(let day, let how):
            object["on"] = date(day)
            object["how"] = .string(how.rawValue)
        case .objected(let day, _): object["on"] = date(day)
        }
        return object
    }

    private static func effect(_ id: String, _ other: ParticipantID, _ reading: LifeReading) -> (JSONObject, [LegalStep]) {
        guard let number = reading.statementNumbers[id], let state = reading.number(of: other), let participant = reading.participant(other)
        else { return (["effect": "none", "on": .null, "until": .null, "how": .null, "why": "not-made"], []) }
        let standing = reading.standing(of: number)
        let found = reading.effect(of: number, towards: state)
        let statement = reading.statements[number]
        return (effect(found), reading.reasons(for: statement, standing) + reading.reasons(for: statement, found, towards: participant))
    }

    private static func reservation(_ id: String, _ reading: LifeReading) -> (JSONObject, [LegalStep]) {
        guard let found = reading.reservation(id) else {
            return (
                [
                    "standing": "not-made", "since": .null, "provisions": .array([]), "objections": .array([]), "precluding": .array([]),
                    "lateObjections": .array([]), "period": .null, "states": .null, "recharacterizedBy": .array([]),
                    "objectionsCounted": .null,
                    "objectionsNeeded": .null, "accepted": false,
                ], []
            )
        }
        var counted = JSON.null
        var needed = JSON.null
        if case .incompatible(let objections, let enough, _, _) = found.standing {
            counted = .integer(Int64(objections))
            needed = .integer(Int64(enough))
        }
        return (
            [
                "standing": .string(found.standing.code), "since": date(found.standing.since), "provisions": strings(found.provisions),
                "objections": names(found.objections.map(\.author)),
                "precluding": names(found.objections.filter(\.precludes).map(\.author)),
                "lateObjections": names(found.lateObjections), "period": date(found.period), "states": JSON(found.recharacterized?.code),
                "recharacterizedBy": names(found.recharacterizedBy), "objectionsCounted": counted, "objectionsNeeded": needed,
                "accepted": .bool(found.standing.isEffective),
            ], found.steps
        )
    }

    private static func amendment(_ id: String, for state: ParticipantID?, _ reading: LifeReading) -> JSONObject {
        guard let amendment = reading.amendment(id) else {
            return [
                "entryIntoForce": .null, "inForce": false, "accepted": .array([]), "bound": .array([]), "missing": .array([]),
                "rejected": .array([]), "rejectedLate": .array([]), "rejectionUntil": .null, "bindsFrom": .null, "binds": false,
                "mode": .null,
            ]
        }
        let from = state.flatMap { reading.effect(of: amendment, for: $0) }
        return [
            "entryIntoForce": date(amendment.entryIntoForce), "inForce": .bool(amendment.isInForce(on: reading.day)),
            "accepted": names(amendment.accepted), "bound": names(reading.bound(by: amendment)),
            "missing": strings(amendment.missing.map(\.english)), "rejected": names(amendment.rejectedInTime),
            "rejectedLate": names(amendment.rejectedLate), "rejectionUntil": date(amendment.rejectionUntil), "bindsFrom": date(from),
            "binds": .bool(from.map { $0 <= reading.day } ?? false), "mode": .string(amendment.mode.rawValue),
        ]
    }

    private static func correction(_ id: String, _ reading: LifeReading) -> (JSONObject, [LegalStep]) {
        guard let correction = reading.correction(id) else {
            return (
                [
                    "state": .null, "closes": .null, "effectedOn": .null, "appliesFrom": .null, "objectedBy": .array([]),
                    "objectedLate": .array([]),
                ], []
            )
        }
        return (
            [
                "state": .string(correction.state.rawValue), "closes": date(correction.closes), "effectedOn": date(correction.effectedOn),
                "appliesFrom": date(correction.appliesFrom), "objectedBy": names(correction.objectedBy),
                "objectedLate": names(correction.objectedLate),
            ], correction.steps
        )
    }

    private static func succession(_ id: ParticipantID, _ reading: LifeReading) -> JSONObject {
        let consent = reading.standing(of: id)?.consents.last { $0.act.kind == .succession }
        return [
            "takesEffect": date(consent?.effect?.date), "notifiedOn": date(consent?.act.date),
            "reservations": strings(
                reading.number(of: id).map { reading.statementsByAuthor[$0].compactMap { reading.statements[$0].inheritedFrom } } ?? []),
        ]
    }

    private static func admission(_ admission: Admission) -> (JSONObject, [LegalStep]) {
        var json: JSONObject = ["outcome": .string(admission.name), "as": .null, "code": .null, "rule": .null, "mend": .null]
        switch admission {
        case .admitted: break
        case .recorded(let outcome, let steps):
            json["as"] = .string(outcome.rawValue)
            json["rule"] = JSON(steps.first?.citation)
        case .refused(let refusal):
            json["code"] = .string(refusal.code)
            json["rule"] = JSON(refusal.citation)
            json["mend"] = .string(refusal.mend)
        }
        return (json, admission.steps)
    }
}
