import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/notify`: an officer chooses what to notify, sees the notification as it will be, and issues it.
extension DepositaryPages {
    /// What the form holds, as it was sent or as the address gives it.
    private struct Entered {
        var request: NotificationRequest
        var language: String?
        var quotation: String?

        init(treaty: String, _ fields: Fields) throws {
            request = NotificationRequest(treaty: treaty)
            request.subject = try fields.choice("subject", of: NotificationKind.self)
            request.act = try fields.integer("act", in: 0...Int64.max)
            request.earlier = try fields.filled("earlier", longest: 120)
            request.reach = try fields.choice("reach", of: AddresseeRule.Reach.self)
            for language in DocumentLanguage.allCases {
                if let text = try fields.filled("further-\(language.rawValue)", longest: 12_000) {
                    request.further[language.rawValue] = text
                }
            }
            quotation = try fields.filled("quotation", longest: 24_000)
            language = try fields.filled("quotation-language", longest: 35)
            if let quotation {
                guard let language,
                    language.utf8.allSatisfy({
                        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                    })
                else {
                    throw Refusal(
                        .malformed, code: "treaty.quotation-language", "The quoted text needs the language it is written in.",
                        mend: "Give its tag: en, fr, es, ru, zh, ar.", citation: "BCP 47")
                }
                request.quotation = .init(language: language, text: quotation.replacing("\r\n", with: "\n"))
            }
        }
    }

    func notifyForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try officer(visit)
        let listed = try await listed(visit)
        let entered = try Entered(treaty: listed.opened.treaty, visit.query)
        let begun = entered.request.act != nil || entered.request.subject != nil
        return try await notifyPage(entered, listed, showsPreview: begun, refusal: nil, visit)
    }

    func notify(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let listed = try await listed(visit)
        let form = try await house.form(from: request, visit)
        let entered = try Entered(treaty: listed.opened.treaty, form.fields)
        guard try form.fields.text("step") == "issue" else {
            return try await notifyPage(entered, listed, showsPreview: true, refusal: nil, visit)
        }
        let previewed = try form.fields.filled("previewed")
        let rule = pages.rule
        let settings = desk.depositary
        let access = house.access
        let asked = entered.request
        do {
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let queries = DepositaryQueries(database: context.database)
                    let today = context.now.date
                    let facts = try queries.facts(for: asked, rule: rule, settings: settings, on: today)
                    return try commands.issue(
                        facts, serial: try queries.nextSerial(in: today.year), today: today, previewed: previewed, request: form.request)
                })
            guard let issued = try entries.first?.payload(as: TreatyNotificationIssued.self) else {
                throw unknownEntry(String(entries.first?.index ?? 0))
            }
            return house.seeOther("/notifications/\(PercentCoding.encode(issued.number))")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try await notifyPage(entered, listed, showsPreview: true, refusal: refusal, visit)
        }
    }

    private func notifyPage(
        _ entered: Entered, _ listed: TreatyQueries.Listed, showsPreview: Bool, refusal: Refusal?, _ visit: Visit
    ) async throws -> Response {
        let (_, commands) = try officer(visit)
        let rule = pages.rule
        let settings = desk.depositary
        let today = house.now().date
        let asked = entered.request
        let (facts, waiting, statements, serial) = try await house.record.read {
            database -> (NotificationFacts?, [TreatyQueries.Act], [StatementRecord], Int64) in
            let queries = DepositaryQueries(database: database)
            return (
                showsPreview ? try queries.facts(for: asked, rule: rule, settings: settings, on: today) : nil,
                try queries.unnotified(treaty: asked.treaty, limit: 50),
                try queries.unnotifiedStatements(treaty: asked.treaty, actors: rule.actors, limit: 50),
                try queries.nextSerial(in: today.year)
            )
        }
        let link = "/treaties/\(asked.treaty)/notify"
        var context = pages.titleContext(listed.opened.titles, visit)
        context["heading"] = text("notify.title", visit)
        context["sheets"] = [[String: Any]]()
        context["preview"] = false
        var refusal = refusal
        var form = FormSheet(action: link, name: "notify-form", button: text("notify.preview", visit))
        form.step = "preview"
        if let facts {
            do throws(Refusal) {
                try commands.check(facts)
                let sheets = NotificationDrafting(settings: settings).sheets(of: facts, issued: today)
                let number = NotificationNumber(serial: serial, year: Int64(today.year), treaty: asked.treaty)
                context["preview"] = text(
                    "notify.lead",
                    [
                        "number": .text(number.verbatim),
                        "addressees": .text(text("addressees", ["count": .number(Int64(facts.addressees.count))], visit)),
                    ], visit)
                context["sheets"] = DocumentLanguage.allCases.compactMap { language in
                    sheets[language.rawValue].map {
                        NotificationSheetContext(house: house).context($0, quotations: facts.quotations, number: number.verbatim, language)
                    }
                }
                form.button = text("notify.issue", visit)
                form.step = "issue"
                form.before = ("preview", text("notify.preview", visit))
                form.add("previewed", "", .hidden, value: DepositaryCommands.digest(of: sheets, facts))
            } catch {
                refusal = refusal ?? error
            }
        }
        form.add(
            "subject", text("column.subject", visit),
            .choice(options("subject", of: NotificationKind.self, selected: (facts?.subject ?? asked.subject)?.rawValue, any: true, visit)))
        form.add("act", text("field.act", visit), value: asked.act.map { String($0) }, longest: 20, hint: text("field.act.hint", visit))
        form.add("earlier", text("field.earlier", visit), value: asked.earlier, longest: 120, hint: text("field.earlier.hint", visit))
        form.add("further-en", text("field.further-en", visit), .area(rows: 5), value: asked.further["en"], longest: 12_000)
        form.add("further-fr", text("field.further-fr", visit), .area(rows: 5), value: asked.further["fr"], longest: 12_000)
        form.add(
            "quotation", text("field.quotation", visit), .area(rows: 5), value: entered.quotation, longest: 24_000,
            hint: text("field.quotation.hint", visit))
        form.add("quotation-language", text("field.quotation-language", visit), value: entered.language, longest: 35)
        form.add(
            "reach", text("field.reach", visit),
            .choice(options("reach", of: AddresseeRule.Reach.self, selected: asked.reach?.rawValue, any: true, visit)))
        form.cancel = "/treaties/\(asked.treaty)/notifications"
        let words = pages.actWords(visit)
        context["hasWaiting"] = !waiting.isEmpty || !statements.isEmpty
        context["waiting"] =
            waiting.map { act in
                ["sentence": words.sentence(act.participation), "link": "\(link)?act=\(act.entry)", "entry": String(act.entry)]
            }
            + statements.map { statement in
                let subject = NotificationRequest.subject(of: statement.made.statement)
                return [
                    "sentence": text(
                        "notify.statement",
                        [
                            "actor": .text(name(statement.made.actor, visit)), "subject": .text(text("subject.\(subject.rawValue)", visit)),
                            "date": .date(statement.made.date),
                        ], visit), "link": "\(link)?act=\(statement.entry)", "entry": String(statement.entry),
                ]
            }
        for (name, value) in form.context(house, visit) { context[name] = value }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/depositary/notify", title: text("notify.title", visit), context: context, trail: trail(listed, visit),
            section: "/notifications")
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }
}
