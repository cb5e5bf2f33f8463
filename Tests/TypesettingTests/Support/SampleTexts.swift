import Foundation
import Typesetting

/// A short instrument in the six languages of the United Nations and Indonesian, written for these tests.
enum SampleTexts {
    static let articles: [String: [(label: String, title: String, paragraphs: [String])]] = [
        "en": [
            (
                "Article 1", "Use of terms",
                [
                    "For the purposes of this Convention, “waters” means the waters of the river, its tributaries and its lakes.",
                    "The Parties, mindful of the difficult office of the depositary, affirm their final and official consent.",
                ]
            ),
            ("Article 2", "Entry into force", ["This Convention enters into force on the thirtieth day after the second deposit."]),
        ],
        "fr": [
            (
                "Article premier", "Emploi des termes",
                [
                    "Aux fins de la présente Convention, « eaux » s’entend des eaux du fleuve, de ses affluents et de ses lacs.",
                    "L’État dépositaire reçoit les pleins pouvoirs ; il vérifie s’ils sont en bonne et due forme.",
                ]
            ),
            ("Article 2", "Entrée en vigueur", ["La présente Convention entre en vigueur le trentième jour après le deuxième dépôt."]),
        ],
        "es": [
            (
                "Artículo 1", "Términos empleados",
                ["A los efectos de la presente Convención, por “aguas” se entenderán las aguas del río, sus afluentes y sus lagos."]
            ),
            ("Artículo 2", "Entrada en vigor", ["¿Cuándo? La presente Convención entrará en vigor el trigésimo día. ¡Señalado queda!"]),
        ],
        "ru": [
            (
                "Статья 1", "Употребление терминов",
                ["Для целей настоящей Конвенции «воды» означают воды реки, её притоков и озёр, включая подземные."]
            ),
            ("Статья 2", "Вступление в силу", ["Настоящая Конвенция вступает в силу на тридцатый день после сдачи второй грамоты."]),
        ],
        "zh": [
            ("第一条", "用语", ["为本公约的目的，“水”是指河流、支流和湖泊的水。缔约国确认保存人的职责，并表示最终同意。"]),
            ("第二条", "生效", ["本公约应自第二份批准书交存之日后第三十日起生效。"]),
        ],
        "ar": [
            (
                "المادة ١", "استخدام المصطلحات",
                ["لأغراض هذه الاتفاقية، يقصد بالمياه مياه النهر وروافده وبحيراته. وتؤكد الأطراف وظائف الوديع وصلاحياته الكاملة."]
            ),
            ("المادة ٢", "بدء النفاذ", ["يبدأ نفاذ هذه الاتفاقية في اليوم الثلاثين التالي لإيداع الصك الثاني لدى الوديع."]),
        ],
        "id": [
            (
                "Pasal 1", "Penggunaan istilah",
                ["Untuk maksud Konvensi ini, “perairan” berarti perairan sungai, anak-anak sungainya dan danau-danaunya."]
            ),
            ("Pasal 2", "Mulai berlaku", ["Konvensi ini mulai berlaku pada hari ketiga puluh setelah penyimpanan kedua."]),
        ],
    ]

    static let languages = ["en", "fr", "es", "ru", "zh", "ar", "id"]

    static func section(_ language: String) -> PrintedSection {
        var blocks: [PrintedBlock] = [.heading(PrintedHeading(level: 1, look: .title, text: "Convention"))]
        for article in articles[language] ?? [] {
            blocks.append(.heading(PrintedHeading(level: 2, look: .article, label: article.label, text: PrintedText(article.title))))
            for (index, paragraph) in article.paragraphs.enumerated() {
                blocks.append(.paragraph(PrintedParagraph(PrintedText(paragraph), label: "\(index + 1).")))
            }
        }
        return PrintedSection(
            language: language, digits: language == "ar" ? .arabicIndic : .european, headStart: "Convention", headEnd: language,
            foot: "Chancery", blocks: blocks)
    }

    static func document(_ languages: [String], sections: [PrintedSection]? = nil) -> PrintedDocument {
        PrintedDocument(
            title: "Convention, “Eaux” & воды", author: "The Depositary", subject: "Certified true copy", creator: "Chancery",
            language: languages.first ?? "en", created: Date(timeIntervalSince1970: 1_790_000_000),
            sections: sections ?? languages.map(section))
    }

    /// A document of one section.
    static func document(_ blocks: [PrintedBlock], arrangement: PrintedSection.Arrangement = .instrument) -> PrintedDocument {
        document(["en"], sections: [PrintedSection(language: "en", arrangement: arrangement, blocks: blocks)])
    }
}
