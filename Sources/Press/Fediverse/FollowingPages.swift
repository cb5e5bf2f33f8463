import Acts
import Fediverse
import Foundation
import HTTPTypes
import Hummingbird
import Outbound
import Record
import Web

/// Whom offices follow on other servers, for officers who approve: asked for, answered, ended.
struct FollowingPages: Sendable {
    let house: House
    let runtime: FediverseRuntime

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/following") { _, visit in try await page(nil, visit, refusal: nil) }
        router.post("/press/following") { request, visit in try await follow(request, visit) }
        router.post("/press/following/end") { request, visit in try await end(request, visit) }
    }

    private func text(_ key: String, _ visit: Visit) -> String { house.text("press.following.\(key)", visit) }

    /// The offices that a person approves for and that speak.
    private func offices(_ person: Person) async throws -> [Office] {
        let own = person.offices(as: .approver)
        return try await FediverseActors(house: house, runtime: runtime).offices().filter { own.contains($0.id) }
    }

    private func page(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.require(visit.person, .approver)
        let offices = try await offices(person)
        let followed = try await house.record.read { database in
            try offices.flatMap { try FediverseQueries(database: database).following(of: $0.id) }
        }
        let names = Dictionary(offices.map { ($0.id, $0.name(in: visit.language)) }, uniquingKeysWith: { $1 })
        let rows = followed.map { one -> [String: Any] in
            [
                "actor": one.actor, "office": one.office, "name": names[one.office] ?? one.office, "state": text(one.state.rawValue, visit),
                "stateName": one.state.rawValue, "token": house.formToken(visit),
                "class": one.state == .accepted ? "agreed" : one.state == .refused ? "refused" : "awaiting",
            ]
        }
        let page = Page(
            template: "press/following", title: text("title", visit),
            context: [
                "offices": offices.map { ["id": $0.id, "name": $0.name(in: visit.language)] }, "hasOffices": !offices.isEmpty,
                "account": (try? fields?.text("account")) ?? "", "token": house.formToken(visit), "followed": rows,
                "hasFollowed": !rows.isEmpty, "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            ] as [String: Any], status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(house.text("press.title", visit), "/press"),
                Breadcrumb(house.text("press.fediverse.title", visit), "/press/fediverse"),
            ], section: "/press")
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func follow(_ request: Request, _ visit: Visit) async throws -> Response {
        try await taking(request, visit) { form, person, office in
            guard let account = try form.fields.filled("account", longest: 1_000)?.trimmed else { throw Fields.missing("account") }
            let other = try await find(account)
            let (access, token) = (house.access, form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    return try FollowingCommands(office: office, author: person.id).ask(
                        other.id, inbox: other.inbox, known: try FediverseQueries(database: context.database).following(of: office),
                        form: token)
                })
        }
    }

    private func end(_ request: Request, _ visit: Visit) async throws -> Response {
        try await taking(request, visit) { form, person, office in
            let actor = try form.fields.required("actor")
            let (access, token) = (house.access, form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    return try FollowingCommands(office: office, author: person.id).end(
                        actor, known: try FediverseQueries(database: context.database).following(of: office), form: token)
                })
        }
    }

    private func taking(
        _ request: Request, _ visit: Visit, _ work: (Form, Person, String) async throws -> Void
    ) async throws -> Response {
        let person = try house.access.require(visit.person, .approver)
        let form = try await house.form(from: request, visit)
        do {
            let office = try form.fields.required("office")
            guard try await offices(person).contains(where: { $0.id == office }) else { throw Access.refusal(of: .approver) }
            try await work(form, person, office)
            return house.seeOther("/press/following")
        } catch let refusal as Refusal where refusal.kind != .forbidden {
            house.logRefusal(refusal, request, visit)
            return try await page(form.fields, visit, refusal: refusal)
        }
    }

    // MARK: Finding

    /// The account by its address, or by its name (`@name@host`, WebFinger, RFC 7033).
    private func find(_ account: String) async throws -> RemoteActor {
        let own = house.configuration.origin
        var address = account
        if !account.contains("://") {
            guard let name = AccountName(account) else { throw FollowingCommands.unknown }
            address = try await self.address(of: name)
        }
        guard let origin = Origin(address), origin.authority != own.authority else { throw FollowingCommands.unknown }
        do {
            return try await runtime.actor(address, anew: false, as: FediverseActors.nodeAddress(origin: "\(own)"))
        } catch {
            throw FollowingCommands.unknown
        }
    }

    private func address(of account: AccountName) async throws -> String {
        for scheme in runtime.allowsPrivateAddresses ? ["https", "http"] : ["https"] {
            let place = "\(scheme)://\(account.host)/.well-known/webfinger?resource=\(PercentCoding.encode(account.resource))"
            guard let answer = try? await runtime.client.get(place, accepting: "application/jrd+json", upTo: 64 << 10),
                answer.status == 200,
                let json = try? JSONParser.parse(answer.body, limits: .init(bytes: 64 << 10, depth: 8))
            else { continue }
            if let address = Discovery.actor(in: json) { return address }
        }
        throw FollowingCommands.unknown
    }
}
