import Acts
import Foundation
import GRDB
import Ledger
import Record
import Testing
import Texts
import Web

import class Record.Record

@testable import Treaties

/// The agreement the demo node opens: its texts read as what they are, and its life on a real record.
struct SampleAgreementTests {
    @Test("Every language has the same eight articles, and the concordance finds nothing")
    func concordance() throws {
        let sample = try SampleAgreement.shipped()
        let final = sample.texts.filter { $0.label != "Draft of 11 February 2025" }
        #expect(final.map(\.language.tag) == ["en", "fr", "es", "ru", "zh", "ar", "id"])
        for text in final {
            #expect(text.content.places.count { $0.provision.kind == .article } == 8, "\(text.language)")
        }
        let found = try Concordance(final.map(\.content))
        #expect(found.findings.isEmpty, "\(found.findings.map(\.description))")
    }

    @Test("Opened, entered, adopted and authenticated, it is a treaty whose texts stand together under one hash")
    func life() async throws {
        try await TreatyViewTests.withRegister { desk, record, clock in
            clock.move(to: "2026-03-01T12:00:00.000Z")
            let entered = try await desk.enterSampleAgreement(into: record, office: "depositary", author: "node")
            #expect(entered == 11)
            let file = try #require(
                try await record.read { try TreatyQueries(database: $0).instrument(SampleAgreement.number) })
            #expect(file.opened.adoptedOn == SampleAgreement.adoptedOn && file.opened.adoptedAt == "Geneva")
            #expect(file.languages == ["ar", "zh", "en", "fr", "ru", "es", "id"])
            #expect(file.missingLanguages.isEmpty)
            let authenticated = try #require(file.authenticated)
            #expect(authenticated.act.textSet == TextRule.setHash(of: file.authenticTexts))
            for version in file.versions {
                let bytes = try #require(try record.blob(sha256: version.text.sha256.bytes))
                #expect(try AkomaNtoso.read(bytes).language.tag == version.text.language)
            }
            let links = try await record.read { try TreatyQueries(database: $0).links(of: SampleAgreement.number) }
            #expect(links.contains { $0.address == "/treaties/XXVII-100/text" && $0.count == 7 })
            // A further text is refused: what is authentic is only corrected (VCLT art. 79).
            let changed = try #require(try SampleAgreement.shipped().texts.first).content
            await #expect(throws: Refusal.self) {
                try await desk.enter(
                    changed, as: "Again", of: SampleAgreement.number, into: record, office: "depositary", author: "node", source: nil)
            }
        }
    }

    @Test("Two texts are set beside each other by what their provisions are")
    func rows() throws {
        let sample = try SampleAgreement.shipped()
        let english = try #require(sample.texts.first { $0.label == "Text as adopted" }?.content)
        let draft = sample.texts[0].content
        let arabic = try #require(sample.texts.first { $0.language.tag == "ar" }?.content)
        let even = TextUnit.rows(TextUnit.units(of: english), TextUnit.units(of: arabic))
        #expect(even.allSatisfy { $0.first != nil && $0.second != nil })
        #expect(even.count == TextUnit.units(of: english).count)
        // The draft has no third paragraph of article 2; the text that has it shows where.
        let uneven = TextUnit.rows(TextUnit.units(of: draft), TextUnit.units(of: english))
        #expect(uneven.filter { $0.first == nil }.map { $0.second?.key } == ["art_2__para_3"])
    }

    @Test("A provision that went elsewhere is shown as moved, with what it was")
    func moved() throws {
        let sample = try SampleAgreement.shipped()
        let english = try #require(sample.texts.last { $0.language.tag == "en" }?.content)
        var provisions = english.provisions
        let articles = provisions.indices.filter { provisions[$0].kind == .article }
        provisions.swapAt(try #require(articles.first), try #require(articles.dropFirst().first))
        let turned = try InstrumentText(
            identity: english.identity, language: english.language, authenticity: english.authenticity, version: english.version,
            title: english.title, provisions: provisions)
        let moved = try TextComparison(english, turned).entries.filter { $0.change == .moved }
        #expect(!moved.isEmpty)
        let json = try #require(moved.first?.json)
        #expect(json["kind"] == "moved" && json["movedFrom"]?.string != nil)
        #expect(LineComparison("within three hours", "within one hour").markup.html == "within <del>three hours</del><ins>one hour</ins>")
    }
}
