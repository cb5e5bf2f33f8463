import Acts
import Foundation
import Testing

@testable import Web

@Suite("Languages")
struct LanguageTests {
    let catalogue: LanguageCatalogue

    static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Web").standardizedFileURL

    init() throws {
        catalogue = try LanguageCatalogue(folders: [LanguageTests.sources.appending(path: "Languages")])
    }

    @Test("Every language that has texts has all of them, with English's parameters and its own plural forms")
    func complete() {
        #expect(catalogue.gaps.isEmpty, "\(catalogue.gaps.map(\.description).joined(separator: "\n"))")
        #expect(catalogue.languages == Language.allCases)
    }

    @Test("Every text that a template or a source names exists, and none is left over")
    func everyKeyIsUsed() throws {
        var used: Set<String> = []
        var families: Set<String> = ["problem.", "refusal.", "role.", "kind.", "seal.word."]
        let files = try #require(FileManager.default.enumerator(at: LanguageTests.sources, includingPropertiesForKeys: nil))
        var swift = ""
        for case let file as URL in files {
            if file.pathExtension == "mustache" {
                for key in TemplateLibrary.keys(in: try String(contentsOf: file, encoding: .utf8)) {
                    #expect(catalogue.has(key), "\(file.lastPathComponent) names '\(key)'")
                    used.insert(key)
                }
            } else if file.pathExtension == "swift" {
                // What stands in documentation is an example.
                swift += try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                    .filter { !$0.drop { $0 == " " }.hasPrefix("///") }.joined(separator: "\n")
            }
        }
        for match in swift.matches(of: /(?:house|catalogue)\.(?:text|markup)\("([a-z0-9.-]+)"/) {
            let key = String(match.output.1)
            #expect(catalogue.has(key), "a source names '\(key)'")
            used.insert(key)
        }
        // Keys that are put together, by what they begin with.
        families.formUnion(["act.fact.", "act.record.", "act.office."])
        for key in catalogue.keys where !used.contains(key) {
            let last = key.split(separator: ".").suffix(1).joined()
            #expect(
                families.contains { key.hasPrefix($0) } || swift.contains("\"\(key)\"") || swift.contains(last),
                "nothing names '\(key)'")
        }
    }

    @Test("Every refusal that the house makes is said in every language")
    func refusalsAreTranslated() throws {
        let files = try #require(FileManager.default.enumerator(at: LanguageTests.sources, includingPropertiesForKeys: nil))
        // Said by the command line alone, which speaks English.
        let english: Set<String> = ["office.ambiguous-person"]
        for case let file as URL in files where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /code: "([a-z0-9.-]+)"/) {
                let code = String(match.output.1)
                guard !english.contains(code) else { continue }
                #expect(catalogue.has("refusal.\(code)") && catalogue.has("refusal.\(code).mend"), "\(file.lastPathComponent): \(code)")
            }
        }
        for role in Role.allCases { #expect(catalogue.has("refusal.access.role.\(role.rawValue)"), "\(role)") }
        for kind in Refusal.Kind.allCases { #expect(catalogue.has("problem.\(kind.httpStatus)"), "\(kind)") }
    }

    /// Unicode CLDR 45, Language Plural Rules.
    @Test(
        "The plural form is the one CLDR says",
        arguments: [
            (Language.english, 0, PluralCategory.other), (.english, 1, .one), (.english, 2, .other),
            (.french, 0, .one), (.french, 1, .one), (.french, 2, .other), (.french, 1_000_000, .many), (.french, 1_000_001, .other),
            (.spanish, 1, .one), (.spanish, 0, .other), (.spanish, 2_000_000, .many),
            (.russian, 1, .one), (.russian, 21, .one), (.russian, 11, .many), (.russian, 2, .few), (.russian, 14, .many),
            (.russian, 104, .few), (.russian, 5, .many), (.russian, 0, .many),
            (.arabic, 0, .zero), (.arabic, 1, .one), (.arabic, 2, .two), (.arabic, 3, .few), (.arabic, 10, .few), (.arabic, 11, .many),
            (.arabic, 99, .many), (.arabic, 100, .other), (.arabic, 102, .other), (.arabic, 103, .few), (.arabic, 111, .many),
            (.indonesian, 1, .other), (.chinese, 1, .other),
        ] as [(Language, Int64, PluralCategory)])
    func plurals(_ language: Language, _ count: Int64, _ category: PluralCategory) {
        #expect(PluralCategory(of: count, in: language) == category)
    }

    @Test("A count chooses its form and is written as the language writes numbers")
    func counted() {
        #expect(catalogue.text("record.size", ["count": 1], .english) == "The record holds 1 act.")
        #expect(catalogue.text("record.size", ["count": 1_234_567], .english) == "The record holds 1,234,567 acts.")
        #expect(catalogue.text("record.size", ["count": 2], .arabic) == "في السجل إجراءان.")
        #expect(catalogue.text("record.size", ["count": 12_345], .indonesian) == "Catatan memuat 12.345 tindakan.")
        #expect(catalogue.text("record.size", ["count": 1], .spanish) == "El registro contiene 1 acto.")
        for (count, words) in [(1, "1 акт."), (3, "3 акта."), (11, "11 актов."), (21, "21 акт."), (112, "112 актов.")] as [(Int64, String)]
        {
            #expect(catalogue.text("record.size", ["count": .number(count)], .russian) == "В журнале \(words)")
        }
    }

    @Test("Dates take the language's own form; English is the United Nations'")
    func dates() throws {
        let date = try #require(CalendarDate("2026-01-17"))
        #expect(Language.english.text(date) == "17 January 2026")
        #expect(Language.french.text(date) == "17 janvier 2026")
        #expect(Language.indonesian.text(date) == "17 Januari 2026")
        #expect(Language.arabic.text(date).contains("يناير"))
        #expect(Language.spanish.text(date) == "17 de enero de 2026" && Language.chinese.text(date) == "2026年1月17日")
        // The year's own word is part of the form, and no full stop follows it in the catalogue.
        let russian = Language.russian.text(date)
        #expect(russian.hasPrefix("17 января 2026") && russian.hasSuffix("г."))
        #expect(Language.english.text(try #require(Moment("2026-01-17T09:05:59.999Z"))) == "17 January 2026, 09:05 UTC")
        // Older than any zone's rules, and long before 1970.
        #expect(Language.english.text(try #require(CalendarDate("1648-10-24"))) == "24 October 1648")
    }

    @Test("Words are sorted as the language sorts them")
    func collation() {
        #expect(
            Language.french.sorted(["Zambie", "Éthiopie", "Espagne", "Émirats"]) { $0 } == ["Émirats", "Espagne", "Éthiopie", "Zambie"])
        #expect(Language.english.sorted(["Oman", "Österreich", "Åland", "Zambia"]) { $0 } == ["Åland", "Oman", "Österreich", "Zambia"])
        #expect(Language.arabic.sorted(["مصر", "إيران", "الأردن", "تونس"]) { $0 } == ["الأردن", "إيران", "تونس", "مصر"])
    }

    @Test("A text that nobody has is its key, and a missing argument stays visible")
    func fallback() {
        #expect(catalogue.text("no.such.key", .french) == "no.such.key")
        #expect(catalogue.text("seal.entry", .english) == "Entry {entry}")
    }

    @Test("A refusal's codes are said in words where a desk gives them, and machines are told the codes")
    func refusalWords() {
        func document(_ words: [String: [String]], office: String) -> ProblemDocument {
            let refusal = Refusal(.conflict, code: "office.exists", "There is one.", mend: "Name another.", arguments: ["office": office])
            return ProblemDocument(refusal, status: nil, catalogue: catalogue, words: words, language: .french)
        }
        let words = ["office": ["kind.", "role."]]
        let worded = document(words, office: "administrator")
        let role = catalogue.text("role.administrator", .french)
        #expect(worded.explanation.contains(role) && !worded.explanation.contains("administrator"))
        #expect(worded.arguments == ["office": "administrator"])
        #expect(document(words, office: "nobody").explanation.contains("nobody"))
        #expect(document([:], office: "administrator").explanation.contains("administrator"))
    }

    @Test("Markup in a text's gaps stays markup, and everything else is escaped")
    func markup() {
        let markup = catalogue.markup("seal.entry", ["entry": Markup.link("<5>", to: "/a?b&c")], .english)
        #expect(markup.html == "Entry <a href=\"/a?b&amp;c\">&lt;5&gt;</a>")
    }

    @Test("The direction of a text goes with its language")
    func direction() {
        #expect(Language.direction(ofTag: "ar-EG") == .rightToLeft)
        #expect(Language.direction(ofTag: "he") == .rightToLeft)
        #expect(Language.direction(ofTag: "fr") == .leftToRight)
    }

    @Test(
        "A catalogue file that is not right is refused with its place",
        arguments: [
            ("{\"a\": \"{open\"}", "a:"), ("{\"a\": {\"one\": \"x\"}}", "other"), ("{\"a\": {\"one\": \"x\", \"other\": 5}}", "a.other"),
            ("{\"a\": [\"x\"]}", "a:"), ("{\"a\": \"x\", \"a\": \"y\"}", "twice"), ("[]", "object"),
            ("{\"a\": \"{bad name}\"}", "bad name"),
        ])
    func malformedCatalogue(_ text: String, _ word: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-languages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try text.write(to: folder.appending(path: "en.json"), atomically: true, encoding: .utf8)
        let error = #expect(throws: LanguageCatalogueError.self) { try LanguageCatalogue(folders: [folder]) }
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }

    @Test("A language that lacks a text, a parameter or a plural form is not offered, and the catalogue says why")
    func incompleteLanguage() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-languages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ text: String, _ tag: String) throws {
            try text.write(to: folder.appending(path: "\(tag).json"), atomically: true, encoding: .utf8)
        }
        try write("{\"a\": \"x {y}\", \"b\": {\"one\": \"1\", \"other\": \"{count}\"}}", "en")
        try write("{\"a\": \"x {y}\", \"b\": {\"one\": \"1\", \"other\": \"{count}\"}}", "fr")
        try write("{\"a\": \"x {z}\", \"b\": {\"one\": \"1\", \"other\": \"{count}\"}}", "es")
        try write("{\"a\": \"x {y}\", \"b\": {\"one\": \"1\", \"other\": \"{count}\"}}", "ar")
        try write("{\"a\": \"x {y}\"}", "id")
        let catalogue = try LanguageCatalogue(folders: [folder])
        #expect(catalogue.languages == [.english, .french])
        #expect(Set(catalogue.gaps.map(\.language)) == [.spanish, .arabic, .indonesian])
        // What it lacks is said in English.
        #expect(catalogue.text("b", ["count": 2], .indonesian) == "2")
    }
}
