import Testing

@testable import Texts

@Suite("Renumbering")
struct RenumberingTests {
    struct Form: CustomTestStringConvertible, Sendable {
        let language: TextLanguage
        let kind: ProvisionKind
        let numbers: [String]
        let renumbered: [String]
        var testDescription: String { "\(language) \(numbers.joined(separator: ", "))" }
    }

    static let forms: [Form] = [
        Form(
            language: .english, kind: .article, numbers: ["Article 8", "Article 8 bis", "Article 9"],
            renumbered: ["Article 1", "Article 2", "Article 3"]),
        Form(
            language: .english, kind: .article, numbers: ["Article 1", "Article 2A", "Article 7 –"],
            renumbered: ["Article 1", "Article 2", "Article 3 –"]),
        Form(language: .english, kind: .part, numbers: ["PART I", "PART III", "PART IV"], renumbered: ["PART I", "PART II", "PART III"]),
        Form(language: .french, kind: .article, numbers: ["Article 3", "Article premier"], renumbered: ["Article 1", "Article 2"]),
        Form(language: .russian, kind: .article, numbers: ["Статья 1 бис", "Статья 5"], renumbered: ["Статья 1", "Статья 2"]),
        Form(language: .chinese, kind: .article, numbers: ["第一条", "第一条之二", "第八之二条"], renumbered: ["第一条", "第二条", "第三条"]),
        Form(language: .chinese, kind: .annex, numbers: ["附件二", "附件三"], renumbered: ["附件一", "附件二"]),
        Form(
            language: .arabic, kind: .article, numbers: ["المادة ١", "المادة ١ مكررا", "المادة 7"],
            renumbered: ["المادة ١", "المادة ٢", "المادة 3"]),
        Form(language: .arabic, kind: .part, numbers: ["الجزء الثاني", "الجزء الخامس"], renumbered: ["الجزء الأول", "الجزء الثاني"]),
        Form(language: .indonesian, kind: .chapter, numbers: ["BAB II", "BAB IV"], renumbered: ["BAB I", "BAB II"]),
        Form(language: .english, kind: .paragraph, numbers: ["2.", "1.", "4."], renumbered: ["1.", "2.", "3."]),
        Form(language: .english, kind: .point, numbers: ["(a)", "(c)", "(d)"], renumbered: ["(a)", "(b)", "(c)"]),
        Form(language: .english, kind: .point, numbers: ["(ii)", "(i)", "(iv)"], renumbered: ["(i)", "(ii)", "(iii)"]),
        Form(language: .russian, kind: .point, numbers: ["б)", "а)"], renumbered: ["а)", "б)"]),
        Form(language: .arabic, kind: .point, numbers: ["(ب)", "(أ)"], renumbered: ["(أ)", "(ب)"]),
        Form(language: .chinese, kind: .point, numbers: ["（三）", "（一）"], renumbered: ["（一）", "（二）"]),
        Form(language: .english, kind: .indent, numbers: ["–", "–"], renumbered: ["–", "–"]),
        Form(language: .english, kind: .article, numbers: ["Rubric", "Article 9"], renumbered: ["Rubric", "Article 2"]),
    ]

    @Test("Numbers are counted anew in the form they are written in, and names stay", arguments: forms)
    func numbersAreCounted(_ form: Form) throws {
        var items: [Provision] = []
        for (index, number) in form.numbers.enumerated() {
            items.append(try Sample.provision(form.kind, "\(90 + index)", wId: "n\(index)", number: number, "words"))
        }
        if form.kind.isSetIn { items = [try Sample.provision(.article, "1", wId: "a", number: "1", children: items)] }
        if form.kind == .annex { items.insert(try Sample.article("1"), at: 0) }
        let text = try Sample.text(items, language: form.language).renumbered()
        let numbered = text.places.map(\.provision).filter { $0.wId.text.hasPrefix("n") }
        #expect(numbered.map(\.number) == form.renumbered.map(Optional.some))
        #expect(numbered.map(\.wId.text) == form.numbers.indices.map { "n\($0)" })
        if form.kind == .article { #expect(text.places.map(\.eId) == form.numbers.indices.map { "art_\($0 + 1)" }) }
    }

    @Test("Articles are counted through all parts, and anew in an annex")
    func articlesRunThrough() throws {
        let text = try Sample.text([
            try Sample.provision(.part, "1", children: [try Sample.article("5")]),
            try Sample.provision(.part, "2", children: [try Sample.article("7")]),
            try Sample.provision(.annex, "1", children: [try Sample.provision(.article, "4", wId: "x", number: "Article 4")]),
        ]).renumbered()
        #expect(text.places.map(\.eId) == ["part_1", "art_1", "part_2", "art_2", "att_1", "att_1__art_1"])
    }

    @Test("Chinese numbers are written as they are read")
    func chineseNumbersAreWritten() {
        for value in [1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 110, 111, 999, 1_000, 1_001, 1_010, 1_100, 9_999] {
            #expect(Numeral.han(Numeral.han(of: value)) == value, "\(value): \(Numeral.han(of: value))")
        }
        #expect(Numeral.han(of: 11) == "十一")
        #expect(Numeral.han(of: 103) == "一百零三")
    }
}
