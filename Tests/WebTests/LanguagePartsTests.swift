import Testing
import Web

@Suite("Words in another language than the page's")
struct LanguagePartsTests {
    @Test(
        "They say which language they are in, and the page's own do not (WCAG 2.2, 3.1.2)",
        arguments: [
            (["en": "Plenary", "fr": "Plénière"], Language.french, "Plénière"),
            (["en": "Plenary & more"], .french, "<span lang=\"en\" dir=\"ltr\">Plenary &amp; more</span>"),
            (["en": "Plenary", "ar": "الجلسة العامة"], .chinese, "<span lang=\"en\" dir=\"ltr\">Plenary</span>"),
            (["ar": "الجلسة العامة", "ru": "Пленум"], .chinese, "<span lang=\"ar\" dir=\"rtl\">الجلسة العامة</span>"),
            ([:], .english, ""),
        ])
    func parts(texts: [String: String], language: Language, html: String) {
        #expect(language.part(texts).html == html)
    }
}
