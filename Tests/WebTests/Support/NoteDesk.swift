import Acts
import GRDB
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

/// The smallest desk: notes in a dossier, a page that counts them, and a form that adds one.
struct NoteDesk: Desk {
    let name = "notes"
    var views: [any RecordView] { [] }

    func addRoutes(to router: Router<Visit>, house: House) {
        router.get("/notes/{name}") { request, visit in
            let name = try visit.parameter("name")
            _ = try visit.representation(of: [.json, .html, .csv])
            return try await house.cached(request, visit, dependsOn: .dossiers(["notes/\(name)"])) {
                let count = try await house.record.read { database in
                    try Int64.fetchOne(database, sql: "SELECT COUNT(*) FROM act WHERE dossier = ?", arguments: ["notes/\(name)"]) ?? 0
                }
                return house.json(["notes": .integer(count)])
            }
        }
        router.post("/notes/{name}") { request, visit in
            let name = try visit.parameter("name")
            let person = try house.access.require(visit.person, .depositaryOfficer)
            let form = try await house.form(from: request, visit)
            let text = try form.fields.required("text")
            let access = house.access
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    return [
                        ActDraft(
                            Remark(text: text), dossier: "notes/\(name)", office: "depositary", author: person.id, request: form.request)
                    ]
                })
            return house.seeOther("/record/acts/\(entries.first?.index ?? 0)")
        }
        router.post("/notes/{name}/prepare") { request, visit in
            let name = try visit.parameter("name")
            let person = try house.access.require(visit.person, .depositaryOfficer)
            let form = try await house.form(from: request, visit)
            return try await house.signingPage(
                ActDraft(
                    Remark(text: try form.fields.required("text")), dossier: "notes/\(name)", office: "depositary", author: person.id,
                    request: form.request), back: Breadcrumb("Notes", "/notes/\(name)"), visit)
        }
        router.post("/echo") { request, _ in house.json(try await house.jsonBody(of: request)) }
        router.get("/broken") { _, _ -> Response in throw Broken() }
    }

    /// Notes are signed acts too; one that says "no" is refused when it is entered.
    func drafts(entering act: SigningRequest, by person: Person, in context: RuleContext, house: House) throws -> [ActDraft]? {
        guard act.statement.kind == Remark.kind else { return nil }
        try house.access.requireStill(person, .depositaryOfficer, in: context.database)
        let remark = try Remark(json: try act.payload.json())
        guard remark.text != "no" else {
            throw Refusal(.unlawful, code: "notes.no", "This note is not entered.", mend: "Write another.")
        }
        return [act.draft(signatures: [])]
    }

    struct Broken: Error {}
}
