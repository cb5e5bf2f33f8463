/// The words by which a language names the parts of a treaty, where it begins them, and how it numbers paragraphs.
struct ReadingVocabulary: Sendable {
    /// Words that begin a heading, folded to lower case, with what they name.
    let divisions: [(word: String, kind: ProvisionKind)]
    /// The heading of a preamble, standing alone.
    let preamble: [String]
    /// How the testimonium begins.
    let conclusions: [String]
    /// Words for a first article, and suffixes of inserted ones with their Latin form.
    let firsts: Set<String>
    let suffixes: [String: String]
    /// What numbers a paragraph of an article; other marks number points of lists.
    let paragraphStyles: Set<ListMark.Style>
    /// Whether a heading's words commonly follow its number on the same line without a sign between them.
    let runsOn: Bool
    /// Words that may stand between one point and the next in a line: `; and (b)`.
    let links: Set<String>

    init(
        divisions: [(String, ProvisionKind)], preamble: [String], conclusions: [String], firsts: Set<String> = [],
        suffixes: [String: String] = [:], paragraphStyles: Set<ListMark.Style> = [.decimalPoint, .decimalBracket], runsOn: Bool = false,
        links: Set<String> = []
    ) {
        self.divisions = divisions.map { (word: $0.0, kind: $0.1) }
        self.preamble = preamble
        self.conclusions = conclusions
        self.firsts = firsts
        self.suffixes = ReadingVocabulary.latinSuffixes.merging(suffixes) { $1 }
        self.paragraphStyles = paragraphStyles
        self.runsOn = runsOn
        self.links = links
    }

    /// The vocabulary of a language; of one that is not known here, all Latin ones together have to do.
    static func of(_ language: TextLanguage) -> ReadingVocabulary {
        vocabularies[language.primary] ?? english
    }

    /// Whether headings of this language are known. Of others, only English ones are found.
    static func knows(_ language: TextLanguage) -> Bool { vocabularies[language.primary] != nil }

    private static let latinSuffixes: [String: String] = [
        "bis": "bis", "ter": "ter", "quater": "quater", "quinquies": "quinquies", "sexies": "sexies", "septies": "septies",
        "octies": "octies", "novies": "novies", "decies": "decies",
    ]

    private static let english = ReadingVocabulary(
        divisions: [
            ("book", .book), ("part", .part), ("title", .title), ("chapter", .chapter), ("section", .section), ("article", .article),
            ("art", .article), ("rule", .rule), ("annex", .annex), ("appendix", .annex), ("schedule", .annex),
        ],
        preamble: ["preamble"], conclusions: ["in witness whereof", "in witness thereof", "in faith whereof", "done at", "done in"],
        links: ["and", "or"])

    private static let vocabularies: [String: ReadingVocabulary] = [
        "en": english,
        "fr": ReadingVocabulary(
            divisions: [
                ("livre", .book), ("partie", .part), ("titre", .title), ("chapitre", .chapter), ("section", .section),
                ("article", .article),
                ("règle", .rule), ("annexe", .annex), ("appendice", .annex),
            ],
            preamble: ["préambule"], conclusions: ["en foi de quoi", "fait à", "fait en"], firsts: ["premier", "première", "1er", "1re"],
            links: ["et", "ou"]),
        "es": ReadingVocabulary(
            divisions: [
                ("libro", .book), ("parte", .part), ("título", .title), ("capítulo", .chapter), ("sección", .section),
                ("artículo", .article),
                ("regla", .rule), ("anexo", .annex), ("apéndice", .annex),
            ],
            preamble: ["preámbulo"], conclusions: ["en testimonio de lo cual", "en fe de lo cual", "hecho en", "hecha en"],
            firsts: ["primero", "primera", "1º", "1.º"], links: ["y", "o", "e", "u"]),
        "ru": ReadingVocabulary(
            divisions: [
                ("книга", .book), ("часть", .part), ("раздел", .title), ("глава", .chapter), ("секция", .section), ("статья", .article),
                ("правило", .rule), ("приложение", .annex),
            ],
            preamble: ["преамбула"], conclusions: ["в удостоверение чего", "в удостоверение вышеизложенного", "совершено в"],
            suffixes: ["бис": "bis", "тер": "ter", "кватер": "quater"], links: ["и", "или"]),
        "zh": ReadingVocabulary(
            divisions: [
                ("编", .book), ("部分", .part), ("部", .part), ("篇", .title), ("章", .chapter), ("节", .section), ("条", .article),
                ("條", .article),
                ("规则", .rule), ("附件", .annex), ("附录", .annex),
            ],
            preamble: ["序言", "前言"], conclusions: ["为此，", "作为证明", "下列署名", "下列签署", "以昭信守", "订于", "為此，"],
            paragraphStyles: [.hanComma, .decimalPoint], runsOn: true),
        "ar": ReadingVocabulary(
            divisions: [
                ("الكتاب", .book), ("الجزء", .part), ("الباب", .title), ("الفصل", .chapter), ("القسم", .section), ("الفرع", .section),
                ("المادة", .article), ("القاعدة", .rule), ("المرفق", .annex), ("التذييل", .annex),
            ],
            preamble: ["الديباجة"], conclusions: ["وإثباتا لذلك", "وإثباتاً لذلك", "وإشهادا على", "وإشهاداً على", "حرر في", "حُرر في"],
            firsts: ["الأولى", "الأول"], suffixes: ["مكررا": "bis", "مكرراً": "bis", "مكرر": "bis", "مكررة": "bis"],
            paragraphStyles: [.decimalPoint, .decimalDash, .decimalBracket], runsOn: true, links: ["و", "أو"]),
        "id": ReadingVocabulary(
            divisions: [
                ("buku", .book), ("bagian", .part), ("bab", .chapter), ("seksi", .section), ("pasal", .article), ("aturan", .rule),
                ("lampiran", .annex),
            ],
            preamble: ["pembukaan", "mukadimah"], conclusions: ["sebagai bukti", "dibuat di"],
            paragraphStyles: [.decimalBrackets, .decimalPoint], links: ["dan", "atau"]),
    ]
}
