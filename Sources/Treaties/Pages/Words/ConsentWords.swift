import Acts
import Web

/// What acts of authority, consent and statement did, in words.
struct ConsentWords {
    let actors: ActorTable
    let catalogue: LanguageCatalogue
    let language: Language

    func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.consent.\(key)", arguments, language)
    }

    func name(_ code: ActorCode, at date: CalendarDate? = nil) -> String {
        actors[code]?.name(in: language.tag, at: date) ?? code.rawValue
    }

    func list(_ items: [String]) -> String { items.joined(separator: catalogue.text("list.separator", language)) }

    func description(of entry: Entry) -> ActDescription? {
        switch entry.kind {
        case TreatyFullPowersIssued.kind: read(entry) { issued($0) }
        case TreatyFullPowersRevoked.kind: read(entry) { revoked($0) }
        case ExchangeReceived.kind: taken(entry)
        case TreatyActConfirmed.kind: read(entry) { confirmed($0) }
        case TreatyStatementMade.kind: read(entry) { made($0) }
        case TreatyStatementChanged.kind: read(entry) { changed($0) }
        case TreatySuspended.kind: read(entry) { suspended($0) }
        case TreatyTerminated.kind: read(entry) { terminated($0) }
        default: nil
        }
    }

    private func read<Content: Payload>(_ entry: Entry, _ words: (Content) -> ActDescription) -> ActDescription? {
        guard case .present = entry.content else {
            return ActDescription(sentence: catalogue.text("treaties.act.erased", language))
        }
        guard let payload = try? entry.payload(as: Content.self) else { return nil }
        return words(payload)
    }

    // MARK: Facts

    func fact(_ key: String, _ value: String?) -> [ActDescription.Fact] {
        value.map { [ActDescription.Fact(text("fact.\(key)"), text: $0)] } ?? []
    }

    private func link(_ key: String, _ text: String, to address: String) -> [ActDescription.Fact] {
        [ActDescription.Fact(self.text("fact.\(key)"), Markup.link(text, to: address))]
    }

    private func entryLink(_ key: String, _ entry: Int64?) -> [ActDescription.Fact] {
        entry.map { link(key, String($0), to: "/record/acts/\($0)") } ?? []
    }

    private func treaty(_ number: String) -> [ActDescription.Fact] { link("treaty", number, to: "/treaties/\(number)") }
    private func actor(_ code: ActorCode) -> [ActDescription.Fact] { link("actor", name(code), to: "/actors/\(code.rawValue)") }

    func capacity(_ capacity: Capacity) -> String { text("capacity.\(capacity.rawValue)") }
    func act(_ act: AuthorizedAct) -> String { text("authority.\(act.rawValue)") }
    func statementName(_ kind: StatementKind) -> String { text("statement.\(kind.rawValue).name") }
    func issuer(_ issuer: TreatyFullPowersIssued.Issuer) -> String { text("issuer.\(issuer.rawValue)") }
    func ground(_ ground: EndingGround) -> String { text("ground.\(ground.rawValue)") }

    private func signatory(_ signatory: Signatory?) -> [ActDescription.Fact] {
        guard let signatory else { return [] }
        return fact(
            "signatory",
            text(
                "signatory",
                ["name": .text(signatory.name), "title": .text(signatory.title), "capacity": .text(capacity(signatory.capacity))]))
    }

    private func quoted(_ key: String, _ text: String, _ tag: String) -> [ActDescription.Fact] {
        let language = Markup.element("span", ["class": "quiet"], text: " (\(tag))")
        return [
            ActDescription.Fact(
                self.text("fact.\(key)"),
                Markup.element(
                    "span", ["lang": tag, "dir": Language.direction(ofTag: tag).rawValue, "class": "document"], text: text) + language)
        ]
    }

    private func provisions(_ provisions: [String]) -> [ActDescription.Fact] {
        provisions.isEmpty ? [] : fact("provisions", list(provisions))
    }

    /// What an act of participation says beyond its kind, actor and date.
    func facts(of act: TreatyParticipation) -> [ActDescription.Fact] {
        var facts =
            signatory(act.signatory) + entryLink("full-powers", act.fullPowers) + fact("text", act.text) + provisions(act.provisions)
        if !act.territories.isEmpty { facts += fact("territories", list(act.territories)) }
        if act.unconfirmed { facts += fact("unconfirmed", text("unconfirmed")) }
        for attached in act.statements {
            facts +=
                fact("attached", statementName(attached.statement)) + quoted("statement-text", attached.text, attached.language)
                + provisions(attached.provisions)
        }
        return facts
    }

    // MARK: Acts

    /// Full powers that were taken from the record of the State's own node, or their withdrawal there.
    private func taken(_ entry: Entry) -> ActDescription? {
        guard let taken = HomeIssued(entry), var description = description(of: taken.entry) else { return nil }
        description.facts += fact(
            "home", text("full-powers.home", ["entry": .text(String(taken.home.entry)), "node": .text(taken.home.node)]))
        description.facts += fact("home-log", taken.home.origin)
        return description
    }

    private func issued(_ act: TreatyFullPowersIssued) -> ActDescription {
        let people = list(act.representatives.map { text("person", ["name": .text($0.name), "title": .text($0.title)]) })
        let names = list(act.representatives.map(\.name))
        var facts = actor(act.actor) + fact("representatives", people)
        facts += fact("issuer", text("issued-by", ["office": .text(issuer(act.issuer)), "name": .text(act.issuedBy)]))
        facts += fact("issued-on", language.text(act.issuedOn))
        facts += fact("treaties", act.treaties.isEmpty ? text("every-treaty") : list(act.treaties))
        facts += fact(
            "acts",
            act.acts.isEmpty ? text(act.form == .credentials ? "acts-of-credentials" : "every-act") : list(act.acts.map { self.act($0) }))
        facts += fact("conference", act.conference) + fact("valid-from", act.validFrom.map { language.text($0) })
        facts += fact("valid-until", act.validUntil.map { language.text($0) }) + fact("custody", text("custody.\(act.custody.rawValue)"))
        facts += fact("document", act.document) + fact("note", act.note)
        return ActDescription(
            sentence: text("full-powers.\(act.form.rawValue)", ["actor": .text(name(act.actor, at: act.issuedOn)), "names": .text(names)]),
            facts: facts)
    }

    private func revoked(_ act: TreatyFullPowersRevoked) -> ActDescription {
        ActDescription(
            sentence: text("full-powers.revoked", ["entry": .text(String(act.entry)), "date": .date(act.date)]),
            facts: entryLink("full-powers", act.entry) + fact("reason", act.reason))
    }

    private func confirmed(_ act: TreatyActConfirmed) -> ActDescription {
        ActDescription(
            sentence: text("confirmed", ["entry": .text(String(act.entry)), "date": .date(act.date)]),
            facts: treaty(act.treaty) + entryLink("act", act.entry) + fact("effective-from", act.effectiveFrom.map { language.text($0) })
                + signatory(act.signatory) + entryLink("full-powers", act.fullPowers) + fact("note", act.note))
    }

    func sentence(_ act: TreatyStatementMade) -> String {
        let late = act.late == true ? " " + text("late") : ""
        if act.dated == .notGiven {
            return text(
                "statement.undated",
                [
                    "actor": .text(name(act.actor, at: act.date)), "kind": .text(statementName(act.statement)), "date": .date(act.date),
                ]) + late
        }
        return text(
            "statement.\(act.statement.rawValue).sentence",
            [
                "actor": .text(name(act.actor, at: act.date)), "date": .date(act.date),
                "entry": .text(act.answers.map(String.init) ?? ""),
            ]) + late
    }

    private func made(_ act: TreatyStatementMade) -> ActDescription {
        var facts = treaty(act.treaty) + actor(act.actor) + quoted("statement-text", act.text, act.language) + provisions(act.provisions)
        facts += fact("listed", act.listed) + entryLink("made-at", act.madeAt) + entryLink("answers", act.answers)
        if let precludes = act.precludesTreaty { facts += fact("precludes", text(precludes ? "precludes.yes" : "precludes.no")) }
        facts += fact("held-to-be", act.heldToBe.map(statementName)) + signatory(act.signatory) + entryLink("full-powers", act.fullPowers)
        facts += fact("note", act.note) + fact("source", act.source)
        facts += fact("dated", act.dated.map { text("dated.\($0.rawValue)") })
        return ActDescription(sentence: sentence(act), facts: facts)
    }

    private func changed(_ act: TreatyStatementChanged) -> ActDescription {
        var facts = treaty(act.treaty) + entryLink("statement", act.statement)
        if let text = act.text { facts += quoted("statement-text", text, act.language ?? "und") }
        facts += provisions(act.provisions) + entryLink("made-at", act.madeAt) + signatory(act.signatory)
        facts += entryLink("full-powers", act.fullPowers) + fact("note", act.note) + fact("source", act.source)
        return ActDescription(
            sentence: text("change.\(act.change.rawValue)", ["entry": .text(String(act.statement)), "date": .date(act.date)]), facts: facts)
    }

    private func whom(_ codes: [ActorCode]) -> String {
        codes.isEmpty ? text("all-parties") : list(codes.map { name($0) })
    }

    private func suspended(_ act: TreatySuspended) -> ActDescription {
        var facts = treaty(act.treaty) + fact("for-whom", whom(act.actors))
        if !act.towards.isEmpty { facts += fact("towards", whom(act.towards)) }
        facts += provisions(act.provisions) + fact("from", language.text(act.from)) + fact("until", act.until.map { language.text($0) })
        facts += fact("ground", "\(ground(act.ground)) (\(act.ground.citation(ending: false)))") + fact("note", act.note)
        return ActDescription(
            sentence: text("suspended", ["treaty": .text(act.treaty), "whom": .text(whom(act.actors)), "date": .date(act.from)]),
            facts: facts)
    }

    private func terminated(_ act: TreatyTerminated) -> ActDescription {
        ActDescription(
            sentence: text("terminated", ["treaty": .text(act.treaty), "whom": .text(whom(act.actors)), "date": .date(act.from)]),
            facts: treaty(act.treaty) + fact("for-whom", whom(act.actors)) + fact("from", language.text(act.from))
                + fact("ground", "\(ground(act.ground)) (\(act.ground.citation(ending: true)))") + fact("note", act.note))
    }
}
