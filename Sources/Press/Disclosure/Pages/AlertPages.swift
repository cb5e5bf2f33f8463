import Acts
import Foundation
import Hummingbird
import Record
import Web

/// Instant diplomacy: an alert opens a timeline of who must be asked, what is cleared already, and what was said by whom and when.
struct AlertPages: Sendable {
    let desk: DisclosureDesk
    /// `nil`: no feed is watched, and nobody is told but by the pages.
    let reach: AlertReach?

    var house: House { desk.house }

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/alerts") { _, visit in try await list(nil, visit, refusal: nil) }
        router.post("/press/alerts") { request, visit in try await raise(request, visit) }
        router.post("/press/alert-words") { request, visit in try await setWords(request, visit) }
        router.get("/press/alerts/{alert}") { _, visit in try await alert(visit, refusal: nil) }
        router.post("/press/alerts/{alert}/note") { request, visit in try await note(request, visit) }
        router.post("/press/alerts/{alert}/close") { request, visit in try await close(request, visit) }
        addSettings(to: router)
    }

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        desk.text("alert.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func list(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = desk.offices(person)
        let (alerts, words) = try await house.record.read { database in
            let queries = DisclosureQueries(database: database)
            return (try queries.alerts(of: offices), try queries.alertWords().filter { offices.contains($0.office) }.map(\.act))
        }
        func value(_ name: String) -> String { (try? fields?.text(name)) ?? "" }
        let open = alerts.filter { !$0.isClosed }
        let settings = try await settings(for: person, visit)
        return try desk.page(
            "alerts", text("title", visit),
            settings.merging([
                "standing": open.isEmpty ? text("quiet", visit) : text("standing", ["count": .number(Int64(open.count))], visit),
                "alerts": alerts.map { alert in
                    [
                        "address": "/press/alerts/\(alert.act.alert)", "title": alert.act.title,
                        "state": text(alert.isClosed ? "closed" : "open", visit), "class": alert.isClosed ? "agreed" : "awaiting",
                        "date": visit.language.text(alert.raised),
                    ] as [String: Any]
                }, "hasAlerts": !alerts.isEmpty, "mayRaise": person.holds(.pressOfficer),
                "offices": desk.choices(person, as: .pressOfficer, visit), "title": value("title"), "from": value("from"),
                "event": value("event"), "ask": value("ask"), "second": house.formToken(visit),
                "words": words.flatMap(\.words).joined(separator: ", "), "askThen": words.flatMap(\.ask).joined(separator: ", "),
                "sources": AlertRaised.Source.allCases.map { ["value": $0.rawValue, "name": text("source.\($0.rawValue)", visit)] },
            ]) { $1 }, visit, modules: reach == nil ? [] : ["push.js"], refusal: refusal)
    }

    private func raise(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let office = try desk.office(form.fields, person, as: .pressOfficer)
            let title = try form.fields.required("title")
            _ = try form.fields.filled("title", longest: DisclosureCommands.longestTitle)
            let source = try form.fields.requiredChoice("source", of: AlertRaised.Source.self)
            let from = try form.fields.filled("from", longest: 300) ?? person.name
            var event: Moment?
            if let written = try form.fields.filled("event", longest: 40) {
                // What a browser's field gives: YYYY-MM-DDThh:mm, here in UTC.
                guard let moment = Moment("\(written.prefix(16)):00.000Z") else {
                    throw Refusal(
                        .malformed, code: "press.alert.event", "'\(written)' is no moment.", mend: "Write it as 2026-05-01T14:30, in UTC.",
                        arguments: ["value": written])
                }
                event = moment
            }
            let ask = parts(try form.fields.filled("ask", longest: 2_000))
            let commands = DisclosureCommands(office: office, author: person.id, law: desk.law)
            let (access, request, happened) = (house.access, form.request, event)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                    let year = context.now.date.year
                    let number = try DisclosureQueries(database: context.database).next("ale", in: year)
                    return commands.raise(
                        AlertRaised(alert: "ale-\(year)-\(number)", title: title, source: source, from: from, event: happened, ask: ask),
                        form: request)
                })
            guard let act = try entries.first?.payload(as: AlertRaised.self) else { throw DisclosureCommands.unknown }
            return house.seeOther("/press/alerts/\(act.alert)")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }

    func parts(_ text: String?, by separators: String = ",\n") -> [String] {
        (text ?? "").split(whereSeparator: { separators.contains($0) || $0.isNewline }).map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    private func setWords(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let office = try desk.office(form.fields, person, as: .pressOfficer)
            let act = AlertWordsSet(
                words: parts(try form.fields.filled("words", longest: 2_000)), ask: parts(try form.fields.filled("ask", longest: 2_000)))
            let commands = DisclosureCommands(office: office, author: person.id, law: desk.law)
            let (access, request) = (house.access, form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                    return [commands.own(act, form: request)]
                })
            return house.seeOther("/press/alerts")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }

    private func readable(_ visit: Visit) async throws -> (Person, AlertFile) {
        let person = try house.access.requireSignedIn(visit.person)
        let identifier = try visit.parameter("alert")
        guard let file = try await house.record.read({ try DisclosureQueries(database: $0).alert(identifier) }),
            desk.offices(person).contains(file.office)
        else { throw DisclosureCommands.unknown }
        return (person, file)
    }

    private func alert(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (person, file) = try await readable(visit)
        let office = file.office
        let (drafts, told) = try await house.record.read { database in
            (
                try DisclosureQueries(database: database).openDrafts(of: office),
                try AlertQueries(database: database).told(file.act.alert)
            )
        }
        func named(_ draft: OpenDraft) -> [String: Any] {
            [
                "draft": String(draft.draft), "title": draft.title(in: visit.language.tag), "address": "/press/drafts/\(draft.draft)",
                "isReady": draft.isReady,
            ]
        }
        let times = file.responseTimes.map { ["step": text("point.\($0.step)", visit), "time": house.duration($0.milliseconds, visit)] }
        let mayNote = person.offices(as: .pressOfficer).contains(file.office) && !file.isClosed
        var source: [String: Any] = ["name": file.act.from, "address": false]
        if file.act.source == .feed, FeedRules.isAddress(file.act.from, allowsPlain: true) { source["address"] = file.act.from }
        let whats = AlertNoted.What.allCases.filter { $0 != .closed }.map { what -> [String: Any] in
            ["value": what.rawValue, "name": text("what.\(what.rawValue)", visit)]
        }
        var context: [String: Any] = [
            "title": file.act.title, "state": text(file.isClosed ? "closed" : "open", visit),
            "class": file.isClosed ? "agreed" : "awaiting", "toAsk": file.toAsk, "hasToAsk": !file.toAsk.isEmpty && !file.isClosed,
            "ready": drafts.filter(\.isHolding).map(named), "hasReady": drafts.contains(where: \.isHolding), "closing": false,
            "statement": false, "timeline": timeline(file, visit), "source": source, "hasTold": !told.isEmpty,
        ]
        context["told"] = told.map { toldWords($0, visit) }
        context["times"] = times
        context["hasTimes"] = !times.isEmpty
        context["self"] = "/press/alerts/\(file.act.alert)"
        context["mayNote"] = mayNote
        context["closeRequest"] = house.formToken(visit)
        context["whats"] = whats
        context["drafts"] = drafts.map(named)
        if let closing = file.closing { context["closing"] = ["proof": "/record/acts/\(closing.entry)", "isPublic": closing.isPublic] }
        if let statement = file.statement { context["statement"] = "/statements/\(statement)" }
        return try desk.page(
            "alert", file.act.title, context, visit, trail: [Breadcrumb(text("title", visit), "/press/alerts")], refusal: refusal)
    }

    private func note(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, file) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        guard person.offices(as: .pressOfficer).contains(file.office) else { throw Access.refusal(of: .pressOfficer) }
        return try await desk.taking(request, visit) {
            let what = try form.fields.requiredChoice("what", of: AlertNoted.What.self)
            let draft = what == .drafted ? try form.fields.integer("draft", in: 0...Int64.max) : nil
            if what == .drafted, draft == nil { throw Fields.missing("draft") }
            let act = AlertNoted(
                alert: file.act.alert, what: what, who: try form.fields.filled("who", longest: 200) ?? "",
                text: try form.fields.filled("text", longest: 2_000) ?? "", draft: draft)
            let commands = DisclosureCommands(office: file.office, author: person.id, law: desk.law)
            let (access, request) = (house.access, form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: commands.office, of: context.database)
                    let queries = DisclosureQueries(database: context.database)
                    guard let now = try queries.alert(act.alert) else { throw DisclosureCommands.unknown }
                    if let draft, try !queries.openDrafts(of: commands.office).contains(where: { $0.draft == draft }) {
                        throw DisclosureCommands.unknown
                    }
                    return try commands.note(now, act, form: request)
                })
            return house.seeOther("/press/alerts/\(file.act.alert)")
        } orShow: {
            try await alert(visit, refusal: $0)
        }
    }

    /// What happened, in the order of time, each with the act that proves it where one does.
    private func timeline(_ file: AlertFile, _ visit: Visit) -> [[String: Any]] {
        var moments: [(at: Moment, what: String, text: String, entry: Int64?)] = []
        if let event = file.act.event { moments.append((event, text("point.event", visit), "", nil)) }
        moments.append((file.raised, text("point.alert", visit), text("source.\(file.act.source.rawValue)", visit), file.entry))
        for note in file.notes {
            let words = [note.act.who, note.act.text].filter { !$0.isEmpty }.joined(separator: ": ")
            moments.append((note.at, text("what.\(note.act.what.rawValue)", visit), words, note.entry))
        }
        if let approved = file.approved { moments.append((approved.at, text("point.approved", visit), "", approved.entry)) }
        if let released = file.released {
            moments.append((released.at, text("point.published", visit), file.statement ?? "", released.entry))
        }
        if let delivered = file.delivered { moments.append((delivered.at, text("point.delivered", visit), "", delivered.entry)) }
        if let closing = file.closing { moments.append((closing.at, text("what.closed", visit), "", closing.entry)) }
        return moments.sorted { $0.at < $1.at }.map { moment in
            [
                "date": visit.language.text(moment.at), "datetime": moment.at.description, "what": moment.what, "text": moment.text,
                "proof": moment.entry.map { "/record/acts/\($0)" } ?? false,
            ]
        }
    }

    /// How many were told by a means, and how many could not be.
    private func toldWords(_ row: (means: AlertTold.Means, taken: Int, failed: Int), _ visit: Visit) -> [String: Any] {
        let failed = row.failed > 0 ? " " + text("told.failed", ["count": .number(Int64(row.failed))], visit) : ""
        return [
            "means": row.means.rawValue, "words": text("told.\(row.means.rawValue)", ["count": .number(Int64(row.taken))], visit) + failed,
        ]
    }

    private func close(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, file) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        guard person.offices(as: .pressOfficer).contains(file.office) else { throw Access.refusal(of: .pressOfficer) }
        return try await desk.taking(request, visit) {
            let isPublic = try form.fields.text("public") == "yes"
            let title = try form.fields.filled("title", longest: DisclosureCommands.longestTitle)
            let commands = DisclosureCommands(office: file.office, author: person.id, law: desk.law)
            let access = house.access
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: commands.office, of: context.database)
                    guard let now = try DisclosureQueries(database: context.database).alert(file.act.alert) else {
                        throw DisclosureCommands.unknown
                    }
                    return try commands.close(now, isPublic: isPublic, title: isPublic ? title : nil, form: form.request)
                })
            return house.seeOther("/press/alerts/\(file.act.alert)")
        } orShow: {
            try await alert(visit, refusal: $0)
        }
    }
}
