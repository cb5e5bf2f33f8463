import Acts
import HTTPTypes
import Hummingbird
import Mail
import NIOCore
import Record
import Web

/// `/desk/digest`, where a person asks for a digest by electronic mail or ends it, and the addresses that are sent to the mailbox.
struct DigestPages: Sendable {
    let pages: TreatyPages

    private var house: House { pages.house }
    private var desk: TreatyDesk { pages.desk }

    func addRoutes(to router: Router<Visit>) {
        router.get("/desk/digest") { _, visit in try await page(nil, refusal: nil, visit) }
        router.post("/desk/digest") { request, visit in try await ask(request, visit) }
        router.post("/desk/digest/end") { request, visit in try await end(request, visit) }
        router.get("/digest/confirm") { _, visit in try await confirmForm(visit) }
        router.post("/digest/confirm") { request, visit in try await confirm(request, visit) }
        router.get("/digest/end") { _, visit in try await endForm(visit) }
        router.post("/digest/end") { request, visit in try await endByLink(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("digest.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private func subscription(of person: String) async throws -> DigestSubscription? {
        try await house.record.read { try DigestQueries(database: $0).subscription(of: person) }
    }

    // MARK: The person's own page

    private func page(_ fields: Fields?, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let found = try await subscription(of: person.id).flatMap { $0.isEnded ? nil : $0 }
        var treaties = found?.request.treaties ?? []
        var actors = found?.request.actors.map(\.rawValue) ?? []
        if let follow = try visit.query.filled("treaty", longest: 100), !treaties.contains(follow) { treaties.append(follow) }
        if let follow = try visit.query.filled("actor", longest: 20), !actors.contains(follow) { actors.append(follow) }
        func value(_ name: String, _ kept: String) -> String { (try? fields?.text(name)) ?? kept }
        let language = value("language", found?.request.language ?? visit.language.tag)
        let frequency = value("frequency", found?.request.frequency.rawValue ?? DigestFrequency.weekly.rawValue)
        var form = FormSheet(action: "/desk/digest", name: "digest-form", button: text(found == nil ? "ask" : "change", visit))
        form.add(
            "address", text("field.address", visit), value: value("address", found?.request.address ?? ""), required: true, longest: 254,
            hint: text("field.address.hint", visit))
        form.add(
            "language", text("field.language", visit),
            .choice(house.catalogue.languages.map { pages.option($0.tag, $0.ownName, selected: $0.tag == language) }), required: true)
        form.add(
            "frequency", text("field.frequency", visit),
            .choice(
                DigestFrequency.allCases.map {
                    pages.option($0.rawValue, text("frequency.\($0.rawValue)", visit), selected: $0.rawValue == frequency)
                }), required: true)
        form.add(
            "treaties", text("field.treaties", visit), .area(rows: 3), value: value("treaties", treaties.joined(separator: "\n")),
            longest: 4_000, hint: text("field.treaties.hint", visit))
        form.add(
            "actors", text("field.actors", visit), .area(rows: 3), value: value("actors", actors.joined(separator: "\n")), longest: 4_000,
            hint: text("field.actors.hint", visit))
        var context = form.context(house, visit)
        context["standing"] = standing(found, visit)
        context["withoutMail"] = desk.mail == nil
        context["request"] = house.formToken(visit)
        context["isOpen"] = found != nil
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/digest/digest", title: text("title", visit), context: context,
            trail: [Breadcrumb(pages.text("desk.title", visit), "/desk")], section: "/desk")
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func standing(_ found: DigestSubscription?, _ visit: Visit) -> String {
        guard let found else { return text("standing.none", visit) }
        let address = TextArgument.text(found.request.address)
        guard found.isConfirmed else { return text("standing.unconfirmed", ["address": address], visit) }
        let how = text("standing.\(found.request.frequency.rawValue)", ["address": address], visit)
        guard let last = found.last else { return how }
        return how + " " + text("standing.last", ["date": .date(last.moment.date)], visit)
    }

    private func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let access = house.access
        do {
            let asked = try asked(form.fields, person)
            guard let office = person.appointments.map(\.office).min() else { throw Access.refusal(of: .depositaryOfficer) }
            let commands = DigestCommands(actors: desk.actors, office: office, author: person.id)
            let languages = house.catalogue.languages.map(\.tag)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, in: context.database)
                    let treaties = TreatyQueries(database: context.database)
                    return try commands.request(
                        asked, languages: languages, isAddress: { MailAddress($0) != nil },
                        treatyExists: { try treaties.treaty($0) != nil }, form: form.request)
                })
            return house.seeOther("/desk/digest")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .unauthenticated {
            house.logRefusal(refusal, request, visit)
            return try await page(form.fields, refusal: refusal, visit)
        }
    }

    private func asked(_ fields: Fields, _ person: Person) throws -> TreatyDigestRequested {
        func lines(_ name: String) throws -> [String] {
            var seen: Set<String> = []
            return (try fields.filled(name, longest: 4_000) ?? "").split(whereSeparator: { $0.isNewline || $0 == "," || $0 == ";" })
                .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
                .filter { !$0.isEmpty && seen.insert($0).inserted }
        }
        var actors: [ActorCode] = []
        for name in try lines("actors") {
            let code = try pages.actorCode(name)
            if !actors.contains(code) { actors.append(code) }
        }
        return TreatyDigestRequested(
            person: person.id, address: try fields.required("address"), language: try fields.required("language"),
            frequency: try fields.choice("frequency", of: DigestFrequency.self) ?? .weekly, treaties: try lines("treaties"), actors: actors)
    }

    private func end(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        try await end(person.id, .page, author: person.id, form: form.request)
        return house.seeOther("/desk/digest")
    }

    private func end(_ person: String, _ manner: TreatyDigestEnded.Manner, author: String, form: String?) async throws {
        let actors = desk.actors
        _ = try await house.record.enter(
            Command { context in
                let queries = DigestQueries(database: context.database)
                let office = try queries.office(of: person) ?? "depositary"
                return DigestCommands(actors: actors, office: office, author: author)
                    .end(try queries.subscription(of: person), manner, form: form)
            })
    }

    // MARK: What the mailbox was sent

    /// - Parameter field: the request's entry; a form's own `request` is its token.
    private func confirming(_ fields: Fields, _ field: String) throws -> (person: String, request: Int64, token: String) {
        let person = try fields.filled("person", longest: 100) ?? ""
        let request = try fields.integer(field, in: 0...Int64.max) ?? -1
        let token = try fields.filled("token", longest: 100) ?? ""
        guard DigestLinks(house: house).mayConfirm(person, request: request, token: token) else { throw DigestCommands.badLink }
        return (person, request, token)
    }

    private func confirmForm(_ visit: Visit) async throws -> Response {
        let (person, request, token) = try confirming(visit.query, "request")
        guard let found = try await subscription(of: person), found.entry == request, !found.isEnded else { throw DigestCommands.badLink }
        guard !found.isConfirmed else { return try word("confirmed", visit) }
        var form = FormSheet(action: "/digest/confirm", name: "confirm-digest", button: text("confirm.button", visit))
        form.lead = text("confirm.lead", ["address": .text(found.request.address)], visit)
        form.add("person", "", .hidden, value: person)
        form.add("entry", "", .hidden, value: String(request))
        form.add("token", "", .hidden, value: token)
        return try sheet(form, text("confirm.title", visit), visit)
    }

    private func confirm(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await house.form(from: request, visit)
        let (person, entry, _) = try confirming(form.fields, "entry")
        let actors = desk.actors
        _ = try await house.record.enter(
            Command { context in
                let queries = DigestQueries(database: context.database)
                let office = try queries.office(of: person) ?? "depositary"
                return try DigestCommands(actors: actors, office: office, author: "node")
                    .confirm(try queries.subscription(of: person), person: person, request: entry)
            })
        return try word("confirmed", visit)
    }

    private func ending(_ visit: Visit) throws -> String {
        let person = try visit.query.filled("person", longest: 100) ?? ""
        guard DigestLinks(house: house).mayEnd(person, token: try visit.query.filled("token", longest: 100) ?? "") else {
            throw DigestCommands.badLink
        }
        return person
    }

    private func endForm(_ visit: Visit) async throws -> Response {
        let person = try ending(visit)
        guard let found = try await subscription(of: person), !found.isEnded else { return try word("ended", visit) }
        var form = FormSheet(action: "/digest/end?\(visit.rawQuery)", name: "end-digest", button: text("end.button", visit))
        form.lead = text("end.lead", ["address": .text(found.request.address)], visit)
        form.add("List-Unsubscribe", "", .hidden, value: "One-Click")
        return try sheet(form, text("end.title", visit), visit)
    }

    /// The mail program's button and the page's own do the same: they send what RFC 8058, 3.2 says. The token in the address is what it rests on;
    /// a mail program has neither a session nor a page to have fetched a form from.
    private func endByLink(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try ending(visit)
        let body = String(decoding: try await house.body(of: request, upTo: 4_096), as: UTF8.self)
        guard body.contains("List-Unsubscribe"), body.contains("One-Click") else {
            throw Refusal(
                .malformed, code: "treaty.digest-one-click", "What was sent does not say that the digest shall end.",
                mend: "Open the link in a browser and press the button.", citation: "RFC 8058, 3.2")
        }
        try await end(person, .link, author: "node", form: nil)
        return try word("ended", visit)
    }

    private func sheet(_ form: FormSheet, _ heading: String, _ visit: Visit) throws -> Response {
        var context = form.context(house, visit)
        context["heading"] = heading
        context["refusal"] = false
        context["title"] = false
        var response = try house.page(visit, Page(template: "treaties/depositary/form", title: heading, context: context))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func word(_ key: String, _ visit: Visit) throws -> Response {
        let context: [String: Any] = ["heading": text("\(key).title", visit), "word": text("\(key).word", visit)]
        var response = try house.page(visit, Page(template: "treaties/digest/word", title: text("\(key).title", visit), context: context))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
