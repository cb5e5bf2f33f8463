import Acts
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}`: where a treaty stands and why; on any day, by what was known on any day, and what a further deposit
/// would change.
extension TreatyPages {
    /// What the visitor asked of one treaty.
    struct TreatyQuestion {
        var asOf: CalendarDate
        var isToday: Bool
        /// The end of the day up to which the depositary's knowledge is taken.
        var known: Moment?
        var knownDay: CalendarDate?
        var whatIf: (actor: ActorCode, date: CalendarDate)?
    }

    func treatyQuestion(_ visit: Visit) throws -> TreatyQuestion {
        let today = house.now().date
        let asOf = try visit.query.date("asOf")
        let known = try visit.query.date("known")
        for day in [asOf, known, try visit.query.date("date")].compactMap({ $0 }) where day > Self.lastDay {
            throw Refusal(
                .malformed, code: "request.date", "'\(day)' in the field 'asOf' is not a day of the calendar.",
                mend: "Write the year, the month and the day: 2026-01-17.", arguments: ["field": "asOf", "value": day.description])
        }
        var whatIf: (ActorCode, CalendarDate)?
        if let actor = try actorCode(visit, "actor") { whatIf = (actor, try visit.query.date("date") ?? today) }
        return TreatyQuestion(
            asOf: asOf ?? today, isToday: (asOf ?? today) == today && known == nil,
            known: known.map { Moment(startOf: $0.adding(days: 1)).adding(milliseconds: -1) }, knownDay: known, whatIf: whatIf)
    }

    func treaty(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try number(visit)
        let representation = try visit.representation(of: [.html, .json, .csv])
        let question = try treatyQuestion(visit)
        return try await house.cached(request, visit) {
            let found = try await house.record.read { database -> TreatyStanding? in
                let queries = TreatyQueries(database: database)
                guard question.isToday else {
                    return try queries.standing(of: number, asOf: question.asOf, knownAt: question.known, rule: rule)
                }
                guard let listed = try queries.treaty(number) else { return nil }
                return try desk.standings.standing(of: listed, on: question.asOf, in: queries, rule: rule)
            }
            guard let standing = found else { throw unknownTreaty(number) }
            switch representation {
            case .html: return try treatyPage(standing, try await beside(number), question, visit)
            case .json:
                return house.json(TreatyDocument(standing: standing, words: words(visit)).json(whatIf: try hypothesis(standing, question)))
            default: return participationCSV(standing, visit)
            }
        }
    }

    // MARK: What if

    /// What would follow from one more deposit.
    struct Hypothesis {
        var actor: ActorCode
        var deposit: CalendarDate
        /// The actor is bound already, by an instrument of this day.
        var boundSince: CalendarDate?
        var outcome: Participation?
        var effect: CalendarDate?
    }

    func hypothesis(_ standing: TreatyStanding, _ question: TreatyQuestion) throws -> Hypothesis? {
        guard let whatIf = question.whatIf else { return nil }
        var hypothesis = Hypothesis(actor: whatIf.actor, deposit: whatIf.date)
        let id = ParticipantID.actor(whatIf.actor)
        if let own = try? standing.participation.get()[id], own.state == .party || own.state == .contracting {
            hypothesis.boundSince = own.consent?.act.date
            return hypothesis
        }
        let participant = rule.participant(whatIf.actor)
        let act = ParticipationAct(participant.isOrganization ? .approval : .accession, by: participant, on: whatIf.date)
        do {
            let entry = standing.listed.opened
            let reading = try rule.reading(
                of: entry, inForce: try house.record.readSync { try TreatyQueries(database: $0).inForce(for: entry) })
            let acts = rule.acts(standing.lines).filter { $0.date <= question.asOf } + [act]
            let outcome = try reading.clause.participation(acts, context: reading.context, asOf: max(question.asOf, whatIf.date))
            hypothesis.effect = outcome[id]?.consent?.effect?.date
            hypothesis.outcome = outcome
        } catch is ClauseProblem {
            return hypothesis
        } catch is StandingRule.Problem {
            return hypothesis
        }
        return hypothesis
    }

    private func answer(_ hypothesis: Hypothesis, to standing: TreatyStanding, _ visit: Visit) -> String {
        let actor = TextArgument.text(name(hypothesis.actor, visit))
        if let since = hypothesis.boundSince { return text("whatIf.already", ["actor": actor, "date": .date(since)], visit) }
        guard let found = hypothesis.outcome?.entryIntoForce else {
            return sentence(standing, visit)
        }
        guard let date = found.date else {
            let words = words(visit, metrics: standing.listed.opened.metrics)
            return text(
                "whatIf.still-missing",
                [
                    "actor": actor, "deposit": .date(hypothesis.deposit),
                    "missing": .text(found.missing.map(words.shortfall).joined(separator: words.semicolon)),
                ], visit)
        }
        var sentences: [String] = []
        if let declared = standing.date, declared == date || standing.isInForce {
            sentences.append(text("whatIf.same", ["date": .date(declared)], visit))
        } else {
            sentences.append(text("whatIf.changes", ["actor": actor, "deposit": .date(hypothesis.deposit), "date": .date(date)], visit))
        }
        if let effect = hypothesis.effect { sentences.append(text("whatIf.effect", ["actor": actor, "date": .date(effect)], visit)) }
        return sentences.joined(separator: " ")
    }

    // MARK: The page

    private func treatyPage(
        _ standing: TreatyStanding, _ beside: Beside, _ question: TreatyQuestion, _ visit: Visit
    ) throws -> Response {
        let opened = standing.listed.opened
        let link = "/treaties/\(opened.treaty)"
        let language = visit.language
        let words = words(visit, metrics: opened.metrics)
        let hypothesis = try hypothesis(standing, question)
        var context = titleContext(opened.titles, visit)
        context["standing"] = sentence(standing, visit)
        context["official"] = official(standing, visit)
        context["imprint"] = imprint(opened, visit)
        context["selfLink"] = link
        context["treatyNumber"] = opened.treaty
        if !question.isToday {
            context["asOfNotice"] =
                question.knownDay.map {
                    text("asOf.notice-known", ["date": .date(question.asOf), "known": .date($0)], visit)
                } ?? text("asOf.notice", ["date": .date(question.asOf)], visit)
        }
        for (name, value) in officerContext(standing, question, visit) { context[name] = value }
        for (name, value) in besideContext(beside, standing, visit) { context[name] = value }
        let pictures = TreatyPictures(standing: standing, words: words, catalogue: house.catalogue, language: language, actors: desk.actors)
        let timeline = pictures.timeline()
        context["timeline"] = timeline
        // Before the first act there is nothing to picture; the clause below says what is needed.
        context["hasTimeline"] = !timeline.isEmpty
        context["timelineCaption"] = text("timeline.caption", visit)
        context["map"] = pictures.map()
        context["mapCaption"] = text("map.caption", visit)
        context["article"] = opened.article
        if let entryIntoForce = standing.entryIntoForce {
            context["clause"] = words.sentences(of: entryIntoForce.clause)
            context["arithmetic"] = entryIntoForce.steps.map(words.step)
            if !entryIntoForce.missing.isEmpty {
                let missing = entryIntoForce.missing.map(words.shortfall).joined(separator: words.semicolon)
                context["missing"] = [text("missing", ["missing": .text(missing)], visit)]
            }
            context["doubts"] = entryIntoForce.doubts.map { text("doubt", ["doubt": .text(words.doubt($0))], visit) }
        }
        context["actorChoices"] = actorOptions(visit, selected: question.whatIf?.actor, leavingOut: standing.boundActors)
        context["whatIfDate"] = (question.whatIf?.date ?? house.now().date).description
        context["whatIfAnswer"] = hypothesis.map { answer($0, to: standing, visit) }
        context["asOf"] = question.isToday ? "" : question.asOf.description
        context["known"] = question.knownDay?.description ?? ""
        context["participants"] = participants(standing, visit)
        context["actsLink"] = "\(link)/acts"
        context["actsLabel"] = text("acts.link", ["count": .number(Int64(standing.lines.count))], visit)
        if let source = opened.source {
            context["source"] = text("source", ["source": .text(source), "confidence": .text(opened.confidence ?? "")], visit)
        }
        let chapterLink = address("/treaties", [("chapter", opened.chapter)])
        return try house.page(
            visit,
            Page(
                template: "treaties/treaty", title: opened.short ?? title(opened.titles, visit).text, context: context,
                trail: [
                    Breadcrumb(text("register.title", visit), "/treaties"), Breadcrumb(chapterName(opened, visit), chapterLink),
                ],
                section: "/treaties", dossier: TreatyCommands.dossier(of: opened.treaty), alternates: [.json, .csv]))
    }

    /// Whose date it is that the first line names.
    private func official(_ standing: TreatyStanding, _ visit: Visit) -> String {
        guard let date = standing.date else { return "" }
        guard let confirmed = standing.confirmed else { return text("standing.computed", visit) }
        guard let computed = standing.entryIntoForce?.date else { return text("standing.declared", ["date": .date(date)], visit) }
        return computed == confirmed
            ? text("standing.confirmed", visit)
            : text("standing.differs", ["date": .date(confirmed), "computed": .date(computed)], visit)
    }

    private func imprint(_ opened: TreatyOpened, _ visit: Visit) -> String {
        var parts: [String] = []
        if let place = opened.adoptedAt, let date = opened.adoptedOn, let depositary = opened.depositary {
            parts.append(text("imprint", ["place": .text(place), "date": .date(date), "depositary": .text(depositary)], visit))
        }
        parts.append(text("imprint.number", ["number": .text(opened.treaty)], visit))
        return parts.joined(separator: " ")
    }

    /// What this person can do here, or which rule stands in the way.
    private func officerContext(_ standing: TreatyStanding, _ question: TreatyQuestion, _ visit: Visit) -> [String: Any] {
        let link = "/treaties/\(standing.treaty)"
        guard let person = visit.person else { return ["cannotRecord": text("action.cannot", visit), "signInLink": "/sign-in"] }
        guard !person.offices(as: .depositaryOfficer).isEmpty else { return ["cannotRecord": text("action.cannot-role", visit)] }
        var context: [String: Any] = ["mayRecord": true, "recordLink": "\(link)/act"]
        if question.isToday, let date = standing.awaitsConfirmation {
            context["proposal"] = [
                "sentence": text("confirm.proposal", ["date": .date(date)], visit), "confirmLink": "\(link)/entry-into-force",
                "proposalDate": date.description, "request": house.formToken(visit),
            ]
        }
        return context
    }

    // MARK: The table

    /// The words and dates of one participant's row.
    func standingCells(_ own: ParticipantStanding, lines: [String: TreatyFile.Line], _ visit: Visit) -> [String: Any] {
        func dated(_ act: ParticipationAct?) -> Markup {
            guard let act, let id = act.id, let line = lines[id] else { return Markup() }
            var markup = Markup.link(visit.language.text(act.date), to: "/record/acts/\(line.entry)")
            if !act.kind.letter.isEmpty {
                markup.append(" ")
                markup.append(text: act.kind.letter)
            }
            return markup
        }
        let signature = own.signature(in: lines)
        var ended = Markup()
        if let last = own.consents.last, let endedOn = last.endedOn, let notice = last.endedBy, let id = notice.id, let line = lines[id] {
            ended = Markup.link(visit.language.text(endedOn), to: "/record/acts/\(line.entry)")
        }
        return [
            "signature": dated(signature), "consent": own.consents.map { dated($0.act) }.joined(separator: Markup("<br>")),
            "effect": own.dateOfEffect.map { visit.language.text($0) } ?? "", "ended": ended,
        ]
    }

    private func participants(_ standing: TreatyStanding, _ visit: Visit) -> [[String: Any]] {
        guard let participation = try? standing.participation.get() else { return [] }
        let lines = standing.linesByID
        return visit.language.sorted(participation.standings.filter { $0.state != .none }) { displayName($0.participant, visit) }
            .map { own in
                var row = standingCells(own, lines: lines, visit)
                row["name"] = displayName(own.participant, visit)
                row["code"] = own.participant.id.description
                return row
            }
    }

    func displayName(_ participant: Participant, _ visit: Visit) -> String {
        switch participant.id {
        case .actor(let code): name(code, visit)
        case .named: participant.name
        }
    }

    private func participationCSV(_ standing: TreatyStanding, _ visit: Visit) -> Response {
        var table = CSVWriter(header: [
            "actor", "name", "state", "signature", "consent", "consent-kind", "in-effect-from", "ended", "entry",
        ])
        let lines = standing.linesByID
        for own in (try? standing.participation.get())?.standings ?? [] where own.state != .none {
            let consent = own.consent
            table.write([
                own.participant.id.description, displayName(own.participant, visit), own.state.name,
                own.signedOn?.description ?? "", consent?.act.date.description ?? "", consent?.act.kind.rawValue ?? "",
                own.dateOfEffect?.description ?? "", consent?.endedOn?.description ?? "",
                (consent?.act ?? own.signature(in: lines)).flatMap(\.id) ?? "",
            ])
        }
        return house.csv(table, named: standing.treaty)
    }
}

extension TreatyStanding {
    /// Those who are bound, and have nothing more to deposit.
    var boundActors: Set<ActorCode> {
        let bound = ((try? participation.get())?.standings ?? []).filter { $0.state == .party || $0.state == .contracting }
        return Set(
            bound.compactMap { own in
                if case .actor(let code) = own.participant.id { code } else { nil }
            })
    }

    /// The lines by the identifiers the engine knows their acts by.
    var linesByID: [String: TreatyFile.Line] {
        Dictionary(lines.map { (String($0.entry), $0) }) { first, _ in first }
    }
}

extension ParticipantStanding {
    /// The signature the participant stands by: its first.
    func signature(in lines: [String: TreatyFile.Line]) -> ParticipationAct? {
        guard let signedOn else { return nil }
        let line = lines.values.filter { line in
            ParticipantID.actor(line.participation.actor) == participant.id && line.participation.action.isSignature
                && line.participation.date == signedOn
        }.min { $0.entry < $1.entry }
        return line.map { ParticipationAct($0.participation.action, by: participant, on: $0.participation.date, id: String($0.entry)) }
    }
}

extension ParticipantStanding.State {
    /// As data has it.
    var name: String {
        switch self {
        case .none: "none"
        case .signatory: "signatory"
        case .contracting: "contracting"
        case .party: "party"
        case .ended: "ended"
        }
    }
}
