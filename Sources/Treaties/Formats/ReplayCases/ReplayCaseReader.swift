import Acts

/// Reads one case of a replay file.
struct ReplayCaseReader {
    let actors: ReplayActors

    func read(_ json: JSON, at place: String) throws(ReplayError) -> ReplayCase {
        let treaty = json["treaty"]?.string
        do throws(MalformedAct) {
            return try readCase(ClauseMembers.Member(value: json, place: place))
        } catch {
            throw ReplayError(error, treaty: treaty)
        }
    }

    private func readCase(_ member: ClauseMembers.Member) throws(MalformedAct) -> ReplayCase {
        var members = try ClauseMembers(member)
        func required(_ name: String, _ value: ClauseMembers.Member?) throws(MalformedAct) -> ClauseMembers.Member {
            guard let value else { throw MalformedAct(place: members.path(name), reason: "is missing") }
            return value
        }
        let treaty = try required("treaty", members.take("treaty")).string()
        let clauseMember = try required("clause", members.take("clause", "parameters"))
        let asOf = try required("asOf", members.take("asOf", "as_of")).date()
        let instruments = try required("instruments", members.take("instruments")).array()
        let expectedMember = try required("expected", members.take("expected"))
        let adoption = try members.take("adoption", "adopted")?.date()
        let opening = try members.take("opening", "opened")?.date()

        let actors = self.actors.forCase(naming: instruments.compactMap { $0.value["actor"]?.string })
        let names: (String) -> ParticipantID = { actors.id(of: $0) }
        let clause = try EntryIntoForceClause.read(clauseMember.value, at: clauseMember.place, names: names)
        var context = try ClauseContext.read(
            classes: members.take("classes")?.value, metrics: members.take("metrics")?.value,
            treaties: members.take("treaties", "parents")?.value,
            adoption: adoption, opening: opening, at: member.place, names: names)

        var ignored: [String] = []
        var acts: [ParticipationAct] = []
        for instrument in instruments {
            acts.append(try act(instrument, actors, asOf: asOf, adoption: adoption, opening: opening, ignored: &ignored))
        }
        // A formal confirmation is an organization's act by definition (VCLT 1986 art. 2(1)(b bis)).
        let confirming = Set(acts.filter { $0.kind == .formalConfirmation && $0.participant.nature == .state }.map(\.participant.id))
        for index in acts.indices where confirming.contains(acts[index].participant.id) {
            acts[index].participant.nature = .internationalOrganization
        }
        addKnownGroups(of: clause, to: &context, actors, acting: Set(acts.map(\.participant.id)))
        addParticipants(to: &context, actors)

        let expected = try expectation(expectedMember, actors, ignored: &ignored)
        for name in ["note", "clauseText"] { _ = try members.take(name) }
        let id = try members.take("id")?.string()
        let article = try members.take("article")?.string()
        let source = try members.take("source")?.string()
        let confidence = try members.take("confidence")?.string()
        ignored += members.untaken.map { members.path($0) }
        return ReplayCase(
            place: member.place, treaty: treaty, id: id, article: article, clause: clause, asOf: asOf, acts: acts, context: context,
            expected: expected, source: source, confidence: confidence, ignored: ignored)
    }

    private func act(
        _ member: ClauseMembers.Member, _ actors: ReplayActors, asOf: CalendarDate, adoption: CalendarDate?, opening: CalendarDate?,
        ignored: inout [String]
    ) throws(MalformedAct) -> ParticipationAct {
        var members = try ClauseMembers(member)
        func required(_ name: String, _ value: ClauseMembers.Member?) throws(MalformedAct) -> ClauseMembers.Member {
            guard let value else { throw MalformedAct(place: members.path(name), reason: "is missing") }
            return value
        }
        let name = try required("actor", members.take("actor")).string()
        let kindMember = try required("kind", members.take("kind"))
        let dateMember = try required("date", members.take("date"))
        let kindName = try kindMember.string()
        guard let kind = ParticipationKind(spelled: kindName) else {
            throw kindMember.wrong(
                "unknown kind '\(kindName)'; kinds are \(ParticipationKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let date = try dateMember.date()
        if date > asOf { throw dateMember.wrong("\(date) is after asOf, \(asOf)") }
        if let adoption, date < adoption { throw dateMember.wrong("\(date) is before the adoption, \(adoption)") }
        if adoption == nil, let opening, kind.isSignature, date < opening {
            throw dateMember.wrong("\(date) is before the opening for signature, \(opening)")
        }
        var participant = actors.participant(actors.id(of: name), name: name)
        if let flag = try members.take("regionalOrganization") {
            participant.nature = try flag.bool() ? .regionalOrganization : participant.isOrganization ? .state : participant.nature
        }
        if let flag = try members.take("organization"), try flag.bool(), !participant.isOrganization {
            participant.nature = .internationalOrganization
        }
        if let flag = try members.take("extinctState"), try flag.bool(), participant.nature == .territory { participant.nature = .state }
        let effect = try members.take("effect", "dateOfEffect", "effective", "takesEffect")?.date()
        if let effect, kind.isWithdrawal, effect < date {
            throw MalformedAct(place: members.path("effect"), reason: "\(effect) is before the notice, \(date)")
        }
        for name in ["note", "source", "confidence"] { _ = try members.take(name) }
        ignored += members.untaken.map { members.path($0) }
        return ParticipationAct(kind, by: participant, on: date, effect: effect, id: member.place)
    }

    private func expectation(
        _ member: ClauseMembers.Member, _ actors: ReplayActors, ignored: inout [String]
    ) throws(MalformedAct) -> ReplayCase.Expectation {
        var members = try ClauseMembers(member)
        guard let entry = try members.takeNullable(["entryIntoForce", "entry_into_force"]) else {
            throw MalformedAct(place: members.path("entryIntoForce"), reason: "is missing; write null where the treaty is not in force")
        }
        var expected = ReplayCase.Expectation(entryIntoForce: entry.value.isNull ? nil : try entry.date(), participants: [])
        if let day = try members.take("decisiveDate", "decisiveDay") { expected.decisiveDay = try day.date() }
        if let participants = try members.take("participants") {
            guard case .object(let object) = participants.value else {
                throw participants.wrong("should be an object, not \(participants.value.kindName)")
            }
            for part in object.members {
                let value = ClauseMembers.Member(value: part.value, place: "\(participants.place).\(part.name)")
                expected.participants.append(
                    .init(
                        participant: actors.participant(actors.id(of: part.name), name: part.name),
                        date: part.value.isNull ? nil : try value.date()))
            }
        }
        ignored += members.untaken.map { members.path($0) }
        return expected
    }

    /// Classes that everybody knows need not come with the case.
    private func addKnownGroups(
        of clause: EntryIntoForceClause, to context: inout ClauseContext, _ actors: ReplayActors, acting: Set<ParticipantID>
    ) {
        let given = Set(context.classes.keys.map(ClassName.key(of:)))
        for name in clause.classNames where !given.contains(ClassName.key(of: name)) {
            if let group = actors.group(named: name, acting: acting) { context.classes[name] = group }
        }
    }

    /// What is known of those who stand in classes and tables without having acted.
    private func addParticipants(to context: inout ClauseContext, _ actors: ReplayActors) {
        let ids =
            context.classes.values.flatMap { $0.memberships.map(\.member) }
            + context.metrics.values.flatMap { $0.editions.flatMap(\.values.keys) }
        for id in ids where context.participants[id] == nil {
            context.participants[id] = actors.participant(id, name: id.description)
        }
    }
}

extension EntryIntoForceClause {
    /// Every name of a class the clause mentions, and the names inside those.
    var classNames: Set<String> {
        func names(_ selector: ClassSelector?) -> [String] {
            switch selector {
            case .listed(let name): [name] + (ClassName.meaning(of: name).map { names($0) } ?? [])
            case .on(_, let inner), .not(let inner): names(inner)
            case .all(let parts), .any(let parts): parts.flatMap { names($0) }
            case .members, .states, .organizations, .signatories, .others, .metric, nil: []
            }
        }
        func names(in condition: ClauseCondition?) -> [String] {
            guard let condition else { return [] }
            let own: [String] =
                switch condition {
                case .count(_, let of), .share(_, _, _, let of): names(of)
                case .fraction(_, _, let of, _): names(of)
                case .silence(let silence): names(in: silence.brokenBy)
                default: []
                }
            return own + condition.parts.flatMap { names(in: $0) }
        }
        return Set(names(in: condition) + names(whoCounts) + names(binds) + names(withdrawal?.suspendedWhile))
    }

    /// Every other treaty the clause mentions.
    var treatyNames: Set<String> {
        func names(_ condition: ClauseCondition?) -> [String] {
            guard let condition else { return [] }
            if case .inForce(let treaty) = condition { return [treaty] }
            return condition.parts.flatMap { names($0) }
        }
        return Set(names(condition))
    }
}
