import Acts
import Foundation
import Hummingbird
import Record
import Web

/// Instant diplomacy: an alert opens a timeline of who must be asked, what is cleared already, and what was said by whom and when.
struct AlertPages: Sendable {
    let desk: DisclosureDesk

    private var house: House { desk.house }

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/alerts") { _, visit in try await list(nil, visit, refusal: nil) }
        router.post("/press/alerts") { request, visit in try await raise(request, visit) }
        router.post("/press/alert-words") { request, visit in try await setWords(request, visit) }
        router.get("/press/alerts/{alert}") { _, visit in try await alert(visit, refusal: nil) }
        router.post("/press/alerts/{alert}/note") { request, visit in try await note(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        desk.text("alert.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private func list(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = desk.offices(person)
        let (alerts, words) = try await house.record.read { database in
            let queries = DisclosureQueries(database: database)
            return (try queries.alerts(of: offices), try queries.alertWords().filter { offices.contains($0.office) }.map(\.act))
        }
        func value(_ name: String) -> String { (try? fields?.text(name)) ?? "" }
        let open = alerts.filter { !$0.isClosed }
        return try desk.page(
            "alerts", text("title", visit),
            [
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
            ], visit, refusal: refusal)
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
            let ask = list(try form.fields.filled("ask", longest: 2_000))
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

    private func list(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: { $0 == "," || $0.isNewline }).map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    private func setWords(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let office = try desk.office(form.fields, person, as: .pressOfficer)
            let act = AlertWordsSet(
                words: list(try form.fields.filled("words", longest: 2_000)), ask: list(try form.fields.filled("ask", longest: 2_000)))
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
        let drafts = try await house.record.read { try DisclosureQueries(database: $0).openDrafts(of: office) }
        func named(_ draft: OpenDraft) -> [String: Any] {
            [
                "draft": String(draft.draft), "title": draft.title(in: visit.language.tag), "address": "/press/drafts/\(draft.draft)",
                "isReady": draft.isReady,
            ]
        }
        var moments: [(Moment, String, String)] = []
        if let event = file.act.event { moments.append((event, text("point.event", visit), "")) }
        moments.append((file.raised, text("point.alert", visit), "\(text("source.\(file.act.source.rawValue)", visit)): \(file.act.from)"))
        for note in file.notes {
            moments.append(
                (
                    note.at, text("what.\(note.act.what.rawValue)", visit),
                    [note.act.who, note.act.text].filter { !$0.isEmpty }.joined(separator: ": ")
                ))
        }
        if let approved = file.approved { moments.append((approved, text("point.approved", visit), "")) }
        if let released = file.released { moments.append((released, text("point.published", visit), file.statement ?? "")) }
        let times = file.responseTimes.map { ["step": text("point.\($0.step)", visit), "time": house.duration($0.milliseconds, visit)] }
        return try desk.page(
            "alert", file.act.title,
            [
                "title": file.act.title, "state": text(file.isClosed ? "closed" : "open", visit),
                "class": file.isClosed ? "agreed" : "awaiting",
                "toAsk": file.toAsk, "hasToAsk": !file.toAsk.isEmpty && !file.isClosed,
                "ready": drafts.filter(\.isHolding).map(named), "hasReady": drafts.contains(where: \.isHolding),
                "timeline": moments.sorted { $0.0 < $1.0 }.map {
                    ["date": visit.language.text($0.0), "datetime": $0.0.description, "what": $0.1, "text": $0.2]
                }, "times": times, "hasTimes": !times.isEmpty, "self": "/press/alerts/\(file.act.alert)",
                "mayNote": person.offices(as: .pressOfficer).contains(file.office) && !file.isClosed,
                "whats": AlertNoted.What.allCases.map { ["value": $0.rawValue, "name": text("what.\($0.rawValue)", visit)] },
                "drafts": drafts.map(named), "statement": file.statement.map { "/statements/\($0)" } ?? false,
            ], visit, trail: [Breadcrumb(text("title", visit), "/press/alerts")], refusal: refusal)
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
}
