import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Web

/// The officers' desk: what awaits whom, drafting, clearing, releasing, stopping. Nothing that these pages show may be kept by a cache.
struct PressPages: Sendable {
    let house: House
    /// Joint statements with offices of other nodes; `nil` where the node makes none.
    let joints: JointPages?

    /// Most bytes of a form with a file.
    static let mostBytes = 24 << 20

    func addRoutes(to router: Router<Visit>) {
        router.get("/press") { _, visit in try await list(visit) }
        router.get("/press/new") { _, visit in try await form(nil, refusal: nil, visit) }
        router.post("/press/new") { request, visit in try await write(request, visit) }
        router.get("/press/drafts/{draft}") { _, visit in try await draftPage(visit, refusal: nil) }
        router.get("/press/drafts/{draft}/edit") { _, visit in try await form(nil, refusal: nil, visit) }
        router.post("/press/drafts/{draft}/edit") { request, visit in try await write(request, visit) }
        router.get("/press/drafts/{draft}/media/{place}") { _, visit in try await draftMedium(visit) }
        router.post("/press/drafts/{draft}/clear") { request, visit in try await clear(request, visit) }
        router.post("/press/drafts/{draft}/return") { request, visit in try await giveBack(request, visit) }
        router.post("/press/drafts/{draft}/approve") { request, visit in try await approve(request, visit) }
        router.post("/press/drafts/{draft}/release") { request, visit in try await release(request, visit) }
        router.post("/press/drafts/{draft}/stop") { request, visit in try await stop(request, visit) }
        router.get("/press/offices/{office}") { _, visit in try await settings(visit, nil, refusal: nil) }
        router.post("/press/offices/{office}") { request, visit in try await set(request, visit) }
        router.get("/press/statements/{statement}/withdraw") { _, visit in try await withdrawal(visit, refusal: nil) }
        router.post("/press/statements/{statement}/withdraw") { request, visit in try await withdraw(request, visit) }
    }

    // MARK: What all of them share

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func offices(_ person: Person) -> Set<String> { Set(person.appointments.map(\.office)) }

    /// The person and the draft, where one of the person's offices may read it; what others may not read is not there for them.
    func readable(_ visit: Visit) async throws -> (Person, PressDraft, PressOfficeSet) {
        let person = try house.access.requireSignedIn(visit.person)
        guard let entry = Int64(try visit.parameter("draft")), entry >= 0 else { throw PressCommands.unknown }
        let found = try await house.record.read { database -> (PressDraft, PressOfficeSet)? in
            let queries = PressQueries(database: database)
            guard let draft = try queries.draft(entry) else { return nil }
            return (draft, try queries.settings(of: draft.office))
        }
        guard let (draft, settings) = found, !offices(person).isDisjoint(with: draft.audience) else { throw PressCommands.unknown }
        return (person, draft, settings)
    }

    func page(
        _ template: String, _ title: String, _ context: [String: Any], _ visit: Visit, trail: [Breadcrumb]? = nil, modules: [String] = [],
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var page = Page(
            template: "press/\(template)", title: title, context: context, status: status,
            trail: trail ?? [Breadcrumb(text("title", visit), "/press")], section: "/press", modules: modules)
        if ["desk", "draft"].contains(template) { page.dossier = PressCommands.draftsDossier }
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    func officeNames(_ visit: Visit) async throws -> [String: String] {
        Dictionary(try await house.offices().map { ($0.id, $0.name(in: visit.language)) }, uniquingKeysWith: { $1 })
    }

    func stepName(_ step: String, _ visit: Visit) -> String {
        ["desk", "legal", "spokesperson", "approval"].contains(step) ? text("step.\(step)", visit) : step
    }

    // MARK: The desk

    /// What the person can do with a draft now.
    struct Turn {
        /// The clearances the person may give, by their short names.
        var steps: [String] = []
        var mayApprove = false
        /// What stands in the way, where it is that the person wrote it.
        var wroteIt = false
        var isMine: Bool { !steps.isEmpty || mayApprove }
    }

    func turn(_ draft: PressDraft, _ settings: PressOfficeSet, _ person: Person) -> Turn {
        var turn = Turn()
        let approves = Set(person.offices(as: .approver))
        guard draft.state == .waiting else { return turn }
        let open = settings.clearances.filter { !draft.has($0.step) }
        let steps = open.filter { approves.contains($0.office) }.map(\.step)
        let approval = open.isEmpty && approves.contains(draft.office) && !draft.approvers.contains(person.id)
        if draft.authors.contains(person.id) {
            turn.wroteIt = !steps.isEmpty || approval
            return turn
        }
        turn.steps = steps
        turn.mayApprove = approval
        return turn
    }

    private func list(_ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let mine = offices(person)
        let (drafts, settings) = try await house.record.read { database -> ([PressDraft], [String: PressOfficeSet]) in
            let queries = PressQueries(database: database)
            let drafts = try queries.drafts(for: mine)
            var settings: [String: PressOfficeSet] = [:]
            for office in Set(drafts.map(\.office)) { settings[office] = try queries.settings(of: office) }
            return (drafts, settings)
        }
        let jointRows = try await joints?.rows(for: mine, approving: Set(person.offices(as: .approver)), visit) ?? []
        let names = try await officeNames(visit)
        func turn(_ draft: PressDraft) -> Turn { settings[draft.office].map { self.turn(draft, $0, person) } ?? Turn() }
        let awaiting = drafts.filter { turn($0).isMine }
        let embargoed = drafts.filter { $0.state == .ready && $0.at != nil }.sorted { ($0.at ?? .now) < ($1.at ?? .now) }
        let ready = drafts.filter { $0.state == .ready && $0.at == nil }
        let others = drafts.filter { draft in draft.state != .ready && !awaiting.contains { $0.draft == draft.draft } }
        func rows(_ drafts: [PressDraft]) -> [[String: Any]] {
            drafts.map { draft in
                let tag = draft.content.texts[visit.language.tag] != nil ? visit.language.tag : draft.content.authoritative
                return [
                    "address": "/press/drafts/\(draft.draft)", "title": draft.content.texts[tag]?.title ?? "", "lang": tag,
                    "dir": Language.direction(ofTag: tag).rawValue, "state": stateText(draft, visit), "stateClass": stateClass(draft),
                    "label": draft.label, "office": names[draft.office] ?? draft.office, "form": text("form.\(draft.form.rawValue)", visit),
                    "languages": draft.content.languages.joined(separator: " · "),
                    "at": draft.at.map { visit.language.text($0) } ?? false, "until": draft.at?.description ?? false,
                    "received": visit.language.text(draft.received),
                ]
            }
        }
        let standing =
            awaiting.isEmpty && embargoed.isEmpty
            ? text("standing.none", visit)
            : [
                awaiting.isEmpty ? nil : text("standing.awaiting", ["count": .number(Int64(awaiting.count))], visit),
                embargoed.first?.at.map { text("standing.next", ["moment": .text(visit.language.text($0))], visit) },
            ].compactMap { $0 }.joined(separator: " ")
        return try page(
            "desk", text("title", visit),
            [
                "standing": standing, "mayDraft": !person.offices(as: .pressOfficer).isEmpty,
                "awaiting": rows(awaiting), "hasAwaiting": !awaiting.isEmpty,
                "embargoed": rows(embargoed), "hasEmbargoed": !embargoed.isEmpty,
                "ready": rows(ready), "hasReady": !ready.isEmpty,
                "joints": jointRows, "hasJoints": !jointRows.isEmpty,
                "others": rows(others), "hasOthers": !others.isEmpty,
                "hasOffices": !person.offices(as: .approver).isEmpty,
                "offices": person.offices(as: .approver).sorted().map { ["address": "/press/offices/\($0)", "name": names[$0] ?? $0] },
            ], visit, trail: [], modules: ["countdown.js"])
    }

    func stateText(_ draft: PressDraft, _ visit: Visit) -> String {
        switch (draft.state, draft.form) {
        case (.ready, _) where draft.at != nil: text("state.embargoed", visit)
        default: text("state.\(draft.state.rawValue)", visit)
        }
    }

    func stateClass(_ draft: PressDraft) -> String {
        switch draft.state {
        case .waiting, .proposed: "awaiting"
        case .returned: "refused"
        case .ready, .released: "agreed"
        }
    }
}
