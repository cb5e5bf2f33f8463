import Acts
import Crypto
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// Events for the press: the public's list and calendar, and the officers' forms.
struct EventPages: Sendable {
    let house: House

    /// How long an event that is over stays on the list and in the calendar, in milliseconds.
    private static let shown: Int64 = 30 * 86_400_000
    static let dependency = PageDependency.dossiers([EventCommands.dossier])

    func addRoutes(to router: Router<Visit>) {
        router.get("/statements/events") { request, visit in try await list(request, visit) }
        router.get("/statements/events.ics") { request, visit in try await calendar(request, visit) }
        router.get("/press/events") { _, visit in try await desk(visit, nil, refusal: nil) }
        router.post("/press/events") { request, visit in try await set(request, visit) }
        router.get("/press/events/{event}") { _, visit in try await desk(visit, nil, refusal: nil) }
        router.post("/press/events/{event}") { request, visit in try await set(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.event.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: For everybody

    private func events(_ visit: Visit) async throws -> [PressEvent] {
        let office = try visit.query.filled("office", longest: 64)
        let from = Moment(startOf: house.now().date).adding(milliseconds: -Self.shown)
        return try await house.record.read { try PublishingQueries(database: $0).events(of: office, endingFrom: from) }
    }

    private func names(_ visit: Visit) async throws -> [String: String] {
        Dictionary(try await house.offices().map { ($0.id, $0.name(in: visit.language)) }, uniquingKeysWith: { $1 })
    }

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let events = try await events(visit)
            if representation == .json { return house.json(["events": .array(events.map(json))]) }
            let names = try await names(visit)
            let today = Moment(startOf: house.now().date)
            let rows = events.map { row($0, names, visit) }
            let ahead = zip(events, rows).filter { ($0.0.act.end ?? $0.0.act.start) >= today }.map(\.1)
            let past = zip(events, rows).filter { ($0.0.act.end ?? $0.0.act.start) < today }.map(\.1)
            let query =
                try visit.query.filled("office", longest: 64).flatMap { PressCommands.isShortName($0) ? "&office=\($0)" : nil } ?? ""
            let calendar = "/statements/events.ics?lang=\(visit.language.tag)\(query)"
            var page = Page(
                template: "press/publishing/events", title: text("title", visit),
                context: [
                    "standing": text("standing", ["count": .number(Int64(ahead.count))], visit), "events": ahead,
                    "hasEvents": !ahead.isEmpty,
                    "past": Array(past.reversed()), "hasPast": !past.isEmpty, "calendar": calendar,
                ] as [String: Any],
                trail: [Breadcrumb(house.text("press.statements.title", [:], visit), "/statements")], section: "/statements",
                dossier: EventCommands.dossier, alternates: [.json])
            page.links = [PageLink("alternate", calendar, type: "text/calendar", title: text("calendar", visit))]
            return try house.page(visit, page)
        }
    }

    private func row(_ event: PressEvent, _ names: [String: String], _ visit: Visit) -> [String: Any] {
        let (act, tag) = (event.act, visit.language.tag)
        func text(_ texts: [String: String]) -> Any {
            guard let (text, tag) = PressEvent.text(texts, tag) else { return false }
            return ["text": text, "lang": tag, "dir": Language.direction(ofTag: tag).rawValue]
        }
        return [
            "id": act.event, "title": text(act.title), "place": text(act.place), "note": text(act.note), "link": act.link ?? false,
            "form": self.text("form.\(act.form.rawValue)", visit), "office": names[event.office] ?? event.office,
            "start": visit.language.text(act.start), "datetime": act.start.description,
            "end": act.end.map { visit.language.text($0) } ?? false, "endtime": act.end?.description ?? false,
            "languages": act.languages.isEmpty ? false : act.languages.map { Language.name(ofTag: $0) }.joined(separator: " · "),
            "cancelled": act.isCancelled, "seal": house.smallSeal(ofEntry: event.entry, visit),
            "edit": "/press/events/\(act.event)",
        ]
    }

    private func json(_ event: PressEvent) -> JSON {
        guard case .object(var object) = event.act.json else { return event.act.json }
        object["office"] = .string(event.office)
        object["sequence"] = .integer(event.sequence)
        object["changed"] = .string(event.changed.description)
        object["url"] = .string("\(house.configuration.origin)/statements/events#\(event.act.event)")
        return .object(object)
    }

    private func calendar(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.cached(request, visit, dependsOn: Self.dependency) {
            let origin = house.configuration.origin
            let names = try await names(visit)
            let tag = visit.language.tag
            let events = try await events(visit).map { event -> ICalendar.Event in
                let act = event.act
                let title = PressEvent.text(act.title, tag)
                var lines = [names[event.office] ?? event.office]
                lines += [PressEvent.text(act.note, tag)?.text, act.link].compactMap(\.self)
                if !act.languages.isEmpty { lines.append(act.languages.joined(separator: ", ")) }
                return ICalendar.Event(
                    uid: "\(act.event)@\(origin.host)", time: .span(act.start, act.end), stamp: event.changed, sequence: event.sequence,
                    summary: title?.text ?? act.event, language: title?.tag, description: lines.joined(separator: "\n"),
                    address: "\(origin)/statements/events#\(act.event)", category: text("form.\(act.form.rawValue)", visit),
                    location: PressEvent.text(act.place, tag)?.text ?? "", isCancelled: act.isCancelled)
            }
            let calendar = ICalendar(
                name: "\(house.configuration.name(in: visit.language)): \(text("title", visit))", language: tag, producer: "Press desk",
                events: events)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/calendar; charset=utf-8", .contentLanguage: tag,
                    .contentDisposition: "inline; filename=\"press-events.ics\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: calendar.bytes)))
        }
    }

    // MARK: For officers

    private func officer(_ visit: Visit) throws -> (Person, [String]) {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = Set(person.offices(as: .pressOfficer)).union(person.offices(as: .approver)).sorted()
        guard !offices.isEmpty else { throw Access.refusal(of: .pressOfficer) }
        return (person, offices)
    }

    /// The event that a page is about; `nil`: the page of a new one.
    private func existing(_ visit: Visit, _ offices: [String]) async throws -> PressEvent? {
        guard visit.path.hasPrefix("/press/events/") else { return nil }
        let name = try visit.parameter("event")
        guard let event = try await house.record.read({ try PublishingQueries(database: $0).event(name) }), offices.contains(event.office)
        else { throw EventCommands.unknown }
        return event
    }

    private func desk(_ visit: Visit, _ fields: Fields?, refusal: Refusal?) async throws -> Response {
        let (_, offices) = try officer(visit)
        let event = try await existing(visit, offices)
        let names = try await names(visit)
        let office = (try? fields?.text("office")) ?? event?.office ?? offices.first ?? ""
        let tags = try await house.record.read { database in
            let queries = PressQueries(database: database)
            return try (event.map { [$0.office] } ?? offices).flatMap { try queries.settings(of: $0).languages }
        }
        let own = event.map { Array($0.act.title.keys) + Array($0.act.place.keys) + Array($0.act.note.keys) } ?? []
        func value(_ field: String, _ kept: String?) -> String { (try? fields?.text(field)) ?? kept ?? "" }
        let all = try await house.record.read { [now = house.now()] in
            try PublishingQueries(database: $0).events(endingFrom: now.adding(milliseconds: -Self.shown))
        }
        let form = value("form", event?.act.form.rawValue)
        let isCancelled = fields.map { (try? $0.text("cancelled")) != nil } ?? event?.act.isCancelled ?? false
        let title = text(event == nil ? "desk" : "change", visit)
        var page = Page(
            template: "press/publishing/events-desk", title: title,
            context: [
                "heading": title, "request": house.formToken(visit), "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "action": event.map { "/press/events/\($0.act.event)" } ?? "/press/events", "isNew": event == nil,
                "offices": offices.map { ["value": $0, "name": names[$0] ?? $0, "selected": $0 == office] as [String: Any] },
                "forms": PressEventSet.Form.allCases.map {
                    ["value": $0.rawValue, "name": text("form.\($0.rawValue)", visit), "selected": $0.rawValue == form] as [String: Any]
                },
                "start": value("start", event.map { Self.field($0.act.start) }), "end": value("end", event?.act.end.map(Self.field)),
                "link": value("link", event?.act.link), "spoken": value("spoken", event?.act.languages.joined(separator: " ")),
                "cancelled": isCancelled,
                "texts": PressPages.unique(tags + own.sorted()).map { tag -> [String: Any] in
                    [
                        "tag": tag, "dir": Language.direction(ofTag: tag).rawValue, "name": Language.name(ofTag: tag),
                        "title": value("title.\(tag)", event?.act.title[tag]), "place": value("place.\(tag)", event?.act.place[tag]),
                        "note": value("note.\(tag)", event?.act.note[tag]),
                    ]
                },
                "events": all.filter { offices.contains($0.office) }.map { row($0, names, visit) },
                "hasEvents": event == nil && !all.isEmpty,
            ] as [String: Any], status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [Breadcrumb(house.text("press.title", [:], visit), "/press")], section: "/press")
        page.address = visit.path
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// As a browser's field of a local time has it; here it is UTC.
    private static func field(_ moment: Moment) -> String { String(moment.description.prefix(16)) }

    private func set(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, offices) = try officer(visit)
        let event = try await existing(visit, offices)
        let form = try await house.form(from: request, visit)
        do {
            let (fields, access) = (form.fields, house.access)
            guard let office = try event?.office ?? fields.filled("office", longest: 64), offices.contains(office) else {
                throw Access.refusal(of: .pressOfficer)
            }
            let act = PressEventSet(
                event: event?.act.event
                    ?? "evt-\(SymmetricKey(size: .bits128).withUnsafeBytes { Hexadecimal.encode(Array($0.prefix(8))) })",
                form: try fields.choice("form", of: PressEventSet.Form.self) ?? .briefing,
                title: try texts(fields, "title", longest: EventCommands.longestText),
                start: try PressPages.moment(try fields.required("start")), end: try fields.filled("end").map(PressPages.moment),
                place: try texts(fields, "place", longest: EventCommands.longestText), link: try fields.filled("link", longest: 2_000),
                languages: Self.uniqued(
                    (try fields.filled("spoken", longest: 200) ?? "").split { $0 == " " || $0 == "," }.map(String.init)),
                note: try texts(fields, "note", longest: EventCommands.longestNote), isCancelled: try fields.filled("cancelled") != nil)
            let commands = EventCommands(office: office, author: person.id)
            _ = try await house.record.enter(
                Command { context in
                    guard let now = try access.person(person.id, in: context.database),
                        now.offices(as: .pressOfficer).contains(office) || now.offices(as: .approver).contains(office)
                    else { throw Access.refusal(of: .pressOfficer) }
                    let existing = try PublishingQueries(database: context.database).event(act.event)
                    return try commands.set(act, existing: existing, now: context.now, form: form.request)
                })
            return house.seeOther("/press/events")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await desk(visit, form.fields, refusal: refusal)
        }
    }

    /// In the order they were written; what is no tag is left to the rule to refuse.
    private static func uniqued(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        return tags.filter { seen.insert($0).inserted }
    }

    private func texts(_ fields: Fields, _ name: String, longest: Int) throws -> [String: String] {
        var texts: [String: String] = [:]
        for pair in fields.pairs where pair.name.hasPrefix("\(name).") {
            let tag = String(pair.name.dropFirst(name.count + 1))
            guard let text = try fields.filled(pair.name, longest: longest) else { continue }
            texts[tag] = text
        }
        return texts
    }
}
