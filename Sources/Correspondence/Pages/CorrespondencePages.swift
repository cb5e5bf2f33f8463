import Acts
import Federation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
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
        router.post("/correspondence/{note}/acknowledge") { request, visit in try await acknowledge(request, visit) }
        router.post("/correspondence/{note}/forward") { request, visit in try await forward(request, visit) }
        router.post("/correspondence/{note}/close") { request, visit in try await close(request, visit) }
    }

    // MARK: What all of them share

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
    private func readable(_ visit: Visit) async throws -> (Person, NoteFile, Set<String>) {
        let person = try house.access.requireSignedIn(visit.person)
        let entry = try number("note", visit)
        guard let note = try await house.record.read({ try CorrespondenceQueries(database: $0).note(entry) }) else {
            throw CorrespondenceCommands.unknown
        }
        let mine = note.offices(at: desk.node).intersection(offices(person))
        guard !mine.isEmpty else { throw CorrespondenceCommands.unknown }
        return (person, note, mine)
    }

    private func readableDraft(_ visit: Visit) async throws -> (Person, DraftFile) {
        let person = try house.access.requireSignedIn(visit.person)
        let entry = try number("draft", visit)
        guard let draft = try await house.record.read({ try CorrespondenceQueries(database: $0).draft(entry) }),
            offices(person).contains(draft.office)
        else { throw CorrespondenceCommands.unknown }
        return (person, draft)
    }

    private func letter(_ content: JSON, _ offices: some Sequence<String>) -> Letter? { try? desk.sealing.letter(content, as: offices) }

    private func subject(_ content: JSON, _ offices: some Sequence<String>, _ visit: Visit) -> String {
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

    func name(_ party: SealingParty, _ addressees: [Addressee], _ visit: Visit) -> String {
        guard let found = addressees.first(where: { $0.party == party }) else { return party.description }
        func chosen(_ texts: [String: String]) -> String? {
            texts[visit.language.tag] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value
        }
        let office = chosen(found.officeName) ?? party.office
        return party.node == desk.node ? office : "\(office) · \(chosen(found.nodeTitle) ?? party.node.description)"
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

    // MARK: The lists

    private func list(_ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = offices(person)
        let parties = offices.map(desk.sealing.party)
        let (incoming, outgoing, drafts) = try await house.record.read { database in
            let queries = CorrespondenceQueries(database: database)
            return (try queries.incoming(to: parties), try queries.outgoing(from: parties), try queries.drafts(of: offices))
        }
        let addressees = try await addressees()
        if try visit.representation(of: [.html, .json]) == .json {
            return json([
                "incoming": .array(incoming.map { resource($0, offices) }), "outgoing": .array(outgoing.map { resource($0, offices) }),
                "drafts": .array(
                    drafts.map {
                        [
                            "draft": .integer($0.draft), "version": .integer($0.version), "office": .string($0.office),
                            "state": .string($0.state.rawValue),
                        ]
                    }),
            ])
        }
        let today = house.now().date
        func rows(_ notes: [NoteFile], from: Bool) -> [[String: Any]] {
            notes.map { note in
                let other =
                    from ? name(note.from, addressees, visit) : note.to.map { name($0.party, addressees, visit) }.joined(separator: ", ")
                return [
                    "address": "/correspondence/\(note.entry)", "subject": subject(note.content, offices, visit),
                    "number": text("number", ["number": .text(note.numberText)], visit), "kind": text("kind.\(note.note.rawValue)", visit),
                    "other": other, "date": visit.language.text(note.date), "state": stateChip(note, offices, visit),
                    "stateClass": stateClass(note, offices),
                    "deadline": note.deadline.map { text("due", ["date": .date($0)], visit) } ?? false,
                ]
            }
        }
        let open = (incoming + outgoing).filter { $0.deadline != nil && !$0.isClosed && !$0.isAnswered }
        let due = Dictionary(open.map { ($0.entry, $0) }, uniquingKeysWith: { first, _ in first }).values
            .sorted { ($0.deadline ?? today, $0.entry) < ($1.deadline ?? today, $1.entry) }
        let unread = incoming.filter { note in
            note.to.contains { parties.contains($0.party) && $0.acknowledged == nil }
        }
        let draftRows: [[String: Any]] = drafts.map { draft in
            [
                "address": "/correspondence/drafts/\(draft.draft)", "subject": subject(draft.paper.content, [draft.office], visit),
                "state": text("draft.\(draft.state.rawValue)", visit), "kind": text("kind.\(draft.paper.note.rawValue)", visit),
                "date": visit.language.text(draft.received.date),
            ]
        }
        return try page(
            "list", text("title", visit),
            [
                "standing": text(
                    "standing", ["count": .number(Int64(unread.count))], visit),
                "mayDraft": person.holds(.correspondent), "hasIncoming": !incoming.isEmpty, "incoming": rows(incoming, from: true),
                "hasOutgoing": !outgoing.isEmpty, "outgoing": rows(outgoing, from: false), "hasDrafts": !drafts.isEmpty,
                "drafts": draftRows, "hasDue": !due.isEmpty, "due": rows(Array(due), from: true),
            ], visit)
    }

    private func stateOf(_ note: NoteFile, _ offices: [String]) -> NoteFile.Delivery {
        let shown = note.to.filter {
            note.from.node != desk.node || !offices.contains(note.from.office) ? $0.party.node == desk.node : true
        }
        let states = shown.map { note.delivery(to: $0, at: desk.node) }
        return [.refused, .waiting, .delivered].first { states.contains($0) } ?? .acknowledged
    }

    private func stateChip(_ note: NoteFile, _ offices: [String], _ visit: Visit) -> String {
        text("state.\(stateOf(note, offices).rawValue)", visit)
    }

    private func stateClass(_ note: NoteFile, _ offices: [String]) -> String {
        switch stateOf(note, offices) {
        case .refused: "refused"
        case .acknowledged: "agreed"
        default: "awaiting"
        }
    }

    private func resource(_ note: NoteFile, _ offices: some Sequence<String>, body: Bool = false) -> JSON {
        let letter = self.letter(note.content, offices)
        var object: JSONObject = [
            "entry": .integer(note.entry), "origin": .string(note.reference.origin), "index": .integer(note.reference.index),
            "kind": .string(note.note.rawValue), "number": .string(note.numberText), "date": .string(note.date.description),
            "from": .string(note.from.description), "thread": .string(note.thread), "closed": .bool(note.isClosed),
            "to": .array(
                note.to.map { addressed in
                    var object: JSONObject = [
                        "office": .string(addressed.party.description),
                        "state": .string(note.delivery(to: addressed, at: desk.node).rawValue),
                    ]
                    object["delivered"] = addressed.delivered.map { .string($0.description) }
                    object["acknowledged"] = addressed.acknowledged.map { .string($0.description) }
                    object["refused"] = addressed.refused.map(JSON.string)
                    return .object(object)
                }), "subject": JSON(letter?.subject),
        ]
        object["deadline"] = note.deadline.map { .string($0.description) }
        object["forwardedBy"] = note.forwardedBy.map { .string($0.description) }
        if body, let letter {
            object["body"] = .string(letter.body)
            object["attachments"] = .array(letter.attachments.map { ["name": .string($0.name), "size": .integer($0.size)] })
        }
        return .object(object)
    }

    // MARK: One note

    private func note(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (person, note, mine) = try await readable(visit)
        let (thread, events) = try await house.record.read { database in
            let queries = CorrespondenceQueries(database: database)
            return (try queries.thread(note.thread), try queries.events(of: note.entry))
        }
        if try visit.representation(of: [.html, .json]) == .json { return json(resource(note, mine, body: true)) }
        let addressees = try await addressees()
        let letter = self.letter(note.content, mine)
        let readableThread = thread.filter { !$0.offices(at: desk.node).isDisjoint(with: offices(person)) && $0.entry != note.entry }
        let answering = person.offices(as: .correspondent).filter(note.addressedOffices(at: desk.node).contains)
        let unread = answering.filter { office in
            note.to.contains { $0.party == desk.sealing.party(office) && $0.acknowledged == nil }
        }
        let handing = person.offices(as: .correspondent).filter(mine.contains)
        let known = Set([note.from] + note.to.map(\.party))
        var context: [String: Any] = [
            "subject": letter?.subject ?? text("sealed", visit), "kind": text("kind.\(note.note.rawValue)", visit),
            "number": text("number", ["number": .text(note.numberText)], visit), "date": visit.language.text(note.date),
            "from": note.from.node == desk.node
                ? name(note.from, addressees, visit)
                : "\(note.fromName[visit.language.tag] ?? note.fromName["en"] ?? note.from.office) · \(note.from.node)",
            "paragraphs": (letter?.body ?? "").split(separator: "\n", omittingEmptySubsequences: true).map(String.init),
            "isOpen": letter != nil, "record": "/record/acts/\(note.entry)",
            "deadline": note.deadline.map { text("due", ["date": .date($0)], visit) } ?? false,
            "forwarded": note.forwardedBy.map { text("forwarded-by", ["office": .text(name($0, addressees, visit))], visit) } ?? false,
            "to": note.to.map { addressed -> [String: Any] in
                let state = note.delivery(to: addressed, at: desk.node)
                let seesStates = mine.contains(note.from.office) && note.from.node == desk.node || note.forwardedBy?.node == desk.node
                return [
                    "name": name(addressed.party, addressees, visit),
                    "state": seesStates || addressed.party.node == desk.node ? text("state.\(state.rawValue)", visit) : false,
                    "class": state == .refused ? "refused" : state == .acknowledged ? "agreed" : "awaiting", "name-state": state.rawValue,
                ]
            },
            "hasAttachments": !(letter?.attachments.isEmpty ?? true),
            "attachments": (letter?.attachments ?? []).enumerated().map { place, file in
                [
                    "name": file.name, "address": "/correspondence/\(note.entry)/attachments/\(place)",
                    "size": text("size", ["count": .number((file.size + 1023) / 1024)], visit),
                ] as [String: Any]
            },
            "hasThread": !readableThread.isEmpty,
            "thread": readableThread.map { other in
                [
                    "address": "/correspondence/\(other.entry)", "subject": subject(other.content, offices(person), visit),
                    "number": text("number", ["number": .text(other.numberText)], visit), "date": visit.language.text(other.date),
                    "from": name(other.from, addressees, visit),
                ] as [String: Any]
            },
            "events": events.map { event in
                [
                    "text": text(
                        "event.\(event.what)",
                        ["office": .text(SealingParty(event.party).map { name($0, addressees, visit) } ?? event.party)], visit),
                    "at": visit.language.text(event.at), "datetime": event.at.description, "address": "/record/acts/\(event.entry)",
                ] as [String: Any]
            },
            "self": "/correspondence/\(note.entry)", "request": house.formToken(visit), "second": house.formToken(visit),
            "third": house.formToken(visit), "mayAcknowledge": !unread.isEmpty, "mayAnswer": !answering.isEmpty,
            "mayForward": !handing.isEmpty && letter != nil, "mayClose": !handing.isEmpty && !note.isClosed, "isClosed": note.isClosed,
            "choices": choices(addressees.filter { !known.contains($0.party) }, chosen: [], visit),
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
        ]
        context["answer"] = "/correspondence/new?reply=\(note.entry)"
        return try page(
            "note", letter?.subject ?? text("sealed", visit), context, visit,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    private func choices(_ addressees: [Addressee], chosen: Set<String>, _ visit: Visit) -> [[String: Any]] {
        addressees.map {
            ["value": $0.party.description, "name": name($0.party, addressees, visit), "chosen": chosen.contains($0.party.description)]
        }
    }

    private func attachment(_ visit: Visit) async throws -> Response {
        let (_, note, mine) = try await readable(visit)
        let place = try number("place", visit)
        guard let letter = self.letter(note.content, mine), letter.attachments.indices.contains(Int(clamping: place)) else {
            throw CorrespondenceCommands.unknown
        }
        let file = letter.attachments[Int(clamping: place)]
        guard let hash = Hexadecimal.decode(file.blob.utf8), hash.count == 32, let sealed = try house.record.blob(sha256: hash) else {
            throw Refusal(
                .unavailable, code: "correspondence.attachment-missing", "The attachment has not arrived yet.", mend: "Try again later.")
        }
        let clear = try SealedFile.open(sealed, key: file.key)
        let name = PercentEncodedName.encode(file.name)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .contentDisposition: "attachment; filename*=UTF-8''\(name)",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: clear)))
    }

    // MARK: Acting on a note

    /// The first office for which the person may act in the role, among those given.
    private func acting(_ person: Person, _ role: Role, among offices: some Collection<String>) throws -> String {
        guard let office = person.offices(as: role).first(where: offices.contains) else { throw Access.refusal(of: role) }
        return office
    }

    private func rules(_ office: String, _ person: Person) -> CorrespondenceCommands {
        CorrespondenceCommands(node: desk.node, office: office, author: person.id)
    }

    /// Enters what an office does with a note, as it stands at the act's turn, and shows the note again.
    private func enter(
        _ note: NoteFile, for office: String, by person: Person,
        _ act: @escaping @Sendable (CorrespondenceCommands, NoteFile) throws -> [ActDraft]
    ) async throws -> Response {
        let (access, commands) = (house.access, rules(office, person))
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(person, .correspondent, in: office, of: context.database)
                guard let note = try CorrespondenceQueries(database: context.database).note(note.entry) else {
                    throw CorrespondenceCommands.unknown
                }
                return try act(commands, note)
            })
        return house.seeOther("/correspondence/\(note.entry)")
    }

    private func acknowledge(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, note, _) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        let addressed = note.addressedOffices(at: desk.node)
        let unread = addressed.filter { office in
            note.to.contains { $0.party == desk.sealing.party(office) && $0.acknowledged == nil }
        }
        let office = try acting(person, .correspondent, among: unread.isEmpty ? addressed : unread)
        return try await enter(note, for: office, by: person) { try $0.acknowledge($1, form: form.request) }
    }

    private func close(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, note, mine) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        let office = try acting(person, .correspondent, among: mine)
        return try await enter(note, for: office, by: person) { try $0.close($1, form: form.request) }
    }

    private func forward(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, note, mine) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        let office = try acting(person, .correspondent, among: mine)
        do {
            let parties = try parties(form.fields)
            let sealed = try desk.sealing.forward(note.content, by: office, as: mine, to: parties, of: try await addressees())
            let original = try original(of: note)
            let (access, commands) = (house.access, rules(office, person))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .correspondent, in: office, of: context.database)
                    guard let note = try CorrespondenceQueries(database: context.database).note(note.entry) else {
                        throw CorrespondenceCommands.unknown
                    }
                    return try commands.forward(note, to: parties, content: sealed.json, original: original, form: form.request)
                })
            return house.seeOther("/correspondence/\(note.entry)")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await self.note(visit, refusal: refusal)
        }
    }

    /// The note as its sender's record has it: from this node's own record, from the act of its reception, or from that of its handing on.
    private func original(of note: NoteFile) throws -> JSON {
        guard let entry = try house.record.entry(at: note.entry), case .present(let sealed) = entry.content else {
            throw CorrespondenceCommands.unknown
        }
        let json = try sealed.json()
        switch entry.kind {
        case NoteSent.kind:
            return [
                "leaf": .string(Base64.encode(entry.leaf)), "payload": .string(Base64.encode(sealed.bytes)),
                "salt": .string(Base64.encode(sealed.salt)),
                "proof": .string(String(decoding: try house.record.proof(of: entry.index), as: UTF8.self)),
            ]
        case NoteForwarded.kind: return json["original"] ?? .null
        default:
            guard let act = ExchangedAct(entry) else { throw CorrespondenceCommands.unknown }
            if act.header.statement.kind == NoteForwarded.kind { return act.payload["original"] ?? .null }
            var object = JSONObject()
            for name in ["leaf", "payload", "salt", "proof"] { object[name] = json[name] }
            return .object(object)
        }
    }

    private func parties(_ fields: Fields) throws -> [SealingParty] {
        var parties: [SealingParty] = []
        for text in fields.texts("to") {
            guard let party = SealingParty(text) else { throw CorrespondenceCommands.unknownOffice(text) }
            if !parties.contains(party) { parties.append(party) }
        }
        return parties
    }

    // MARK: Drafts

    private func form(_ fields: Fields?, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .correspondent)
        var draft: DraftFile?
        if visit.parameters["draft"] != nil { draft = try await readableDraft(visit).1 }
        let old = draft.flatMap { letter($0.paper.content, [$0.office]) }
        var replied: NoteFile?
        if let entry = try (fields ?? visit.query).integer("reply", in: 0...Int64.max) {
            replied = try await house.record.read { try CorrespondenceQueries(database: $0).note(entry) }
            if let note = replied, note.offices(at: desk.node).isDisjoint(with: offices(person)) { replied = nil }
        }
        let addressees = try await addressees()
        let mine = person.offices(as: .correspondent)
        let from = (try? fields?.text("from")) ?? draft?.office ?? replied?.addressedOffices(at: desk.node).first(where: mine.contains)
        let kind = (try? fields?.text("kind")) ?? draft?.paper.note.rawValue ?? NoteKind.noteVerbale.rawValue
        let chosen = Set(fields?.texts("to") ?? draft?.paper.to ?? replied.map { [$0.from.description] } ?? [])
        func value(_ name: String, _ kept: String?) -> String { (try? fields?.text(name)) ?? kept ?? "" }
        let address = draft.map { "/correspondence/drafts/\($0.draft)/edit" } ?? "/correspondence/new"
        return try page(
            "write", text(draft == nil ? "write" : "rewrite", visit),
            [
                "action": address, "request": house.formToken(visit), "heading": text(draft == nil ? "write" : "rewrite", visit),
                "offices": mine.map { office in
                    [
                        "value": office, "name": name(desk.sealing.party(office), addressees, visit), "selected": office == from,
                    ] as [String: Any]
                },
                "kinds": NoteKind.allCases.map { value in
                    ["value": value.rawValue, "name": text("kind.\(value.rawValue)", visit), "selected": value.rawValue == kind]
                        as [String: Any]
                },
                "choices": choices(addressees, chosen: chosen, visit),
                "reply": replied.map { String($0.entry) } ?? false,
                "subject": value("subject", old?.subject ?? replied.map { subject($0.content, offices(person), visit) }),
                "body": value("body", old?.body), "deadline": value("deadline", draft?.paper.deadline?.description),
                "kept": (old?.attachments ?? []).map(\.name), "hasKept": !(old?.attachments.isEmpty ?? true),
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    private func draft(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .correspondent)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        do {
            var old: DraftFile?
            if visit.parameters["draft"] != nil { old = try await readableDraft(visit).1 }
            let office = try form.fields.required("from")
            guard person.offices(as: .correspondent).contains(office) else { throw Access.refusal(of: .correspondent) }
            let subject = try form.fields.required("subject")
            let body = try form.fields.required("body")
            _ = try form.fields.filled("subject", longest: CorrespondenceCommands.longestSubject)
            _ = try form.fields.filled("body", longest: CorrespondenceCommands.longestBody)
            let kept = old.flatMap { self.letter($0.paper.content, [$0.office]) }?.attachments ?? []
            var letter = Letter(subject: subject, body: body, attachments: kept)
            for file in form.files where file.field == "attachment" && !file.bytes.isEmpty {
                let sealed = try SealedFile.seal(file.bytes)
                let hash = try house.record.storeBlob(sealed.ciphertext)
                letter.attachments.append(
                    Letter.Attachment(
                        name: String(file.name.prefix(200)), size: Int64(file.bytes.count), blob: Hexadecimal.encode(hash), key: sealed.key)
                )
            }
            guard letter.attachments.count <= NotePaper.mostBlobs else {
                throw Refusal(
                    .malformed, code: "correspondence.many-attachments", "A note has at most \(NotePaper.mostBlobs) attachments.",
                    mend: "Put several into one.", arguments: ["most": String(NotePaper.mostBlobs)])
            }
            let reply = try await replied(form.fields, person) ?? old?.paper.inReplyTo
            let sealed = try desk.sealing.seal(letter.bytes, from: office, to: [], of: [])
            let parties = try parties(form.fields)
            let known = try await addressees()
            for party in parties where !known.contains(where: { $0.party == party }) {
                throw CorrespondenceCommands.unknownOffice(party.description)
            }
            let paper = NotePaper(
                note: try form.fields.choice("kind", of: NoteKind.self) ?? .noteVerbale, from: desk.sealing.party(office).description,
                to: parties.map(\.description), deadline: try form.fields.date("deadline"), inReplyTo: reply, content: sealed.json,
                blobs: letter.attachments.map(\.blob))
            let (access, commands, first) = (house.access, rules(office, person), old?.draft)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .correspondent, in: office, of: context.database)
                    let draft = try first.flatMap { try CorrespondenceQueries(database: context.database).draft($0) }
                    return try commands.draft(paper, revising: draft, today: context.now.date, form: form.request)
                })
            return house.seeOther("/correspondence/drafts/\(old?.draft ?? entries.first?.index ?? 0)")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await self.form(form.fields, refusal: refusal, visit)
        }
    }

    private func replied(_ fields: Fields, _ person: Person) async throws -> NoteReference? {
        guard let entry = try fields.integer("reply", in: 0...Int64.max) else { return nil }
        guard let note = try await house.record.read({ try CorrespondenceQueries(database: $0).note(entry) }),
            !note.offices(at: desk.node).isDisjoint(with: offices(person))
        else { throw CorrespondenceCommands.unknown }
        return note.reference
    }

    private func draftPage(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (person, draft) = try await readableDraft(visit)
        let addressees = try await addressees()
        let letter = self.letter(draft.paper.content, [draft.office])
        let mayApprove = person.offices(as: .approver).contains(draft.office)
        let isOwn = draft.authors.contains(person.id)
        let returned = draft.returned.flatMap { try? desk.sealing.open($0, as: [draft.office]) }.map { String(decoding: $0, as: UTF8.self) }
        return try page(
            "draft", letter?.subject ?? text("sealed", visit),
            [
                "subject": letter?.subject ?? text("sealed", visit), "kind": text("kind.\(draft.paper.note.rawValue)", visit),
                "state": text("draft.\(draft.state.rawValue)", visit), "version": String(draft.version),
                "from": name(desk.sealing.party(draft.office), addressees, visit),
                "to": draft.paper.to.compactMap({ SealingParty($0) }).map { name($0, addressees, visit) },
                "deadline": draft.paper.deadline.map { text("due", ["date": .date($0)], visit) } ?? false,
                "paragraphs": (letter?.body ?? "").split(separator: "\n", omittingEmptySubsequences: true).map(String.init),
                "attachments": (letter?.attachments ?? []).map(\.name), "hasAttachments": !(letter?.attachments.isEmpty ?? true),
                "self": "/correspondence/drafts/\(draft.draft)", "request": house.formToken(visit), "second": house.formToken(visit),
                "mayApprove": mayApprove && !isOwn && draft.state == .waiting,
                "whyNot": isOwn && draft.state == .waiting ? text("why-not", visit) : false,
                "mayEdit": person.offices(as: .correspondent).contains(draft.office) && draft.state != .sent,
                "returned": returned ?? false, "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    private func send(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, draft) = try await readableDraft(visit)
        let form = try await house.form(from: request, visit)
        guard person.offices(as: .approver).contains(draft.office) else { throw Access.refusal(of: .approver) }
        do {
            let version = try form.fields.integer("version", in: 0...Int64.max) ?? -1
            let known = try await addressees()
            let office = draft.office
            // Read before anything is sealed to anybody; the rule asks once more that it is still this version.
            let clear = try desk.sealing.open(draft.paper.content, as: [office])
            let sealed = try desk.sealing.seal(clear, from: office, to: draft.paper.to.compactMap({ SealingParty($0) }), of: known)
            let names = known.first { $0.party == desk.sealing.party(office) }?.officeName ?? [:]
            let (access, commands, party) = (house.access, rules(office, person), desk.sealing.party(office))
            guard version == draft.version else {
                throw Refusal(
                    .conflict, code: "correspondence.newer-version", "The draft was written anew in the meantime.",
                    mend: "Read the newest version.")
            }
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    let queries = CorrespondenceQueries(database: context.database)
                    let today = context.now.date
                    return try commands.approveAndSend(
                        try queries.draft(draft.draft), version: version, content: sealed.json, fromName: names,
                        last: try queries.lastNumber(of: party, in: today.year), today: today, form: form.request)
                })
            return house.seeOther("/correspondence/\(entries.last?.index ?? 0)")
        } catch let refusal as Refusal where refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await draftPage(visit, refusal: refusal)
        }
    }

    private func giveBack(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, draft) = try await readableDraft(visit)
        let form = try await house.form(from: request, visit)
        guard person.offices(as: .approver).contains(draft.office) else { throw Access.refusal(of: .approver) }
        do {
            let reason = try form.fields.required("reason")
            _ = try form.fields.filled("reason", longest: 4_000)
            let version = try form.fields.integer("version", in: 0...Int64.max) ?? -1
            let office = draft.office
            let sealed = try desk.sealing.seal(Array(reason.utf8), from: office, to: [], of: [])
            let (access, commands) = (house.access, rules(office, person))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    let now = try CorrespondenceQueries(database: context.database).draft(draft.draft)
                    return try commands.giveBack(now, version: version, reason: sealed.json, form: form.request)
                })
            return house.seeOther("/correspondence/drafts/\(draft.draft)")
        } catch let refusal as Refusal where refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await draftPage(visit, refusal: refusal)
        }
    }
}

/// A file's name in a header (RFC 8187, 3.2): every byte but letters, digits, dot, hyphen and underscore percent-encoded.
enum PercentEncodedName {
    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x5F].contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + Hexadecimal.encode([byte]).uppercased()
        }.joined()
    }
}
