import Acts
import Foundation
import Ledger
import Record
import Testing
import Texts

import class Record.Record

@testable import Treaties

/// A real agreement in six languages, from its published plain text into the register.
struct SixLanguagesTests {
    private static let languages = ["en", "fr", "es", "ru", "zh", "ar"]

    private static func bytes(_ language: String) throws -> [UInt8]? {
        try SharedTreatyData.bytes("bbnj-six-languages/\(language)/text.txt")
    }

    private static func text(_ tag: String, like reference: InstrumentText?) throws -> InstrumentText {
        let read = try PlainText.read(
            try #require(try bytes(tag)), language: try #require(TextLanguage(tag)),
            identity: try InstrumentIdentity(actor: "un", date: try #require(CalendarDate("2023-06-19")), name: "xxi-10"),
            authenticity: .authentic, version: try TextVersion(date: try #require(CalendarDate("2023-06-19")))
        ).text
        return try reference.map { try read.adoptingIdentifiers(of: $0) } ?? read
    }

    @Test(
        "The BBNJ Agreement enters in six languages, and what the concordance finds stands in the way of authentication",
        .enabled(if: SharedTreatyData.folder != nil, "the treaty data is not beside the checkout"))
    func sixLanguages() async throws {
        try await TreatyViewTests.withRegister { desk, record, clock in
            clock.move(to: "2026-03-01T12:00:00.000Z")
            let opened = TreatyOpened(
                treaty: "XXI-10", titles: ["en": "BBNJ Agreement"], chapter: "XXI", chapterNames: [:], article: "Art. 68",
                clause: ["condition": ["count": 60], "delay": ["unit": "days", "count": 120]], instrumentKind: .agreement,
                authenticLanguages: Self.languages)
            let commands = InstrumentCommands(actors: desk.actors, office: "depositary", author: "officer")
            _ = try await record.enter(Command { _ in try commands.open(opened, isTaken: false, parent: nil, request: nil) })
            var english: InstrumentText?
            for language in Self.languages {
                let text = try Self.text(language, like: english)
                english = english ?? text
                let entered = try await desk.enter(
                    text, as: "Text as adopted", of: "XXI-10", into: record, office: "depositary", author: "officer", source: nil)
                #expect(entered == 1)
            }
            let file = try #require(try await record.read { try TreatyQueries(database: $0).instrument("XXI-10") })
            #expect(file.missingLanguages.isEmpty && file.languages == Self.languages)
            let texts = try file.versions.map { version in
                try AkomaNtoso.read(try #require(try record.blob(sha256: version.text.sha256.bytes)))
            }
            #expect(texts[0].places.count { $0.provision.kind == .article } == 76)
            let gaps = try Concordance(texts).findings.count
            #expect(gaps > 0)
            var adopted = file
            adopted.opened.adoptedOn = CalendarDate("2023-06-19")
            let act = TreatyAuthenticated(
                treaty: "XXI-10", date: try #require(CalendarDate("2023-06-19")), procedure: .asAgreed, texts: adopted.authenticTexts,
                textSet: try #require(TextRule.setHash(of: adopted.authenticTexts)), gaps: Int64(gaps))
            let refusal = #expect(throws: Refusal.self) {
                try TextRule(file: adopted, today: try #require(CalendarDate("2026-03-01"))).checkAuthentication(act)
            }
            #expect(refusal?.code == "treaty.concordance-gaps")
        }
    }
}
