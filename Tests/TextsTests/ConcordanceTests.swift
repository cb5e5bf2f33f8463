import Acts
import Foundation
import Testing

@testable import Texts

@Suite("Concordance and alignment")
struct ConcordanceTests {
    /// The text as its publisher divided it: one unit a line of a JSON file, whether or not every article was found.
    static func units(_ language: TextLanguage) throws -> InstrumentText {
        let file = try #require(SharedTexts.folder).appending(path: "\(language)/structure.json")
        let json = try JSONParser.parse(Array(try Data(contentsOf: file)))
        var provisions: [Provision] = []
        for unit in try #require(json["units"]?.array) {
            let words = try #require(unit["text"]?.string)
            let label = unit["label"]?.string
            guard let number = unit["number"]?.string else {
                provisions.append(try Sample.provision(.preamble, "", words))
                continue
            }
            let kind: ProvisionKind = Int(number) == nil ? .annex : .article
            let token = kind == .annex ? String(try #require(Numeral.roman(number))) : number
            provisions.append(try Sample.provision(kind, token, number: label, words))
        }
        return try Sample.text(provisions, language: language)
    }

    @Test(
        "The French article premier, lost by who divided the text, is found missing: 78 units against 79",
        .enabled(if: SharedTexts.folder != nil, "\(SharedTexts.absent)"))
    func lostArticleIsFound() throws {
        let concordance = try Concordance([TextLanguage.english, .french, .spanish].map { try Self.units($0) })
        #expect(concordance.counts.map(\.units) == [79, 78, 79])
        #expect(concordance.findings.map(\.description) == ["art_1 (Article 1): missing in fr"])
    }

    @Test(
        "Five languages of the BBNJ Agreement are held against each other, and what differs is what the files lost",
        .enabled(if: SharedTexts.folder != nil, "\(SharedTexts.absent)"))
    func fiveLanguagesAreCompared() throws {
        let english = try SharedTexts.reading(.english).text
        var texts = [english]
        for language in [TextLanguage.spanish, .french, .russian, .chinese] {
            texts.append(try SharedTexts.reading(language).text.adoptingIdentifiers(of: english))
        }
        let concordance = try Concordance(texts)
        #expect(concordance.counts.map(\.units) == [79, 79, 79, 79, 79])
        let articles = concordance.findings.filter { $0.kind == .missing && !$0.eId.contains("__") }
        #expect(articles.isEmpty)
        // Article 1 numbers its definitions 1., 2. in four languages and （一）, （二） in Chinese: the same provisions, marked otherwise.
        let definitions = concordance.findings.filter { $0.eId.hasPrefix("art_1__") }
        #expect(definitions.count == 14)
        #expect(definitions.allSatisfy { $0.kind == .kind && $0.languages == [.chinese] })
        // The Russian article 52(4) has no (c) at the head of a line.
        #expect(concordance.findings.contains { $0.kind == .missing && $0.eId == "art_52__para_4__point_c" && $0.languages == [.russian] })
        #expect(
            concordance.findings.filter { !$0.eId.hasPrefix("att_1__") && !$0.eId.hasPrefix("art_1__") }.count < 20,
            "\(concordance.findings.map(\.description))")
    }

    @Test("Each kind of difference is named, once, with the languages that differ from most")
    func differencesAreNamed() throws {
        func paragraph(_ token: String, _ words: String...) throws -> Provision {
            try Provision(
                .paragraph, wId: #require(ProvisionIdentifier("art_1__para_\(token)")), token: token, number: "\(token).",
                content: try words.map { try TextBlock($0) })
        }
        let first = try Sample.article("2", children: [])
        let english = try Sample.text([try Sample.article("1", children: [try paragraph("1", "a"), try paragraph("2", "b")]), first])
        let french = try Sample.text(
            [try Sample.article("1", children: [try paragraph("1", "a", "b")]), first], language: .french)
        let spanish = try Sample.text(
            [
                try Sample.article("1", children: [try paragraph("1", "a"), try paragraph("2", "b")]),
                try Sample.provision(.article, "2bis", wId: "art_2", number: "Artículo 2 bis", "x"),
            ], language: .spanish)
        let russian = try Sample.text(
            [
                try Sample.article("1", children: [try paragraph("2", "b"), try paragraph("1", "a")]), first,
                try Sample.article("3"),
            ], language: .russian)
        let found = try Concordance([english, french, spanish, russian]).findings
        #expect(
            found.map { "\($0.kind.rawValue) \($0.wId) \($0.languages.map(\.tag).joined(separator: " "))" } == [
                "paragraphs art_1__para_1 fr", "missing art_1__para_2 fr", "number art_2 es", "heading art_2 es", "missing art_3 en es fr",
                "order art_1__para_1 ru",
            ])
        #expect(try Concordance([english, try Sample.text(english.provisions, language: .french)]).agrees)
    }

    @Test("What is missing with its article is not named paragraph by paragraph")
    func missingIsSaidOnce() throws {
        let whole = try Sample.text([
            try Sample.article("1"), try Sample.article("2", children: [try Sample.provision(.paragraph, "1", wId: "x", "words")]),
        ])
        let part = try Sample.text([try Sample.article("1")], language: .french)
        #expect(try Concordance([whole, part]).findings.map(\.wId.text) == ["art_2"])
        #expect(try Concordance([part, whole]).findings.map(\.wId.text) == ["art_2"])
        #expect(Sample.fault { try Concordance([whole]) } != nil)
        #expect(Sample.fault { try Concordance([whole, whole]) } != nil)
    }

    @Test("Two languages stand side by side, and what only one has stands where it belongs")
    func languagesAreAligned() throws {
        let left = try Sample.text([try Sample.article("1"), try Sample.article("2"), try Sample.article("4")])
        let right = try Sample.text(
            [try Sample.article("0"), try Sample.article("1"), try Sample.article("3"), try Sample.article("4")], language: .arabic)
        let rows = TextAlignment(left, right).rows
        #expect(rows.map(\.wId.text) == ["art_0", "art_1", "art_3", "art_2", "art_4"])
        #expect(rows.map { $0.left != nil } == [false, true, false, true, true])
        #expect(rows.map { $0.right != nil } == [true, true, true, false, true])
    }

    @Test("A language takes over the names of the first, even where it marks its list otherwise; what it has alone keeps its own")
    func identifiersAreAdopted() throws {
        let english = try Sample.text([
            try Sample.provision(
                .article, "1", wId: "keep",
                children: [
                    try Sample.provision(.paragraph, "1", wId: "k1", "a"), try Sample.provision(.paragraph, "2", wId: "k2", "b"),
                ])
        ])
        let chinese = try Sample.text(
            [
                try Sample.provision(
                    .article, "1", wId: "art_1",
                    children: [
                        try Sample.provision(.point, "a", wId: "p1", "甲"), try Sample.provision(.point, "b", wId: "p2", "乙"),
                    ]), try Sample.provision(.article, "2", wId: "keep", "丙"),
            ], language: .chinese)
        let adopted = try chinese.adoptingIdentifiers(of: english)
        #expect(adopted.places.map(\.provision.wId.text) == ["keep", "k1", "k2", "keep-2"])
        #expect(adopted.places.map(\.eId) == chinese.places.map(\.eId))
    }
}
