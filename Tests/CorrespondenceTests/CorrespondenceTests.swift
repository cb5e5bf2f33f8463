import Acts
import Federation
import Foundation
import Record
import TestSupport
import Testing

@testable import Correspondence
@testable import Web

/// Notes from one real node to another: drafted, approved by a second person, sent, read, answered, handed on, and never in clear at rest.
@Suite("Correspondence")
struct CorrespondenceTests {
    static let secret = "Zanzibarite-protocol-7731"
    static let fileSecret = "Quetzalcoatlus-annex-9042"
    static let nameSecret = "Xylophonist-list.txt"

    private func drafted(_ node: CorrespondenceNode, _ drafter: String, to: String, extra: [(String, String)] = []) async throws -> String {
        try await node.visit(drafter) { visitor in
            let answer = try await visitor.upload(
                "/correspondence/new", to: "/correspondence/new",
                [
                    ("from", "cabinet"), ("kind", "note-verbale"), ("to", to), ("subject", "Subject \(Self.secret)"),
                    ("body", "The Ministry presents its compliments. \(Self.secret)"), ("deadline", "2026-12-01"),
                ] + extra, file: (Self.nameSecret, Array(Self.fileSecret.utf8)))
            #expect(answer.status == 303, "\(answer.text)")
            return try #require(answer.location)
        }
    }

    private func sent(_ node: CorrespondenceNode, _ approver: String, _ draft: String) async throws -> String {
        try await node.visit(approver) { visitor in
            let entry = try #require(draft.split(separator: "/").last)
            let answer = try await visitor.submit(draft, to: "\(draft)/send", [("version", String(entry))])
            #expect(answer.status == 303, "\(answer.text)")
            return try #require(answer.location)
        }
    }

    @Test("A note goes to another node, is read there, acknowledged, answered in its thread, and handed on to a third")
    func whole() async throws {
        let book = TestBook()
        let ministry = try CorrespondenceNode("mfa.example.org", book: book)
        let mission = try CorrespondenceNode("mission.example.net", book: book)
        let third = try CorrespondenceNode("third.example.com", book: book)
        let (drafter, approver) = try await ministry.establish("cabinet")
        let (reader, secondReader) = try await mission.establish("political")
        let (stranger, _) = try await mission.establish("consular")
        let (thirdReader, _) = try await third.establish("registry")
        let draft = try await drafted(ministry, drafter, to: "mission.example.net/political")

        // Two persons: the drafter has the approver's role nowhere, and an approver who drafted may not approve.
        let own = try await drafted(ministry, approver, to: "mission.example.net/political")
        try await ministry.visit(approver) { (visitor: NoteVisitor) async throws -> Void in
            let entry = try #require(own.split(separator: "/").last)
            let refused = try await visitor.submit(own + "/edit", to: "\(own)/send", [("version", String(entry))])
            #expect(refused.status == 403 && refused.text.contains("Whoever wrote a draft"))
        }
        let note = try await sent(ministry, approver, draft)
        try await ministry.visit(drafter) { (visitor: NoteVisitor) async throws -> Void in
            let page = try await visitor.get(note)
            #expect(page.text.contains(Self.secret) && page.text.contains("No. 1/2026") && page.text.contains("on its way"))
        }

        let sent = try ministry.last(NoteSent.kind)
        guard case .restricted(let restriction) = sent.statement.marking else { return #expect(Bool(false), "a note is never public") }
        #expect(restriction.audience == ["cabinet", "node:mission.example.net/political"])
        let received = try await mission.receive(sent, from: ministry)
        try await mission.visit(reader) { (visitor: NoteVisitor) async throws -> Void in
            let page = try await visitor.get("/correspondence/\(received.index)")
            #expect(page.status == 200 && page.text.contains(Self.secret) && page.text.contains("No. 1/2026"), "\(page.text.prefix(3000))")
            let file = try await visitor.get("/correspondence/\(received.index)/attachments/0", accept: "*/*")
            #expect(file.status == 200 && file.text == Self.fileSecret)
        }
        // Nobody of another office of the same node may, nor learns that it is there.
        try await mission.visit(stranger) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await visitor.get("/correspondence/\(received.index)").status == 404)
            #expect(try await !visitor.get("/correspondence").text.contains(Self.secret))
            #expect(try await visitor.get("/correspondence/\(received.index)/attachments/0", accept: "*/*").status == 404)
        }

        // The way back: the other record's receipt, then the office's own word.
        _ = try await ministry.enter(
            "exchange.delivered@1", ["entry": .integer(sent.index), "node": "mission.example.net", "receipt": [:]])
        try await ministry.visit(drafter) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await visitor.get(note).text.contains(">delivered<"))
        }
        try await mission.visit(reader) { (visitor: NoteVisitor) async throws -> Void in
            let path = "/correspondence/\(received.index)"
            #expect(try await visitor.submit(path, to: "\(path)/acknowledge", []).status == 303)
        }
        _ = try await ministry.receive(try mission.last(NoteAcknowledged.kind), from: mission)
        try await ministry.visit(drafter) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await visitor.get(note).text.contains(">read<"))
        }

        // Answered: one thread in both records.
        try await mission.visit(reader) { (visitor: NoteVisitor) async throws -> Void in
            let answer = try await visitor.submit(
                "/correspondence/new?reply=\(received.index)", to: "/correspondence/new",
                [
                    ("from", "political"), ("kind", "note-verbale"), ("to", "mfa.example.org/cabinet"), ("subject", "Re: ours"),
                    ("body", "The Mission thanks the Ministry."), ("reply", "\(received.index)"),
                ])
            #expect(answer.status == 303, "\(answer.text)")
        }
        let answerDraft = "/correspondence/drafts/\(try mission.last(NoteDrafted.kind).index)"
        _ = try await self.sent(mission, secondReader, answerDraft)
        let back = try await ministry.receive(try mission.last(NoteSent.kind), from: mission)
        try await ministry.visit(drafter) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await visitor.get(note).text.contains("/correspondence/\(back.index)"), "the answer stands in the thread")
        }

        // Handed on to a third node: the ciphertext unchanged, the sender still provable.
        try await mission.visit(reader) { (visitor: NoteVisitor) async throws -> Void in
            let path = "/correspondence/\(received.index)"
            let answer = try await visitor.submit(path, to: "\(path)/forward", [("to", "third.example.com/registry")])
            #expect(answer.status == 303, "\(answer.text)")
        }
        let handed = try await third.receive(try mission.last(NoteForwarded.kind), from: mission)
        try await third.visit(thirdReader) { (visitor: NoteVisitor) async throws -> Void in
            let page = try await visitor.get("/correspondence/\(handed.index)")
            #expect(page.status == 200 && page.text.contains(Self.secret) && page.text.contains("handed on by"))
        }
        let handedOn = try mission.last(NoteForwarded.kind).payload(as: NoteForwarded.self)
        let original = try sent.payload(as: NoteSent.self)
        #expect(handedOn?.content["ciphertext"] != nil && handedOn?.content["ciphertext"] == original?.paper.content["ciphertext"])

        // At rest nothing is in clear: not in records, views, their logs, blobs or log lines of any node.
        for node in [ministry, mission, third] {
            var searched = 0
            let data = node.folder.appending(path: "data")
            for path in try FileManager.default.subpathsOfDirectory(atPath: data.path(percentEncoded: false)) {
                guard let bytes = FileManager.default.contents(atPath: data.appending(path: path).path(percentEncoded: false)) else {
                    continue
                }
                searched += 1
                for secret in [Self.secret, Self.fileSecret, Self.nameSecret] {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) stands in \(path)")
                    #expect(bytes.range(of: Data(Base64.encode(Array(secret.utf8)).dropLast(4).utf8)) == nil)
                }
            }
            #expect(searched > 3)
            #expect(!node.log.lines.contains { $0.contains(Self.secret) })
        }
    }

    @Test("A node speaks for its own offices only: another's note, acknowledgement or changed payload is passed over")
    func forgery() async throws {
        let book = TestBook()
        let ministry = try CorrespondenceNode("mfa.example.org", book: book)
        let mission = try CorrespondenceNode("mission.example.net", book: book)
        let forger = try CorrespondenceNode("forger.example.com", book: book)
        let (drafter, approver) = try await ministry.establish("cabinet")
        _ = try await mission.establish("political")
        _ = try await sent(ministry, approver, try await drafted(ministry, drafter, to: "mission.example.net/political"))
        let sent = try ministry.last(NoteSent.kind)
        guard case .present(let sealed) = sent.content else { return }
        var json: JSONObject = [
            "node": "forger.example.com", "origin": .string(forger.record.origin), "index": .integer(sent.index),
            "leaf": .string(Base64.encode(sent.leaf)), "payload": .string(Base64.encode(sealed.bytes)),
            "salt": .string(Base64.encode(sealed.salt)), "proof": "",
        ]
        let notes = {
            try await mission.record.read {
                try CorrespondenceQueries(database: $0).incoming(to: [SealingParty("mission.example.net/political")!])
            }
        }
        _ = try await mission.enter("exchange.received@1", .object(json))
        #expect(try await notes().isEmpty)
        json["node"] = "mfa.example.org"
        json["payload"] = .string(Base64.encode(Array("{}".utf8)))
        _ = try await mission.enter("exchange.received@1", .object(json))
        #expect(try await notes().isEmpty)
        _ = try await mission.receive(sent, from: ministry)
        #expect(try await notes().count == 1)
        // The forger acknowledges in the mission's name.
        let none = NoteAcknowledged(
            note: NoteReference(origin: ministry.record.origin, index: sent.index), by: "mission.example.net/political")
        let entry = try #require(try await forger.record.enter(Command([ActDraft(none, office: "x", author: "x")])).first)
        _ = try await ministry.receive(entry, from: forger)
        let note = try await ministry.record.read { try CorrespondenceQueries(database: $0).note(sent.index) }
        #expect(note?.to.first?.acknowledged == nil)
    }

    @Test("A note that was handed on is verified against its first sender's record, and said not to be where the proof does not hold")
    func originals() async throws {
        let book = TestBook()
        let ministry = try CorrespondenceNode("mfa.example.org", book: book)
        let mission = try CorrespondenceNode("mission.example.net", book: book)
        let (drafter, approver) = try await ministry.establish("cabinet")
        _ = try await mission.establish("political")
        _ = try await sent(ministry, approver, try await drafted(ministry, drafter, to: "mission.example.net/political"))
        let entry = try ministry.last(NoteSent.kind)
        guard case .present(let sealed) = entry.content else { return }
        let reference = NoteReference(origin: ministry.record.origin, index: entry.index)
        func original(_ change: (inout JSONObject) -> Void = { _ in }) throws -> JSON {
            var object: JSONObject = [
                "leaf": .string(Base64.encode(entry.leaf)), "payload": .string(Base64.encode(sealed.bytes)),
                "salt": .string(Base64.encode(sealed.salt)),
                "proof": .string(String(decoding: try ministry.record.proof(of: entry.index), as: UTF8.self)),
            ]
            change(&object)
            return .object(object)
        }
        let log = try await ministry.record.read { try book.log(of: ministry.name, in: $0) }
        let other = try await ministry.record.read { try book.log(of: mission.name, in: $0) }
        #expect(OriginalNote.standing(of: try original(), at: reference, in: log) == .verified)
        #expect(OriginalNote.standing(of: try original(), at: reference, in: nil) == .unknownSender)
        #expect(OriginalNote.standing(of: try original(), at: reference, in: other) == .disproved, "another node's record")
        let elsewhere = NoteReference(origin: reference.origin, index: reference.index + 1)
        #expect(OriginalNote.standing(of: try original(), at: elsewhere, in: log) == .disproved, "another place than it says")
        for name in ["leaf", "payload", "salt", "proof"] {
            #expect(OriginalNote.standing(of: try original { $0[name] = .string("e30=") }, at: reference, in: log) == .disproved, "\(name)")
            #expect(OriginalNote.standing(of: try original { $0[name] = nil }, at: reference, in: log) == .disproved, "\(name)")
        }
    }

    @Test(
        "What is to be answered says when its day is near or past, and no longer once it is answered or closed",
        arguments: [
            ("2026-11-19", false, false, NoteFile.Urgency?.some(.overdue)), ("2026-11-20", false, false, .soon),
            ("2026-11-23", false, false, .soon), ("2026-11-24", false, false, nil), ("2026-11-19", true, false, nil),
            ("2026-11-19", false, true, nil),
        ])
    func urgency(_ deadline: String, _ isClosed: Bool, _ isAnswered: Bool, _ expected: NoteFile.Urgency?) throws {
        let party = try #require(SealingParty("a.example/x"))
        let today = try #require(CalendarDate("2026-11-20"))
        let note = NoteFile(
            entry: 1, reference: NoteReference(origin: "a.example/record", index: 1), note: .letter, number: 1, date: today, from: party,
            fromName: [:], to: [], deadline: CalendarDate(deadline), inReplyTo: nil, thread: "", content: [:], blobs: [],
            received: Moment(milliseconds: 0), forwardedBy: nil, isClosed: isClosed, isAnswered: isAnswered)
        #expect(note.urgency(on: today) == expected)
    }

    @Test("What is sealed to a key that the office has lost says so, and what helps; it can still be acknowledged, never handed on")
    func lostKey() async throws {
        let book = TestBook()
        let ministry = try CorrespondenceNode("mfa.example.org", book: book)
        let mission = try CorrespondenceNode("mission.example.net", book: book)
        let (drafter, approver) = try await ministry.establish("cabinet")
        // The ministry knows an old key of the office, which the office has no more.
        book.add(
            Addressee(
                node: mission.name, nodeTitle: ["en": "The Mission"], office: "political", officeName: ["en": "Political"],
                keys: [try SealingKey().publicKey]))
        let (reader, _) = try await mission.establish("political")
        _ = try await sent(ministry, approver, try await drafted(ministry, drafter, to: "mission.example.net/political"))
        let received = try await mission.receive(try ministry.last(NoteSent.kind), from: ministry)
        try await mission.visit(reader) { (visitor: NoteVisitor) async throws -> Void in
            let path = "/correspondence/\(received.index)"
            let page = try await visitor.get(path)
            #expect(page.status == 200 && page.text.contains("has lost") && page.text.contains("from a copy of the keys"))
            #expect(!page.text.contains("\(path)/forward"))
            #expect(try await visitor.get("\(path)/attachments/0", accept: "*/*").status == 404)
            #expect(try await visitor.submit(path, to: "\(path)/acknowledge", []).status == 303)
        }
        #expect(!mission.log.lines.contains { $0.contains("error") })
    }

    @Test("Every reason why something cannot be sealed or opened is a refusal with its way out, never a failure of the node")
    func sealingRefusals() {
        let errors: [SealingError] = [
            .malformedKey, .malformedContent(place: "sealed"), .notForThisKey, .doesNotOpen, .noRecipient, .tooManyRecipients(most: 250),
            .tooLarge(most: 131_072), .keyFile(path: "/secret/path/office.key", reason: "it cannot be read"),
        ]
        for error in errors {
            let refusal = error.refusal
            #expect(refusal.code.hasPrefix("correspondence.") && !refusal.explanation.isEmpty && !refusal.mend.isEmpty)
            #expect(!"\(refusal)".contains("/secret/path"), "a path of the operator's is not shown to people")
        }
    }

    @Test("Both nodes remind their offices of an answer, once when its day is near and once when it has passed, until it is answered")
    func reminders() async throws {
        let book = TestBook()
        let ministry = try CorrespondenceNode("mfa.example.org", book: book)
        let mission = try CorrespondenceNode("mission.example.net", book: book)
        let (drafter, approver) = try await ministry.establish("cabinet")
        let (reader, _) = try await mission.establish("political")
        // It is 20 November; the day for the answer is 1 December.
        _ = try await sent(ministry, approver, try await drafted(ministry, drafter, to: "mission.example.net/political"))
        let received = try await mission.receive(try ministry.last(NoteSent.kind), from: ministry)
        func stages(_ node: CorrespondenceNode) async throws -> [NoteReminded.Stage] {
            let service = try #require(node.desk.services(house: node.house).compactMap { $0 as? NoteReminders }.first)
            try await service.pass()
            try await service.pass()
            return try node.record.entries(from: 0, limit: 4_096).filter { $0.kind == NoteReminded.kind }.compactMap {
                try $0.payload(as: NoteReminded.self)?.stage
            }
        }
        #expect(try await stages(ministry) == [])
        for node in [ministry, mission] {
            node.clock.advance(minutes: 8 * 24 * 60)
            #expect(try await stages(node) == [.soon], "28 November")
        }
        try await mission.visit(reader) { (visitor: NoteVisitor) async throws -> Void in
            #expect(try await visitor.get("/correspondence/\(received.index)").text.contains("Reminder: the answer is due by"))
        }
        ministry.clock.advance(minutes: 4 * 24 * 60)
        #expect(try await stages(ministry) == [.soon, .passed], "2 December")
        // The office is done with it: nothing more is said.
        try await mission.visit(reader) { (visitor: NoteVisitor) async throws -> Void in
            let path = "/correspondence/\(received.index)"
            #expect(try await visitor.submit(path, to: "\(path)/close", []).status == 303)
        }
        mission.clock.advance(minutes: 4 * 24 * 60)
        #expect(try await stages(mission) == [.soon])
        let entry = try ministry.last(NoteReminded.kind)
        guard case .restricted(let restriction) = entry.statement.marking else { return #expect(Bool(false), "a reminder is never public") }
        #expect(restriction.audience == ["cabinet"], "and never leaves the node")
    }

    @Test("A refusal quotes nothing that is confidential")
    func refusals() async throws {
        let ministry = try CorrespondenceNode("mfa.example.org", book: TestBook())
        let (drafter, _) = try await ministry.establish("cabinet")
        try await ministry.visit(drafter) { (visitor: NoteVisitor) async throws -> Void in
            let refused = try await visitor.submit(
                "/correspondence/new", to: "/correspondence/new",
                [("from", "cabinet"), ("kind", "letter"), ("to", "nobody.example/x"), ("subject", Self.secret), ("body", Self.secret)])
            #expect(refused.status == 400 && refused.text.contains("nobody.example/x"))
            let late = try await visitor.submit(
                "/correspondence/new", to: "/correspondence/new",
                [("from", "cabinet"), ("kind", "letter"), ("subject", Self.secret), ("body", Self.secret)])
            #expect(late.status == 400 && late.text.contains("no addressee"))
        }
        #expect(!ministry.log.lines.contains { $0.contains(Self.secret) })
    }

    @Test("A catalogue of words that is whole in every language")
    func languages() throws {
        let node = try #require(NodeName("a.example"))
        let desk = CorrespondenceDesk(node: node, ring: OfficeKeyring(folder: FileManager.default.temporaryDirectory))
        let folder = try #require(desk.languages)
        let gaps = try LanguageCatalogue(folders: [folder]).gaps
        #expect(gaps.isEmpty)
    }
}
