import Acts
import HTTPTypes
import Hummingbird
import Record

/// `/offices`: the offices of the node and, for its own people, who holds them.
struct OfficePages: Sendable {
    let house: House

    private var identity: Identity { house.identity }

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/offices") { _, visit in try await pages.list(visit) }
        router.post("/establish-office") { request, visit in try await pages.establish(request, visit) }
        router.get("/offices/{office}") { _, visit in try await pages.office(visit) }
        router.post("/offices/{office}/actor") { request, visit in try await pages.setActor(request, visit) }
        router.post("/offices/{office}/people") { request, visit in try await pages.invite(request, visit) }
        router.post("/offices/{office}/people/{person}") { request, visit in try await pages.appoint(request, visit) }
        router.post("/people/{person}/link") { request, visit in try await pages.newLink(request, visit) }
        router.post("/people/{person}/sessions/end") { request, visit in try await pages.endSessions(request, visit) }
        router.post("/people/{person}/passkeys/{key}/revoke") { request, visit in try await pages.revoke(request, visit) }
    }

    /// A person's appointments for a template.
    static func appointments(of person: Person, _ house: House, _ visit: Visit) -> [[String: Any]] {
        person.appointments.map { appointment in
            [
                "office": appointment.office,
                "name": appointment.officeName[visit.language.tag] ?? appointment.officeName["en"] ?? appointment.office,
                "roles": Role.allCases.filter(appointment.roles.contains).map { house.text("role.\($0.rawValue)", visit) }
                    .joined(separator: house.text("list.separator", visit)),
            ]
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let offices = try await house.record.read { try IdentityView.offices($0) }
        if representation == .json { return house.json(["offices": .array(offices.map(\.json))]) }
        return try house.page(
            visit,
            Page(
                template: "identity/offices", title: house.text("offices.title", visit),
                context: [
                    "offices": visit.language.sorted(offices) { $0.name(in: visit.language) }.map { office in
                        ["id": office.id, "name": office.name(in: visit.language), "actor": office.actor?.rawValue ?? false]
                            as [String: Any]
                    },
                    "mayEstablish": visit.person?.holds(.administrator) ?? false, "request": house.formToken(visit),
                ], section: "/offices", alternates: [.json]))
    }

    private func establish(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let office = try form.fields.required("office")
        let name = try OfficeRules.checkName(try form.fields.required("name"))
        let actor = try OfficePages.actor(in: form.fields)
        try await identity.establish(office, names: [visit.language.tag: name], actor: actor, by: author, request: form.request)
        return house.seeOther("/offices/\(office)")
    }

    /// Says for whom an office acts.
    private func setActor(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let office = try visit.parameter("office")
        try await identity.set(try OfficePages.actor(in: form.fields), of: office, by: author, request: form.request)
        return house.seeOther("/offices/\(office)")
    }

    /// The State or organization that a form names by its code; `nil` where the field is empty.
    private static func actor(in fields: Fields) throws -> ActorCode? {
        guard let text = try fields.filled("actor", longest: 20)?.uppercased() else { return nil }
        guard let code = ActorCode(rawValue: text), try ActorTable.standard[code] != nil else {
            throw Refusal(
                .malformed, code: "office.unknown-actor", "There is no State or organization with the code '\(text)'.",
                mend: "Write its code, such as KEN for Kenya.", arguments: ["actor": text])
        }
        return code
    }

    private func office(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let found = try await find(visit)
        if representation == .json { return house.json(found.office.json) }
        return try show(found, invitation: nil, visit)
    }

    private struct Found {
        let office: Office
        let people: [(person: Person, keys: [EnrolledKey])]
        let settings: OfficeSettings
    }

    private func find(_ visit: Visit) async throws -> Found {
        let id = try visit.parameter("office")
        let seesPeople = house.access.maySeePeople(visit.person)
        return try await house.record.read { database in
            guard let office = try IdentityView.office(id, database) else {
                throw Refusal(.notFound, code: "office.unknown", "There is no such office.", mend: "Look at the list of offices.")
            }
            let people = seesPeople ? try IdentityView.people(database).filter { $0.appointments.contains { $0.office == id } } : []
            return Found(
                office: office, people: try people.map { ($0, try IdentityView.keys(of: $0.id, database)) },
                settings: try SigningView.settings(of: id, database))
        }
    }

    private func show(_ found: Found, invitation: (name: String, link: String)?, _ visit: Visit) throws -> Response {
        let office = found.office
        let administers = visit.person?.holds(.administrator) ?? false
        let people = visit.language.sorted(found.people) { $0.person.name }
        let context: [String: Any] = [
            "id": office.id, "office": office.id, "name": office.name(in: visit.language), "entry": String(office.entry),
            "seesPeople": house.access.maySeePeople(visit.person), "administers": administers, "hasPeople": !people.isEmpty,
            "people": people.map { person, keys -> [String: Any] in
                let roles = person.appointments.first { $0.office == office.id }?.roles ?? []
                return [
                    "id": person.id, "name": person.name,
                    "roleNames": Role.allCases.filter(roles.contains).map { house.text("role.\($0.rawValue)", visit) }
                        .joined(separator: house.text("list.separator", visit)),
                    "keys": house.text("offices.keys", ["count": .number(Int64(keys.count))], visit),
                    "choices": choices(roles, visit), "request": house.formToken(visit), "linkRequest": house.formToken(visit),
                    "endRequest": house.formToken(visit),
                    "passkeys": keys.map { ["key": $0.publicKey.identifier, "label": $0.label, "request": house.formToken(visit)] },
                ]
            },
            "invitation": invitation.map { ["name": $0.name, "link": $0.link] as Any } ?? false,
            "choices": choices([], visit), "request": house.formToken(visit), "rulesRequest": house.formToken(visit),
            "rules": house.text(found.settings.twoPersons ? "offices.rules.two" : "offices.rules.one", visit) + " "
                + house.text(found.settings.unsignedActs ? "offices.rules.may-be-unsigned" : "offices.rules.signed", visit),
            "actor": office.actor.flatMap { code in (try? ActorTable.standard)?[code]?.name(in: visit.language.tag) } ?? office.actor?
                .rawValue
                ?? false,
            "actorCode": office.actor?.rawValue ?? "", "actorRequest": house.formToken(visit),
            "twoPersons": found.settings.twoPersons, "unsignedActs": found.settings.unsignedActs,
        ]
        var response = try house.page(
            visit,
            Page(
                template: "identity/office", title: office.name(in: visit.language), context: context,
                trail: [Breadcrumb(house.text("offices.title", visit), "/offices")], section: "/offices", alternates: [.json]))
        if visit.person != nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private func choices(_ roles: Set<Role>, _ visit: Visit) -> [[String: Any]] {
        Role.allCases.map { ["role": $0.rawValue, "name": house.text("role.\($0.rawValue)", visit), "held": roles.contains($0)] }
    }

    private func invite(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let name = try form.fields.required("name")
        let (_, token) = try await identity.invite(
            name, to: try visit.parameter("office"), as: try roles(form.fields), by: author, request: form.request)
        return try show(try await find(visit), invitation: (name, link(token)), visit)
    }

    private func appoint(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let office = try visit.parameter("office")
        try await identity.appoint(
            try visit.parameter("person"), in: office, as: try roles(form.fields), by: author, request: form.request)
        return house.seeOther("/offices/\(office)")
    }

    private func newLink(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let token = try await identity.newLink(for: try visit.parameter("person"), by: author, request: form.request)
        let name = try form.fields.filled("name") ?? ""
        var response = try house.page(
            visit,
            Page(
                template: "identity/new-link", title: house.text("offices.link.title", visit),
                context: ["name": name, "link": link(token)], trail: [Breadcrumb(house.text("offices.title", visit), "/offices")],
                section: "/offices"))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func endSessions(_ request: Request, _ visit: Visit) async throws -> Response {
        let holder = try visit.parameter("person")
        let author = try house.access.requireControl(over: holder, by: visit.person)
        let form = try await house.form(from: request, visit)
        try await identity.endSessions(of: holder, by: author, request: form.request)
        return house.seeOther("/offices")
    }

    private func revoke(_ request: Request, _ visit: Visit) async throws -> Response {
        let holder = try visit.parameter("person")
        let author = try house.access.requireControl(over: holder, by: visit.person)
        let form = try await house.form(from: request, visit)
        try await identity.revoke(
            try visit.parameter("key"), of: holder, reason: "by an administrator", by: author, request: form.request)
        return house.seeOther("/offices")
    }

    private func roles(_ fields: Fields) throws(Refusal) -> [Role] {
        var roles: [Role] = []
        for text in fields.texts("role") {
            guard let role = Role(rawValue: text) else {
                throw Refusal(
                    .malformed, code: "request.choice", "'\(text)' is not a value that the field 'role' takes.",
                    mend: "It takes one of these: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).",
                    arguments: [
                        "field": "role", "value": text, "choices": Role.allCases.map(\.rawValue).joined(separator: ", "),
                    ])
            }
            if !roles.contains(role) { roles.append(role) }
        }
        return roles
    }

    private func link(_ token: String) -> String {
        "\(house.configuration.origin)/sign-in/link?token=\(token)"
    }
}

extension Office {
    var json: JSON {
        var object: JSONObject = ["office": .string(id), "names": JSON(texts: names), "entry": .integer(entry)]
        if let actor { object["actor"] = .string(actor.rawValue) }
        return .object(object)
    }
}
