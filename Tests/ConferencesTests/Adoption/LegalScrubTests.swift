import Acts
import Foundation
import TestSupport
import Testing
import Texts

@testable import Conferences

@Suite("The legal scrub")
struct LegalScrubTests {
    /// A short treaty in which nothing is to be found.
    static let sound = """
        ## Article 1. Use of terms

        For the purposes of this Agreement:

        (a) “Area” means the sea beyond the limits of national jurisdiction;

        (b) “Party” means a State bound by this Agreement.

        ## Article 2. Duties

        1. Each Party shall protect the Area.

        2. Paragraph 1 applies subject to article 3 and to article 192 of the Convention.

        ## Article 3. Final clauses

        1. This Agreement is subject to ratification. No reservations may be made.

        2. This Agreement shall enter into force on the thirtieth day after the deposit of the second instrument of ratification.

        3. The Secretary-General shall be the depositary. The English and French texts are equally authentic.
        """

    static func findings(_ text: String, isTreaty: Bool = true) throws -> [ScrubFinding] {
        LegalScrub(try NegotiatedText(parsing: Array(text.utf8)), isTreaty: isTreaty).findings
    }

    @Test("Nothing is found in a text that has everything")
    func soundText() throws {
        #expect(try Self.findings(Self.sound) == [])
    }

    /// What is done to the sound text, and what is then found.
    static let faults: [(String, String, ScrubFinding.Kind, String)] = [
        ("shall protect", "[shall][should] protect", .bracket, "2"), ("the second instrument", "the [X] instrument", .placeholder, "[…]"),
        ("the thirtieth day", "the __ day", .placeholder, "__"), ("shall protect", "shall] protect", .unbalanced, "1"),
        ("2. Paragraph 1", "3. Paragraph 1", .numberingGap, "2"), ("2. Paragraph 1", "1. Paragraph 1", .numberingDouble, "1"),
        ("2. Paragraph 1", "1bis. Paragraph 1", .numberingInserted, "1bis"), ("(b) “Party”", "(c) “Party”", .numberingGap, "(b)"),
        ("## Article 3", "## Article 4", .numberingGap, "3"), ("to article 3", "to article 7", .deadReference, "article 7"),
        ("Paragraph 1 applies", "Paragraph 5 applies", .deadReference, "paragraph 5"),
        ("Paragraph 1 applies", "Article 3, paragraph 9, applies", .deadReference, "article 3, paragraph 9"),
        ("article 3 and", "annex II and", .deadReference, "annex II"), ("(b) “Party” means", "(b) “Area” means", .termTwice, "Area"),
        ("protect the Area", "protect it", .termUnused, "Area"), ("protect the Area", "protect the the Area", .wordTwice, "the the"),
        ("the Area.", "the Area.[^1]", .noteMissing, "1"), ("depositary", "keeper", .noDepositary, ""),
        ("equally authentic", "equally good", .noLanguages, ""), ("enter into force", "begin", .noEntryIntoForce, ""),
        ("No reservations may be made.", "", .noReservations, ""),
    ]

    @Test("What is wrong is found, and told where", arguments: faults.indices)
    func faultsAreFound(index: Int) throws {
        let (words, others, kind, detail) = Self.faults[index]
        #expect(Self.sound.contains(words))
        let text = try #require(Self.sound.range(of: words).map { Self.sound.replacingCharacters(in: $0, with: others) })
        let found = try Self.findings(text)
        #expect(found.contains { $0.kind == kind && $0.detail == detail }, "found instead: \(found)")
    }

    @Test("A reference to another instrument is none to this text")
    func foreignReferences() {
        let words = """
            In accordance with article 76 of the Convention, articles 5 and 9 of the Charter, article 12 of that Protocol, paragraph 4 of \
            resolution 72/249, and l'article 3 de la Convention
            """
        #expect(ProvisionReference.all(in: words).map(\.words) == [])
        #expect(ProvisionReference.all(in: "paragraphs 1 and 3 of this article").map(\.paragraph) == ["1", "3"])
        #expect(ProvisionReference.all(in: "articles 4, 5 and 8bis of this Agreement").map(\.article) == ["4", "5", "8bis"])
        #expect(ProvisionReference.all(in: "under paragraph 2 (b) of article 14").map { [$0.article, $0.paragraph] } == [["14", "2"]])
    }

    @Test("A resolution has no final clauses to be missing")
    func resolutions() throws {
        #expect(try Self.findings("1. Decides to convene a conference;\n\n2. Requests a report.", isTreaty: false) == [])
    }

    @Test("Options and footnotes are asked about")
    func optionsAndNotes() throws {
        let found = try Self.findings(
            "## Article 1\n\nOption 1: Each Party shall report.[^1]\n\nOption 2: Each Party may report.\n\n[^1]: Placement to be seen.\n\n[^2]: Alone.\n"
        )
        #expect(found.count { $0.kind == .option } == 2)
        #expect(found.contains { $0.kind == .note && $0.detail == "1" })
        #expect(found.contains { $0.kind == .noteUnplaced && $0.detail == "2" })
    }

    static let lists: [([String], [NumberList.Place])] = [
        (["1", "2", "3"], [.follows, .follows, .follows]), (["1", "3"], [.follows, .gap("2")]),
        (["1", "2", "2"], [.follows, .follows, .double]),
        (["(a)", "(b)", "(c)"], [.follows, .follows, .follows]), (["(a)", "(c)"], [.follows, .gap("(b)")]),
        (["(i)", "(ii)", "(iii)", "(iv)"], [.follows, .follows, .follows, .follows]), (["(i)", "(iii)"], [.follows, .gap("(ii)")]),
        (["(g)", "(h)", "(i)", "(j)"], [.gap("(a)"), .follows, .follows, .follows]),
        (["1", "1bis", "2"], [.follows, .inserted, .follows]),
    ]

    @Test("Numbers of a list are read as they are counted", arguments: lists.indices)
    func numbers(index: Int) {
        let (numbers, places) = Self.lists[index]
        var list = NumberList()
        let taken = numbers.map { list.take($0) }
        #expect(taken == places)
    }

    @Test("Whatever stands in a text, the scrub ends and names each finding once")
    func anything() throws {
        var random = SeededGenerator(seed: 20_261_126)
        let pieces = [
            "[", "]", "article ", "12", " of the ", "(a) ", "\n\n", "## Article 3", "“X” means", "[^1]", "1. ", "paragraph 2", "—", "é",
            "القرار ",
        ]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 1...60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let found = try Self.findings(text)
            #expect(Set(found.map(\.id)).count == found.count)
        }
    }
}
