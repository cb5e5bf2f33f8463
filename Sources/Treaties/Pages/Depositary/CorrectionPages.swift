import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/corrections`: errors in texts, what became of their correction, and the procès-verbal as a document (VCLT art. 79).
extension DepositaryPages {
    /// How many places one form takes.
    private static let places = 6

    func corrections(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let listed = try await listed(visit)
        let today = house.now().date
        let files = try await house.record.read { try DepositaryQueries(database: $0).corrections(of: listed.opened.treaty) }
        if representation == .json {
            return house.json(["corrections": .array(files.map { json($0, on: today) })])
        }
        let link = "/treaties/\(listed.opened.treaty)/corrections"
        var context = pages.titleContext(listed.opened.titles, visit)
        context["standing"] = text("corrections.standing", ["count": .number(Int64(files.count))], visit)
        context["propose"] = isOfficer(visit) ? "\(link)/propose" : false
        context["rows"] = files.map { file in
            let chip = chip(file, today, visit)
            return [
                "link": "\(link)/\(file.entry)", "chip": chip.name, "stage": chip.text,
                "scope": text("scope.\(file.proposal.scope.rawValue)", visit),
                "places": file.proposal.changes.map(\.place).joined(separator: house.text("list.separator", visit)),
                "until": file.proposal.objectionsUntil.map { text("corrections.until", ["date": .date($0)], visit) } ?? "",
            ] as [String: Any]
        }
        return try house.page(
            visit,
            Page(
                template: "treaties/depositary/corrections", title: text("corrections.title", visit), context: context,
                trail: trail(listed, visit), section: "/treaties", dossier: TreatyCommands.dossier(of: listed.opened.treaty),
                alternates: [.json]))
    }

    private func chip(_ file: CorrectionFile, _ today: CalendarDate, _ visit: Visit) -> (name: String, text: String) {
        let stage = file.stage(on: today)
        let name =
            switch stage {
            case .open, .due: "awaiting"
            case .objected: "refused"
            case .effected: "agreed"
            }
        return (name, text("stage.\(stage.rawValue)", visit))
    }

    private func json(_ file: CorrectionFile, on day: CalendarDate) -> JSON {
        var object = file.proposal.json.object ?? JSONObject()
        object["entry"] = .integer(file.entry)
        object["stage"] = .string(file.stage(on: day).rawValue)
        let timely = Set(file.timelyObjections.map(\.entry))
        object["objections"] = .array(
            file.objections.map { objection in
                var inner = objection.objection.json.object ?? JSONObject()
                inner["entry"] = .integer(objection.entry)
                inner["inTime"] = .bool(timely.contains(objection.entry))
                return .object(inner)
            })
        object["effected"] = file.effected?.json
        return .object(object)
    }

    // MARK: A proposal

    private func proposalSheet(_ fields: Fields, _ listed: TreatyQueries.Listed, _ visit: Visit) -> FormSheet {
        func value(_ name: String) -> String? { (try? fields.text(name)) ?? nil }
        let link = "/treaties/\(listed.opened.treaty)/corrections"
        var form = FormSheet(action: "\(link)/propose", name: "proposal-form", button: text("propose.button", visit))
        form.lead = text("propose.lead", visit)
        form.cancel = link
        form.add(
            "scope", text("field.scope", visit),
            .choice(options("scope", of: TreatyCorrectionProposed.Scope.self, selected: value("scope"), any: false, visit)), required: true)
        form.add(
            "proposedBy", text("field.proposed-by", visit),
            .choice(actorOptions(selected: value("proposedBy"), any: text("the-depositary", visit), visit)))
        form.add(
            "objectionsUntil", text("field.objections-until", visit), .day,
            value: value("objectionsUntil") ?? house.now().date.adding(days: desk.depositary.correctionDays).description,
            hint: text("field.objections-until.hint", visit))
        for place in 1...Self.places where place <= 2 || value("place-\(place)") != nil || value("place-\(place - 1)") != nil {
            form.add("heading-\(place)", text("field.place-number", ["number": .number(Int64(place))], visit), .heading)
            form.add(
                "language-\(place)", text("field.quotation-language", visit), value: value("language-\(place)"), required: place == 1,
                longest: 35)
            form.add("place-\(place)", text("field.provision", visit), value: value("place-\(place)"), required: place == 1, longest: 200)
            form.add(
                "reads-\(place)", text("field.reads", visit), .area(rows: 2), value: value("reads-\(place)"), required: place == 1,
                longest: 2000)
            form.add(
                "should-\(place)", text("field.should-read", visit), .area(rows: 2), value: value("should-\(place)"), required: place == 1,
                longest: 2000)
        }
        form.add("note", text("field.note", visit), .area(rows: 3), value: value("note"), longest: 2000)
        return form
    }

    func proposalForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try officer(visit)
        let listed = try await listed(visit)
        return try formPage(
            proposalSheet(visit.query, listed, visit), heading: text("propose.title", visit), listed: listed, refusal: nil, visit)
    }

    func propose(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let listed = try await listed(visit)
        let form = try await house.form(from: request, visit)
        let access = house.access
        do {
            let proposal = try proposal(form.fields, treaty: listed.opened.treaty)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    return try commands.propose(proposal, today: context.now.date, request: form.request)
                })
            return house.seeOther("/treaties/\(proposal.treaty)/corrections/\(entries.first?.index ?? 0)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try formPage(
                proposalSheet(form.fields, listed, visit), heading: text("propose.title", visit), listed: listed, refusal: refusal, visit)
        }
    }

    private func proposal(_ fields: Fields, treaty: String) throws -> TreatyCorrectionProposed {
        _ = try fields.required("scope")
        let scope = try fields.choice("scope", of: TreatyCorrectionProposed.Scope.self) ?? .text
        var changes: [TreatyCorrectionProposed.Change] = []
        for place in 1...Self.places {
            guard let provision = try fields.filled("place-\(place)", longest: 200) else { continue }
            _ = try fields.required("language-\(place)")
            _ = try fields.required("reads-\(place)")
            _ = try fields.required("should-\(place)")
            changes.append(
                .init(
                    language: try fields.filled("language-\(place)", longest: 35) ?? "", place: provision,
                    reads: try fields.filled("reads-\(place)", longest: 2000) ?? "",
                    shouldRead: try fields.filled("should-\(place)", longest: 2000) ?? ""))
        }
        return TreatyCorrectionProposed(
            treaty: treaty, scope: scope, changes: changes, proposedBy: try actor(try fields.filled("proposedBy")),
            objectionsUntil: scope == .certifiedCopy ? nil : try fields.date("objectionsUntil"),
            note: try fields.filled("note", longest: 2000))
    }

    // MARK: One correction

    private func findCorrection(_ visit: Visit) async throws -> (TreatyQueries.Listed, CorrectionFile) {
        let listed = try await listed(visit)
        let entry = try entry(visit)
        let found = try await house.record.read { try DepositaryQueries(database: $0).correction(entry) }
        guard let found, found.proposal.treaty == listed.opened.treaty else { throw unknownEntry(String(entry)) }
        return (listed, found)
    }

    func correction(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let (listed, file) = try await findCorrection(visit)
        if representation == .json { return house.json(json(file, on: house.now().date)) }
        return try correctionPage(file, listed, refusal: nil, visit)
    }

    private func correctionPage(_ file: CorrectionFile, _ listed: TreatyQueries.Listed, refusal: Refusal?, _ visit: Visit) throws
        -> Response
    {
        let today = house.now().date
        let link = "/treaties/\(file.proposal.treaty)/corrections/\(file.entry)"
        let chip = chip(file, today, visit)
        let isOfficer = isOfficer(visit)
        let stage = file.stage(on: today)
        var context = pages.titleContext(listed.opened.titles, visit)
        context["heading"] = text("scope.\(file.proposal.scope.rawValue)", visit)
        context["chip"] = chip.name
        context["stage"] = chip.text
        context["standing"] = text(
            "stage.\(stage.rawValue).sentence", ["date": .date(file.effected?.date ?? file.proposal.objectionsUntil ?? today)], visit)
        context["changes"] = file.proposal.changes.map { change in
            [
                "place": change.place, "language": change.language, "dir": Language.direction(ofTag: change.language).rawValue,
                "reads": change.reads, "should": change.shouldRead,
            ]
        }
        let timely = Set(file.timelyObjections.map(\.entry))
        context["hasObjections"] = !file.objections.isEmpty
        context["objections"] = file.objections.map { objection in
            [
                "name": name(objection.objection.actor, visit), "code": objection.objection.actor.rawValue,
                "date": visit.language.text(objection.objection.date), "late": !timely.contains(objection.entry),
                "grounds": objection.objection.grounds ?? "",
                "notify": isOfficer ? "/treaties/\(file.proposal.treaty)/notify?act=\(objection.entry)" : false,
            ] as [String: Any]
        }
        context["notify"] = isOfficer ? "/treaties/\(file.proposal.treaty)/notify?act=\(file.entry)" : false
        context["verbal"] = file.effected.map { procesVerbal($0, listed, visit) } ?? false
        context["effectForm"] =
            isOfficer && stage == .due ? ["action": "\(link)/effect", "request": house.formToken(visit)] as [String: Any] : false
        if let entry = try house.record.entry(at: file.entry) { context["seal"] = try house.seal(of: entry, visit) }
        context["enterText"] =
            isOfficer && stage == .effected && file.proposal.scope != .certifiedCopy
            ? "/treaties/\(file.proposal.treaty)/text/enter" : false
        if isOfficer, stage == .open || stage == .due || stage == .objected, file.proposal.scope != .certifiedCopy {
            var form = FormSheet(action: "\(link)/object", name: "objection-form", button: text("object.button", visit))
            form.add("actor", text("field.actor", visit), .choice(actorOptions(selected: nil, visit)), required: true)
            form.add("date", text("field.received", visit), .day, value: today.description, required: true)
            form.add("grounds", text("field.grounds", visit), .area(rows: 3), longest: 4000)
            for (name, value) in form.context(house, visit) { context[name] = value }
        } else {
            context["form"] = false
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/depositary/correction", title: text("corrections.one", visit), context: context,
            trail: trail(listed, visit) + [Breadcrumb(text("corrections.title", visit), "/treaties/\(file.proposal.treaty)/corrections")],
            section: "/treaties", dossier: TreatyCommands.dossier(of: file.proposal.treaty), alternates: [.json], modules: ["seal.js"])
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    private func procesVerbal(_ effected: TreatyCorrectionEffected, _ listed: TreatyQueries.Listed, _ visit: Visit) -> [String: Any] {
        let language: DocumentLanguage = visit.language == .french ? .french : .english
        return [
            "paper": "/treaties/\(effected.treaty)/corrections/\(effected.proposal)/proces-verbal.pdf", "number": effected.procesVerbal,
            "tag": language.rawValue, "title": language.text(of: listed.opened.titles),
            "heading": language.choose("PROCÈS-VERBAL OF RECTIFICATION", "PROCÈS-VERBAL DE RECTIFICATION"),
            "paragraphs": effected.paragraphs[language.rawValue] ?? [], "name": language.text(of: desk.depositary.name),
            "signatory": language.text(of: desk.depositary.signatory), "issued": language.text(effected.date),
        ]
    }

    /// The procès-verbal on paper.
    func procesVerbalPaper(_ request: Request, _ visit: Visit) async throws -> Response {
        let (listed, file) = try await findCorrection(visit)
        guard let effected = file.effected, let entry = try house.record.entry(at: file.entry) else {
            throw unknownEntry(String(file.entry))
        }
        let pdf = try await pressed(
            .init(document: effected.procesVerbal, treaty: effected.treaty, entry: file.entry), reason: "Procès-verbal of rectification"
        ) { papers in
            papers.procesVerbal(effected, titles: listed.opened.titles, digest: entry.statement.payloadCommitment)
        }
        return paper(pdf, named: effected.procesVerbal)
    }

    func objectToCorrection(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let (listed, file) = try await findCorrection(visit)
        let form = try await house.form(from: request, visit)
        let access = house.access
        let rule = pages.rule
        do {
            _ = try form.fields.required("actor")
            _ = try form.fields.required("date")
            guard let actor = try actor(try form.fields.filled("actor")), let date = try form.fields.date("date") else {
                throw unknownEntry("")
            }
            let objection = TreatyCorrectionObjected(
                proposal: file.entry, treaty: file.proposal.treaty, actor: actor, date: date,
                grounds: try form.fields.filled("grounds", longest: 4000))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    guard let now = try DepositaryQueries(database: context.database).correction(file.entry) else { return [] }
                    let standing = try TreatyQueries(database: context.database).standing(
                        of: objection.treaty, asOf: context.now.date, rule: rule)
                    let own = (try? standing?.participation.get())?[.actor(actor)]?.state
                    let isConcerned = own == .signatory || own == .contracting || own == .party
                    return try commands.object(
                        objection, to: now, isConcerned: isConcerned, today: context.now.date, request: form.request)
                })
            return house.seeOther("/treaties/\(file.proposal.treaty)/corrections/\(file.entry)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try correctionPage(file, listed, refusal: refusal, visit)
        }
    }

    func effectCorrection(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let (listed, file) = try await findCorrection(visit)
        let form = try await house.form(from: request, visit)
        let access = house.access
        do {
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let queries = DepositaryQueries(database: context.database)
                    guard let now = try queries.correction(file.entry) else { return [] }
                    let today = context.now.date
                    return try commands.effect(
                        now, opened: listed.opened, serial: try queries.nextProcesVerbal(in: today.year), today: today,
                        request: form.request)
                })
            return house.seeOther("/treaties/\(file.proposal.treaty)/corrections/\(file.entry)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try correctionPage(file, listed, refusal: refusal, visit)
        }
    }
}
