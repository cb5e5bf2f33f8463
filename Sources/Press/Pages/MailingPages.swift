import Acts
import Crypto
import HTTPTypes
import Hummingbird
import Ledger
import Mail
import Record
import Web

/// `/statements/mail`, where anybody asks for statements by mail, the addresses that are sent to the mailbox, and the officers' page.
struct MailingPages: Sendable {
    let house: House
    /// Whether the node has a mail server.
    let sendsMail: Bool
    private let limit = VisitorLimit(each: (burst: 10, perSecond: 1.0 / 120), all: (burst: 300, perSecond: 0.5))

    init(house: House, sendsMail: Bool) {
        self.house = house
        self.sendsMail = sendsMail
    }

    func addRoutes(to router: Router<Visit>) {
        router.get("/statements/mail") { _, visit in try await form(nil, refusal: nil, visit) }
        router.post("/statements/mail") { request, visit in try await ask(request, visit) }
        router.get("/statements/mail/confirm") { _, visit in try await confirmForm(visit) }
        router.post("/statements/mail/confirm") { request, visit in try await confirm(request, visit) }
        router.get("/statements/mail/end") { _, visit in try await endForm(visit) }
        router.post("/statements/mail/end") { request, visit in try await endByLink(request, visit) }
        router.get("/press/mail") { _, visit in try await desk(visit, asked: nil, refusal: nil) }
        router.post("/press/mail") { request, visit in try await find(request, visit) }
        router.post("/press/mail/end") { request, visit in try await end(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.mail.\(key)", arguments, visit)
    }

    private func page(
        _ template: String, _ title: String, _ context: [String: Any], _ visit: Visit, status: HTTPResponse.Status = .ok,
        isDesk: Bool = false
    ) throws -> Response {
        let trail =
            isDesk
            ? Breadcrumb(house.text("press.title", [:], visit), "/press")
            : Breadcrumb(house.text("press.statements.title", [:], visit), "/statements")
        var page = Page(
            template: "press/publishing/\(template)", title: title, context: context, status: status, trail: [trail], section: trail.address
        )
        page.address = visit.path
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func word(_ key: String, _ visit: Visit, _ arguments: [String: TextArgument] = [:]) throws -> Response {
        let title = text("\(key).title", visit)
        return try page("word", title, ["heading": title, "word": text("\(key).word", arguments, visit)], visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: Asking

    /// The languages that can be asked for: those of the house, and those in which offices speak.
    private func languages() async throws -> [String] {
        let spoken = try await house.record.read { database in
            let queries = PressQueries(database: database)
            return try queries.speakingOffices().flatMap { try queries.settings(of: $0).languages }
        }
        return PressPages.unique(house.catalogue.languages.map(\.tag) + spoken.sorted())
    }

    /// Offices that have spoken or said how they speak, by short name, with their names.
    private func offices(_ visit: Visit) async throws -> [(id: String, name: String)] {
        let (speaking, heard) = try await house.record.read { database in
            let queries = PressQueries(database: database)
            return (try queries.speakingOffices(), try queries.officesHeard().map(\.office))
        }
        let all = Set(speaking + heard)
        return try await house.offices().filter { all.contains($0.id) }.map { ($0.id, $0.name(in: visit.language)) }
    }

    private func form(_ fields: Fields?, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let chosen = fields?.texts("language") ?? [visit.language.tag]
        let wanted = Set(fields?.texts("office") ?? [])
        let offices = try await offices(visit)
        return try page(
            "mail", text("title", visit),
            [
                "sendsMail": sendsMail, "request": house.formToken(visit), "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "address": (try? fields?.text("address")) ?? "",
                "languages": try await languages().map { tag -> [String: Any] in
                    [
                        "tag": tag, "dir": Language.direction(ofTag: tag).rawValue, "name": Language.name(ofTag: tag),
                        "chosen": chosen.contains(tag),
                    ]
                },
                "hasOffices": offices.count > 1,
                "offices": offices.map { ["id": $0.id, "name": $0.name, "chosen": wanted.contains($0.id)] as [String: Any] },
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    private func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await house.form(from: request, visit)
        do {
            guard sendsMail else { throw MailingCommands.noMail }
            let act = MailAsked(
                subscriber: Self.newSubscriber(), address: try form.fields.required("address"),
                languages: PressPages.unique(form.fields.texts("language")), offices: Set(form.fields.texts("office")).sorted())
            guard limit.take(visit, at: house.now()) == nil else { throw MailingCommands.tooMany }
            let (offered, heard) = (Set(try await languages()), Set(try await offices(visit).map(\.id)))
            let access = house.access
            _ = try await house.record.enter(
                Command { context in
                    let queries = MailingQueries(database: context.database)
                    guard let office = try access.offices(in: context.database).first else { return [] }
                    return try MailingCommands(office: office.id, author: "node").ask(
                        act, known: try queries.subscriber(reading: act.address), waiting: try queries.waiting(), offered: offered,
                        heard: heard, isAddress: { MailAddress($0) != nil }, form: form.request)
                })
            // The same, whether or not the address is known: nobody learns here who reads statements.
            return try word("asked", visit)
        } catch let refusal as Refusal where refusal.kind != .forbidden {
            house.logRefusal(refusal, request, visit)
            if visit.wantsProblems { throw refusal }
            return try await self.form(form.fields, refusal: refusal, visit)
        }
    }

    private static func newSubscriber() -> String {
        SymmetricKey(size: .bits128).withUnsafeBytes { Hexadecimal.encode(Array($0)) }
    }

    // MARK: What the mailbox was sent

    /// - Parameter field: the entry's; a form's own `request` is its token.
    private func confirming(_ fields: Fields) async throws -> MailRequest {
        let entry = try fields.integer("asked", in: 0...Int64.max) ?? -1
        let token = try fields.filled("token", longest: 100) ?? ""
        guard let request = try await house.record.read({ try MailingQueries(database: $0).request(entry) }), !request.isEnded,
            MailingLinks(house: house).mayConfirm(request, token: token)
        else { throw MailingCommands.badLink }
        return request
    }

    private func confirmForm(_ visit: Visit) async throws -> Response {
        let request = try await confirming(visit.query)
        guard !request.isConfirmed else { return try word("confirmed", visit) }
        let names = Dictionary(try await offices(visit).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        let title = text("confirm.title", visit)
        return try page(
            "mail-confirm", title,
            [
                "heading": title, "lead": text("confirm.lead", ["address": .text(request.address)], visit),
                "languages": request.languages.map { ["tag": $0, "name": Language.name(ofTag: $0)] },
                "offices": request.offices.map { names[$0] ?? $0 }, "hasOffices": !request.offices.isEmpty,
                "request": house.formToken(visit), "asked": String(request.entry),
                "token": try visit.query.filled("token", longest: 100) ?? "",
            ], visit)
    }

    private func confirm(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await house.form(from: request, visit)
        let asked = try await confirming(form.fields)
        let access = house.access
        _ = try await house.record.enter(
            Command { context in
                guard let office = try access.offices(in: context.database).first else { return [] }
                return try MailingCommands(office: office.id, author: "node")
                    .confirm(try MailingQueries(database: context.database).request(asked.entry), form: form.request)
            })
        return try word("confirmed", visit)
    }

    private func ending(_ visit: Visit) throws -> String {
        let subscriber = try visit.query.filled("subscriber", longest: 100) ?? ""
        guard MailingLinks(house: house).mayEnd(subscriber, token: try visit.query.filled("token", longest: 100) ?? "") else {
            throw MailingCommands.badLink
        }
        return subscriber
    }

    private func endForm(_ visit: Visit) async throws -> Response {
        let subscriber = try ending(visit)
        guard try await house.record.read({ try MailingQueries(database: $0).isOpen(subscriber) }) else { return try word("ended", visit) }
        let title = text("end.title", visit)
        return try page(
            "mail-end", title, ["heading": title, "lead": text("end.lead", visit), "action": "/statements/mail/end?\(visit.rawQuery)"],
            visit)
    }

    /// The mail program's button and the page's own do the same: they send what RFC 8058, 3.2 says. The token in the address is what it
    /// rests on; a mail program has neither a session nor a page to have fetched a form from.
    private func endByLink(_ request: Request, _ visit: Visit) async throws -> Response {
        let subscriber = try ending(visit)
        let body = String(decoding: try await house.body(of: request, upTo: 4_096), as: UTF8.self)
        guard body.contains("List-Unsubscribe"), body.contains("One-Click") else {
            throw Refusal(
                .malformed, code: "press.mail-one-click", "What was sent does not say that the mail shall end.",
                mend: "Open the link in a browser and press the button.", citation: "RFC 8058, 3.2")
        }
        try await end(subscriber, .link, author: "node", form: nil)
        return try word("ended", visit)
    }

    private func end(_ subscriber: String, _ manner: MailEnded.Manner, author: String, form: String?) async throws {
        let access = house.access
        _ = try await house.record.enter(
            Command { context in
                guard let office = try access.offices(in: context.database).first else { return [] }
                let isOpen = try MailingQueries(database: context.database).isOpen(subscriber)
                return MailingCommands(office: office.id, author: author).end(subscriber, isOpen: isOpen, manner, form: form)
            })
    }

    // MARK: The officers' page

    private func officer(_ visit: Visit) throws -> Person {
        let person = try house.access.requireSignedIn(visit.person)
        guard person.holds(.pressOfficer) || person.holds(.approver) || person.holds(.administrator) else {
            throw Access.refusal(of: .pressOfficer)
        }
        return person
    }

    /// - Parameter asked: an address an administrator asked about, and whether and since when it is on the list.
    private func desk(_ visit: Visit, asked: (address: String, found: MailSubscriber?, since: Moment?)?, refusal: Refusal?) async throws
        -> Response
    {
        let person = try officer(visit)
        let (counts, waiting) = try await house.record.read { database in
            let queries = MailingQueries(database: database)
            return (try queries.countByLanguage().map { (language: $0.language, count: $0.count) }, try queries.waiting())
        }
        var context: [String: Any] = [
            "standing": text("standing", ["count": .number(counts.reduce(0) { $0 + $1.count })], visit),
            "waiting": text("waiting", ["count": .number(waiting)], visit), "sendsMail": sendsMail,
            "counts": counts.map {
                ["name": Language.name(ofTag: $0.language), "tag": $0.language, "count": visit.language.text($0.count)]
            },
            "hasCounts": !counts.isEmpty, "mayAsk": person.holds(.administrator), "request": house.formToken(visit),
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false, "address": asked?.address ?? "",
        ]
        if let asked {
            context["answer"] =
                asked.found.map { found in
                    text(
                        "on-the-list",
                        [
                            "moment": .text(asked.since.map { visit.language.text($0) } ?? ""),
                            "languages": .text(found.request.languages.joined(separator: ", ")),
                        ], visit)
                } ?? text("not-on-the-list", visit)
            context["found"] = asked.found?.request.subscriber ?? false
            context["second"] = house.formToken(visit)
        }
        return try page(
            "mail-desk", text("desk", visit), context, visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok, isDesk: true)
    }

    /// "Am I on the list?", which an administrator answers to who asks for their own data (GDPR, article 15).
    private func find(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let address = try form.fields.required("address")
        guard MailAddress(address) != nil else {
            let refusal = Refusal(
                .malformed, code: "press.mail-address", "'\(address.prefix(80))' is not an address of electronic mail.",
                mend: "Write it as name@example.org.", citation: "RFC 5321, 4.1.2", arguments: ["address": String(address.prefix(80))])
            return try await desk(visit, asked: nil, refusal: refusal)
        }
        let found = try await house.record.read { database in
            let queries = MailingQueries(database: database)
            return try queries.subscriber(reading: address).flatMap { try queries.subscriber($0) }
        }
        let since = try found.flatMap { try house.record.entry(at: $0.request.confirmed ?? $0.request.entry)?.header.received }
        return try await desk(visit, asked: (address, found, since), refusal: nil)
    }

    private func end(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        try await end(try form.fields.required("subscriber"), .administrator, author: person.id, form: form.request)
        return house.seeOther("/press/mail")
    }
}
