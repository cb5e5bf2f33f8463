import Foundation
import TestSupport
import Testing
import Texts

@testable import Conferences

@Suite("A text under negotiation")
struct NegotiatedTextTests {
    private func read(_ text: String) throws -> NegotiatedText { try NegotiatedText(parsing: Array(text.utf8)) }

    struct Draft: Sendable, CustomTestStringConvertible {
        let name: String
        let words: Int
        let brackets: Int
        let nesting: Int
        let options: Int
        let unbalanced: Int
        var testDescription: String { name }
    }

    /// As counted in the drafts of 2015 by a program of others; the rule is told at ``BracketScan``.
    static let drafts = [
        Draft(name: "agreement-23-oct-2015", words: 16_920, brackets: 1_009, nesting: 7, options: 152, unbalanced: 2),
        Draft(name: "agreement-4-dec-2015", words: 15_031, brackets: 1_004, nesting: 10, options: 118, unbalanced: 4),
        Draft(name: "agreement-12-dec-2015", words: 7_389, brackets: 6, nesting: 1, options: 0, unbalanced: 0),
    ]

    @Test(
        "The published counts of the Paris drafts come out, and every byte of them is written back",
        .enabled(if: ParisDrafts.folder != nil, "\(ParisDrafts.absent)"), arguments: drafts)
    func parisDraftsAreCounted(draft: Draft) throws {
        let bytes = try ParisDrafts.bytes(draft.name)
        let text = try NegotiatedText(parsing: bytes)
        #expect(text.bytes == bytes)
        let measures = text.measures
        #expect(measures.words == draft.words)
        #expect(measures.brackets == draft.brackets)
        #expect(measures.deepestNesting == draft.nesting)
        #expect(measures.options == draft.options)
        #expect(measures.unbalanced == draft.unbalanced)
        #expect(text.unbalancedPlaces.count == measures.strayClosing + measures.neverClosed)
    }

    @Test("The adopted text has no bracket that waits for agreement", .enabled(if: ParisDrafts.folder != nil, "\(ParisDrafts.absent)"))
    func adoptedTextIsClean() throws {
        #expect(try NegotiatedText(parsing: ParisDrafts.bytes("agreement-12-dec-2015")).measures.standing == 0)
    }

    @Test(
        "The counts of all blocks together are the counts of the text",
        .enabled(if: ParisDrafts.folder != nil, "\(ParisDrafts.absent)"), arguments: drafts)
    func countsAddUp(draft: Draft) throws {
        let text = try NegotiatedText(parsing: ParisDrafts.bytes(draft.name))
        let parts = text.blocks.indices.map { text.measures(of: $0..<($0 + 1)) }
        #expect(parts.reduce(0) { $0 + $1.words } == draft.words)
        #expect(parts.reduce(0) { $0 + $1.brackets } == draft.brackets)
        #expect(parts.reduce(0) { $0 + $1.options } == draft.options)
        #expect(parts.map(\.deepestNesting).max() == draft.nesting)
    }

    @Test(
        "Whatever the bytes, they are written back",
        arguments: [
            "", "\n", "\r\n", "\r", " ", "\t\t", "words", "words\n\n\n", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "\u{FEFF}## Article 1\r\n\r\n[a]",
            "\u{FEFF}", "\u{FEFF}\n", "  \t[a]\t \n", "---\ntitle: x\n---\n", "---\n", "---\ntitle", "[^1]: note\n", "[^]: x", "[]: x", "]",
            "[", "[[[]", "**Option 1:**\n", "Option", "1.", "1. ", "(", "(a", "(a)", "- ", "#", "####### x", "2.5 per cent",
            "الخيار 1 [كلمات]",
            "［一］【二】〔三〕", "a\u{2028}b", "a\u{0}b", "\u{1F600}[\u{1F600}]", "|a|[b]|", "\\[a\\]",
            "[a](b) [c](https://d/e) [f][g]\n\n[g]: /h\n",
        ])
    func oddTextsAreKept(text: String) throws {
        let bytes = Array(text.utf8)
        #expect(try NegotiatedText(parsing: bytes).bytes == bytes)
    }

    @Test("Bytes that are not UTF-8 are kept and their places told")
    func invalidBytesAreKept() throws {
        let bytes: [UInt8] = [0x61, 0xFF, 0xFE, 0x5B, 0xC3, 0x5D, 0x0A, 0x80, 0x80, 0x80, 0xE2, 0x82]
        let text = try NegotiatedText(parsing: bytes)
        #expect(text.bytes == bytes)
        #expect(text.measures.brackets == 1)
        #expect(text.invalidPlaces == [1, 4, 7])
    }

    @Test("A text in UTF-16 is refused with the way out")
    func utf16IsRefused() {
        #expect(throws: TextFault.self) { try NegotiatedText(parsing: [0xFF, 0xFE, 0x5B, 0x00]) }
        #expect(throws: TextFault.self) { try NegotiatedText(parsing: [0xFE, 0xFF, 0x00, 0x5B]) }
    }

    @Test("A text larger than the bound is refused")
    func hugeTextsAreRefused() {
        #expect(throws: TextFault.self) { try NegotiatedText(parsing: Array(repeating: 0x61, count: TextLimits.bytes + 1)) }
    }

    @Test("Any bytes at all are read, written back, and their blocks have names of their own")
    func anyBytesAreRead() throws {
        var numbers = SeededGenerator(seed: 2015)
        let pieces: [[UInt8]] =
            [
                "[", "]", "[[", "]]", "\n", "\n\n", "\r\n", "\r", " ", "    ", "\t", "Option 1", "**Option II:**", "1. ", "3bis ", "(a) ",
                "## ",
                "Article 3", "[^1]", "[^1]: ", "[5]", "[x]", "EU: ", "words", "---", "［", "】", "{:toc}", "\u{FEFF}", "、", "é",
            ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80], [0x00]]
        for _ in 0..<400 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...80, using: &numbers) { bytes += pieces.randomElement(using: &numbers) ?? [] }
            let text = try NegotiatedText(parsing: bytes)
            try #require(text.bytes == bytes)
            try #require(Set(text.blocks.map(\.wId)).count == text.blocks.count)
            let measures = text.measures
            let parts = text.blocks.indices.map { text.measures(of: $0..<($0 + 1)) }
            try #require(parts.reduce(0) { $0 + $1.brackets } == measures.brackets)
            try #require(parts.reduce(0) { $0 + $1.strayClosing } == measures.strayClosing)
            try #require(text.unbalancedPlaces.count == measures.strayClosing + measures.neverClosed)
            for index in text.blocks.indices {
                let tree = text.inlineTree(at: index)
                try #require(tree.roots.map { tree.nodes[$0].range.count }.reduce(0, +) == text.blocks[index].body.count)
            }
        }
    }

    @Test("Ten thousand brackets one in another exhaust nothing", arguments: [10_000])
    func deepNestingIsRead(depth: Int) throws {
        let closed = String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth)
        let text = try read(closed)
        #expect(text.measures.deepestNesting == depth)
        #expect(text.measures.unbalanced == 0)
        #expect(text.inlineTree(at: 0).brackets.last?.depth == depth)
        let open = try read(String(repeating: "[", count: depth))
        #expect(open.measures.neverClosed == depth)
        #expect(open.unbalancedPlaces.last?.column == depth)
    }

    @Test(
        "Note marks are no brackets, numbers alone in brackets are counted with them, and links are nobody's question",
        arguments: [
            ("a [^1] b", 2, 0, 0), ("a [5] b", 2, 0, 1), ("a [b] [2020][2021] c", 3, 1, 3), ("[a][b]\n\n[b]: https://x.y/z\n", 3, 3, 0),
            ("[a](https://x.y) [b]", 2, 2, 1), ("[x](a)", 1, 1, 1), ("[٥] ［五］", 1, 1, 2), ("【a】〔b〕", 1, 2, 2),
        ] as [(String, Int, Int, Int)])
    func marksAreToldApart(text: String, words: Int, brackets: Int, standing: Int) throws {
        let measures = try read(text).measures
        #expect(measures.words == words)
        #expect(measures.brackets == brackets)
        #expect(measures.standing == standing)
    }

    @Test(
        "An option is the word and a number, in the languages of the United Nations",
        arguments: [
            ("Option 1", 1, 0), ("**Option II:** x", 1, 0), ("Option (a): x", 0, 1), ("options 1 and 2", 0, 0), ("option 1", 0, 0),
            ("Option", 0, 0), ("Option In this", 0, 0), ("Option 1[^6][^7]: x", 1, 0), ("الخيار 2", 1, 0), ("备选案文1", 1, 0),
            ("Вариант 3", 1, 0),
            ("Opción 1, Variante 2, Opsi 3", 3, 0),
        ] as [(String, Int, Int)])
    func optionsAreCounted(text: String, numbered: Int, lettered: Int) throws {
        let measures = try read(text).measures
        #expect(measures.options == numbered)
        #expect(measures.letteredOptions == lettered)
    }

    @Test("An unbalanced place has its line and column, in code points")
    func placesAreTold() throws {
        let text = try read("## Article 1\r\n\r\n1. é] and [x\r\n")
        #expect(text.unbalancedPlaces.map(\.line) == [3, 3])
        #expect(text.unbalancedPlaces.map(\.column) == [5, 11])
        #expect(text.unbalancedPlaces.map(\.kind) == [.closesNothing, .neverClosed])
        #expect(text.unbalancedPlaces[0].wId.text == "art_1__para_1")
        #expect(text.measures.unbalanced == 1)
    }

    @Test("Provisions get names from what they lie in, options hold what stands under them")
    func provisionsAreNamed() throws {
        let text = try read(
            """
            ## Preamble

            *Recalling* [a],

            ## Article 2bis *(general)*

            **Option 1:**

            1. One

                (a) Deep
                (b) Deeper

            2. Two

            **Option 2:** No text

            Article 3

            3bis. Words
            that go on

            [^1]: A note
            """)
        #expect(
            text.blocks.map(\.wId.text) == [
                "preamble", "preamble__p_1", "art_2bis", "art_2bis__opt_1", "art_2bis__opt_1__para_1", "art_2bis__opt_1__para_1__para_a",
                "art_2bis__opt_1__para_1__para_b", "art_2bis__opt_1__para_2", "art_2bis__opt_2", "art_3", "art_3__para_3bis", "fn_1",
            ])
        #expect(text.blocks.map(\.level) == [0, 1, 0, 1, 2, 3, 3, 2, 1, 1, 2, 0])
        #expect(text.blocks[10].words == "Words\nthat go on")
    }

    @Test("The words of a block are a tree: brackets in brackets, attributed alternatives, placeholders, notes")
    func wordsAreATree() throws {
        let text = try read("Parties [EU: shall][G77, AOSIS: should [urgently]][^2] act by [20XX] [Placeholder for more].")
        let tree = text.inlineTree(at: 0)
        let brackets = tree.brackets
        #expect(brackets.map(\.depth) == [1, 1, 2, 1, 1])
        let nodes = brackets.map { tree.nodes[$0.node] }
        #expect(nodes.map(\.attribution) == [["EU"], ["G77", "AOSIS"], [], [], []])
        #expect(nodes.map(\.alternatives) == [0, 0, nil, nil, nil])
        #expect(nodes.map(\.isPlaceholder) == [false, false, false, true, true])
        #expect(String(decoding: text.blocks[0].body[nodes[0].wordsStart..<nodes[0].wordsEnd], as: UTF8.self) == "shall")
        #expect(tree.nodes.contains { $0.kind == .note("2") })
        #expect(text.measures.alternatives == 1)
        #expect(text.measures.placeholders == 2)
    }

    @Test("A definition with a colon is no attribution, a known delegation's name is")
    func attributionsAreNames() throws {
        let text = try read("[Climate forcers: compounds] [Sri Lanka and EU: words]")
        #expect(text.inlineTree(at: 0).brackets.allSatisfy { text.inlineTree(at: 0).nodes[$0.node].attribution.isEmpty })
        let tree = text.inlineTree(at: 0) { $0 == "Sri Lanka" }
        #expect(tree.brackets.map { tree.nodes[$0.node].attribution } == [[], ["Sri Lanka", "EU"]])
    }

    @Test("A bracket may enclose paragraphs, and each of them is bracketed")
    func bracketsSpanParagraphs() throws {
        let text = try read("1. Free\n\n2. [Held\n\n3. Held too\n\n4. Held as well]\n\n5. Free\n")
        #expect(text.blocks.indices.map { text.isBracketed(at: $0) } == [false, true, true, true, false])
        #expect(text.inlineTree(at: 1).nodes.contains { $0.kind == .bracket(opensEarlier: false, closesLater: true) })
        #expect(text.inlineTree(at: 3).nodes.contains { $0.kind == .bracket(opensEarlier: true, closesLater: false) })
    }
}
