import Acts
import Fediverse
import HTTPTypes
import Hummingbird
import Record
import Web

/// How this node stands to other servers, for officers who approve: who is not heard, and whether anybody is who is not named.
struct FediverseRulePages: Sendable {
    let house: House
    /// `nil`: this node does not speak on the fediverse.
    let runtime: FediverseRuntime?

    /// Rules that the page shows.
    private static let mostShown = 500

    func addRoutes(to router: Router<Visit>) {
        addListRoutes(to: router)
        addKeyRoutes(to: router)
        router.get("/press/fediverse") { _, visit in try await page(visit, nil, refusal: nil) }
        router.post("/press/fediverse") { request, visit in try await set(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.fediverse.\(key)", arguments, visit)
    }

    /// - Parameter list: how many decisions a list brought, and its rows that say nothing that can be done.
    func page(
        _ visit: Visit, _ fields: Fields?, refusal: Refusal?, list: (taken: Int, bad: [DomainBlockList.BadRow])? = nil
    ) async throws -> Response {
        let person = try house.access.require(visit.person, .approver)
        let (rules, followers) = try await house.record.read { database in
            let queries = FediverseQueries(database: database)
            return (try queries.rules(), try queries.countFollowers())
        }
        let chosen = (try? fields?.text("standing")) ?? FediverseRuleSet.Standing.suspended.rawValue
        let keys = try await keyRows(person, visit)
        let page = Page(
            template: "press/fediverse", title: text("title", [:], visit),
            context: [
                "followers": text("followers", ["count": .number(Int64(followers))], visit), "request": house.formToken(visit),
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "subject": (try? fields?.text("subject")) ?? "", "reason": (try? fields?.text("reason")) ?? "",
                "standings": FediverseRuleSet.Standing.allCases.map { standing -> [String: Any] in
                    [
                        "value": standing.rawValue, "name": text("standing.\(standing.rawValue)", [:], visit),
                        "selected": standing.rawValue == chosen,
                    ]
                },
                "keys": keys, "hasKeys": !keys.isEmpty, "listToken": house.formToken(visit),
                "taken": list.map { text("list.taken", ["count": .number(Int64($0.taken))], visit) } ?? false,
                "bad": (list?.bad ?? []).prefix(100).map { bad($0, visit) }, "hasBad": !(list?.bad ?? []).isEmpty,
                "hasRules": !rules.isEmpty, "countRules": text("rules.count", ["count": .number(Int64(rules.count))], visit),
                "rules": rules.prefix(Self.mostShown).map { rule -> [String: Any] in
                    [
                        "subject": rule.subject, "standing": text("standing.\(rule.standing.rawValue)", [:], visit), "reason": rule.reason,
                    ]
                },
            ] as [String: Any],
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [Breadcrumb(house.text("press.title", [:], visit), "/press")], section: "/press")
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func set(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .approver)
        guard let office = person.offices(as: .approver).sorted().first else { throw Access.refusal(of: .approver) }
        let form = try await house.form(from: request, visit)
        do {
            guard let subject = try form.fields.filled("subject", longest: 2_048)?.lowercasedHost else { throw Fields.missing("subject") }
            guard Self.isSubject(subject) else {
                throw Refusal(
                    .malformed, code: "fediverse.subject", "'\(subject.prefix(80))' is neither a host nor an actor.",
                    mend: "Write a host such as social.example, an actor's address, or *.",
                    arguments: ["subject": String(subject.prefix(80))])
            }
            guard let standing = try form.fields.filled("standing", longest: 16).flatMap(FediverseRuleSet.Standing.init) else {
                throw Fields.missing("standing")
            }
            guard let reason = try form.fields.filled("reason", longest: 500) else { throw Fields.missing("reason") }
            let access = house.access
            let draft = ActDraft(
                FediverseRuleSet(subject: subject, standing: standing, reason: reason), dossier: PressCommands.draftsDossier,
                office: office,
                author: person.id, marking: .restricted(.init(audience: [], label: "internal")), request: form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    return [draft]
                })
            return house.seeOther("/press/fediverse")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await page(visit, form.fields, refusal: refusal)
        }
    }

    /// `*`, a host with or without a port, or the address of an actor.
    static func isSubject(_ text: String) -> Bool {
        if text == "*" { return true }
        if text.contains("://") { return Origin(text) != nil }
        return !text.contains("/") && Origin("https://\(text)")?.authority == text
    }
}

extension String {
    /// Hosts in small letters; what follows a host stays as it is.
    fileprivate var lowercasedHost: String { contains("://") ? self : lowercased() }
}
