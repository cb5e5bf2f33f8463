import Acts
import Foundation
import TestSupport
import Testing

@testable import Texts

@Suite("Comparing versions")
struct TextComparisonTests {
    static func marked(_ line: LineComparison) -> String {
        line.pieces.map { piece in
            switch piece.change {
            case .kept: piece.words
            case .removed: "[-\(piece.words)-]"
            case .added: "{+\(piece.words)+}"
            }
        }.joined()
    }

    static let lines: [(old: String, new: String, marked: String)] = [
        ("shall enter into force", "enters into force", "[-shall enter-]{+enters+} into force"),
        ("the Parties", "the States Parties", "the {+States +}Parties"),
        ("30 days", "60 days", "[-30-]{+60+} days"),
        ("同意受约束", "不同意受约束", "{+不+}同意受约束"),
        ("تتعاون الأطراف", "تتعاون الدول الأطراف", "تتعاون {+الدول +}الأطراف"),
        ("a, b", "a; b", "a[-,-]{+;+} b"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("one two three", "four five six", "[-one two three-]{+four five six+}"),
        ("same", "same", "same"),
    ]

    @Test("Words change as words, Chinese as characters, signs as signs", arguments: lines)
    func linesAreCompared(_ line: (old: String, new: String, marked: String)) {
        #expect(Self.marked(LineComparison(line.old, line.new)) == line.marked)
    }

    @Test("Applying a difference yields the other text, whatever the two are, and the difference is as short as it can be")
    func differencesApply() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_500 {
            let letters = Int.random(in: 1...4, using: &generator)
            let old = (0..<Int.random(in: 0...14, using: &generator)).map { _ in Int.random(in: 0..<letters, using: &generator) }
            let new = (0..<Int.random(in: 0...14, using: &generator)).map { _ in Int.random(in: 0..<letters, using: &generator) }
            let stretches = SequenceDifference.stretches(old, new)
            #expect(stretches.flatMap { Array(old[$0.old]) } == old, "seed \(seed)")
            #expect(stretches.flatMap { Array(new[$0.new]) } == new, "seed \(seed)")
            for stretch in stretches where stretch.isEqual { #expect(old[stretch.old] == new[stretch.new], "seed \(seed)") }
            let kept = stretches.reduce(0) { $0 + ($1.isEqual ? $1.old.count : 0) }
            #expect(kept == Self.longestCommon(old, new), "seed \(seed): \(old) \(new)")
        }
    }

    @Test("Lines of any signs come back from their comparison")
    func linesComeBack() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        let signs = ["a", "b", " ", "  ", ",", "é", "e\u{301}", "约", "束", "ا", "ب", "🙂", "1", "-", "’", "\u{301}"]
        func line() -> String {
            (0..<Int.random(in: 0...20, using: &generator)).map { _ in signs.randomElement(using: &generator) ?? "" }.joined()
        }
        for _ in 0..<1_000 {
            let (old, new) = (line(), line())
            let comparison = LineComparison(old, new)
            #expect(comparison.old == old, "seed \(seed)")
            #expect(comparison.new == new, "seed \(seed)")
        }
    }

    /// By the table every textbook has.
    private static func longestCommon(_ old: [Int], _ new: [Int]) -> Int {
        var row = Array(repeating: 0, count: new.count + 1)
        for left in old {
            var diagonal = 0
            for (index, right) in new.enumerated() {
                let above = row[index + 1]
                row[index + 1] = left == right ? diagonal + 1 : max(above, row[index])
                diagonal = above
            }
        }
        return row.last ?? 0
    }

    static func article(_ token: String, wId: String? = nil, _ words: String, children: [Provision] = []) throws -> Provision {
        try Sample.provision(.article, token, wId: wId ?? "art_\(token)", number: "Article \(token)", words, children: children)
    }

    static let words = [
        "Each Party shall take the measures that are needed to carry out this Agreement.",
        "The Conference of the Parties shall adopt its rules of procedure at its first meeting.",
        "No reservations may be made to this Agreement unless another article expressly permits them.",
        "This Agreement is open for signature by all States at the Headquarters of the United Nations.",
    ]

    @Test("What is added, removed, changed and moved is told apart by name")
    func changesAreTold() throws {
        let old = try Sample.text([
            try Self.article("1", Self.words[0]), try Self.article("2", Self.words[1]), try Self.article("3", Self.words[2]),
            try Self.article("4", Self.words[3]),
        ])
        let new = try Sample.text([
            try Self.article("3", Self.words[2]), try Self.article("1", Self.words[0] + " Promptly."),
            try Self.article("5", "Quite other words stand here."),
            try Self.article("4", Self.words[3]),
        ])
        let comparison = try TextComparison(old, new)
        #expect(
            comparison.entries.map { "\($0.change.rawValue) \($0.wId?.text ?? "")" } == [
                "moved art_3", "changed art_1", "added art_5", "removed art_2", "unchanged art_4",
            ])
        #expect(comparison.entries[1].words.map(Self.marked) == [Self.words[0] + "{+ Promptly.+}"])
        #expect(try TextComparison(old, old).isUnchanged)
        #expect(Sample.fault { try TextComparison(old, try Sample.text(old.provisions, language: .french)) } != nil)
    }

    @Test("An article inserted before others is one addition, though every number after it changed")
    func insertionsAreRecognised() throws {
        func paragraph(_ number: Int, _ words: String) throws -> Provision {
            try Sample.provision(.paragraph, "\(number)", wId: "p_\(number)", number: "\(number).", words)
        }
        let old = try Sample.text(try Self.words.enumerated().map { try Self.article("\($0 + 1)", $1) })
        let new = try Sample.text(
            try (["A wholly new first article about something else altogether."] + Self.words).enumerated().map {
                try Self.article("\($0 + 1)", $1)
            })
        let comparison = try TextComparison(old, new)
        #expect(comparison.counts[.added] == 1)
        #expect(comparison.counts[.removed] == nil)
        #expect(comparison.counts[.moved] == nil)
        #expect(comparison.entries.first?.change == .added)
        #expect(comparison.entries.dropFirst().allSatisfy { $0.number != nil && $0.words.allSatisfy(\.isUnchanged) })
    }

    @Test("A paragraph that went to another article is moved, not removed and added")
    func movesAreRecognised() throws {
        let paragraph = try Sample.provision(.paragraph, "1", wId: "p", number: "1.", Self.words[1])
        let renamed = try Sample.provision(.paragraph, "1", wId: "q", number: "1.", Self.words[1] + " So be it.")
        let old = try Sample.text([try Self.article("1", "x", children: [paragraph]), try Self.article("2", "y")])
        let new = try Sample.text([try Self.article("1", "x"), try Self.article("2", "y", children: [renamed])])
        let moved = try TextComparison(old, new).entries.filter { $0.change == .moved }
        #expect(moved.map { "\($0.old?.eId ?? "") \($0.new?.eId ?? "")" } == ["art_1__para_1 art_2__para_1"])
        #expect(moved.first?.words.map(Self.marked) == [Self.words[1] + "{+ So be it.+}"])
    }

    @Test("Emphasis, a footnote and a table's shape are changes, though no word is")
    func formIsCompared() throws {
        let plain = try Sample.text([try Self.article("1", "words")])
        let bold = try plain.with(provisions: [
            try Provision(
                .article, wId: #require(ProvisionIdentifier("art_1")), token: "1", number: "Article 1",
                content: [.paragraph(try InlineText([.words("words", .bold)]))])
        ])
        #expect(try TextComparison(plain, bold).entries.map(\.change) == [.changed])
    }

    @Test("A provision's history runs back through its versions, also under the name it had before")
    func historyIsFollowed() throws {
        func version(_ number: Int, _ provisions: [Provision]) throws -> InstrumentText {
            let text = try Sample.text(provisions)
            return try InstrumentText(
                identity: text.identity, language: .english, authenticity: .authentic,
                version: try TextVersion(date: text.identity.date.adding(days: number), number: number), title: text.title,
                provisions: provisions)
        }
        let versions = [
            try version(1, [try Self.article("9", "Something else entirely stands here, and stays.")]),
            try version(
                2, [try Self.article("9", "Something else entirely stands here, and stays."), try Self.article("1", Self.words[0])]),
            try version(
                3, [try Self.article("9", "Something else entirely stands here, and stays."), try Self.article("1", Self.words[0])]),
            try version(
                4,
                [
                    try Self.article("9", "Something else entirely stands here, and stays."),
                    try Self.article("2", wId: "late", Self.words[0] + " Soon."),
                ]),
        ]
        let history = try ProvisionHistory(of: try #require(ProvisionIdentifier("late")), in: versions)
        #expect(history.steps.map { "\($0.version.number ?? 0) \($0.entry.change.rawValue)" } == ["2 added", "4 changed"])
    }

    @Test("Two versions of a text of 200 pages are compared without more work than their size asks")
    func longTextsAreCompared() throws {
        var generator = SeededGenerator(seed: 7)
        let vocabulary = (0..<3_000).map { "word\($0)" }
        func words(_ count: Int) -> String {
            (0..<count).map { _ in vocabulary.randomElement(using: &generator) ?? "" }.joined(separator: " ")
        }
        let articles = try (1...500).map { try Self.article("\($0)", words(150)) }
        let old = try Sample.text(articles)
        // Every tenth article is new in all its words, every other one unchanged.
        let new = try Sample.text(try articles.enumerated().map { $0 % 10 == 0 ? try Self.article("\($0 + 1)", words(150)) : $1 })
        let counts = try TextComparison(old, new).counts
        #expect(counts == [.changed: 50, .unchanged: 450])
        #expect(LineComparison(words(8_000), words(8_000)).new.isEmpty == false)
    }
}
