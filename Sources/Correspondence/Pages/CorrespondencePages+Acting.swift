import Acts
import Federation
import HTTPTypes
import Hummingbird
import Record
import Web

extension CorrespondencePages {
    /// Enters what an office does with a note, as it stands at the act's turn, and shows the note again.
    func enter(
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

    func acknowledge(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, note, _) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        let addressed = note.addressedOffices(at: desk.node)
        let unread = addressed.filter { office in
            note.to.contains { $0.party == desk.sealing.party(office) && $0.acknowledged == nil }
        }
        let office = try acting(person, .correspondent, among: unread.isEmpty ? addressed : unread)
        return try await enter(note, for: office, by: person) { try $0.acknowledge($1, form: form.request) }
    }

    func close(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, note, mine) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        let office = try acting(person, .correspondent, among: mine)
        return try await enter(note, for: office, by: person) { try $0.close($1, form: form.request) }
    }

    func forward(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, note, mine) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        let office = try acting(person, .correspondent, among: mine)
        do {
            let known = try await addressees()
            let parties = try parties(form.fields, knowing: known)
            let sealed = try desk.sealing.forward(note.content, by: office, as: mine, to: parties, of: known)
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
    func original(of note: NoteFile) throws -> JSON {
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
}
