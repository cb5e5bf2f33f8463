import Acts
import Foundation
import Hummingbird
import Ledger
import Record
import Texts
import Web

/// `/treaties/open` and `/treaties/{treaty}/edit`: an instrument is opened step by step, read back as sentences, tried on treaties
/// whose dates are known, and entered; until its text is adopted it may be described otherwise by a further act.
struct OpeningPages: Sendable {
    let desk: TreatyDesk
    let house: House

    private var treaties: TreatyPages { TreatyPages(desk: desk, house: house) }
    private var texts: TextPages { TextPages(desk: desk, house: house) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/treaties/open") { request, visit in try await form(request, visit) }
        router.post("/treaties/open") { request, visit in try await take(request, visit, changing: nil) }
        router.get("/treaties/{treaty}/edit") { request, visit in try await changeForm(request, visit) }
        router.post("/treaties/{treaty}/edit") { request, visit in
            try await take(request, visit, changing: try await texts.instrument(try treaties.number(visit)))
        }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("treaties.instrument.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    /// What the pages need of the register.
    private struct Surroundings: Sendable {
        var chapterNames: [String: String] = [:]
        /// Treaties whose date is known, by number: what a clause can be tried on.
        var known: [TreatyQueries.Listed] = []
        var isTaken = false
        var parent: TreatyQueries.Listed?
        /// The adopted text it is opened from.
        var adopted: AdoptedText?
        /// Adopted texts from which nothing was opened yet.
        var waiting: [AdoptedText] = []
    }

    private func surroundings(_ form: OpeningForm) async throws -> Surroundings {
        try await house.record.read { database in
            let queries = TreatyQueries(database: database)
            let all = try queries.treaties()
            let chapter = form.chapter
            return Surroundings(
                chapterNames: all.first { $0.opened.chapter == chapter }?.opened.chapterNames ?? [:],
                known: try all.filter { try !queries.forces(of: $0.opened.treaty).isEmpty },
                isTaken: all.contains { $0.opened.treaty == form.values["number"] },
                parent: all.first { $0.opened.treaty == form.values["parent"] },
                adopted: try form.adopted.flatMap { try queries.adoptedText($0) }, waiting: try queries.adoptedTextsWaiting())
        }
    }

    // MARK: Asking

    private func form(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try treaties.officer(visit)
        var form = OpeningForm()
        if let parent = try visit.query.filled("parent", longest: 40) {
            let (listed, taken) = try await house.record.read { database in
                let queries = TreatyQueries(database: database)
                return (try queries.treaty(parent), try queries.numbers(beginningWith: "\(parent)-"))
            }
            guard let listed else { throw treaties.unknownTreaty(parent) }
            form.values["parent"] = parent
            form.values["kind"] = InstrumentKind.protocol.rawValue
            form.values["number"] = "abcdefghijklmnopqrstuvwxyz".map { "\(parent)-\($0)" }.first { !taken.contains($0) }
            form.values["depositary1"] = listed.opened.depositary
            form.languages = listed.opened.authenticLanguages ?? []
        }
        if let entry = try visit.query.linkedInteger("adopted", in: 0...Int64.max) { form = try await fromAdopted(entry) }
        return try await page(form, changing: nil, refusal: nil, visit)
    }

    /// The form as an adopted text fills it in.
    private func fromAdopted(_ entry: Int64) async throws -> OpeningForm {
        guard let adopted = try await house.record.read({ try TreatyQueries(database: $0).adoptedText(entry) }) else {
            throw Self.noAdoptedText(entry)
        }
        let texts = try contents(of: adopted)
        let titles = Dictionary(texts.map { ($0.language.tag, $0.title.plain) }, uniquingKeysWith: { first, _ in first })
        let drafts = texts.first { $0.language.primary == "en" }.map { DraftClauses($0).values } ?? [:]
        return OpeningForm(adopted, titles: titles, drafts: drafts)
    }

    /// The adopted texts themselves, out of their blobs: the very bytes the instrument takes over.
    private func contents(of adopted: AdoptedText) throws -> [InstrumentText] {
        let texts = adopted.act.texts.merging(adopted.followed.map { ($0.language, $0.sha256) }) { adopted, _ in adopted }
        return try texts.sorted { $0.key < $1.key }.map { _, hash in
            guard let bytes = try house.record.blob(sha256: hash.bytes) else { throw Self.noAdoptedText(adopted.entry) }
            return try TextPages.reading { try AkomaNtoso.read(bytes) }
        }
    }

    private static func noAdoptedText(_ entry: Int64) -> Refusal {
        Refusal(
            .notFound, code: "treaty.no-adopted-text", "Entry \(entry) is not the adoption of a text whose words are here.",
            mend: "Choose an adopted text from the list.", arguments: ["entry": String(entry)])
    }

    private func changeForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try treaties.officer(visit)
        let file = try await texts.instrument(try treaties.number(visit))
        return try await page(OpeningForm(file.opened), changing: file, refusal: nil, visit)
    }

    // MARK: Taking

    private func take(_ request: Request, _ visit: Visit, changing file: InstrumentFile?) async throws -> Response {
        let (person, office) = try treaties.officer(visit)
        let sent = try await house.form(from: request, visit)
        var form = try OpeningForm(sent.fields)
        if let file { form.values["number"] = file.opened.treaty }
        let way = try sent.fields.filled("go") ?? "next"
        do {
            switch way {
            case "back":
                form.step = form.step.previous
                return try await page(form, changing: file, refusal: nil, visit)
            case "check":
                form.step = .preview
                return try await page(form, changing: file, refusal: nil, visit)
            case "enter":
                let surroundings = try await surroundings(form)
                let opened = try form.opened(chapterNames: surroundings.chapterNames, changing: file?.opened)
                try readFinalClauses(of: opened)
                let commands = InstrumentCommands(actors: desk.actors, office: office, author: person.id)
                let access = house.access
                let treaties = treaties
                let isChange = file != nil
                let source = isChange ? nil : surroundings.adopted
                if form.adopted != nil, source == nil, !isChange { throw Self.noAdoptedText(form.adopted ?? 0) }
                var provisions: [String: Int64] = [:]
                for text in try source.map(contents) ?? [] { provisions[text.language.tag] = Int64(text.places.count) }
                let counts = provisions
                let entries = try await house.record.enter(
                    Command { context in
                        try access.requireStill(person, .depositaryOfficer, in: context.database)
                        let queries = TreatyQueries(database: context.database)
                        let parent = try opened.parent.flatMap { try queries.treaty($0) }?.entry
                        if let source {
                            return try AdoptedTextRule(commands: commands, adopted: source.act, entry: source.entry).open(
                                opened, followed: source.followed, isTaken: try queries.treaty(opened.treaty) != nil, parent: parent,
                                provisions: counts,
                                treaty: try queries.adoptedText(source.entry)?.treaty, first: context.nextIndex,
                                today: context.now.date, request: sent.request)
                        }
                        guard isChange else {
                            return try commands.open(
                                opened, isTaken: try queries.treaty(opened.treaty) != nil, parent: parent, request: sent.request)
                        }
                        guard let file = try queries.instrument(opened.treaty) else { throw treaties.unknownTreaty(opened.treaty) }
                        return try commands.change(opened, in: file, parent: parent, request: sent.request)
                    })
                guard (try? visit.representation(of: [.html, .json])) == .json else {
                    return house.seeOther("/treaties/\(opened.treaty)")
                }
                return house.json(["entry": .integer(entries.first?.index ?? 0), "treaty": .string(opened.treaty)])
            default:
                try await check(form, changing: file)
                form.step = form.step.next
                return try await page(form, changing: file, refusal: nil, visit)
            }
        } catch let refusal as Refusal where texts.isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            if way == "enter" { form.step = .preview }
            return try await page(form, changing: file, refusal: refusal, visit)
        }
    }

    /// What one step can be refused for already.
    private func check(_ form: OpeningForm, changing file: InstrumentFile?) async throws {
        let surroundings = try await surroundings(form)
        let rule = OpeningRule(actors: desk.actors)
        var known = form
        // A step is judged with what comes after it left open.
        if form.step.index < OpeningForm.Step.force.index {
            known.values["condition"] = "count"
            known.values["count"] = "1"
            known.values["clause"] = nil
        }
        if form.step.index < OpeningForm.Step.clauses.index { known.values["finalClauses"] = "{}" }
        if form.step.index < OpeningForm.Step.languages.index { known.values["prevailing"] = nil }
        let opened = try known.opened(chapterNames: surroundings.chapterNames, changing: file?.opened)
        try rule.check(opened, isTaken: file == nil && surroundings.isTaken, parentExists: surroundings.parent != nil)
        if form.step == .clauses { try readFinalClauses(of: opened) }
    }

    @discardableResult
    private func readFinalClauses(of opened: TreatyOpened) throws(Refusal) -> FinalClauses? {
        guard let json = opened.finalClauses else { return nil }
        do {
            return try FinalClauses.read(json) { name in
                desk.actors.find(name: name).map { .actor($0.code) } ?? ParticipantID(name)
            }
        } catch {
            throw Refusal(
                .malformed, code: "treaty.final-clauses-form", "The final clauses cannot be read: \(error).",
                mend: "Mend the place it names; docs/lifecycle.md describes the language.", citation: "docs/lifecycle.md",
                arguments: ["reason": "\(error)"])
        }
    }

    // MARK: The page

    private func page(
        _ form: OpeningForm, changing file: InstrumentFile?, refusal: Refusal?, _ visit: Visit
    ) async throws -> Response {
        let surroundings = try await surroundings(form)
        var context: [String: Any] = [
            "request": house.formToken(visit), "step": form.step.rawValue, "isChange": file != nil,
            "action": file.map { "/treaties/\($0.opened.treaty)/edit" } ?? "/treaties/open",
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            "cancelLink": file.map { "/treaties/\($0.opened.treaty)/text" } ?? "/treaties",
            "mayGoBack": form.step != .identity, "isPreview": form.step == .preview,
        ]
        let title = text(file == nil ? "open.title" : "edit.title", visit)
        context["heading"] = title
        context["steps"] = OpeningForm.Step.allCases.map {
            ["name": text("open.step.\($0.rawValue)", visit), "isCurrent": $0 == form.step] as [String: Any]
        }
        context["hidden"] = hidden(form)
        context["adoptedSource"] =
            surroundings.adopted.map { adopted -> [String: Any] in
                [
                    "address": adopted.address,
                    "text": text(
                        "open.adopted",
                        [
                            "title": .text(treaties.title(adopted.act.title, visit).text), "date": .date(adopted.act.date),
                            "place": .text(adopted.act.place), "count": .number(Int64(adopted.act.texts.count)),
                        ], visit),
                ]
            } ?? false
        let waiting = file == nil && form.adopted == nil && form.step == .identity ? surroundings.waiting : []
        context["hasWaiting"] = !waiting.isEmpty
        context["waiting"] = waiting.map { adopted -> [String: Any] in
            [
                "link": "/treaties/open?adopted=\(adopted.entry)", "text": treaties.title(adopted.act.title, visit).text,
                "date": visit.language.text(adopted.act.date),
            ]
        }
        for step in OpeningForm.Step.allCases { context["at-\(step.rawValue)"] = step == form.step }
        for field in OpeningForm.fields(of: form.step) where field != OpeningForm.repeated {
            context["value-\(field)"] = form.values[field] ?? ""
        }
        for (name, value) in choices(form, visit) { context[name] = value }
        if form.step == .preview {
            for (name, value) in try preview(form, surroundings, changing: file, visit) { context[name] = value }
        }
        var trail = [Breadcrumb(treaties.text("register.title", visit), "/treaties")]
        if let file { trail.append(Breadcrumb(file.opened.short ?? file.opened.treaty, "/treaties/\(file.opened.treaty)")) }
        var page = Page(
            template: "treaties/instrument/open", title: title, context: context, trail: trail, section: "/treaties")
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    /// The answers of the other steps.
    private func hidden(_ form: OpeningForm) -> [[String: Any]] {
        var pairs: [[String: Any]] = []
        for step in OpeningForm.Step.allCases where step != form.step {
            for field in OpeningForm.fields(of: step) {
                if field == OpeningForm.repeated {
                    pairs += form.languages.map { ["name": field, "value": $0] }
                } else if let value = form.values[field] {
                    pairs.append(["name": field, "value": value])
                }
            }
        }
        return pairs
    }

    private func options(_ field: String, _ values: [String], _ form: OpeningForm, _ visit: Visit, first: String? = nil) -> [[String: Any]]
    {
        let chosen = form.values[field] ?? first
        return values.map { treaties.option($0, text("open.\(field).\($0)", visit), selected: $0 == chosen) }
    }

    private func choices(_ form: OpeningForm, _ visit: Visit) -> [String: Any] {
        var choices: [String: Any] = [:]
        choices["kinds"] = InstrumentKind.allCases.map {
            treaties.option($0.rawValue, text("kind.\($0.rawValue)", visit), selected: $0.rawValue == form.values["kind"])
        }
        choices["statuses"] = options("status", InstrumentStatus.allCases.map(\.rawValue), form, visit, first: "legal")
        choices["titles"] = OpeningForm.titleLanguages.map { tag -> [String: Any] in
            [
                "field": "title-\(tag)", "name": texts.languageName(tag, visit), "tag": tag,
                "dir": Language.direction(ofTag: tag).rawValue, "value": form.values["title-\(tag)"] ?? "",
            ]
        }
        choices["depositaries"] = OpeningForm.depositaryFields.enumerated().map { index, field -> [String: Any] in
            [
                "field": field, "name": text("open.depositary", ["count": .number(Int64(index + 1))], visit),
                "value": form.values[field] ?? "",
            ]
        }
        let known = OpeningForm.titleLanguages
        choices["languageChoices"] = (known + form.languages.filter { !known.contains($0) }).map {
            treaties.option($0, texts.languageName($0, visit), selected: form.languages.contains($0))
        }
        choices["prevailings"] =
            [treaties.option("", text("open.prevailing.none", visit), selected: form.values["prevailing"] == nil)]
            + known.map { treaties.option($0, texts.languageName($0, visit), selected: form.values["prevailing"] == $0) }
        choices["conditions"] = options(
            "condition", ["count", "fraction", "allSignatories", "named", "inForce", "data"], form, visit, first: "count")
        choices["delayUnits"] = options("unit", ["days", "months", "calendar-months", "years"], OpeningForm(), visit)
            .map { option in
                treaties.option(
                    option["value"] as? String ?? "", option["label"] as? String ?? "",
                    selected: option["value"] as? String == form.values["delayUnit"])
            }
        choices["laterUnits"] = ["days", "months", "years"].map {
            treaties.option($0, text("open.unit.\($0)", visit), selected: $0 == form.values["laterUnit"])
        }
        choices["noticeUnits"] = ["years", "months", "days"].map {
            treaties.option($0, text("open.unit.\($0)", visit), selected: $0 == form.values["noticeUnit"])
        }
        choices["delayThens"] =
            [treaties.option("", text("open.delayThen.none", visit), selected: form.values["delayThen"] == nil)]
            + ["first-day-of-following-month", "first-day-of-that-month"].map {
                treaties.option($0, text("open.delayThen.\($0)", visit), selected: $0 == form.values["delayThen"])
            }
        choices["organizationChoices"] = options("organizations", ["yes", "no"], form, visit, first: "yes")
        choices["reservationRules"] = options("reservations", ["silent", "allowed", "prohibited", "listed"], form, visit, first: "silent")
        choices["withdrawalRules"] = options("withdrawal", ["silent", "notice", "implied", "excluded"], form, visit, first: "silent")
        choices["amendmentRules"] =
            [treaties.option("silent", text("open.amendments.silent", visit), selected: form.values["amendments"] == nil)]
            + ["2/3", "3/4", "1/2"].map {
                treaties.option(
                    $0, text("open.amendments.fraction", ["fraction": .text($0)], visit), selected: form.values["amendments"] == $0)
            }
        return choices
    }

    // MARK: Preview

    private func preview(
        _ form: OpeningForm, _ surroundings: Surroundings, changing file: InstrumentFile?, _ visit: Visit
    ) throws -> [String: Any] {
        var context: [String: Any] = ["sentences": [] as [Any], "trials": [] as [Any], "trial": false, "facts": [] as [Any]]
        guard let opened = try? form.opened(chapterNames: surroundings.chapterNames, changing: file?.opened) else { return context }
        context["facts"] = facts(of: opened, visit)
        let words = treaties.words(visit, metrics: opened.metrics)
        var sentences: [[String: Any]] = []
        if let reading = try? treaties.rule.reading(of: opened, inForce: [:]) {
            sentences.append(["text": words.sentences(of: reading.clause), "citation": opened.article])
        }
        if let clauses = try? readFinalClauses(of: opened) {
            let law = LegalWords(catalogue: house.catalogue, language: visit.language, actors: desk.actors)
            sentences += clauses.sentences.map { step -> [String: Any] in
                ["text": law.sentence(step), "citation": step.citation]
            }
        }
        context["sentences"] = sentences
        let chosen = form.values["check"]
        context["trials"] = surroundings.known.map {
            treaties.option(
                $0.opened.treaty, $0.opened.short ?? treaties.title($0.opened.titles, visit).text, selected: $0.opened.treaty == chosen)
        }
        if let chosen { context["trial"] = try trial(of: opened, on: chosen, words, visit) }
        return context
    }

    private func trial(of opened: TreatyOpened, on number: String, _ words: ClauseWords, _ visit: Visit) throws -> [String: Any] {
        let found = try house.record.readSync { database in
            let queries = TreatyQueries(database: database)
            return (try queries.file(of: number), try queries.inForce(for: opened), try queries.forces(of: number))
        }
        guard let file = found.0 else { throw treaties.unknownTreaty(number) }
        let outcome = try ClauseTrial(actors: desk.actors).outcome(of: opened, on: file, inForce: found.1, asOf: house.now().date)
        let known = (found.2.last { $0.isConfirmed } ?? found.2.last)?.date
        let name = TextArgument.text(file.opened.short ?? treaties.title(file.opened.titles, visit).text)
        let sentence: String
        switch (outcome.date, known) {
        case (let date?, let known?) where date == known:
            sentence = text("open.trial.same", ["treaty": name, "date": .date(date)], visit)
        case (let date?, let known?):
            sentence = text("open.trial.differs", ["treaty": name, "date": .date(date), "known": .date(known)], visit)
        case (let date?, nil): sentence = text("open.trial.date", ["treaty": name, "date": .date(date)], visit)
        case (nil, _):
            let missing = outcome.missing.map(words.shortfall).joined(separator: words.semicolon)
            sentence = text("open.trial.none", ["treaty": name, "missing": .text(missing)], visit)
        }
        return ["sentence": sentence, "arithmetic": outcome.steps.map(words.step)]
    }

    private func facts(of opened: TreatyOpened, _ visit: Visit) -> [[String: Any]] {
        func fact(_ key: String, _ value: String?) -> [[String: Any]] {
            value.map { [["name": text("open.\(key)", visit), "value": $0]] } ?? []
        }
        let depositaries = opened.depositaries ?? [opened.depositary].compactMap(\.self)
        var facts = fact("number", opened.treaty)
        facts += fact("kind", opened.instrumentKind.map { text("kind.\($0.rawValue)", visit) })
        facts += fact("status", opened.status.map { text("open.status.\($0.rawValue)", visit) })
        facts += fact("parent", opened.parent)
        facts += opened.titles.sorted { $0.key < $1.key }.map { ["name": texts.languageName($0.key, visit), "value": $0.value] }
        facts += fact("depositaries", depositaries.isEmpty ? nil : depositaries.joined(separator: treaties.words(visit).semicolon))
        facts += fact("languages", opened.authenticLanguages.map { texts.languageNames($0, visit) })
        facts += fact("prevailing", opened.prevailingLanguage.map { texts.languageName($0, visit) })
        facts += fact("opens", opened.openForSignature.map { visit.language.text($0) })
        facts += fact("closes", opened.closedForSignature.map { visit.language.text($0) })
        return facts
    }
}
