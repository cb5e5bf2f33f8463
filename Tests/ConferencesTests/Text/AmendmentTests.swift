import Acts
import Foundation
import TestSupport
import Testing
import Texts

@testable import Conferences

@Suite("Amendments to a text")
struct AmendmentTests {
    static let draft = """
        ## Article 1

        1. Parties shall act before it is too late, and shall report.

        2. Parties [should] cooperate.

            (a) In science;

            (b) In finance.

        ## Article 2

        Nothing here prejudges anything.
        """

    private func version(_ text: String = draft) throws -> NegotiatedVersion {
        NegotiatedVersion(tabled: try NegotiatedText(parsing: Array(text.utf8)), number: 1)
    }

    private func amended(
        _ change: ConferenceTextChange, _ manner: ConferenceAmendmentApplied.Manner = .asProposed, sponsors: [String] = ["EU"],
        of text: String = draft
    ) throws -> NegotiatedText {
        let version = try version(text)
        return try version.applying(
            TextAmendment(id: "am-1", base: 1, change: change, sponsors: sponsors), manner, as: 2, base: version
        ).text
    }

    private func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch { return (error as? Refusal)?.code }
    }

    @Test(
        "Words are replaced, deleted and inserted where they stand, as proposed or in attributed brackets",
        arguments: [
            (
                ConferenceTextChange(.replace, target: "art_1__para_2", words: "must", anchor: "[should]"),
                "Parties must cooperate.", "Parties [should][EU: must] cooperate."
            ),
            (
                ConferenceTextChange(.replace, target: "art_1__para_2", words: "must", anchor: "should"),
                "Parties [must] cooperate.", "Parties [should][EU: must] cooperate."
            ),
            (
                ConferenceTextChange(.delete, target: "art_1__para_2", anchor: "[should]"), "Parties cooperate.",
                "Parties [should] cooperate."
            ),
            (
                ConferenceTextChange(.insert, target: "art_1__para_2", words: "in good faith", anchor: "cooperate", position: .after),
                "Parties [should] cooperate in good faith.", "Parties [should] cooperate [EU: in good faith]."
            ),
            (
                ConferenceTextChange(.insert, target: "art_1__para_2", words: "All", anchor: "Parties", position: .before),
                "All Parties [should] cooperate.", "[EU: All] Parties [should] cooperate."
            ),
            (
                ConferenceTextChange(.replace, target: "art_1__para_2", words: "No text"), "No text",
                "[Parties [should] cooperate.][EU: No text]"
            ),
        ])
    func wordsChange(change: ConferenceTextChange, proposed: String, bracketed: String) throws {
        let name = try #require(ProvisionIdentifier(change.target))
        let plain = try? amended(change)[name]?.words
        if change.operation != .delete || plain != nil { #expect(plain == proposed) }
        if change.operation == .delete {
            #expect(code { _ = try amended(change, .inBrackets) } == "conference.text.no-effect")
        } else {
            #expect(try amended(change, .inBrackets)[name]?.words == bracketed)
        }
    }

    @Test("A third proposal for the same words comes beside the other two")
    func alternativesStandSideBySide() throws {
        let first = ConferenceTextChange(.replace, target: "art_1__para_2", words: "must", anchor: "should")
        let one = try version()
        let two = try one.applying(TextAmendment(id: "a", base: 1, change: first, sponsors: ["EU"]), .inBrackets, as: 2, base: one)
        let second = ConferenceTextChange(.replace, target: "art_1__para_2", words: "may", anchor: "should")
        let three = try two.applying(
            TextAmendment(id: "b", base: 1, change: second, sponsors: ["G77", "NOR"]), .inBrackets, as: 3, base: one)
        #expect(three.text.blocks[2].words == "Parties [should][EU: must][G77, NOR: may] cooperate.")
    }

    @Test("Provisions are inserted, deleted, moved, split and renumbered, and keep their names")
    func provisionsChange() throws {
        let inserted = try amended(
            ConferenceTextChange(.insert, target: "art_1__para_2", words: "2bis. [New] words.\n\n2ter. More."), .inBrackets)
        #expect(inserted.blocks.map(\.wId.text).contains("am_am-1"))
        #expect(inserted[try #require(ProvisionIdentifier("am_am-1"))]?.words == "[EU: [New] words.")
        #expect(inserted[try #require(ProvisionIdentifier("am_am-1-2"))]?.words == "More.]")
        #expect(inserted.measures.unbalanced == 0)
        // After all that lies in paragraph 2.
        #expect(inserted.blocks.map(\.number) == ["1", "1", "2", "(a)", "(b)", "2bis", "2ter", "2", nil])

        let deleted = try amended(ConferenceTextChange(.delete, target: "art_1__para_2"))
        #expect(deleted.blocks.map(\.wId.text) == ["art_1", "art_1__para_1", "art_2", "art_2__p_1"])

        let moved = try amended(ConferenceTextChange(.move, target: "art_1__para_2", position: .within, beside: "art_2"))
        #expect(
            moved.blocks.map(\.wId.text) == [
                "art_1", "art_1__para_1", "art_2", "art_2__p_1", "art_1__para_2", "art_1__para_2__para_a", "art_1__para_2__para_b",
            ])

        let split = try amended(ConferenceTextChange(.split, target: "art_1__para_1", anchor: "and shall report.", number: "1bis"))
        #expect(split.blocks[1].words == "Parties shall act before it is too late,")
        #expect(split.blocks[2].words == "and shall report.")
        #expect(split.blocks[2].lead == Array("1bis. ".utf8))

        let renumbered = try amended(ConferenceTextChange(.renumber, target: "art_1__para_2__para_b", number: "(c)"))
        #expect(String(decoding: renumbered.bytes, as: UTF8.self).contains("    (c) In finance."))
        let article = try amended(ConferenceTextChange(.renumber, target: "art_2", number: "1bis"))
        #expect(article[try #require(ProvisionIdentifier("art_2"))]?.words == "Article 1bis")
    }

    @Test(
        "What cannot be applied is refused with its reason",
        arguments: [
            (ConferenceTextChange(.replace, target: "art_9", words: "x", anchor: "y"), "conference.text.provision-vanished"),
            (ConferenceTextChange(.replace, target: "not a name", words: "x"), "conference.text.provision-vanished"),
            (ConferenceTextChange(.replace, target: "art_1__para_1", words: "x", anchor: "nowhere"), "conference.text.words-gone"),
            (ConferenceTextChange(.replace, target: "art_1__para_1", words: "x", anchor: "shall"), "conference.text.words-several"),
            (ConferenceTextChange(.replace, target: "art_1__para_1", words: "a] [b", anchor: "act"), "conference.text.words-unbalanced"),
            (ConferenceTextChange(.delete, target: "art_1__para_2", anchor: "[should"), "conference.text.words-unbalanced"),
            (ConferenceTextChange(.replace, target: "art_1__para_1", words: "a\u{202E}b", anchor: "act"), "conference.text.words-sign"),
            (ConferenceTextChange(.replace, target: "art_1__para_1", words: "a\u{0}b", anchor: "act"), "conference.text.words-sign"),
            (ConferenceTextChange(.replace, target: "art_1__para_1", words: "a\u{2067}b", anchor: "act"), "conference.text.words-sign"),
            (
                ConferenceTextChange(.replace, target: "art_1__para_1", words: "a\n\n## Article 9\n\nb", anchor: "act"),
                "conference.text.words-structure"
            ),
            (ConferenceTextChange(.replace, target: "art_2__p_1", words: "# Title"), "conference.text.words-structure"),
            (ConferenceTextChange(.insert, target: "art_2__p_1", words: "[x]: https://evil.example/"), "conference.text.words-structure"),
            (ConferenceTextChange(.insert, target: "art_2__p_1", words: "  "), "conference.text.change-incomplete"),
            (ConferenceTextChange(.move, target: "art_1", position: .within, beside: "art_1__para_2"), "conference.text.move-into-itself"),
            (ConferenceTextChange(.split, target: "art_1__para_2", anchor: "should"), "conference.text.words-unbalanced"),
            (ConferenceTextChange(.replace, target: "art_2__p_1", words: "here", anchor: "here"), "conference.text.no-effect"),
            (
                ConferenceTextChange(.replace, target: "art_2__p_1", words: String(repeating: "a", count: (1 << 16) + 1)),
                "conference.text.too-large"
            ),
        ])
    func refusalsSayWhy(change: ConferenceTextChange, code expected: String) {
        #expect(code { _ = try amended(change) } == expected)
    }

    @Test("Markup in a proposal stays words")
    func markupIsWords() throws {
        let words = "<script>alert('x')</script> [click](javascript:alert(1)) & \"<b>\""
        let text = try amended(ConferenceTextChange(.replace, target: "art_2__p_1", words: words))
        #expect(text.blocks.last?.words == words)
        #expect(text.blocks.count == (try version()).text.blocks.count)
    }

    @Test("Whole provisions changed since the amendment's version are not overwritten; words that still stand are")
    func staleAmendmentsConflict() throws {
        let one = try version()
        let first = TextAmendment(
            id: "a", base: 1, change: ConferenceTextChange(.replace, target: "art_1__para_1", words: "will", anchor: "shall act"),
            sponsors: ["FRA"])
        let two = try one.applying(first, .asProposed, as: 2, base: one)
        let whole = TextAmendment(
            id: "b", base: 1, change: ConferenceTextChange(.replace, target: "art_1__para_1", words: "Nothing."), sponsors: ["IDN"])
        #expect(code { _ = try two.applying(whole, .asProposed, as: 3, base: one) } == "conference.text.provision-changed")
        let words = TextAmendment(
            id: "c", base: 1, change: ConferenceTextChange(.replace, target: "art_1__para_1", words: "inform", anchor: "report"),
            sponsors: ["IDN"])
        #expect(try two.applying(words, .asProposed, as: 3, base: one).text.blocks[1].words.hasSuffix("shall inform."))
    }

    @Test("Amendments that meet are told, pair by pair")
    func conflictsAreTold() throws {
        func amendment(_ id: String, _ change: ConferenceTextChange) -> TextAmendment {
            TextAmendment(id: id, base: 1, change: change, sponsors: ["EU"])
        }
        let all = [
            amendment("a", ConferenceTextChange(.replace, target: "art_1__para_1", words: "x", anchor: "act before")),
            amendment("b", ConferenceTextChange(.delete, target: "art_1__para_1", anchor: "before it")),
            amendment("c", ConferenceTextChange(.replace, target: "art_1__para_1", words: "y", anchor: "report")),
            amendment("d", ConferenceTextChange(.replace, target: "art_1__para_2__para_a", words: "z")),
            amendment("e", ConferenceTextChange(.delete, target: "art_1__para_2")),
            amendment("f", ConferenceTextChange(.insert, target: "art_2__p_1", words: "New.")),
            amendment("g", ConferenceTextChange(.insert, target: "art_2__p_1", words: "Newer.")),
        ]
        let found = try version().conflicts(among: all).map { "\($0.first)\($0.second) \($0.kind.rawValue)" }
        #expect(found == ["ab same-words", "de within", "fg same-order"])
    }

    @Test("Where words come from is told word by word")
    func provenanceIsKept() throws {
        let one = try version()
        let amendment = TextAmendment(
            id: "a", base: 1, change: ConferenceTextChange(.replace, target: "art_1__para_2", words: "must", anchor: "[should]"),
            sponsors: ["FRA"])
        let two = try one.applying(amendment, .asProposed, as: 2, base: one)
        let name = try #require(ProvisionIdentifier("art_1__para_2"))
        #expect(two.origins(of: name).map(\.words) == ["Parties ", "must", " cooperate."])
        #expect(two.origins(of: name).map(\.origin.version) == [1, 2, 1])
        #expect(two.origins(of: name).map(\.origin.amendment) == [nil, "a", nil])
    }

    @Test(
        "After any amendment the text reads as it is kept, and provenance covers every byte",
        .enabled(if: ParisDrafts.folder != nil, "\(ParisDrafts.absent)"))
    func textsReadAsKept() throws {
        var numbers = SeededGenerator(seed: 44)
        var version = NegotiatedVersion(
            tabled: try NegotiatedText(parsing: ParisDrafts.bytes("agreement-4-dec-2015")), number: 1)
        var applied = 0
        for step in 0..<120 {
            let block = try #require(version.text.blocks.filter { $0.kind.isProvision }.randomElement(using: &numbers))
            let beside = try #require(version.text.blocks.filter { $0.kind == .item }.randomElement(using: &numbers))
            let words = block.words.split(separator: " ").map(String.init)
            let anchor = words.randomElement(using: &numbers) ?? "x"
            let change: ConferenceTextChange =
                switch step % 6 {
                case 0: ConferenceTextChange(.replace, target: block.wId.text, words: "[new] words", anchor: anchor, occurrence: 1)
                case 1: ConferenceTextChange(.delete, target: block.wId.text, anchor: anchor, occurrence: 1)
                case 2: ConferenceTextChange(.insert, target: block.wId.text, words: "(z) One.\n\nTwo [X].")
                case 3: ConferenceTextChange(.move, target: block.wId.text, beside: beside.wId.text)
                case 4: ConferenceTextChange(.split, target: block.wId.text, anchor: anchor, occurrence: 1)
                default: ConferenceTextChange(.delete, target: block.wId.text)
                }
            if change.operation == .delete, block.kind == .heading { continue }
            let amendment = TextAmendment(id: "s\(step)", base: version.number, change: change, sponsors: ["EU"])
            guard
                let next = try? version.applying(
                    amendment, step % 2 == 0 ? .inBrackets : .asProposed, as: version.number + 1, base: version)
            else { continue }
            applied += 1
            version = next
            let again = try NegotiatedText(parsing: version.text.bytes)
            try #require(again.blocks.map(\.body) == version.text.blocks.map(\.body), "after \(change)")
            try #require(again.blocks.map(\.kind) == version.text.blocks.map(\.kind), "after \(change)")
            for block in version.text.blocks {
                try #require(version.provenance[block.wId]?.spans.reduce(0) { $0 + $1.bytes } == block.body.count)
            }
        }
        #expect(applied > 40)
    }
}
