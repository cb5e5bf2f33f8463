public import Acts

extension FinalClauses {
    /// Reads final clauses from JSON; `docs/lifecycle.md` is the reference of their members.
    ///
    ///     { "participation": { "sign": "all", "until": "2025-09-20", "article": "Art. 66" },
    ///       "reservations": { "rule": "prohibited", "article": "Art. 70" },
    ///       "withdrawal": { "notice": { "unit": "years", "count": 1 }, "article": "Art. 73" } }
    ///
    /// - Parameters:
    ///   - place: Where they stand, for errors: `cases[3].instrument.finalClauses`.
    ///   - names: Who is meant by a name; by default a code, or the name itself.
    /// - Throws: `MalformedAct` with the place and what is wrong there. Unknown members are refused.
    public static func read(
        _ json: JSON, at place: String = "finalClauses", names: @escaping (String) -> ParticipantID = { ParticipantID($0) }
    ) throws(MalformedAct) -> FinalClauses {
        try FinalClausesReader(parts: ClauseReader(names: names)).clauses(ClauseMembers.Member(value: json, place: place))
    }
}

/// Reads final clauses, each from its own object; the parts they share with clauses on entry into force are read by those' reader.
struct FinalClausesReader {
    let parts: ClauseReader

    /// The most names or provisions a list may have.
    static let most = 500

    func clauses(_ member: ClauseMembers.Member) throws(MalformedAct) -> FinalClauses {
        var members = try ClauseMembers(member)
        var clauses = FinalClauses()
        if let part = try members.take("entryIntoForce") { clauses.entryIntoForce = try parts.clause(part) }
        if let part = try members.take("participation") { clauses.participation = try participation(part) }
        if let part = try members.take("reservations") { clauses.reservations = try reservations(part) }
        if let part = try members.take("declarations") { clauses.declarations = try declarations(part) }
        if let part = try members.take("withdrawal") { clauses.withdrawal = try exit(part) }
        if let part = try members.take("amendments") { clauses.amendments = try amendments(part) }
        if let part = try members.take("provisionalApplication") {
            var (inner, article) = try opened(part)
            clauses.provisionalApplication = ProvisionalApplicationClause(allowed: try inner.take("allowed")?.bool(), article: article)
            try inner.finish("provisionalApplication")
        }
        if let part = try members.take("territory") {
            clauses.territory = try territory(part)
        }
        if let part = try members.take("corrections") {
            var (inner, article) = try opened(part)
            clauses.corrections = CorrectionClause(article: article)
            if let period = try inner.take("period") { clauses.corrections.period = try parts.delay(period) }
            try inner.finish("corrections")
        }
        if let part = try members.take("depositary") { clauses.depositary = try depositary(part) }
        if let part = try members.take("registration") {
            var (inner, article) = try opened(part)
            let duty = try inner.take("by").map { (by) throws(MalformedAct) in try word(by, of: RegistrationClause.Duty.self) }
            clauses.registration = RegistrationClause(duty: duty ?? .depositary, article: article)
            try inner.finish("registration")
        }
        for name in ["note", "source"] { _ = try members.take(name)?.string() }
        try members.finish("final clauses")
        return clauses
    }

    // MARK: Small things

    /// The members of a clause's object, and the article it comes from.
    private func opened(_ member: ClauseMembers.Member) throws(MalformedAct) -> (ClauseMembers, article: String?) {
        var members = try ClauseMembers(member)
        let article = try members.take("article")?.string()
        _ = try members.take("note")?.string()
        return (members, article)
    }

    private func word<Word: RawRepresentable & CaseIterable>(
        _ member: ClauseMembers.Member, of _: Word.Type
    ) throws(MalformedAct) -> Word where Word.RawValue == String {
        let text = try member.string()
        guard let word = Word(rawValue: text) else {
            throw member.wrong("'\(text)' is not known; use \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }

    func strings(_ member: ClauseMembers.Member?) throws(MalformedAct) -> [String] {
        guard let member else { return [] }
        if case .string = member.value { return [try member.string()] }
        var texts: [String] = []
        for element in try member.array() { texts.append(try element.string()) }
        guard texts.count <= FinalClausesReader.most else { throw member.wrong("has more than \(FinalClausesReader.most) elements") }
        return texts
    }

    private func kinds(_ member: ClauseMembers.Member?) throws(MalformedAct) -> [ParticipationKind] {
        guard let member else { return [] }
        var kinds: [ParticipationKind] = []
        for element in try member.array() {
            let name = try element.string()
            guard let kind = ParticipationKind(spelled: name), kind.isConsent else {
                throw element.wrong("'\(name)' is not a form of consent to be bound")
            }
            kinds.append(kind)
        }
        return kinds
    }

    // MARK: The clauses

    private func participation(_ member: ClauseMembers.Member) throws(MalformedAct) -> ParticipationClause {
        var (members, article) = try opened(member)
        var clause = ParticipationClause(article: article)
        if let sign = try members.take("sign") { clause.signatories = try parts.selector(sign) }
        if let join = try members.take("join") { clause.joiners = try parts.selector(join) }
        clause.signatureFrom = try members.take("from")?.date()
        let until = try members.take("until")
        clause.signatureUntil = try until?.date()
        if let until, let first = clause.signatureFrom, let last = clause.signatureUntil, last < first {
            throw until.wrong("\(last) is before 'from', \(first)")
        }
        if let flag = try members.take("accessionAfterSignature") { clause.accessionAfterSignature = try flag.bool() }
        clause.consents = try kinds(try members.take("consent"))
        try members.finish("participation")
        return clause
    }

    private func reservations(_ member: ClauseMembers.Member) throws(MalformedAct) -> ReservationClause {
        if case .string = member.value { return ReservationClause(rule: try reservationRule(member, listed: nil)) }
        var (members, article) = try opened(member)
        var clause = ReservationClause(article: article)
        let listed = try members.take("listed")
        if let rule = try members.take("rule") {
            clause.rule = try reservationRule(rule, listed: listed)
        } else if let listed {
            clause.rule = .listed(try self.listed(listed))
        }
        // What is expressly authorized needs no acceptance (VCLT art. 20(1)).
        if case .listed = clause.rule { clause.acceptance = .none }
        clause.except = try strings(try members.take("except"))
        if let moments = try members.take("at") {
            var set: Set<ReservationClause.Moment> = []
            for element in try moments.array() { set.insert(try word(element, of: ReservationClause.Moment.self)) }
            clause.moments = set
        }
        if let acceptance = try members.take("acceptance") { clause.acceptance = try self.acceptance(acceptance) }
        if let period = try members.take("objectionPeriod") {
            var inner = try ClauseMembers(period)
            let orUntilConsent = try inner.take("orUntilConsent")?.bool() ?? false
            clause.objectionPeriod = .init(try parts.delay(&inner), orUntilConsent: orUntilConsent)
            try inner.finish("objectionPeriod")
        }
        if let incompatible = try members.take("incompatible") {
            var inner = try ClauseMembers(incompatible)
            let (proportion, comparison) = try self.proportion(&inner)
            clause.incompatible = .init(proportion, comparison)
            if let of = try inner.take("of"), try of.string() != "Parties" {
                throw of.wrong("only Parties can make a reservation incompatible by objecting")
            }
            try inner.finish("incompatible")
        }
        if let late = try members.take("late") { clause.late = try self.late(late) }
        try members.finish("reservations")
        return clause
    }

    private func reservationRule(
        _ member: ClauseMembers.Member, listed: ClauseMembers.Member?
    ) throws(MalformedAct) -> ReservationClause.Rule {
        let name = try member.string()
        if let listed, name != "listed" { throw listed.wrong("stands beside the rule '\(name)'; only 'listed' has a list") }
        switch name {
        case "silent": return .silent
        case "allowed": return .allowed
        case "prohibited": return .prohibited
        case "listed":
            guard let listed else { throw member.wrong("needs the reservations it lists: listed") }
            return .listed(try self.listed(listed))
        default: throw member.wrong("'\(name)' is not known; use silent, allowed, prohibited or listed")
        }
    }

    private func listed(_ member: ClauseMembers.Member) throws(MalformedAct) -> [ReservationClause.ListedReservation] {
        var result: [ReservationClause.ListedReservation] = []
        for element in try member.array() {
            if case .string = element.value {
                result.append(.init(name: try element.string()))
                continue
            }
            var members = try ClauseMembers(element)
            guard let name = try members.take("name") else { throw MalformedAct(place: members.path("name"), reason: "is missing") }
            result.append(
                .init(
                    name: try name.string(), description: try members.take("description")?.string(),
                    provisions: try strings(try members.take("provisions"))))
            try members.finish("a listed reservation")
        }
        guard !result.isEmpty else { throw member.wrong("is empty; a treaty that lists none prohibits them") }
        guard result.count <= FinalClausesReader.most else { throw member.wrong("has more than \(FinalClausesReader.most) elements") }
        return result
    }

    private func acceptance(_ member: ClauseMembers.Member) throws(MalformedAct) -> ReservationClause.Acceptance {
        switch try member.string() {
        case "each": .each
        case "none": .none
        case "all": .all
        case "organ": .organ
        case let other: throw member.wrong("'\(other)' is not known; use each, none, all or organ")
        }
    }

    private func late(_ member: ClauseMembers.Member) throws(MalformedAct) -> ReservationClause.Late {
        if case .string(let text) = member.value {
            guard text == "refused" else { throw member.wrong("'\(text)' is not known; use refused, or a period") }
            return .refused
        }
        return .unlessObjected(try parts.delay(member))
    }

    private func proportion(_ members: inout ClauseMembers) throws(MalformedAct) -> (Proportion, ThresholdComparison) {
        if let fraction = try members.take("fraction") { return (try fraction.proportion(percent: false), .atLeast) }
        if let moreThan = try members.take("moreThan") { return (try moreThan.proportion(percent: false), .moreThan) }
        throw MalformedAct(place: members.path("fraction"), reason: "is missing; how many: fraction or moreThan")
    }

    private func declarations(_ member: ClauseMembers.Member) throws(MalformedAct) -> DeclarationClause {
        var (members, article) = try opened(member)
        let clause = DeclarationClause(
            allowed: try members.take("allowed")?.bool() ?? true, mandatory: try strings(try members.take("mandatory")),
            optional: try strings(try members.take("optional")), article: article)
        try members.finish("declarations")
        return clause
    }

    private func exit(_ member: ClauseMembers.Member) throws(MalformedAct) -> ExitClause {
        func rule(_ member: ClauseMembers.Member) throws(MalformedAct) -> ExitClause.Rule {
            switch try member.string() {
            case "silent": .silent
            case "implied": .implied
            case "excluded": .excluded
            case let other: throw member.wrong("'\(other)' is not known; use silent, implied, excluded, or an object")
            }
        }
        if case .string = member.value { return ExitClause(rule: try rule(member)) }
        var (members, article) = try opened(member)
        var clause = ExitClause(article: article)
        if let flag = try members.take("laterDayAllowed") { clause.laterDayAllowed = try flag.bool() }
        if let word = try members.take("rule") { clause.rule = try rule(word) } else { clause.rule = .own(try parts.withdrawal(&members)) }
        try members.finish("withdrawal")
        return clause
    }

    func amendments(_ member: ClauseMembers.Member) throws(MalformedAct) -> AmendmentClause {
        var (members, article) = try opened(member)
        var clause = AmendmentClause(article: article)
        if let adoption = try members.take("adoption") {
            var inner = try ClauseMembers(adoption)
            let (proportion, comparison) = try self.proportion(&inner)
            clause.adoption = .init(proportion, comparison, of: try inner.take("of")?.string() ?? "present and voting")
            try inner.finish("adoption")
        }
        if let entry = try members.take("entryIntoForce") { clause.entryIntoForce = try parts.clause(entry) }
        if let tacit = try members.take("tacit") {
            var inner = try ClauseMembers(tacit)
            guard let effect = try inner.take("effect") else { throw MalformedAct(place: inner.path("effect"), reason: "is missing") }
            let delay = try parts.delay(effect)
            let rejection = try inner.take("rejection").map { (member) throws(MalformedAct) in try parts.delay(member) }
            clause.tacit = .init(rejection: rejection ?? delay, effect: delay)
            try inner.finish("tacit")
            if clause.entryIntoForce != nil { throw tacit.wrong("stands beside entryIntoForce; an amendment comes about one way") }
        }
        if let flag = try members.take("newcomersJoinAmended") { clause.newcomersJoinAmended = try flag.bool() }
        try members.finish("amendments")
        return clause
    }

    private func territory(_ member: ClauseMembers.Member) throws(MalformedAct) -> TerritorialClause {
        var (members, article) = try opened(member)
        let rule = try members.take("rule").map { (rule) throws(MalformedAct) in try word(rule, of: TerritorialClause.Rule.self) }
        try members.finish("territory")
        return TerritorialClause(rule: rule ?? .whole, article: article)
    }

    private func depositary(_ member: ClauseMembers.Member) throws(MalformedAct) -> DepositaryClause {
        switch member.value {
        case .string, .array: return DepositaryClause(names: try strings(member))
        default:
            var (members, article) = try opened(member)
            let names = try strings(try members.take("names"))
            try members.finish("depositary")
            return DepositaryClause(names: names, article: article)
        }
    }
}
