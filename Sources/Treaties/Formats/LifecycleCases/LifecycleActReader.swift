import Acts

/// Reads the acts of a life-cycle case; `docs/lifecycle.md` has their kinds and members.
struct LifecycleActReader {
    let actors: ReplayActors
    let clauses: FinalClausesReader
    /// The most acts one case may have, those of ranges counted one by one.
    static let most = 200_000

    /// What an act of a case stands for: one event, or one for each of several actors.
    func events(_ member: ClauseMembers.Member, known ids: inout Set<String>) throws(MalformedAct) -> [LifeEvent] {
        var members = try ClauseMembers(member)
        let names = try self.names(&members, of: member)
        guard let kindMember = try members.take("kind") else { throw MalformedAct(place: members.path("kind"), reason: "is missing") }
        guard let dateMember = try members.take("date") else { throw MalformedAct(place: members.path("date"), reason: "is missing") }
        let date = try dateMember.date()
        let idMember = try members.take("id")
        let given = try idMember?.string()
        let effectMember = try members.take("effect", "takesEffect", "dateOfEffect")
        let effect = try effectMember?.date()
        let known = try members.take("known")?.date()
        let notified = try notification(&members, date: date)
        let predecessors = try predecessors(&members, kindMember)
        let natures = try natures(&members)
        let kind = try kind(kindMember, &members, ids)
        for name in ["note", "source", "confidence"] { _ = try members.take(name)?.string() }
        try members.finish("an act of the kind '\(try kindMember.string())'")
        if case .participation(let participation) = kind, participation.isWithdrawal, let effect, effect < date, let effectMember {
            throw effectMember.wrong("\(effect) is before the notice, \(date)")
        }
        var events: [LifeEvent] = []
        for (index, name) in names.enumerated() {
            let id =
                given.map { names.count == 1 ? $0 : "\($0)[\(index)]" } ?? (names.count == 1 ? member.place : "\(member.place)[\(index)]")
            guard ids.insert(id).inserted else { throw (idMember ?? member).wrong("the id '\(id)' is used twice") }
            var participant = actors.participant(actors.id(of: name), name: name)
            if let nature = natures { participant.nature = nature }
            events.append(
                LifeEvent(
                    id: id, kind, by: participant, on: date, effect: effect, known: known, notified: notified, predecessors: predecessors))
        }
        return events
    }

    /// `actor`, or `actors` with ranges: `"State 1..120"` stands for State 1, State 2 and so on.
    private func names(_ members: inout ClauseMembers, of member: ClauseMembers.Member) throws(MalformedAct) -> [String] {
        if let actor = try members.take("actor") {
            if let several = try members.take("actors") { throw several.wrong("stands beside 'actor'; keep one of them") }
            return [try actor.string()]
        }
        guard let several = try members.take("actors") else {
            // What the depositary or the conference does needs no actor.
            return ["depositary"]
        }
        var names: [String] = []
        for element in try several.array() {
            let text = try element.string()
            guard let range = text.firstRange(of: ".."), let last = Int(text[range.upperBound...]),
                let space = text[..<range.lowerBound].lastIndex(of: " "),
                let first = Int(text[text.index(after: space)..<range.lowerBound])
            else {
                names.append(text)
                continue
            }
            guard first <= last, last - first < 1_000 else { throw element.wrong("'\(text)' is not a range of at most a thousand") }
            let stem = text[..<space]
            names += (first...last).map { "\(stem) \($0)" }
        }
        guard !names.isEmpty, names.count <= 10_000 else { throw several.wrong("names nobody, or more than ten thousand") }
        return names
    }

    private func notification(_ members: inout ClauseMembers, date: CalendarDate) throws(MalformedAct) -> LifeEvent.Notification {
        guard let notified = try members.takeNullable(["notified"]) else { return .assumed }
        if notified.value.isNull { return .pending }
        let day = try notified.date()
        guard day >= date else { throw notified.wrong("\(day) is before the act itself, \(date)") }
        return .on(day)
    }

    private func predecessors(
        _ members: inout ClauseMembers, _ kind: ClauseMembers.Member
    ) throws(MalformedAct) -> [ParticipantID]? {
        guard case .string("succession") = kind.value else { return nil }
        let names = try clauses.strings(try members.take("predecessor", "predecessors"))
        let keeps = try members.take("keepsReservations")?.bool() ?? true
        return names.isEmpty || !keeps ? nil : names.map { actors.id(of: $0) }
    }

    private func natures(_ members: inout ClauseMembers) throws(MalformedAct) -> Participant.Nature? {
        if try members.take("regionalOrganization")?.bool() == true { return .regionalOrganization }
        if try members.take("organization")?.bool() == true { return .internationalOrganization }
        return nil
    }

    // MARK: Kinds

    private func kind(
        _ member: ClauseMembers.Member, _ members: inout ClauseMembers, _ ids: Set<String>
    ) throws(MalformedAct) -> LifeEvent.Kind {
        func required(_ name: String) throws(MalformedAct) -> ClauseMembers.Member {
            guard let value = try members.take(name) else { throw MalformedAct(place: members.path(name), reason: "is missing") }
            return value
        }
        func reference(_ name: String) throws(MalformedAct) -> String {
            let reference = try required(name)
            let id = try reference.string()
            // What a successor State keeps has the name of the original and its own.
            guard ids.contains(id) || id.contains("/") else { throw reference.wrong("no earlier act of this case has the id '\(id)'") }
            return id
        }
        switch try member.string() {
        case "reservation":
            return .reservation(
                ReservationStatement(
                    provisions: try clauses.strings(try members.take("provisions")), listed: try members.take("listed")?.string()))
        case "declaration":
            return .declaration(
                DeclarationStatement(
                    form: try members.take("form")?.string() ?? "interpretative",
                    provisions: try clauses.strings(try members.take("provisions"))))
        case "objection":
            guard members.has("to") else { return .participation(.objection) }
            return .objection(to: try reference("to"), precludes: try members.take("precludes")?.bool() ?? false)
        case "reservationAcceptance": return .acceptance(of: try reference("of"), organ: try members.take("organ")?.bool() ?? false)
        case "reservationConfirmation": return .confirmation(of: try reference("of"))
        case "statementWithdrawal", "reservationWithdrawal", "rejectionWithdrawal":
            let remaining = try members.take("remaining")
            return .statementWithdrawal(of: try reference("of"), remaining: remaining == nil ? nil : try clauses.strings(remaining))
        case "objectionWithdrawal":
            guard members.has("of") else { return .participation(.objectionWithdrawal) }
            return .statementWithdrawal(of: try reference("of"), remaining: nil)
        case "reservationModification":
            return .modification(of: try reference("of"), provisions: try clauses.strings(try members.take("provisions")))
        case "recharacterization": return .recharacterization(of: try reference("of"))
        case "amendment":
            var statement = AmendmentStatement(declared: try members.take("entryIntoForce")?.date())
            if let own = try members.take("clause") { statement.clause = try clauses.amendments(own) }
            return .amendmentAdopted(statement)
        case "amendmentAcceptance": return .amendmentAccepted(try reference("of"))
        case "amendmentRejection": return .amendmentRejected(try reference("of"))
        case "amendmentDeclined": return .amendmentDeclined(try reference("of"))
        case "correction":
            var statement = CorrectionStatement(languages: try clauses.strings(try members.take("languages")))
            if let subject = try members.take("subject") {
                let text = try subject.string()
                guard let known = CorrectionStatement.Subject(rawValue: text) else {
                    throw subject.wrong("'\(text)' is not known; use error, discordance or copy")
                }
                statement.subject = known
            }
            if let period = try members.take("period") { statement.period = try clauses.parts.delay(period) }
            return .correctionProposed(statement)
        case "correctionObjection": return .correctionObjected(to: try reference("to"))
        case "claim":
            return .claim(measure: try members.take("measure")?.string() ?? "termination", until: try members.take("until")?.date())
        case "claimObjection": return .claimObjected(to: try reference("to"))
        case "suspension":
            let towards = try clauses.strings(try members.take("towards")).map { actors.id(of: $0) }
            return .suspension(towards: towards, until: try members.take("until")?.date())
        case "territorialApplication": return .territory(try required("territory").string(), applies: true)
        case "territorialExclusion": return .territory(try required("territory").string(), applies: false)
        case "release": return .releaseByAll
        case let name:
            guard let kind = ParticipationKind(spelled: name) else {
                throw member.wrong("unknown kind '\(name)'; docs/lifecycle.md lists them")
            }
            return .participation(kind)
        }
    }
}
