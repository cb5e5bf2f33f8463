import Acts
import Foundation
import Ledger
import Record
import Testing
import Texts

import class Record.Record

@testable import Conferences

@Suite("Texts in the record")
struct TextStatesTests {
    private static let text = "## Article 1\n\n1. Parties shall act.\n\n2. [Parties] report.\n"

    private func enter(_ payload: some Payload, _ record: Record, restricted: Bool = false) async throws {
        var commands = ConferenceCommands(office: "secretariat", author: "officer", form: nil)
        if restricted { commands.marking = .restricted(.init(audience: ["secretariat"], label: "private meeting")) }
        _ = try await record.enter(Command { [commands] _ in [commands.draft(payload, in: "c")] })
    }

    private func withRecord(_ body: (Record) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-texts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let record = try Record.open(
            RecordConfiguration(folder: folder.path(percentEncoded: false), origin: "test.example/record"),
            views: try ConferenceDesk().views)
        let day = try #require(CalendarDate("2026-11-01"))
        try await enter(
            ConferenceConvened(
                conference: "c", symbol: "A/CONF.9", title: ["en": "C"], place: "Geneva", opens: day, zone: "Europe/Zurich",
                procedure: "general-assembly", languages: ["en"]), record)
        try await enter(ConferenceBodyEstablished(conference: "c", body: "plenary", form: .plenary, name: ["en": "Plenary"]), record)
        try await body(record)
        try record.close()
    }

    private func read(_ states: TextStates, _ record: Record, keeping: Bool = true) async throws -> OpenText {
        try await record.read { try states.text("c", "t", in: $0, keeping: keeping) { try record.blob(sha256: $0) } }
    }

    private func tabled(_ version: Int64 = 1, words: String? = text, sha256: Hash? = nil) -> ConferenceTextTabled {
        ConferenceTextTabled(
            conference: "c", text: "t", version: version, form: .rollingText, title: ["en": "T"], language: "en", document: "A/CONF.9/L.1",
            body: "plenary", sha256: sha256, words: words)
    }

    private func amended(_ step: Int) -> [any Payload] {
        [
            ConferenceAmendmentProposed(
                conference: "c", text: "t", amendment: "a\(step)", base: 1,
                change: ConferenceTextChange(.insert, target: "art_1__para_1", words: "word\(step)", anchor: "Parties", position: .after),
                sponsors: ["EU"]),
            ConferenceAmendmentCosponsored(conference: "c", text: "t", amendment: "a\(step)", sponsors: ["G77"]),
            step % 3 == 2
                ? ConferenceAmendmentWithdrawn(conference: "c", text: "t", amendment: "a\(step)", by: "EU")
                : ConferenceAmendmentApplied(
                    conference: "c", text: "t", amendment: "a\(step)", version: Int64(2 + step - step / 3), manner: .inBrackets),
            ConferenceProvisionStatusSet(
                conference: "c", text: "t", version: 1, provision: "art_1__para_2", status: .reserved, by: "KEN", note: "\(step)"),
        ]
    }

    @Test("What is kept from page to page is what a replay of all acts gives, on any desk")
    func keptEqualsReplay() async throws {
        try await withRecord { record in
            let kept = TextStates()
            try await enter(tabled(), record)
            for step in 0..<9 {
                for act in amended(step) { try await enter(act, record) }
                let incremental = try await read(kept, record)
                let replayed = try await read(TextStates(), record, keeping: false)
                #expect(incremental.entry == replayed.entry)
                #expect(incremental.negotiation.current?.text.bytes == replayed.negotiation.current?.text.bytes)
                #expect(incremental.negotiation.events == replayed.negotiation.events)
                #expect(incremental.negotiation.amendments == replayed.negotiation.amendments)
                #expect(incremental.negotiation.facts == replayed.negotiation.facts)
            }
            let last = try await read(kept, record)
            #expect(last.negotiation.versionCount == 7)
            #expect(last.head.version == 7)
            #expect(last.negotiation.amendments.count { $0.state == .withdrawn } == 3)
        }
    }

    @Test("What a rule reads is never kept, and what does not fit changes nothing")
    func rulesKeepNothing() async throws {
        try await withRecord { record in
            let states = TextStates()
            try await enter(tabled(), record)
            _ = try await read(states, record, keeping: false)
            // A version that is out of turn, as another's record may bring it.
            try await enter(tabled(5), record)
            let text = try await read(states, record)
            #expect(text.negotiation.versionCount == 1)
        }
    }

    @Test("Long words are a blob, and a text whose blob is lost says so")
    func wordsAsBlob() async throws {
        try await withRecord { record in
            let hash = try #require(Hash(try record.storeBlob(Array(Self.text.utf8))))
            try await enter(tabled(words: nil, sha256: hash), record)
            #expect(try await read(TextStates(), record).negotiation.current?.text.bytes == Array(Self.text.utf8))
            await #expect(throws: TextCommands.wordsLost) {
                try await record.read { try TextStates().text("c", "t", in: $0, keeping: true) { _ in nil } }
            }
        }
    }

    @Test("One act for those only who sit in the body makes the text theirs")
    func restriction() async throws {
        try await withRecord { record in
            try await enter(tabled(), record)
            #expect(try await read(TextStates(), record).head.isRestricted == false)
            try await enter(amended(0)[0] as! ConferenceAmendmentProposed, record, restricted: true)
            let head = try await read(TextStates(), record).head
            #expect(head.isRestricted)
            #expect(!TextPages.mayRead(head, nil, RoomPages.Standing()))
            let chair = RoomActor(office: "secretariat", person: "p", delegation: nil)
            #expect(TextPages.mayRead(head, nil, RoomPages.Standing(chair: chair)))
        }
    }

    @Test("Texts are timed without a room", .enabled(if: ParisDrafts.folder != nil, "\(ParisDrafts.absent)"))
    func timed() throws {
        let result = try TextBench.run(try ParisDrafts.bytes("agreement-4-dec-2015"), rounds: 3)
        #expect(result.words == 15_031)
        #expect(result.brackets == 1_004)
        #expect(result.applying.count == 3)
        #expect(result.comparing.count == 1)
    }
}
