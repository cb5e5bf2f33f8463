import Acts
import Federation
import HTTPTypes
import Hummingbird
import Record
import Web

extension CorrespondencePages {
    func list(_ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = offices(person)
        let parties = offices.map(desk.sealing.party)
        let (incoming, outgoing, drafts, calls) = try await house.record.read { database in
            let queries = CorrespondenceQueries(database: database)
            return (
                try queries.incoming(to: parties), try queries.outgoing(from: parties), try queries.drafts(of: offices),
                try HotlineQueries(database: database).unanswered()
            )
        }
        let waiting = calls.filter { !$0.answering(at: desk.node).isDisjoint(with: offices) }
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
                    "urgency": note.urgency(on: today).map { text("urgency.\($0.rawValue)", visit) } ?? false,
                    "urgencyName": note.urgency(on: today)?.rawValue ?? false,
                    "urgencyClass": note.urgency(on: today) == .overdue ? "refused" : "awaiting",
                ]
            }
        }
        let open = (incoming + outgoing).filter(\.awaitsAnswer)
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
                "waiting": waiting.isEmpty ? false : text("hotline.standing", ["count": .number(Int64(waiting.count))], visit),
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

    func resource(_ note: NoteFile, _ offices: some Sequence<String>, body: Bool = false, original: OriginalNote.Standing? = nil) -> JSON {
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
        object["original"] = original.map { .string($0.rawValue) }
        object["forwardedBy"] = note.forwardedBy.map { .string($0.description) }
        if body, let letter {
            object["body"] = .string(letter.body)
            object["attachments"] = .array(letter.attachments.map { ["name": .string($0.name), "size": .integer($0.size)] })
        }
        return .object(object)
    }
}
