import Acts
import Disclosure
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Web

/// The public form for access to documents, and the receipt at which whoever asked sees the clock and the answer.
struct AccessFormPages: Sendable {
    let desk: DisclosureDesk
    let pages: DisclosurePages
    private let limit = VisitorLimit(each: (burst: 10, perSecond: 1.0 / 300), all: (burst: 60, perSecond: 1.0 / 60))

    private var house: House { desk.house }

    /// What a receipt's address is bound to.
    private static let purpose = "access-receipt"

    func addRoutes(to router: Router<Visit>) {
        router.get("/access-requests/new") { _, visit in try await form(nil, visit, refusal: nil) }
        router.post("/access-requests/new") { request, visit in try await ask(request, visit) }
        router.get("/access-receipts/{asked}") { _, visit in try await receipt(visit) }
        router.post("/press/access-laws") { request, visit in try await setLaws(request, visit) }
        router.post("/press/access-asked/{asked}/register") { request, visit in try await settle(request, visit, accepts: true) }
        router.post("/press/access-asked/{asked}/decline") { request, visit in try await settle(request, visit, accepts: false) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        desk.text("ask.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: For everybody

    /// Each office with each law it answers under: one choice names both.
    private func choices(_ fields: Fields?, _ visit: Visit) async throws -> [[String: Any]] {
        let laws = try await house.record.read { try AccessFormQueries(database: $0).laws() }
        let names = Dictionary(try await house.offices().map { ($0.id, $0.name(in: visit.language)) }, uniquingKeysWith: { $1 })
        let chosen = (try? fields?.text("law")) ?? ""
        return laws.flatMap { office, own in
            own.compactMap { identifier -> [String: Any]? in
                guard let regime = desk.law.regimes.regimes[identifier] else { return nil }
                let value = "\(office)/\(identifier)"
                return [
                    "value": value, "office": names[office] ?? office, "law": regime.name(in: visit.language.tag),
                    "selected": chosen == value,
                ]
            }
        }
    }

    private func form(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        func value(_ name: String) -> String { (try? fields?.text(name)) ?? "" }
        let choices = try await choices(fields, visit)
        var response = try house.page(
            visit,
            Page(
                template: "press/disclosure/ask", title: text("title", visit),
                context: [
                    "choices": choices, "isOpen": !choices.isEmpty, "text": value("text"), "name": value("name"),
                    "address": value("address"), "request": house.formToken(visit),
                    "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                ] as [String: Any], status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
                trail: [Breadcrumb(desk.text("requests.title", visit), "/access-requests")], section: DisclosurePages.section))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let chosen = try form.fields.required("law").split(separator: "/", maxSplits: 1).map(String.init)
            guard chosen.count == 2 else { throw DisclosureCommands.unknownLaw }
            let words = try form.fields.required("text")
            _ = try form.fields.filled("text", longest: DisclosureCommands.longestRequest)
            let name = try form.fields.required("name")
            _ = try form.fields.filled("name", longest: 200)
            let address = try form.fields.required("address")
            _ = try form.fields.filled("address", longest: 500)
            if let seconds = limit.take(visit, at: house.now()) { throw DisclosureCommands.tooMany(seconds) }
            let commands = DisclosureCommands(office: chosen[0], author: "node", law: desk.law)
            let identifier = form.request
            let entries = try await house.record.enter(
                Command { context in
                    let queries = AccessFormQueries(database: context.database)
                    let laws = try queries.laws().first { $0.office == commands.office }?.laws ?? []
                    let year = context.now.date.year
                    return try commands.ask(
                        regime: chosen[1], text: words, name: name, address: address, laws: laws, number: try queries.next(in: year),
                        year: year, form: identifier)
                })
            guard let act = try entries.first?.payload(as: AccessAsked.self) else { throw DisclosureCommands.unknown }
            return house.seeOther(
                "/access-receipts/\(act.asked)?key=\(house.linkToken(for: Self.purpose, subject: act.asked))")
        } orShow: {
            try await self.form(form.fields, visit, refusal: $0)
        }
    }

    private func receipt(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let identifier = try visit.parameter("asked")
        let key = try visit.query.filled("key", longest: 64) ?? ""
        guard house.isGoodLinkToken(key, for: Self.purpose, subject: identifier),
            let file = try await house.record.read({ try AccessFormQueries(database: $0).asked(identifier) })
        else { throw DisclosureCommands.unknown }
        let number = file.settled?.request
        let request = try await house.record.read { database in
            try number.flatMap { try DisclosureQueries(database: database).request($0) }
        }
        let today = house.now().date
        let state = file.settled == nil ? "waiting" : request != nil ? "registered" : "declined"
        var response: Response
        if representation == .json {
            var object: JSONObject = [
                "asked": .string(identifier), "state": .string(state), "on": .string(file.at.date.description),
                "text": .string(file.act.text), "regime": .string(file.act.regime),
            ]
            object["reason"] = file.settled?.reason.map(JSON.string)
            object["request"] = request.map { pages.resource($0, on: today) }
            response = house.json(.object(object))
        } else {
            let regime = desk.law.regimes.regimes[file.act.regime]
            response = try house.page(
                visit,
                Page(
                    template: "press/disclosure/receipt", title: text("receipt", visit),
                    context: [
                        "number": identifier, "state": text("state.\(state)", visit), "stateName": state,
                        "stateClass": state == "declined" ? "refused" : state == "registered" ? "agreed" : "awaiting",
                        "on": text("on", ["date": .date(file.at.date)], visit), "text": file.act.text,
                        "law": regime?.name(in: visit.language.tag) ?? file.act.regime, "source": regime?.source ?? "",
                        "reason": file.settled?.reason ?? false,
                        "own": "\(house.configuration.origin)/access-receipts/\(identifier)?key=\(key)",
                        "registered": request.map { pages.row($0, on: today, visit) } ?? false,
                    ] as [String: Any], trail: [Breadcrumb(desk.text("requests.title", visit), "/access-requests")],
                    section: DisclosurePages.section))
        }
        // The address is the asker's key: it stays in no cache, no other site's log and no search engine.
        response.headers[.cacheControl] = "no-store"
        if let referrer = HTTPField.Name("Referrer-Policy") { response.headers[referrer] = "no-referrer" }
        if let robots = HTTPField.Name("X-Robots-Tag") { response.headers[robots] = "noindex" }
        return response
    }

    // MARK: For the office

    /// What came by the form and waits, and the laws that can be chosen on it, as the officers' page shows them.
    func waiting(for person: Person, _ visit: Visit) async throws -> [String: Any] {
        let offices = person.offices(as: .pressOfficer)
        let (files, laws) = try await house.record.read { database in
            let queries = AccessFormQueries(database: database)
            return (try queries.waiting(for: offices), try queries.laws())
        }
        let names = desk.choices(person, as: .pressOfficer, visit)
        return [
            "asked": files.map { file -> [String: Any] in
                [
                    "number": file.act.asked, "text": file.act.text, "contact": file.contact ?? text("erased", visit),
                    "law": desk.law.regimes.regimes[file.act.regime]?.name(in: visit.language.tag) ?? file.act.regime,
                    "on": text("on", ["date": .date(file.at.date)], visit), "register": "/press/access-asked/\(file.act.asked)/register",
                    "decline": "/press/access-asked/\(file.act.asked)/decline", "first": house.formToken(visit),
                    "second": house.formToken(visit), "act": "/record/acts/\(file.entry)",
                ]
            }, "hasAsked": !files.isEmpty,
            "lawsOf": names.compactMap { office -> [String: Any]? in
                guard let id = office["value"] as? String else { return nil }
                let own = laws.first { $0.office == id }?.laws ?? []
                return [
                    "office": id, "officeName": office["name"] ?? id, "token": house.formToken(visit), "isOpen": !own.isEmpty,
                    "laws": desk.law.regimes.regimes.values.sorted { $0.identifier < $1.identifier }.map {
                        ["value": $0.identifier, "name": $0.name(in: visit.language.tag), "checked": own.contains($0.identifier)]
                            as [String: Any]
                    },
                ]
            },
        ]
    }

    private func setLaws(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.form(from: request, visit)
        let office = try desk.office(form.fields, person, as: .pressOfficer)
        let laws = form.fields.texts("law")
        let commands = DisclosureCommands(office: office, author: person.id, law: desk.law)
        let access = house.access
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                return try commands.setLaws(laws, form: form.request)
            })
        return house.seeOther("/press/access")
    }

    private func settle(_ request: Request, _ visit: Visit, accepts: Bool) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let identifier = try visit.parameter("asked")
        let form = try await house.form(from: request, visit)
        let words = try form.fields.required(accepts ? "subject" : "reason")
        _ = try form.fields.filled(accepts ? "subject" : "reason", longest: accepts ? DisclosureCommands.longestTitle : 2_000)
        guard let file = try await house.record.read({ try AccessFormQueries(database: $0).asked(identifier) }),
            person.offices(as: .pressOfficer).contains(file.office)
        else { throw DisclosureCommands.unknown }
        let commands = DisclosureCommands(office: file.office, author: person.id, law: desk.law)
        let access = house.access
        let entries = try await house.record.enter(
            Command { context in
                try access.requireStill(person, .pressOfficer, in: commands.office, of: context.database)
                guard let now = try AccessFormQueries(database: context.database).asked(identifier) else {
                    throw DisclosureCommands.unknown
                }
                guard accepts else { return try commands.decline(now, reason: words, form: form.request) }
                let today = context.now.date
                let number = try DisclosureQueries(database: context.database).next("req", in: today.year)
                return try commands.accept(now, subject: words, number: number, today: today, form: form.request)
            })
        guard accepts, let act = try entries.first?.payload(as: AccessRequested.self) else { return house.seeOther("/press/access") }
        return house.seeOther("/access-requests/\(act.request)")
    }
}
