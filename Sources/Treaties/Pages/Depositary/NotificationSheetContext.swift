import Acts
import Web

/// A notification's sheet for its template: the document itself, in its own language whatever the page's.
struct NotificationSheetContext {
    let house: House

    func context(
        _ sheet: TreatyNotificationIssued.Sheet, quotations: [TreatyNotificationIssued.Quotation], number: String?,
        _ language: DocumentLanguage
    ) -> [String: Any] {
        [
            "sheet": [
                "tag": language.rawValue, "dir": "ltr",
                "reference": language.choose("Reference", "Référence"),
                "number": number ?? language.choose("number given on issue", "numéro attribué à la diffusion"),
                "suffix": language.choose("(Depositary Notification)", "(Notification dépositaire)"), "title": sheet.title,
                "imprint": sheet.imprint, "subject": sheet.subject, "formula": sheet.formula, "paragraphs": sheet.paragraphs,
                "quotations": quotations.map { quotation in
                    [
                        "heading": NotificationText.heading(of: quotation, language), "tag": quotation.language,
                        "dir": Language.direction(ofTag: quotation.language).rawValue,
                        "lines": quotation.text.split(separator: "\n").map(String.init),
                    ] as [String: Any]
                },
                "footnotes": sheet.footnotes, "attention": sheet.attention, "issued": sheet.issued,
            ] as [String: Any]
        ]
    }
}
