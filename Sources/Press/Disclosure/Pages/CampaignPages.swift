import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// Campaigns: what an office wants understood, where and in which words; and for everybody, what changed.
struct CampaignPages: Sendable {
    let desk: DisclosureDesk

    private var house: House { desk.house }
    private var report: CampaignReport { CampaignReport(house: house) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/campaigns") { request, visit in try await list(request, visit) }
        router.get("/campaigns/{campaign}") { request, visit in try await campaign(request, visit) }
        router.get("/press/campaigns") { _, visit in try await overview(nil, visit, refusal: nil) }
        router.post("/press/campaigns") { request, visit in try await set(request, visit) }
        router.get("/press/campaigns/{campaign}") { _, visit in try await own(nil, visit, refusal: nil) }
        router.post("/press/campaigns/{campaign}") { request, visit in try await set(request, visit) }
        router.post("/press/campaigns/{campaign}/close") { request, visit in try await close(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        desk.text("campaign.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private static let section = "/campaigns"

    // MARK: For everybody

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: DisclosurePages.dependency) {
            let files = try await house.record.read { try CampaignQueries(database: $0).publicCampaigns() }
            if representation == .json { return house.json(["campaigns": .array(files.map { resource($0) })]) }
            return try house.page(
                visit,
                Page(
                    template: "press/disclosure/campaigns", title: text("title", visit),
                    context: [
                        "standing": text("standing", ["count": .number(Int64(files.count))], visit), "hasCampaigns": !files.isEmpty,
                        "campaigns": files.map { row($0, visit, "/campaigns") }, "form": false, "refusal": false,
                    ] as [String: Any], section: Self.section, dossier: DisclosureCommands.dossier, alternates: [.json]))
        }
    }

    private func campaign(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        // Measuring reads what other nodes said: once for everybody until something is entered.
        return try await house.cached(request, visit) {
            let file = try await found(visit)
            guard file.isPublic else { throw DisclosureCommands.unknown }
            let measures = try await report.measures(of: file)
            if representation == .json {
                var object = resource(file).object ?? [:]
                object["measures"] = .array(file.closed?.measures ?? measures.json)
                return house.json(.object(object))
            }
            var context = shown(file, visit)
            context["measures"] = report.sections(measures, visit)
            if let entry = try house.record.entry(at: file.closing ?? file.entry) { context["seal"] = try house.seal(of: entry, visit) }
            return try house.page(
                visit,
                Page(
                    template: "press/disclosure/campaign", title: file.act.title, context: context,
                    trail: [Breadcrumb(text("title", visit), Self.section)], section: Self.section,
                    dossier: DisclosureCommands.dossier, alternates: [.json], modules: ["seal.js"]))
        }
    }

    private func resource(_ file: CampaignFile) -> JSON {
        var object = file.act.json.object ?? [:]
        object["office"] = .string(file.office)
        object["entry"] = .integer(file.entry)
        object["url"] = .string("\(house.configuration.origin)/campaigns/\(file.act.campaign)")
        object["closed"] = file.closing.map(JSON.integer)
        object["changed"] = file.closed.map { .string($0.changed) }
        return .object(object)
    }

    private func found(_ visit: Visit) async throws -> CampaignFile {
        let identifier = try visit.parameter("campaign")
        guard let file = try await house.record.read({ try CampaignQueries(database: $0).campaign(identifier) }) else {
            throw DisclosureCommands.unknown
        }
        return file
    }

    private func row(_ file: CampaignFile, _ visit: Visit, _ base: String) -> [String: Any] {
        let state = file.closed != nil ? "closed" : house.now().date < file.act.from ? "ahead" : "running"
        return [
            "address": "\(base)/\(file.act.campaign)", "title": file.act.title, "lang": file.act.language,
            "dir": Language.direction(ofTag: file.act.language).rawValue, "state": text("state.\(state)", visit), "stateName": state,
            "class": state == "closed" ? "agreed" : "awaiting", "isPublic": file.isPublic,
            "days": text("days", ["from": .date(file.act.from), "until": .date(file.act.until)], visit),
        ]
    }

    private func shown(_ file: CampaignFile, _ visit: Visit) -> [String: Any] {
        row(file, visit, "/campaigns").merging([
            "goal": file.act.goal, "changed": file.closed?.changed ?? false,
            "messages": file.act.messages.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { tag, phrases in
                [
                    "lang": tag, "dir": Language.direction(ofTag: tag).rawValue, "name": Language(rawValue: tag)?.ownName ?? tag,
                    "phrases": phrases,
                ] as [String: Any]
            }, "statements": file.act.statements.map { ["address": "/statements/\($0)", "number": $0] },
            "hasStatements": !file.act.statements.isEmpty, "form": false, "refusal": false, "seal": false,
        ]) { $1 }
    }

    // MARK: For the office

    private func overview(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = desk.offices(person)
        let files = try await house.record.read { try CampaignQueries(database: $0).campaigns(of: offices) }
        return try desk.page(
            "campaigns", text("title", visit),
            [
                "standing": text("standing", ["count": .number(Int64(files.count))], visit), "hasCampaigns": !files.isEmpty,
                "campaigns": files.map { row($0, visit, "/press/campaigns") },
                "form": person.holds(.pressOfficer) ? try await form(nil, fields, person, visit) : false,
            ], visit, refusal: refusal)
    }

    private func own(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let file = try await found(visit)
        guard desk.offices(person).contains(file.office) else { throw DisclosureCommands.unknown }
        var context = shown(file, visit)
        context["measures"] = report.sections(try await report.measures(of: file), visit)
        if file.closed == nil, person.offices(as: .pressOfficer).contains(file.office) {
            context["form"] = try await form(file, fields, person, visit)
            context["close"] = ["action": "/press/campaigns/\(file.act.campaign)/close", "second": house.formToken(visit)]
        }
        return try desk.page(
            "campaign", file.act.title, context, visit, trail: [Breadcrumb(text("title", visit), "/press/campaigns")], refusal: refusal)
    }

    /// What the form shows: what was sent, else the campaign as it stands, else nothing.
    private func form(_ file: CampaignFile?, _ fields: Fields?, _ person: Person, _ visit: Visit) async throws -> [String: Any] {
        func value(_ name: String, _ stands: String?) -> String { (try? fields?.text(name)) ?? stands ?? "" }
        let today = house.now().date
        let offices = file.map { [$0.office] } ?? person.offices(as: .pressOfficer)
        let statements = try await house.record.read { database in
            try offices.flatMap { try PressQueries(database: database).statements(of: $0, limit: 30) }
        }
        let chosen = Set(fields?.texts("statement") ?? file?.act.statements ?? [])
        let languages = Language.allCases.map { language -> [String: Any] in
            [
                "tag": language.tag, "name": language.ownName, "dir": language.direction.rawValue,
                "phrases": value("messages.\(language.tag)", file?.act.messages[language.tag]?.joined(separator: "\n")),
            ]
        }
        let spoken = value("language", file?.act.language ?? visit.language.tag)
        return [
            "action": file.map { "/press/campaigns/\($0.act.campaign)" } ?? "/press/campaigns", "isNew": file == nil,
            "offices": desk.choices(person, as: .pressOfficer, visit), "title": value("title", file?.act.title),
            "goal": value("goal", file?.act.goal), "from": value("from", (file?.act.from ?? today).description),
            "until": value("until", (file?.act.until ?? today.adding(days: 30)).description), "languages": languages,
            "tongues": Language.allCases.map { ["tag": $0.tag, "name": $0.ownName, "selected": $0.tag == spoken] as [String: Any] },
            "statements": statements.map { statement in
                let language = statement.language(wished: visit.language.tag)
                return [
                    "value": statement.act.statement, "title": statement.act.content.texts[language]?.title ?? statement.act.statement,
                    "lang": language, "dir": Language.direction(ofTag: language).rawValue,
                    "checked": chosen.contains(statement.act.statement),
                ] as [String: Any]
            }, "hasStatements": !statements.isEmpty, "isPublic": file?.isPublic ?? false, "request": house.formToken(visit),
        ]
    }

    private func set(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let identifier = try? visit.parameter("campaign")
        let form = try await house.form(from: request, visit)
        let known = identifier == nil ? nil : try await found(visit)
        if let known, !desk.offices(person).contains(known.office) { throw DisclosureCommands.unknown }
        return try await desk.taking(request, visit) {
            let office = try known?.office ?? desk.office(form.fields, person, as: .pressOfficer)
            guard person.offices(as: .pressOfficer).contains(office) else { throw Access.refusal(of: .pressOfficer) }
            var messages: [String: [String]] = [:]
            for language in Language.allCases {
                let lines = (try form.fields.filled("messages.\(language.tag)", longest: 5_000) ?? "").split(whereSeparator: \.isNewline)
                let phrases = lines.map { String($0).trimmed }.filter { !$0.isEmpty }
                if !phrases.isEmpty { messages[language.tag] = phrases }
            }
            let isPublic = try form.fields.text("public") == "yes"
            let statements = form.fields.texts("statement")
            var act = CampaignSet(
                campaign: identifier ?? "", title: try form.fields.required("title"), goal: try form.fields.required("goal"),
                language: try form.fields.requiredChoice("language", of: Language.self).tag, messages: messages,
                from: try form.fields.requiredDate("from"), until: try form.fields.requiredDate("until"), statements: statements)
            _ = try form.fields.filled("title", longest: DisclosureCommands.longestTitle)
            _ = try form.fields.filled("goal", longest: 5_000)
            let commands = DisclosureCommands(office: office, author: person.id, law: desk.law)
            let access = house.access
            let (prepared, request) = (act, form.request)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                    let queries = CampaignQueries(database: context.database)
                    var act = prepared
                    if identifier == nil {
                        let year = context.now.date.year
                        act.campaign = "cam-\(year)-\(try queries.next(in: year))"
                    }
                    let press = PressQueries(database: context.database)
                    let own = try act.statements.filter { try press.statement($0)?.act.office == office }
                    return try commands.set(
                        act, known: try identifier.flatMap { try queries.campaign($0) }, isPublic: isPublic, statements: Set(own),
                        form: request)
                })
            if let entered = try entries.first?.payload(as: CampaignSet.self) { act = entered }
            return house.seeOther("/press/campaigns/\(act.campaign)")
        } orShow: {
            try await identifier == nil ? overview(form.fields, visit, refusal: $0) : own(form.fields, visit, refusal: $0)
        }
    }

    private func close(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let file = try await found(visit)
        let form = try await house.form(from: request, visit)
        guard person.offices(as: .pressOfficer).contains(file.office) else { throw DisclosureCommands.unknown }
        return try await desk.taking(request, visit) {
            let changed = try form.fields.required("changed")
            _ = try form.fields.filled("changed", longest: 5_000)
            let measures = try await report.measures(of: file).json
            let commands = DisclosureCommands(office: file.office, author: person.id, law: desk.law)
            let access = house.access
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: commands.office, of: context.database)
                    guard let now = try CampaignQueries(database: context.database).campaign(file.act.campaign) else {
                        throw DisclosureCommands.unknown
                    }
                    return try commands.close(now, changed: changed, measures: measures, form: form.request)
                })
            return house.seeOther("/press/campaigns/\(file.act.campaign)")
        } orShow: {
            try await own(nil, visit, refusal: $0)
        }
    }
}
