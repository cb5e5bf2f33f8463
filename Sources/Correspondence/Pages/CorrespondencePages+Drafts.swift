import Acts
import Federation
import HTTPTypes
import Hummingbird
import Ledger
import Record
import Web

extension CorrespondencePages {
    func form(_ fields: Fields?, refusal: Refusal?, _ visit: Visit) async throws -> Response {
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
                "choices": choices(
                    addressees.filter { !mine.contains($0.office) || $0.node != desk.node || mine.count > 1 }, chosen: chosen, visit),
                "reply": replied.map { String($0.entry) } ?? false,
                "subject": value("subject", old?.subject ?? replied.map { subject($0.content, offices(person), visit) }),
                "body": value("body", old?.body), "deadline": value("deadline", draft?.paper.deadline?.description),
                "kept": (old?.attachments ?? []).map { file in
                    [
                        "blob": file.blob, "name": file.name,
                        "isKept": fields.map { $0.texts("keep").contains(file.blob) } ?? true,
                    ] as [String: Any]
                }, "all": (try? fields?.text("all")) != nil, "hasKept": !(old?.attachments.isEmpty ?? true),
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    func draft(_ request: Request, _ visit: Visit) async throws -> Response {
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
            let keeps = Set(form.fields.texts("keep"))
            let kept = (try old.map { try desk.sealing.letter($0.paper.content, as: [$0.office]) })?.attachments ?? []
            var letter = Letter(subject: subject, body: body, attachments: kept.filter { keeps.contains($0.blob) })
            for file in form.files where file.field == "attachment" && !file.bytes.isEmpty {
                let sealed = try desk.sealing.seal(file: file.bytes)
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
            let parties = try parties(form.fields, knowing: try await addressees())
            let sheet = NoteWriting.Sheet(
                kind: try form.fields.choice("kind", of: NoteKind.self) ?? .noteVerbale, office: office, to: parties,
                deadline: try form.fields.date("deadline"), inReplyTo: reply)
            let access = house.access
            let entry = try await writing.draft(letter, on: sheet, revising: old?.draft, by: person.id, form: form.request) {
                try access.requireStill(person, .correspondent, in: office, of: $0)
            }
            return house.seeOther("/correspondence/drafts/\(entry)")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await self.form(form.fields, refusal: refusal, visit)
        }
    }

    func replied(_ fields: Fields, _ person: Person) async throws -> NoteReference? {
        guard let entry = try fields.integer("reply", in: 0...Int64.max) else { return nil }
        guard let note = try await house.record.read({ try CorrespondenceQueries(database: $0).note(entry) }),
            !note.offices(at: desk.node).isDisjoint(with: offices(person))
        else { throw CorrespondenceCommands.unknown }
        return note.reference
    }

    func draftPage(_ visit: Visit, refusal: Refusal?) async throws -> Response {
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

    func send(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, draft) = try await readableDraft(visit)
        let form = try await house.form(from: request, visit)
        guard person.offices(as: .approver).contains(draft.office) else { throw Access.refusal(of: .approver) }
        do {
            let version = try form.fields.integer("version", in: 0...Int64.max) ?? -1
            let (access, office) = (house.access, draft.office)
            let entry = try await writing.approveAndSend(
                draft, version: version, by: person.id, knowing: try await addressees(), form: form.request
            ) { try access.requireStill(person, .approver, in: office, of: $0) }
            return house.seeOther("/correspondence/\(entry)")
        } catch let refusal as Refusal where refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await draftPage(visit, refusal: refusal)
        }
    }

    func giveBack(_ request: Request, _ visit: Visit) async throws -> Response {
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
