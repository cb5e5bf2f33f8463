import Acts

/// From what the register holds of a treaty to where everyone stands: the facts handed to the entry-into-force engine.
struct StandingRule: Sendable {
    let actors: ActorTable

    /// What the clause of a treaty says, and the facts beside it.
    struct Reading: Sendable {
        var clause: EntryIntoForceClause
        var context: ClauseContext
    }

    /// Why nothing can be computed.
    enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        case clause(MalformedAct)
        case facts(ClauseProblem)

        var description: String {
            switch self {
            case .clause(let malformed): malformed.description
            case .facts(let problem): problem.description
            }
        }
    }

    /// - Parameter inForce: since when other treaties of the register are in force, by their numbers.
    func reading(of opened: TreatyOpened, inForce: [String: CalendarDate]) throws(Problem) -> Reading {
        do {
            var context = ClauseContext(adoption: opened.adoptedOn, opening: opened.openForSignature)
            let clause = try EntryIntoForceClause.read(opened.clause, names: participant)
            context.classes = try classes(opened.classes)
            context.metrics = try metrics(opened.metrics)
            context.treaties = inForce.mapValues { ClauseContext.Force(from: $0) }
            return Reading(clause: clause, context: context)
        } catch let malformed {
            throw .clause(malformed)
        }
    }

    func acts(_ lines: [TreatyFile.Line]) -> [ParticipationAct] {
        lines.map { line in
            let act = line.participation
            return ParticipationAct(
                act.action, by: participant(act.actor), on: act.date, effect: act.takesEffect, id: String(line.entry))
        }
    }

    func participation(
        of opened: TreatyOpened, lines: [TreatyFile.Line], inForce: [String: CalendarDate], asOf: CalendarDate
    ) throws(Problem) -> Participation {
        let reading = try reading(of: opened, inForce: inForce)
        do {
            return try reading.clause.participation(acts(lines), context: reading.context, asOf: asOf)
        } catch {
            throw .facts(error)
        }
    }

    func participant(_ code: ActorCode) -> Participant {
        let actor = actors[code]
        let nature: Participant.Nature =
            switch actor?.kind {
            case .regionalOrganization: .regionalOrganization
            case .internationalOrganization: .internationalOrganization
            // The depositary's lists count the Cook Islands, Niue and their like among States.
            default: .state
            }
        return Participant(
            .actor(code), name: actor?.name(in: "en"), nature: nature, existedUntil: actor?.kind == .extinctState ? actor?.validUntil : nil)
    }

    private func participant(named name: String) -> ParticipantID {
        actors.find(name: name).map { .actor($0.code) } ?? ParticipantID(name)
    }

    private var participant: (String) -> ParticipantID { { participant(named: $0) } }

    private func classes(_ json: JSON?) throws(MalformedAct) -> [String: DatedClass] {
        guard let json else { return [:] }
        guard case .object(let object) = json else {
            throw MalformedAct(place: "classes", reason: "should be an object, not \(json.kindName)")
        }
        var classes: [String: DatedClass] = [:]
        for member in object.members {
            let place = "classes.\(member.name)"
            guard case .array(let values) = member.value else {
                throw MalformedAct(place: place, reason: "should be an array of members, not \(member.value.kindName)")
            }
            var memberships: [DatedClass.Membership] = []
            for (index, value) in values.enumerated() {
                if let name = value.string {
                    memberships.append(.init(participant(named: name)))
                } else {
                    var reader = try ObjectReader(value, at: "\(place)[\(index)]")
                    let actor = try reader.string("actor")
                    memberships.append(
                        .init(participant(named: actor), from: try reader.optionalDate("from"), until: try reader.optionalDate("until")))
                    try reader.finish()
                }
            }
            classes[member.name] = DatedClass(memberships)
        }
        return classes
    }

    private func metrics(_ json: JSON?) throws(MalformedAct) -> [String: Metric] {
        guard let json else { return [:] }
        guard case .object(let object) = json else {
            throw MalformedAct(place: "metrics", reason: "should be an object, not \(json.kindName)")
        }
        var metrics: [String: Metric] = [:]
        for member in object.members {
            var reader = try ObjectReader(member.value, at: "metrics.\(member.name)")
            _ = try reader.texts("name")
            let unit = try reader.optionalString("unit")
            let publisher = try reader.optionalString("publisher")
            _ = try reader.optionalString("reference")
            let totalText = try reader.optionalString("total")
            var values: [ParticipantID: ExactDecimal] = [:]
            let table = try reader.required("values")
            guard case .object(let rows) = table else {
                throw MalformedAct(place: "\(reader.place).values", reason: "should be an object, not \(table.kindName)")
            }
            for row in rows.members {
                guard let value = ExactDecimal(row.value.string ?? row.value.canonicalText) else {
                    throw MalformedAct(place: "\(reader.place).values.\(row.name)", reason: "should be a decimal number")
                }
                values[participant(named: row.name)] = value
            }
            try reader.finish()
            // Shares in per cent are shares of a hundred, whether or not every share is listed.
            let total = totalText.flatMap { ExactDecimal($0) } ?? (unit == "per cent" ? ExactDecimal(100) : nil)
            metrics[member.name] = Metric(unit: unit, publisher: publisher, editions: [.init(values: values, total: total)])
        }
        return metrics
    }
}
