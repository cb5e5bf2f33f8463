import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/act`: records an act in steps that are addresses: who and when; which act, each with the rule that stands in
/// its way; by whom and with what; then the exact text, to be signed.
extension ConsentPages {
    /// The acts offered, in the order of a treaty's life.
    static let offered: [ParticipationKind] = [
        .initialling, .signature, .signatureAdReferendum, .definitiveSignature, .ratification, .acceptance, .approval, .accession,
        .formalConfirmation, .succession, .successionToSignature, .consentToBeBound, .notification, .exchange, .provisionalApplication,
        .provisionalApplicationEnd, .territorialApplication, .intentionNotToBecomeParty, .withdrawal, .denunciation,
        .withdrawalRevocation,
    ]

    /// Statements a form can attach to an act.
    static let attachable: [StatementKind] = [
        .reservation, .interpretativeDeclaration, .mandatoryDeclaration, .optionalDeclaration, .territorialDeclaration,
    ]

    private static let attachments = 1...2

    func actForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try pages.officer(visit)
        let actor = try pages.actorCode(visit, "actor")
        let date = try visit.query.date("date")
        let consent = try await consent(visit, actor: actor)
        guard let actor, let date else { return try start(consent, actor: actor, date: date, visit) }
        guard let kind = try visit.query.choice("kind", of: ParticipationKind.self), Self.offered.contains(kind) else {
            return try choices(consent, actor: actor, date: date, visit)
        }
        let act = TreatyParticipation(treaty: consent.file.opened.treaty, actor: actor, action: kind, date: date)
        return try form(act, consent, visit.query, verdict: nil, refusal: nil, visit)
    }

    private func heading(_ visit: Visit) -> String { text("act.title", visit) }

    private func start(_ consent: ConsentFile, actor: ActorCode?, date: CalendarDate?, _ visit: Visit) throws -> Response {
        let opened = consent.file.opened
        var context = pages.titleContext(opened.titles, visit)
        context["action"] = "/treaties/\(opened.treaty)/act"
        let excluded = excluded(consent, on: date ?? house.now().date)
        context["actors"] = pages.actorOptions(visit, selected: actor, leavingOut: excluded)
        context["leftOut"] =
            excluded.isEmpty
            ? false
            : text(
                "act.left-out",
                [
                    "count": .number(Int64(excluded.count)),
                    "article": .text((try? consent.life.get().clauses.participation.article) ?? "VCLT arts. 11 to 15"),
                ], visit)
        context["date"] = (date ?? house.now().date).description
        context["pending"] = consent.unconfirmed.map { pending in
            [
                "sentence": pages.actWords(visit).sentence(pending.participation),
                "address": "/treaties/\(opened.treaty)/acts/\(pending.entry)/confirm",
            ]
        }
        context["hasPending"] = !consent.unconfirmed.isEmpty
        context["pastLink"] = "/treaties/\(opened.treaty)/record"
        context["statementLink"] = "/treaties/\(opened.treaty)/statement"
        context["endingLink"] = "/treaties/\(opened.treaty)/ending"
        return try page("start", title: heading(visit), context, trail: trail(opened, visit), refusal: nil, visit)
    }

    /// Those to whom the treaty's clauses do not open it and who have not acted either: to offer them would lead to a refusal.
    private func excluded(_ consent: ConsentFile, on day: CalendarDate) -> Set<ActorCode> {
        guard let life = try? consent.life.get() else { return [] }
        let entitlement = Entitlement(life)
        let acted = Set(consent.file.lines.map(\.participation.actor))
        let standing = StandingRule(actors: actors)
        return Set(
            actors.actors.map(\.code).filter { code in
                !acted.contains(code) && entitlement.isOpen(to: standing.participant(code), on: day) == false
            })
    }

    /// Every act, with the way on or the rule that stands in it.
    private func choices(_ consent: ConsentFile, actor: ActorCode, date: CalendarDate, _ visit: Visit) throws -> Response {
        let opened = consent.file.opened
        let link = "/treaties/\(opened.treaty)/act"
        let rule = ConsentRule(consent: consent, actors: actors, today: house.now().date)
        var open: [[String: Any]] = []
        var closed: [[String: Any]] = []
        var common: Refusal?
        for kind in Self.offered {
            var act = TreatyParticipation(treaty: opened.treaty, actor: actor, action: kind, date: date)
            // Asked for on the next page.
            if kind.isWithdrawal { act.takesEffect = rule.dayOfEffect(of: act) ?? date }
            let name = pages.actWords(visit).actionName(kind)
            do throws(Refusal) {
                try rule.checkOpen(act)
                open.append([
                    "name": name, "kind": kind.rawValue,
                    "address": pages.address(link, [("actor", actor.rawValue), ("date", date.description), ("kind", kind.rawValue)]),
                ])
            } catch {
                common = error
                closed.append(["name": name, "kind": kind.rawValue, "notice": house.notice(of: error, visit)])
            }
        }
        var context = pages.titleContext(opened.titles, visit)
        context["standing"] = text(
            "act.who", ["actor": .text(pages.name(actor, visit)), "date": .date(date)], visit)
        context["open"] = open
        context["hasOpen"] = !open.isEmpty
        context["closed"] = closed
        context["hasClosed"] = !closed.isEmpty
        context["back"] = pages.address(link, [])
        return try page(
            "choose", title: heading(visit), context, trail: trail(opened, visit), refusal: open.isEmpty ? common : nil, visit)
    }

    func prepareAct(_ request: Request, _ visit: Visit) async throws -> Response {
        let commands = try commands(visit)
        let form = try await house.form(from: request, visit)
        let fields = form.fields
        let actor = try pages.actorCode(try fields.required("actor"))
        let consent = try await consent(visit, actor: actor)
        let opened = consent.file.opened
        guard let kind = try fields.choice("kind", of: ParticipationKind.self), Self.offered.contains(kind) else {
            throw Fields.missing("kind")
        }
        let date = try fields.requiredDate("date")
        var act = TreatyParticipation(treaty: opened.treaty, actor: actor, action: kind, date: date)
        do {
            act = try self.act(act, fields, consent)
            let rule = ConsentRule(consent: consent, actors: actors, today: house.now().date)
            let ground = try rule.check(act)
            if try fields.text("intent") == "check" {
                let verdict =
                    ground.map { text("verdict.authority", ["rule": .text($0.citation)], visit) } ?? text("verdict.unconfirmed", visit)
                return try self.form(act, consent, fields, verdict: verdict, refusal: nil, visit)
            }
            return try await house.signingPage(
                commands.prepare(act, request: form.request),
                back: Breadcrumb(
                    heading(visit),
                    pages.address(
                        "/treaties/\(opened.treaty)/act", [("actor", actor.rawValue), ("date", date.description), ("kind", kind.rawValue)])),
                visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try self.form(act, consent, fields, verdict: nil, refusal: refusal, visit)
        }
    }

    /// What the form says of an act, beyond its kind, actor and day.
    private func act(_ started: TreatyParticipation, _ fields: Fields, _ consent: ConsentFile) throws -> TreatyParticipation {
        var act = started
        act.takesEffect = try fields.date("takesEffect")
        if act.action.isWithdrawal, act.takesEffect == nil {
            act.takesEffect = ConsentRule(consent: consent, actors: actors, today: house.now().date).dayOfEffect(of: act)
        }
        act.note = try fields.filled("note", longest: 2_000)
        act.signatory = try signatory(fields)
        act.fullPowers = act.signatory?.capacity == .plenipotentiary ? try fullPowersEntry(fields) : nil
        act.text = consent.authenticatedText
        act.provisions = try lines(fields, "provisions")
        act.territories = try lines(fields, "territories")
        act.unconfirmed = try fields.text("unconfirmed") == "yes"
        for place in Self.attachments {
            guard let text = try fields.filled("statementText\(place)", longest: 20_000) else { continue }
            act.statements.append(
                AttachedStatement(
                    statement: try fields.choice("statementKind\(place)", of: StatementKind.self) ?? .reservation, text: text,
                    language: try fields.filled("statementLanguage\(place)", longest: 35) ?? "en",
                    provisions: try lines(fields, "statementProvisions\(place)"),
                    listed: try fields.filled("statementListed\(place)", longest: 200)))
        }
        return act
    }

    private func form(
        _ act: TreatyParticipation, _ consent: ConsentFile, _ fields: Fields, verdict: String?, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        let opened = consent.file.opened
        let words = words(visit)
        let deed = AuthorityRule.Deed(
            treaty: act.treaty, actor: act.actor, act: act.action.authority, date: act.date, signatory: nil)
        var context = pages.titleContext(opened.titles, visit)
        context.merge(authorityContext(fields, held: consent.fullPowers, deed: deed, visit)) { own, _ in own }
        var stands: Refusal?
        if refusal == nil, verdict == nil {
            var started = act
            if act.action.isWithdrawal {
                started.takesEffect =
                    ConsentRule(consent: consent, actors: actors, today: house.now().date).dayOfEffect(of: act) ?? act.date
            }
            do throws(Refusal) {
                try ConsentRule(consent: consent, actors: actors, today: house.now().date).checkOpen(started)
            } catch { stands = error }
        }
        context["action"] = "/treaties/\(opened.treaty)/act"
        context["request"] = house.formToken(visit)
        context["actor"] = act.actor.rawValue
        context["kind"] = act.action.rawValue
        context["date"] = act.date.description
        context["sentence"] = pages.actWords(visit).sentence(act)
        context["verdict"] = verdict ?? false
        context["asksEffect"] = act.action.isWithdrawal || act.action == .succession
        context["takesEffect"] =
            act.takesEffect?.description
            ?? (act.action.isWithdrawal
                ? ConsentRule(consent: consent, actors: actors, today: house.now().date).dayOfEffect(of: act)?.description ?? "" : "")
        context["asksProvisions"] = act.action.isConsent || act.action == .provisionalApplication
        context["provisions"] = value(fields, "provisions")
        context["asksTerritories"] = act.action.isConsent || act.action == .territorialApplication
        context["territories"] = value(fields, "territories")
        context["note"] = value(fields, "note")
        context["textHash"] = consent.authenticatedText ?? false
        context["unconfirmed"] = value(fields, "unconfirmed") == "yes"
        let attaches = act.action.isSignature || act.action.isConsent || act.action == .territorialApplication
        context["attachments"] =
            !attaches
            ? []
            : Self.attachments.map { place -> [String: Any] in
                let kind = value(fields, "statementKind\(place)")
                return [
                    "place": String(place), "text": value(fields, "statementText\(place)"),
                    "open": !value(fields, "statementText\(place)").isEmpty,
                    "provisions": value(fields, "statementProvisions\(place)"), "listed": value(fields, "statementListed\(place)"),
                    "kinds": Self.attachable.map { pages.option($0.rawValue, words.statementName($0), selected: $0.rawValue == kind) },
                    "languages": languageOptions(
                        visit,
                        selected: value(fields, "statementLanguage\(place)").isEmpty ? nil : value(fields, "statementLanguage\(place)")),
                ]
            }
        context["back"] = pages.address("/treaties/\(opened.treaty)/act", [("actor", act.actor.rawValue), ("date", act.date.description)])
        return try page("act", title: heading(visit), context, trail: trail(opened, visit), refusal: refusal ?? stands, visit)
    }

    // MARK: Confirmation

    private func pending(_ visit: Visit) async throws -> (ConsentFile, TreatyParticipation, Int64) {
        let entry = try entry(visit)
        let known = try await house.record.read { try TreatyQueries(database: $0).act(entry)?.participation }
        let consent = try await consent(visit, actor: known?.actor)
        guard let known, known.treaty == consent.file.opened.treaty else {
            throw Refusal(
                .notFound, code: "treaty.no-such-act", "Entry \(entry) is not an act of participation in this treaty.",
                mend: "Choose the act from the list of the treaty's acts.", arguments: ["entry": String(entry)])
        }
        return (consent, known, entry)
    }

    func confirmationForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try pages.officer(visit)
        let (consent, act, entry) = try await pending(visit)
        return try confirmationForm(act, entry, consent, visit.query, refusal: nil, visit)
    }

    func prepareConfirmation(_ request: Request, _ visit: Visit) async throws -> Response {
        let commands = try commands(visit)
        let form = try await house.form(from: request, visit)
        let (consent, act, entry) = try await pending(visit)
        do {
            let date = try form.fields.requiredDate("date")
            let signatory = try signatory(form.fields)
            let confirmation = TreatyActConfirmed(
                treaty: act.treaty, entry: entry, date: date, effectiveFrom: try form.fields.date("effectiveFrom"), signatory: signatory,
                fullPowers: signatory?.capacity == .plenipotentiary ? try fullPowersEntry(form.fields) : nil,
                note: try form.fields.filled("note", longest: 2_000))
            _ = try ConsentRule(consent: consent, actors: actors, today: house.now().date).check(confirmation)
            return try await house.signingPage(
                commands.prepare(confirmation, request: form.request),
                back: Breadcrumb(text("confirm.title", visit), "/treaties/\(act.treaty)/acts/\(entry)/confirm"), visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try confirmationForm(act, entry, consent, form.fields, refusal: refusal, visit)
        }
    }

    private func confirmationForm(
        _ act: TreatyParticipation, _ entry: Int64, _ consent: ConsentFile, _ fields: Fields, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        var context = pages.titleContext(consent.file.opened.titles, visit)
        let date = value(fields, "date")
        let deed = AuthorityRule.Deed(
            treaty: act.treaty, actor: act.actor, act: act.action.authority, date: CalendarDate(date) ?? house.now().date, signatory: nil)
        context.merge(authorityContext(fields, held: consent.fullPowers, deed: deed, visit)) { own, _ in own }
        context["action"] = "/treaties/\(act.treaty)/acts/\(entry)/confirm"
        context["request"] = house.formToken(visit)
        context["sentence"] = pages.actWords(visit).sentence(act)
        context["isUnconfirmed"] = act.unconfirmed
        context["date"] = date.isEmpty ? house.now().date.description : date
        context["effectiveFrom"] = value(fields, "effectiveFrom")
        context["note"] = value(fields, "note")
        context["back"] = "/treaties/\(act.treaty)/acts"
        return try page(
            "confirm", title: text("confirm.title", visit), context, trail: trail(consent.file.opened, visit), refusal: refusal, visit)
    }
}
