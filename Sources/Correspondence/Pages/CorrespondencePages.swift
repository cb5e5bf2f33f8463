import Acts
import Federation
import HTTPTypes
import Hummingbird
import Record
import Web

/// The lists of notes, a note with its thread, drafting, approving, handing on. Nothing that these pages show may be kept by a cache.
struct CorrespondencePages: Sendable {
    let desk: CorrespondenceDesk
    let house: House

    /// Most bytes of a form with its attachments.
    static let mostBytes = 32 << 20

    func addRoutes(to router: Router<Visit>) {
        router.get("/correspondence") { _, visit in try await list(visit) }
        router.get("/correspondence/new") { _, visit in try await form(nil, refusal: nil, visit) }
        router.post("/correspondence/new") { request, visit in try await draft(request, visit) }
        router.get("/correspondence/drafts/{draft}") { _, visit in try await draftPage(visit, refusal: nil) }
        router.get("/correspondence/drafts/{draft}/edit") { _, visit in try await form(nil, refusal: nil, visit) }
        router.post("/correspondence/drafts/{draft}/edit") { request, visit in try await draft(request, visit) }
        router.post("/correspondence/drafts/{draft}/send") { request, visit in try await send(request, visit) }
        router.post("/correspondence/drafts/{draft}/return") { request, visit in try await giveBack(request, visit) }
        router.get("/correspondence/{note}") { _, visit in try await note(visit, refusal: nil) }
        router.get("/correspondence/{note}/attachments/{place}") { _, visit in try await attachment(visit) }
        router.get("/correspondence/{note}/proof") { _, visit in try await proof(visit) }
        router.post("/correspondence/{note}/acknowledge") { request, visit in try await acknowledge(request, visit) }
        router.post("/correspondence/{note}/forward") { request, visit in try await forward(request, visit) }
        router.post("/correspondence/{note}/close") { request, visit in try await close(request, visit) }
    }

    // MARK: What all of them share

    var writing: NoteWriting { NoteWriting(record: house.record, sealing: desk.sealing) }

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("correspondence.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func number(_ name: String, _ visit: Visit) throws -> Int64 {
        guard let number = Int64(try visit.parameter(name)), number >= 0 else { throw CorrespondenceCommands.unknown }
        return number
    }

    func offices(_ person: Person) -> [String] { person.appointments.map(\.office).sorted() }

    /// The person and the note, where the person is of its audience; what others may not read is not there for them.
    func readable(_ visit: Visit) async throws -> (Person, NoteFile, Set<String>) {
        let person = try house.access.requireSignedIn(visit.person)
        let entry = try number("note", visit)
        guard let note = try await house.record.read({ try CorrespondenceQueries(database: $0).note(entry) }) else {
            throw CorrespondenceCommands.unknown
        }
        let mine = note.offices(at: desk.node).intersection(offices(person))
        guard !mine.isEmpty else { throw CorrespondenceCommands.unknown }
        return (person, note, mine)
    }

    func readableDraft(_ visit: Visit) async throws -> (Person, DraftFile) {
        let person = try house.access.requireSignedIn(visit.person)
        let entry = try number("draft", visit)
        guard let draft = try await house.record.read({ try CorrespondenceQueries(database: $0).draft(entry) }),
            offices(person).contains(draft.office)
        else { throw CorrespondenceCommands.unknown }
        return (person, draft)
    }

    func letter(_ content: JSON, _ offices: some Sequence<String>) -> Letter? { try? desk.sealing.letter(content, as: offices) }

    func subject(_ content: JSON, _ offices: some Sequence<String>, _ visit: Visit) -> String {
        letter(content, offices)?.subject ?? text("sealed", visit)
    }

    /// Everybody who can be written to: the node's own offices, then other nodes'.
    func addressees() async throws -> [Addressee] {
        let (access, desk, title) = (house.access, desk, house.configuration.name)
        return try await house.record.read { database in
            try access.offices(in: database).map {
                Addressee(node: desk.node, nodeTitle: title, office: $0.id, officeName: $0.names, keys: [])
            } + desk.book.addressees(in: database).filter { $0.node != desk.node && !$0.keys.isEmpty }
        }
    }

    /// What a node calls itself, as this one has accepted it.
    func name(_ node: NodeName, _ addressees: [Addressee], _ visit: Visit) -> String {
        addressees.first { $0.node == node }.map { chosen($0.nodeTitle, visit) ?? node.description } ?? node.description
    }

    private func chosen(_ texts: [String: String], _ visit: Visit) -> String? {
        texts[visit.language.tag] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value
    }

    func name(_ party: SealingParty, _ addressees: [Addressee], _ visit: Visit) -> String {
        guard let found = addressees.first(where: { $0.party == party }) else { return party.description }
        let office = chosen(found.officeName, visit) ?? party.office
        return party.node == desk.node ? office : "\(office) · \(chosen(found.nodeTitle, visit) ?? party.node.description)"
    }

    func page(_ template: String, _ title: String, _ context: [String: Any], _ visit: Visit, status: HTTPResponse.Status = .ok) throws
        -> Response
    {
        var page = Page(
            template: "correspondence/\(template)", title: title, context: context, status: status,
            trail: template == "list" || template == "hotline" ? [] : [Breadcrumb(text("title", visit), "/correspondence")],
            section: template == "hotline" ? "/hotline" : "/correspondence")
        if ["list", "note", "hotline"].contains(template) { page.dossier = CorrespondenceCommands.dossier }
        if ["list", "note"].contains(template) { page.alternates = [.json] }
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    func json(_ value: JSON) -> Response {
        var response = house.json(value)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    func choices(_ addressees: [Addressee], chosen: Set<String>, _ visit: Visit) -> [[String: Any]] {
        addressees.map {
            ["value": $0.party.description, "name": name($0.party, addressees, visit), "chosen": chosen.contains($0.party.description)]
        }
    }

    /// The first office for which the person may act in the role, among those given.
    func acting(_ person: Person, _ role: Role, among offices: some Collection<String>) throws -> String {
        guard let office = person.offices(as: role).first(where: offices.contains) else { throw Access.refusal(of: role) }
        return office
    }

    func rules(_ office: String, _ person: Person) -> CorrespondenceCommands {
        CorrespondenceCommands(node: desk.node, office: office, author: person.id)
    }

    /// The addressees of a form; `all` stands for every office of other nodes.
    func parties(_ fields: Fields, knowing addressees: [Addressee]) throws -> [SealingParty] {
        var parties: [SealingParty] = []
        if try fields.text("all") != nil { parties = addressees.map(\.party).filter { $0.node != desk.node } }
        for text in fields.texts("to") {
            guard let party = SealingParty(text) else { throw CorrespondenceCommands.unknownOffice(text) }
            guard addressees.contains(where: { $0.party == party }) else { throw CorrespondenceCommands.unknownOffice(text) }
            if !parties.contains(party) { parties.append(party) }
        }
        return parties
    }
}
