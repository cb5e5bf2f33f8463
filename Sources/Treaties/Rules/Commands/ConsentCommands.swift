import Acts

/// Acts of consent, authority and statements: what is prepared to be signed, and what follows from a signed act. Plain values in,
/// acts or a refusal out.
struct ConsentCommands: Sendable {
    let actors: ActorTable
    /// The office and person in whose name it is done.
    let office: String
    let author: String

    private var register: TreatyCommands { TreatyCommands(actors: actors, office: office, author: author) }

    /// Where full powers that are not for one treaty are kept.
    static let generalDossier = "full-powers"

    // MARK: Prepared

    func prepare(_ act: TreatyParticipation, request: String) -> ActDraft {
        register.draft(
            act, treaty: act.treaty, effective: act.unconfirmed ? nil : act.date,
            references: act.fullPowers.map { [Reference($0)] } ?? [], request: request)
    }

    func prepare(_ confirmation: TreatyActConfirmed, request: String) -> ActDraft {
        register.draft(
            confirmation, treaty: confirmation.treaty, effective: confirmation.effectiveFrom ?? confirmation.date,
            references: [Reference(confirmation.entry)] + (confirmation.fullPowers.map { [Reference($0)] } ?? []), request: request)
    }

    func prepare(_ made: TreatyStatementMade, request: String) -> ActDraft {
        register.draft(
            made, treaty: made.treaty, effective: made.date,
            references: [made.madeAt, made.answers, made.fullPowers].compactMap { $0.map { Reference($0) } }, request: request)
    }

    func prepare(_ changed: TreatyStatementChanged, request: String) -> ActDraft {
        register.draft(
            changed, treaty: changed.treaty, effective: changed.date,
            references: [changed.statement, changed.madeAt, changed.fullPowers].compactMap { $0.map { Reference($0) } }, request: request)
    }

    func prepare(_ suspended: TreatySuspended, request: String) -> ActDraft {
        register.draft(suspended, treaty: suspended.treaty, effective: suspended.from, request: request)
    }

    func prepare(_ terminated: TreatyTerminated, request: String) -> ActDraft {
        register.draft(terminated, treaty: terminated.treaty, effective: terminated.from, request: request)
    }

    func prepare(_ issued: TreatyFullPowersIssued, request: String) -> ActDraft {
        ActDraft(
            issued, dossier: dossier(of: issued), office: office, author: author, effective: issued.validFrom ?? issued.issuedOn,
            request: request)
    }

    func prepare(_ revoked: TreatyFullPowersRevoked, of held: HeldFullPowers, request: String) -> ActDraft {
        ActDraft(
            revoked, dossier: dossier(of: held.issued), office: office, author: author, effective: revoked.date,
            references: [Reference(revoked.entry)], request: request)
    }

    private func dossier(of issued: TreatyFullPowersIssued) -> String {
        issued.treaties.count == 1 ? TreatyCommands.dossier(of: issued.treaties[0]) : Self.generalDossier
    }

    // MARK: What follows

    /// The statements made with an act, each an act of its own, and the date it proposes where it tips the condition.
    ///
    /// - Parameter place: where the act itself will stand.
    func following(
        _ act: TreatyParticipation, in consent: ConsentFile, place: Int64, today: CalendarDate
    ) throws(Refusal) -> [ActDraft] {
        try ConsentRule(consent: consent, actors: actors, today: today).check(act)
        var drafts: [ActDraft] = []
        let rule = StatementRule(consent: consent, actors: actors, today: today)
        for attached in act.statements {
            var made = TreatyStatementMade(
                treaty: act.treaty, actor: act.actor, statement: attached.statement, date: act.date, text: attached.text,
                language: attached.language, provisions: attached.provisions, listed: attached.listed)
            made = try rule.check(made, with: act)
            made.madeAt = place
            drafts.append(register.draft(made, treaty: act.treaty, effective: act.date, references: [Reference(place)]))
        }
        guard !act.unconfirmed else { return drafts }
        var changed = consent.file
        changed.lines.append(TreatyFile.Line(entry: place, participation: act))
        return drafts + register.proposal(for: changed, inForce: consent.inForce, today: today)
    }

    func following(
        _ confirmation: TreatyActConfirmed, in consent: ConsentFile, place: Int64, today: CalendarDate
    ) throws(Refusal) -> [ActDraft] {
        let act = try ConsentRule(consent: consent, actors: actors, today: today).check(confirmation)
        var changed = consent.file
        changed.lines.removeAll { $0.entry == confirmation.entry }
        changed.lines.append(TreatyFile.Line(entry: place, participation: act))
        return register.proposal(for: changed, inForce: consent.inForce, today: today)
    }
}
