import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/statements`: what each State or organization has said about the treaty, and where each statement stands.
extension ConsentPages {
    func statements(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try pages.number(visit)
        let representation = try visit.representation(of: [.html, .json])
        let actor = try pages.actorCode(visit, "actor")
        let kind = try visit.query.choice("kind", of: StatementKind.self)
        let day = try visit.query.date("asOf") ?? house.now().date
        return try await house.cached(request, visit, dependsOn: .dossiers([TreatyCommands.dossier(of: number)])) {
            let rule = pages.rule
            let found = try await house.record.read { database -> (TreatyQueries.Listed, [StatementStanding])? in
                guard let listed = try TreatyQueries(database: database).treaty(number) else { return nil }
                return (listed, try ConsentQueries(database: database, actors: actors).standings(of: number, asOf: day, rule: rule))
            }
            guard let (listed, all) = found else { throw pages.unknownTreaty(number) }
            let shown = all.filter { standing in
                (actor.map { standing.record.made.actor == $0 } ?? true) && (kind.map { standing.record.made.statement == $0 } ?? true)
            }
            if representation == .json {
                return house.json([
                    "treaty": .string(number), "asOf": .string(day.description), "total": .integer(Int64(shown.count)),
                    "statements": .array(shown.map(\.json)),
                ])
            }
            return try statementsPage(shown, of: all, listed.opened, actor: actor, kind: kind, day: day, visit)
        }
    }

    private func statementsPage(
        _ shown: [StatementStanding], of all: [StatementStanding], _ opened: TreatyOpened, actor: ActorCode?, kind: StatementKind?,
        day: CalendarDate, _ visit: Visit
    ) throws -> Response {
        let words = words(visit)
        let isOfficer = visit.person.map { !$0.offices(as: .depositaryOfficer).isEmpty } ?? false
        let link = "/treaties/\(opened.treaty)"
        let answers = Dictionary(grouping: all.filter { $0.record.made.statement.answersAStatement }) { $0.record.made.answers ?? -1 }
        let byActor = Dictionary(grouping: shown.filter { !$0.record.made.statement.answersAStatement || kind != nil || actor != nil }) {
            $0.record.made.actor
        }
        var context = pages.titleContext(opened.titles, visit)
        let reservations = all.count { $0.record.isReservation && !$0.record.isStruck && !$0.record.isWithdrawn }
        let objections = all.count { $0.record.made.statement == .objection && !$0.record.isStruck && !$0.record.isWithdrawn }
        context["summary"] = text(
            "statements.summary",
            [
                "statements": .text(text("statements.count", ["count": .number(Int64(all.count))], visit)),
                "reservations": .text(text("statements.reservations", ["count": .number(Int64(reservations))], visit)),
                "objections": .text(text("statements.objections", ["count": .number(Int64(objections))], visit)),
            ], visit)
        context["kinds"] =
            [pages.option("", text("statements.any-kind", visit), selected: kind == nil)]
            + StatementKind.allCases.map { pages.option($0.rawValue, words.statementName($0), selected: $0 == kind) }
        let codes = Set(all.map(\.record.made.actor))
        context["actors"] =
            [pages.option("", text("statements.any-actor", visit), selected: actor == nil)]
            + visit.language.sorted(Array(codes)) { pages.name($0, visit) }
            .map { pages.option($0.rawValue, pages.name($0, visit), selected: $0 == actor) }
        context["selfLink"] = "\(link)/statements"
        context["asOf"] = day == house.now().date ? "" : day.description
        context["hasStatements"] = !byActor.isEmpty
        context["groups"] = visit.language.sorted(Array(byActor.keys)) { pages.name($0, visit) }.map { code -> [String: Any] in
            [
                "actor": pages.name(code, visit), "code": code.rawValue,
                "statements": (byActor[code] ?? []).map { standing -> [String: Any] in
                    var row = self.row(standing, words, visit)
                    let own = answers[standing.record.entry] ?? []
                    row["answersHere"] = own.map { self.row($0, words, visit) }
                    row["hasAnswers"] = !own.isEmpty
                    row["changeLink"] =
                        isOfficer && !standing.record.isStruck && !standing.record.isWithdrawn
                        ? "\(link)/statements/\(standing.record.entry)/change" as Any : false
                    row["answerLink"] =
                        isOfficer && !standing.record.made.statement.answersAStatement && !standing.record.isStruck
                        ? pages.address("\(link)/statement", [("answers", String(standing.record.entry)), ("kind", "objection")]) as Any
                        : false
                    return row
                },
            ]
        }
        context["mayEnter"] = isOfficer
        context["enterLink"] = "\(link)/statement"
        return try house.page(
            visit,
            Page(
                template: "treaties/consent/statements", title: text("statements.title", visit), context: context,
                trail: trail(opened, visit), section: "/treaties", dossier: TreatyCommands.dossier(of: opened.treaty), alternates: [.json]))
    }

    private func row(_ standing: StatementStanding, _ words: ConsentWords, _ visit: Visit) -> [String: Any] {
        let record = standing.record
        let (text, language) = record.text
        return [
            "entry": String(record.entry), "link": "/record/acts/\(record.entry)", "sentence": words.sentence(record.made), "text": text,
            "language": language, "direction": Language.direction(ofTag: language).rawValue, "struck": record.isStruck,
            "provisions": record.provisions.isEmpty ? false : words.list(record.provisions) as Any,
            "chip": standing.chip, "standing": self.text("standing.\(standing.code)", visit),
            "details": details(standing, words, visit),
            "changes": record.changes.map { change in
                [
                    "sentence": self.text(
                        "change.\(change.changed.change.rawValue)",
                        ["entry": .text(String(record.entry)), "date": .date(change.changed.date)], visit),
                    "link": "/record/acts/\(change.entry)",
                ]
            },
        ]
    }

    private func details(_ standing: StatementStanding, _ words: ConsentWords, _ visit: Visit) -> [String] {
        var lines: [String] = []
        if let until = standing.objectionsUntil { lines.append(text("standing.until", ["date": .date(until)], visit)) }
        if standing.notificationAssumed { lines.append(text("standing.assumed", visit)) }
        if !standing.objectedBy.isEmpty {
            lines.append(
                text("standing.objected-by", ["names": .text(words.list(standing.objectedBy.map { pages.name($0, visit) }))], visit))
        }
        if !standing.precludedBy.isEmpty {
            lines.append(
                text("standing.precluded-by", ["names": .text(words.list(standing.precludedBy.map { pages.name($0, visit) }))], visit))
        }
        if let accepted = standing.acceptedBy {
            lines.append(text("standing.accepted-by", ["count": .number(Int64(accepted))], visit))
        }
        if let open = standing.openTowards, open > 0 {
            lines.append(text("standing.open-towards", ["count": .number(Int64(open))], visit))
        }
        return lines
    }

    // MARK: Entering

    func statementForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try pages.officer(visit)
        let actor = try pages.actorCode(visit, "actor")
        return try statementForm(try await consent(visit, actor: actor), visit.query, actor: actor, refusal: nil, visit)
    }

    func prepareStatement(_ request: Request, _ visit: Visit) async throws -> Response {
        let commands = try commands(visit)
        let form = try await house.form(from: request, visit)
        let fields = form.fields
        let actor = try pages.actorCode(try fields.required("actor"))
        let consent = try await consent(visit, actor: actor)
        let treaty = consent.file.opened.treaty
        do {
            let made = try statement(fields, treaty: treaty, actor: actor)
            let recorded = try StatementRule(consent: consent, actors: actors, today: house.now().date).checkWithAuthority(made)
            return try await house.signingPage(
                commands.prepare(recorded, request: form.request),
                back: Breadcrumb(text("statement.enter", visit), "/treaties/\(treaty)/statement"), visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try statementForm(consent, fields, actor: actor, refusal: refusal, visit)
        }
    }

    private func statement(_ fields: Fields, treaty: String, actor: ActorCode) throws -> TreatyStatementMade {
        let kind = try fields.requiredChoice("kind", of: StatementKind.self)
        let signatory = try signatory(fields)
        return TreatyStatementMade(
            treaty: treaty, actor: actor, statement: kind, date: try fields.requiredDate("date"),
            text: try fields.filled("text", longest: 20_000) ?? "", language: try fields.filled("language", longest: 35) ?? "en",
            provisions: try lines(fields, "provisions"), listed: try fields.filled("listed", longest: 200),
            madeAt: try fields.integer("madeAt", in: 0...Int64.max), answers: try fields.integer("answers", in: 0...Int64.max),
            precludesTreaty: kind == .objection ? try fields.text("precludes") == "yes" : nil,
            heldToBe: kind == .recharacterization ? try fields.choice("heldToBe", of: StatementKind.self) : nil, signatory: signatory,
            fullPowers: signatory?.capacity == .plenipotentiary ? try fullPowersEntry(fields) : nil,
            note: try fields.filled("note", longest: 2_000))
    }

    private func statementForm(
        _ consent: ConsentFile, _ fields: Fields, actor: ActorCode?, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        let opened = consent.file.opened
        let words = words(visit)
        let kind = StatementKind(rawValue: value(fields, "kind"))
        let date = value(fields, "date")
        let deed = actor.map {
            AuthorityRule.Deed(
                treaty: opened.treaty, actor: $0, act: .statement, date: CalendarDate(date) ?? house.now().date, signatory: nil)
        }
        var context = pages.titleContext(opened.titles, visit)
        context.merge(authorityContext(fields, held: consent.fullPowers, deed: deed, visit)) { own, _ in own }
        context["action"] = "/treaties/\(opened.treaty)/statement"
        context["request"] = house.formToken(visit)
        context["actors"] = pages.actorOptions(visit, selected: actor)
        context["kinds"] = StatementKind.allCases.map { pages.option($0.rawValue, words.statementName($0), selected: $0 == kind) }
        context["date"] = date.isEmpty ? house.now().date.description : date
        context["text"] = value(fields, "text")
        context["languages"] = languageOptions(visit, selected: value(fields, "language").isEmpty ? nil : value(fields, "language"))
        context["provisions"] = value(fields, "provisions")
        context["listed"] = value(fields, "listed")
        context["answersChoices"] = consent.statements.filter { !$0.made.statement.answersAStatement && !$0.isStruck && !$0.isWithdrawn }
            .map {
                pages.option(
                    String($0.entry), "\($0.entry): \(words.sentence($0.made))", selected: value(fields, "answers") == String($0.entry))
            }
        context["madeAtChoices"] = consent.file.lines.filter {
            ($0.participation.action.isSignature || $0.participation.action.isConsent) && (actor == nil || $0.participation.actor == actor)
        }.map {
            pages.option(
                String($0.entry), "\($0.entry): \(pages.actWords(visit).sentence($0.participation))",
                selected: value(fields, "madeAt") == String($0.entry))
        }
        context["precludes"] = value(fields, "precludes") == "yes"
        context["heldToBe"] = Self.attachable.map {
            pages.option($0.rawValue, words.statementName($0), selected: $0.rawValue == value(fields, "heldToBe"))
        }
        context["note"] = value(fields, "note")
        context["back"] = "/treaties/\(opened.treaty)/statements"
        return try page("statement", title: text("statement.enter", visit), context, trail: trail(opened, visit), refusal: refusal, visit)
    }

    // MARK: Changing

    private func changed(_ visit: Visit) async throws -> (ConsentFile, StatementRecord) {
        let entry = try entry(visit)
        let known = try await house.record.read { try ConsentQueries(database: $0, actors: actors).statement(entry) }
        let consent = try await consent(visit, actor: known?.made.actor)
        guard let known, known.made.treaty == consent.file.opened.treaty else {
            throw Refusal(
                .notFound, code: "treaty.no-such-statement", "There is no statement \(entry) towards this treaty to answer.",
                mend: "Choose it from the list of statements.", arguments: ["entry": String(entry)])
        }
        return (consent, known)
    }

    func changeForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try pages.officer(visit)
        let (consent, record) = try await changed(visit)
        return try changeForm(record, consent, visit.query, refusal: nil, visit)
    }

    func prepareChange(_ request: Request, _ visit: Visit) async throws -> Response {
        let commands = try commands(visit)
        let form = try await house.form(from: request, visit)
        let fields = form.fields
        let (consent, record) = try await changed(visit)
        do {
            let change = try fields.requiredChoice("change", of: StatementChange.self)
            let rewrites = change == .partlyWithdrawn || change == .modified
            let signatory = change == .struckOut ? nil : try signatory(fields)
            let act = TreatyStatementChanged(
                treaty: record.made.treaty, statement: record.entry, change: change, date: try fields.requiredDate("date"),
                text: rewrites ? try fields.filled("text", longest: 20_000) : nil,
                language: rewrites ? try fields.filled("language", longest: 35) : nil,
                provisions: rewrites ? try lines(fields, "provisions") : [], madeAt: try fields.integer("madeAt", in: 0...Int64.max),
                signatory: signatory, fullPowers: signatory?.capacity == .plenipotentiary ? try fullPowersEntry(fields) : nil,
                note: try fields.filled("note", longest: 2_000))
            try StatementRule(consent: consent, actors: actors, today: house.now().date).check(act)
            return try await house.signingPage(
                commands.prepare(act, request: form.request),
                back: Breadcrumb(text("change.title", visit), "/treaties/\(record.made.treaty)/statements/\(record.entry)/change"), visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try changeForm(record, consent, fields, refusal: refusal, visit)
        }
    }

    private func changeForm(
        _ record: StatementRecord, _ consent: ConsentFile, _ fields: Fields, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        let opened = consent.file.opened
        let words = words(visit)
        let date = value(fields, "date")
        let deed = AuthorityRule.Deed(
            treaty: opened.treaty, actor: record.made.actor, act: .statement, date: CalendarDate(date) ?? house.now().date, signatory: nil)
        var context = pages.titleContext(opened.titles, visit)
        context.merge(authorityContext(fields, held: consent.fullPowers, deed: deed, visit)) { own, _ in own }
        let (text, language) = record.text
        context["action"] = "/treaties/\(opened.treaty)/statements/\(record.entry)/change"
        context["request"] = house.formToken(visit)
        context["sentence"] = words.sentence(record.made)
        context["changes"] = StatementChange.allCases.map {
            pages.option($0.rawValue, self.text("change.\($0.rawValue).name", visit), selected: $0.rawValue == value(fields, "change"))
        }
        context["date"] = date.isEmpty ? house.now().date.description : date
        context["text"] = value(fields, "text").isEmpty ? text : value(fields, "text")
        context["languages"] = languageOptions(visit, selected: value(fields, "language").isEmpty ? language : value(fields, "language"))
        context["provisions"] =
            value(fields, "provisions").isEmpty ? record.provisions.joined(separator: "\n") : value(fields, "provisions")
        context["madeAtChoices"] = consent.file.lines.filter {
            $0.participation.action.isConsent && $0.participation.actor == record.made.actor
        }.map {
            pages.option(
                String($0.entry), "\($0.entry): \(pages.actWords(visit).sentence($0.participation))",
                selected: value(fields, "madeAt") == String($0.entry))
        }
        context["note"] = value(fields, "note")
        context["back"] = "/treaties/\(opened.treaty)/statements"
        return try page("change", title: self.text("change.title", visit), context, trail: trail(opened, visit), refusal: refusal, visit)
    }
}
