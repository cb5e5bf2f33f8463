import Acts
import Foundation
import Texts

/// The imaginary agreement that the demo node opens, adopts and authenticates, so that every page about a text has one to show.
struct SampleAgreement: Sendable {
    /// A text as it is entered.
    struct Text: Sendable {
        let language: TextLanguage
        let label: String
        let content: InstrumentText
    }

    static let number = "XXVII-100"
    static let adoptedOn = CalendarDate(dayNumber: 20_223)  // 2025-05-15
    static let draftedOn = CalendarDate(dayNumber: 20_130)  // 2025-02-11

    let opened: TreatyOpened
    /// In the order of their entry.
    let texts: [Text]

    /// The agreement that comes with the program.
    static func shipped() throws -> SampleAgreement {
        let draft = try text("en.draft", "en", label: "Draft of 11 February 2025", date: draftedOn, version: 1)
        var texts = [draft]
        let english = try text("en", "en", label: "Text as adopted", date: adoptedOn, version: 2)
        texts.append(english)
        for tag in ["fr", "es", "ru", "zh", "ar"] {
            texts.append(try text(tag, tag, label: "Text as adopted", date: adoptedOn, version: 1, like: english.content))
        }
        texts.append(
            try text(
                "id", "id", label: "Translation", date: adoptedOn, version: 1, like: english.content,
                authenticity: .translation(from: .english)))
        var titles: [String: String] = [:]
        for text in texts { titles[text.language.tag] = text.content.title.plain }
        return SampleAgreement(opened: opened(titles: titles), texts: texts)
    }

    private static func opened(titles: [String: String]) -> TreatyOpened {
        TreatyOpened(
            treaty: number, titles: titles, short: "Weather Observations Agreement", chapter: "XXVII",
            chapterNames: ["en": "Environment", "fr": "Environnement", "ar": "البيئة", "id": "Lingkungan hidup"],
            openForSignature: adoptedOn.adding(days: 1), depositary: "Secretary-General of the United Nations",
            article: "Art. 7(1): on the thirtieth day following the deposit of the tenth instrument",
            clause: [
                "condition": ["count": 10], "delay": ["unit": "days", "count": 30], "regionalOrganizationsCount": false,
                "later": ["unit": "days", "count": 30],
            ],
            source: "An imaginary instrument, written for the sample", confidence: "imaginary", instrumentKind: .agreement, status: .legal,
            authenticLanguages: ["ar", "zh", "en", "fr", "ru", "es"],
            finalClauses: [
                "participation": ["article": "Art. 6"], "reservations": ["rule": "prohibited", "article": "Art. 6(3)"],
                "amendments": [
                    "entryIntoForce": [
                        "condition": ["fraction": "2/3", "of": "Parties"], "delay": ["unit": "days", "count": 90],
                    ], "article": "Art. 7(4)",
                ], "withdrawal": ["notice": ["unit": "years", "count": 1], "article": "Art. 7(5)"],
            ])
    }

    private static func text(
        _ name: String, _ tag: String, label: String, date: CalendarDate, version: Int, like reference: InstrumentText? = nil,
        authenticity: TextAuthenticity = .authentic
    ) throws -> Text {
        guard let url = Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Sample/agreement"),
            let language = TextLanguage(tag)
        else { throw MalformedAct(place: "\(name).txt", reason: "is not among the program's resources") }
        let read = try PlainText.read(
            [UInt8](try Data(contentsOf: url)), language: language,
            identity: try InstrumentIdentity(actor: "un", date: adoptedOn, name: number.lowercased()), authenticity: authenticity,
            version: try TextVersion(date: date, number: version)
        ).text
        return Text(language: language, label: label, content: try reference.map { try read.adoptingIdentifiers(of: $0) } ?? read)
    }
}
