import Acts
import Federation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

extension CorrespondencePages {
    func note(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (person, note, mine) = try await readable(visit)
        let (thread, events) = try await house.record.read { database in
            let queries = CorrespondenceQueries(database: database)
            return (try queries.thread(note.thread), try queries.events(of: note.entry))
        }
        if try visit.representation(of: [.html, .json]) == .json {
            return json(resource(note, mine, body: true, original: try await original(note)))
        }
        let addressees = try await addressees()
        let letter = self.letter(note.content, mine)
        let standing = try await original(note)
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
            "from": addressees.contains { $0.party == note.from }
                ? name(note.from, addressees, visit)
                : "\(note.fromName[visit.language.tag] ?? note.fromName["en"] ?? note.from.office) · \(name(note.from.node, addressees, visit))",
            "paragraphs": (letter?.body ?? "").split(separator: "\n", omittingEmptySubsequences: true).map(String.init),
            "isOpen": letter != nil, "whyClosed": letter == nil ? whyClosed(note.content, mine, visit) : false,
            "original": standing.map { text("original.\($0.rawValue)", visit) } ?? false, "originalState": standing?.rawValue ?? false,
            "originalClass": standing == .verified ? "agreed" : "refused", "record": "/record/acts/\(note.entry)",
            "deadline": note.deadline.map { text("due", ["date": .date($0)], visit) } ?? false,
            "forwarded": note.forwardedBy.map { text("forwarded-by", ["office": .text(name($0, addressees, visit))], visit) } ?? false,
            "to": note.to.map { addressed -> [String: Any] in
                let state = note.delivery(to: addressed, at: desk.node)
                let seesStates = mine.contains(note.from.office) && note.from.node == desk.node || note.forwardedBy?.node == desk.node
                return [
                    "name": name(addressed.party, addressees, visit),
                    "state": seesStates || addressed.party.node == desk.node ? text("state.\(state.rawValue)", visit) : false,
                    "class": state == .refused ? "refused" : state == .acknowledged ? "agreed" : "awaiting", "name-state": state.rawValue,
                    "why": seesStates && state == .refused ? whyRefused(addressed.refused, visit) : false,
                    "node": seesStates && (state == .refused || state == .waiting)
                        ? "/nodes/\(PercentCoding.encode(addressed.party.node.description))" : false,
                    "proof": seesStates && addressed.party.node != desk.node && addressed.delivered != nil
                        ? "/correspondence/\(note.entry)/proof?node=\(PercentCoding.encode(addressed.party.node.description))" : false,
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
                        [
                            "office": .text(
                                SealingParty(event.party).map { name($0, addressees, visit) }
                                    ?? NodeName(event.party).map { name($0, addressees, visit) } ?? event.party),
                            "date": note.deadline.map(TextArgument.date) ?? .text(""),
                        ], visit),
                    "at": visit.language.text(event.at), "datetime": event.at.description, "address": "/record/acts/\(event.entry)",
                ] as [String: Any]
            },
            "self": "/correspondence/\(note.entry)", "request": house.formToken(visit), "second": house.formToken(visit),
            "third": house.formToken(visit), "mayAcknowledge": !unread.isEmpty, "mayAnswer": !answering.isEmpty,
            "mayForward": !handing.isEmpty && letter != nil && addressees.contains { !known.contains($0.party) },
            "mayClose": !handing.isEmpty && !note.isClosed, "isClosed": note.isClosed,
            "choices": choices(addressees.filter { !known.contains($0.party) }, chosen: [], visit),
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
        ]
        let other = note.forwardedBy ?? note.from
        context["proof"] =
            "/correspondence/\(note.entry)/proof"
            + (other.node == desk.node ? "" : "?node=\(PercentCoding.encode(other.node.description))")
        context["answer"] = "/correspondence/new?reply=\(note.entry)"
        return try page(
            "note", letter?.subject ?? text("sealed", visit), context, visit,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    /// Whether the first sender's record proves a note that was handed on; `nil` for one that came from its sender.
    private func original(_ note: NoteFile) async throws -> OriginalNote.Standing? {
        guard note.forwardedBy != nil else { return nil }
        let log: KnownLog?
        if note.from.node == desk.node {
            let verifiers = [house.record.verifierKey, house.record.mlDSA44VerifierKey].compactMap { try? $0.verifier() }
            log = KnownLog(origin: house.record.origin, verifiers: verifiers)
        } else {
            let book = desk.book
            log = try await house.record.read { try book.log(of: note.from.node, in: $0) }
        }
        return OriginalNote.standing(of: try original(of: note), at: note.reference, in: log)
    }

    /// Why another node refused a note for good, by its refusal's code.
    private func whyRefused(_ code: String?, _ visit: Visit) -> String {
        code == "exchange.no-office" ? text("refused.no-office", visit) : text("refused.other", ["code": .text(code ?? "")], visit)
    }

    /// Why the content does not open, and what helps.
    private func whyClosed(_ content: JSON, _ offices: some Sequence<String>, _ visit: Visit) -> String {
        do {
            _ = try desk.sealing.letter(content, as: offices)
            return text("cannot-open", visit)
        } catch let refusal as Refusal {
            let notice = house.notice(of: refusal, visit)
            return [notice["explanation"], notice["mend"]].compactMap { $0 as? String }.joined(separator: " ")
        } catch {
            return text("cannot-open", visit)
        }
    }

    /// Everything that proves a note, in one file to be checked offline: this node's entries, and another node's receipts for them.
    func proof(_ visit: Visit) async throws -> Response {
        let (_, note, _) = try await readable(visit)
        let asked = try visit.query.filled("node", longest: 255)
        let other = try asked.map { text in
            guard let node = NodeName(text),
                ([note.from, note.forwardedBy].compactMap(\.self) + note.to.map(\.party)).contains(where: { $0.node == node })
            else { throw CorrespondenceCommands.unknown }
            return node
        }
        let events = try await house.record.read { try CorrespondenceQueries(database: $0).events(of: note.entry) }
        let receipts = ExchangeReceipts(of: desk.node, in: house.record)
        var proofs: [ProofFile] = []
        for place in [note.entry] + events.filter({ $0.what == "acknowledged" }).map(\.entry) {
            guard let entry = try house.record.entry(at: place) else { continue }
            proofs.append(try EntryProof(of: entry, in: house.record, includesPayload: true).file)
            if let other { proofs += try await receipts.proofs(for: place, from: other) }
        }
        var response = json(ProofBundle(proofs.map(\.bytes)).json)
        response.headers[.contentDisposition] = "attachment; filename=\"note-\(note.entry).proofs.json\""
        return response
    }

    func attachment(_ visit: Visit) async throws -> Response {
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
        let clear = try desk.sealing.open(sealed, of: file)
        let name = PercentEncodedName.encode(file.name)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .contentDisposition: "attachment; filename*=UTF-8''\(name)",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: clear)))
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
