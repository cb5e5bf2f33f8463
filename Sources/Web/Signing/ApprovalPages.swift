import Acts
import Hummingbird
import Record

/// `/approvals`: acts that one person of an office prepared and another has to decide on; and what an office asks of its acts.
struct ApprovalPages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/approvals") { _, visit in try await pages.list(visit) }
        router.get("/approvals/{entry}") { _, visit in try await pages.show(visit) }
        router.post("/approvals/{entry}") { request, visit in try await pages.decide(request, visit) }
        router.post("/offices/{office}/rules") { request, visit in try await pages.setRules(request, visit) }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let representation = try visit.representation(of: [.html, .json])
        let waiting = try await house.waitingActs(for: person)
        if representation == .json {
            return uncached(
                house.json([
                    "waiting": .array(
                        try waiting.map { act in
                            let content = try act.prepared()
                            return [
                                "entry": .integer(act.entry), "office": .string(act.office), "kind": .string(act.kind),
                                "dossier": JSON(act.dossier), "prepared": .string(act.received.description),
                                "own": .bool(act.author == person.id), "digest": .string(Base64.encode(content.request.digest)),
                            ]
                        })
                ]))
        }
        let rows = try waiting.map { act -> [String: Any] in
            let content = try act.prepared()
            return [
                "sentence": SigningPages.context(of: content.request, house, visit)["sentence"] ?? "",
                "address": "/approvals/\(act.entry)", "received": visit.language.text(act.received), "own": act.author == person.id,
            ]
        }
        return uncached(
            try house.page(
                visit,
                Page(
                    template: "signing/approvals", title: house.text("approvals.title", visit),
                    context: [
                        "summary": house.text("approvals.summary", ["count": .number(Int64(rows.count))], visit), "rows": rows,
                        "hasRows": !rows.isEmpty,
                    ], alternates: [.json])))
    }

    private func waiting(_ visit: Visit) async throws -> WaitingAct {
        let person = try house.access.requireSignedIn(visit.person)
        let text = try visit.parameter("entry")
        let waiting = try await house.record.read { database in try Int64(text).flatMap { try SigningView.waiting($0, database) } }
        guard let waiting, person.appointments.contains(where: { $0.office == waiting.office }) else { throw SigningRules.notWaiting }
        return waiting
    }

    private func show(_ visit: Visit) async throws -> Response {
        try await page(try await waiting(visit), refusal: nil, visit)
    }

    private func page(_ waiting: WaitingAct, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let content = try waiting.prepared()
        let (keys, author, settings) = try await house.record.read { database in
            (
                try IdentityView.keys(of: person.id, database), try IdentityView.person(waiting.author, database),
                try SigningView.settings(of: waiting.office, database)
            )
        }
        let passkeys = keys.compactMap(\.credential)
        var context = SigningPages.context(of: content.request, house, visit)
        context["standing"] = house.text(
            "approvals.prepared", ["name": .text(author?.name ?? waiting.author), "date": .date(waiting.received.date)], visit)
        context["entry"] = String(waiting.entry)
        context["own"] = waiting.author == person.id
        context["action"] = "/approvals/\(waiting.entry)"
        context["request"] = house.formToken(visit)
        context["refuseRequest"] = house.formToken(visit)
        context["downloadRequest"] = house.formToken(visit)
        context["act"] = try SealedAct.make(content.request, now: house.now(), key: house.keys.act)
        context["passkeys"] = passkeys.map(Base64.encodeForAddress).joined(separator: " ")
        context["hasPasskeys"] = !passkeys.isEmpty
        context["hasKeys"] = keys.contains { $0.credential == nil }
        context["noKeys"] = keys.isEmpty
        context["mayEnterUnsigned"] = settings.unsignedActs
        context["refusal"] = refusal.map { house.notice(of: $0, visit) as Any } ?? false
        var page = Page(
            template: "signing/approval", title: house.text("approvals.one", visit), context: context,
            trail: [Breadcrumb(house.text("approvals.title", visit), "/approvals")], modules: ["sign.js"])
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return uncached(try house.page(visit, page))
    }

    private func decide(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let waiting = try await waiting(visit)
        do {
            let approves = try form.fields.required("decision") == "approve"
            let reason = try form.fields.filled("reason", longest: 500)
            if !approves, reason == nil { _ = try form.fields.required("reason") }
            let signature = approves ? try await house.signature(in: form, over: try waiting.prepared().request, by: person) : nil
            let entry = try await house.review(
                waiting.entry, approves: approves, reason: reason, signature: signature, by: person, form: form.request)
            return house.seeOther(approves ? "/record/acts/\(entry.index)" : "/approvals")
        } catch let refusal as Refusal where !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await page(waiting, refusal: refusal, visit)
        }
    }

    private func setRules(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let office = try visit.parameter("office")
        let rules = OfficeRulesSet(
            office: office, twoPersons: try form.fields.text("twoPersons") == "yes",
            unsignedActs: try form.fields.text("unsignedActs") == "yes")
        let access = house.access
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(author, .administrator, in: context.database)
                guard try IdentityView.office(office, context.database) != nil else {
                    throw Refusal(.notFound, code: "office.unknown", "There is no such office.", mend: "Look at the list of offices.")
                }
                return [ActDraft(rules, office: office, author: author.id, request: form.request)]
            })
        return house.seeOther("/offices/\(office)")
    }

    private func uncached(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension House {
    /// The acts of a person's offices that wait for a second person.
    public func waitingActs(for person: Person) async throws -> [WaitingAct] {
        let offices = person.appointments.map(\.office)
        return try await record.read { try SigningView.waiting(in: offices, $0) }
    }
}
