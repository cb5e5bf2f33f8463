import Acts
import Testing
import Texts

@testable import Conferences

@Suite("Moves that are not agreed")
struct MoveInBracketsTests {
    private static let text = "## Article 1\n\n1. First.\n\n2. Second [or not]:\n\n    (a) one;\n\n    (b) two.\n\n## Article 2\n\nLast.\n"

    private func version() throws -> NegotiatedVersion {
        NegotiatedVersion(tabled: try NegotiatedText(parsing: Array(Self.text.utf8)), number: 1)
    }

    private func moved(_ target: String, _ beside: String) throws -> NegotiatedText {
        let base = try version()
        let change = ConferenceTextChange(.move, target: target, position: .after, beside: beside)
        return try base.applying(TextAmendment(id: "m", base: 1, change: change, sponsors: ["EU"]), .inBrackets, as: 2, base: base).text
    }

    @Test("It stands in brackets where it is, and attributed where it would go, and the text reads as it is kept")
    func standsTwice() throws {
        let text = try moved("art_1__para_2", "art_2__p_1")
        let words = Dictionary(uniqueKeysWithValues: text.blocks.map { ($0.wId.text, $0.words) })
        #expect(words["art_1__para_2"] == "[Second [or not]:")
        #expect(words["art_1__para_2__para_b"] == "two.]")
        #expect(words["am_m"] == "[EU: Second [or not]:")
        #expect(words["am_m-2"] == "one;")
        #expect(words["am_m-3"] == "two.]")
        #expect(text.measures.unbalanced == 0)
        #expect(try NegotiatedText(parsing: text.bytes).blocks.map(\.body) == text.blocks.map(\.body))
    }

    @Test("A part of a text whose brackets go on elsewhere is not shown twice")
    func openBrackets() throws {
        let text = try NegotiatedText(parsing: Array("1. [One\n\n2. two]\n\n3. Three.\n".utf8))
        let base = NegotiatedVersion(tabled: text, number: 1)
        let change = ConferenceTextChange(.move, target: "para_1", position: .after, beside: "para_3")
        #expect(throws: TextRefusal.unbalanced) {
            try base.applying(TextAmendment(id: "m", base: 1, change: change, sponsors: ["EU"]), .inBrackets, as: 2, base: base)
        }
    }
}
