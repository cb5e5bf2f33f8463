import Acts

/// Reads one life-cycle case of a replay file.
struct LifecycleCaseReader {
    let actors: ReplayActors

    /// Whether a case is one of these, and not one on entry into force alone.
    static func recognizes(_ json: JSON) -> Bool {
        json["questions"] != nil || json["acts"] != nil || json["instrument"] != nil
    }

    func read(_ json: JSON, at place: String) throws(ReplayError) -> LifecycleCase {
        do throws(MalformedAct) {
            return try readCase(ClauseMembers.Member(value: json, place: place))
        } catch {
            throw ReplayError(error, treaty: json["name"]?.string ?? json["instrument"]?["title"]?.string)
        }
    }

    private func readCase(_ member: ClauseMembers.Member) throws(MalformedAct) -> LifecycleCase {
        var members = try ClauseMembers(member)
        func required(_ name: String, _ value: ClauseMembers.Member?) throws(MalformedAct) -> ClauseMembers.Member {
            guard let value else { throw MalformedAct(place: members.path(name), reason: "is missing") }
            return value
        }
        let instrument = try required("instrument", members.take("instrument"))
        let acts = try members.take("acts")?.array() ?? []
        let questions = try required("questions", members.take("questions"))
        let named = acts.flatMap { act in
            [act.value["actor"]?.string].compactMap(\.self) + (act.value["actors"]?.array ?? []).compactMap(\.string)
        }
        let actors = self.actors.forCase(naming: named)
        let names: (String) -> ParticipantID = { actors.id(of: $0) }
        let (title, life) = try self.life(instrument, &members, names)

        var full = life
        var ids: Set<String> = []
        let reader = LifecycleActReader(actors: actors, clauses: FinalClausesReader(parts: ClauseReader(names: names)))
        for act in acts {
            full.events += try reader.events(act, known: &ids)
            guard full.events.count <= LifecycleActReader.most else { throw act.wrong("more than \(LifecycleActReader.most) acts") }
        }
        addKnownGroups(to: &full, actors)
        let asOf = try members.take("asOf")?.date()
        let knownBy = try members.take("knownBy")?.date()
        var read: [LifecycleCase.Question] = []
        for question in try questions.array() {
            read.append(try self.question(question, actors, reader, ids, asOf: asOf, knownBy: knownBy))
        }
        guard !read.isEmpty else { throw questions.wrong("is empty") }
        let name = try members.take("name", "case")?.string()
        let source = try members.take("source")?.string()
        let confidence = try members.take("confidence")?.string()
        for name in ["id", "note", "rule", "article"] { _ = try members.take(name)?.string() }
        try members.finish("a life-cycle case")
        return LifecycleCase(
            place: member.place, name: name ?? title, treaty: title, life: full, questions: read, source: source, confidence: confidence)
    }

    private func life(
        _ instrument: ClauseMembers.Member, _ facts: inout ClauseMembers, _ names: @escaping (String) -> ParticipantID
    ) throws(MalformedAct) -> (title: String, TreatyLife) {
        var members = try ClauseMembers(instrument)
        guard let title = try members.take("title") else { throw MalformedAct(place: members.path("title"), reason: "is missing") }
        var clauses = FinalClauses()
        if let given = try members.take("finalClauses", "clauses") {
            clauses = try FinalClausesReader(parts: ClauseReader(names: names)).clauses(given)
        }
        let adoption = try members.take("adoption")?.date()
        let opening = try members.take("opening")?.date()
        let declared = try members.take("entryIntoForce")?.date()
        let decisive = try members.take("decisiveDay")?.date()
        for name in ["kind", "note", "source", "depositary"] { _ = try members.take(name)?.string() }
        _ = try members.take("languages")?.array()
        try members.finish("an instrument")
        let context = try ClauseContext.read(
            classes: facts.take("classes")?.value, metrics: facts.take("metrics")?.value, treaties: facts.take("treaties")?.value,
            adoption: adoption, opening: opening, at: facts.place, names: names)
        return (
            try title.string(),
            TreatyLife(clauses: clauses, context: context, declaredEntryIntoForce: declared, declaredDecisiveDay: decisive)
        )
    }

    /// Classes that everybody knows need not come with the case.
    private func addKnownGroups(to life: inout TreatyLife, _ actors: ReplayActors) {
        let acting = Set(life.events.map(\.participant.id))
        var names = life.clauses.entryIntoForce?.classNames ?? []
        names.formUnion(life.clauses.amendments?.entryIntoForce?.classNames ?? [])
        let given = Set(life.context.classes.keys.map(ClassName.key(of:)))
        for name in names where !given.contains(ClassName.key(of: name)) {
            if let group = actors.group(named: name, acting: acting) { life.context.classes[name] = group }
        }
        for id in life.context.classes.values.flatMap({ $0.memberships.map(\.member) }) where life.context.participants[id] == nil {
            life.context.participants[id] = actors.participant(id, name: id.description)
        }
        for event in life.events { life.context.participants[event.participant.id] = event.participant }
    }

    // MARK: Questions

    private func question(
        _ member: ClauseMembers.Member, _ actors: ReplayActors, _ acts: LifecycleActReader, _ ids: Set<String>, asOf: CalendarDate?,
        knownBy: CalendarDate?
    ) throws(MalformedAct) -> LifecycleCase.Question {
        var members = try ClauseMembers(member)
        func required(_ name: String) throws(MalformedAct) -> ClauseMembers.Member {
            guard let value = try members.take(name) else { throw MalformedAct(place: members.path(name), reason: "is missing") }
            return value
        }
        func actor(_ name: String) throws(MalformedAct) -> ParticipantID { actors.id(of: try required(name).string()) }
        func reference(_ name: String) throws(MalformedAct) -> String {
            let member = try required(name)
            let id = try member.string()
            guard ids.contains(id) || id.contains("/") else { throw member.wrong("no act of this case has the id '\(id)'") }
            return id
        }
        func view() throws(MalformedAct) -> ReservationView {
            guard let member = try members.take("view") else { return .depositary }
            let text = try member.string()
            guard let view = ReservationView(rawValue: text) else { throw member.wrong("'\(text)' is not known; use depositary or states") }
            return view
        }
        let askMember = try required("ask")
        let ask: LifecycleQuestion
        switch try askMember.string() {
        case "entryIntoForce": ask = .entryIntoForce
        case "party": ask = .party(try actor("of"))
        case "interimObligation": ask = .interimObligation(try actor("of"))
        case "relation": ask = .relation(try actor("of"), try actor("towards"), try view())
        case "relations": ask = .relations(try view())
        case "reservation": ask = .reservation(try reference("reservation"))
        case "effect": ask = .effect(try reference("reservation"), towards: try actor("towards"))
        case "withdrawal": ask = .withdrawal(try actor("of"))
        case "amendment":
            let id = try reference("amendment")
            let member = try members.take("for")
            ask = .amendment(id, for: try member.map { (member) throws(MalformedAct) in actors.id(of: try member.string()) })
        case "text": ask = .text(try actor("of"))
        case "correction": ask = .correction(try reference("correction"))
        case "claim": ask = .claim(try reference("claim"))
        case "succession": ask = .succession(try actor("of"))
        case "territory": ask = .territory(try required("territory").string(), of: try actor("of"))
        case "deadlines":
            let member = try members.take("of")
            let of = try member.map { (member) throws(MalformedAct) in actors.id(of: try member.string()) }
            ask = .deadlines(of: of, until: try members.take("until")?.date())
        case "admission":
            var known = ids
            let act = try required("act")
            let events = try acts.events(act, known: &known)
            guard let event = events.first, events.count == 1 else { throw act.wrong("should be one act of one actor") }
            ask = .admission(event)
        case let other:
            throw askMember.wrong("unknown question '\(other)'; ask \(LifecycleQuestion.names.joined(separator: ", "))")
        }
        let on = try members.take("on", "asOf")?.date()
        let questionKnownBy = try members.take("knownBy")?.date()
        guard let expected = try members.takeNullable(["expected"]) else {
            throw MalformedAct(place: members.path("expected"), reason: "is missing")
        }
        for name in ["note", "rule"] { _ = try members.take(name)?.string() }
        try members.finish("a question '\(ask.name)'")
        var day = on ?? asOf
        // An act is judged on its own day unless another is asked for.
        if day == nil, case .admission(let event) = ask { day = event.date }
        guard let day else {
            throw MalformedAct(place: members.path("on"), reason: "is missing; give the day here, or asOf for the whole case")
        }
        return LifecycleCase.Question(
            place: member.place, ask: ask, on: day, knownBy: questionKnownBy ?? knownBy,
            expected: expected.value, expectedPlace: expected.place)
    }
}
