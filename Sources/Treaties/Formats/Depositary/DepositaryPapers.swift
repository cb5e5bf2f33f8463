import Acts
import Foundation
import Typesetting

/// The depositary's documents on paper: notifications, procès-verbaux, certifying statements, each language on pages of its own.
struct DepositaryPapers: Sendable {
    let settings: DepositarySettings

    func notification(_ notification: TreatyNotificationIssued, issued: Moment, digest: [UInt8]) -> PrintedDocument {
        let sections = DocumentLanguage.allCases.compactMap { language in
            notification.sheets[language.rawValue].map { sheet in
                section(language, head: notification.number, blocks: blocks(sheet, notification, digest: digest, language))
            }
        }
        return document(
            title: notification.number, subject: notification.sheets["en"]?.subject, created: issued, sections: sections)
    }

    private func blocks(
        _ sheet: TreatyNotificationIssued.Sheet, _ notification: TreatyNotificationIssued, digest: [UInt8], _ language: DocumentLanguage
    ) -> [PrintedBlock] {
        let reference =
            language.choose("Reference: ", "Référence\u{A0}: ") + notification.number
            + language.choose(" (Depositary Notification)", " (Notification dépositaire)")
        var blocks: [PrintedBlock] = [
            .paragraph(PrintedParagraph(PrintedText(reference), alignment: .start, size: .small)), .space(18),
            .heading(PrintedHeading(level: 1, look: .title, text: PrintedText(sheet.title))),
        ]
        if !sheet.imprint.isEmpty { blocks.append(.paragraph(PrintedParagraph(PrintedText(sheet.imprint), alignment: .centre))) }
        blocks += [
            .space(10),
            .paragraph(PrintedParagraph(PrintedText(sheet.subject, style: .strong), alignment: .centre, keepsWithNext: true)), .space(10),
            .paragraph(PrintedText(sheet.formula)),
        ]
        blocks += sheet.paragraphs.map { .paragraph(PrintedText($0)) }
        for quotation in notification.quotations {
            let heading = NotificationText.heading(of: quotation, language)
            blocks.append(.paragraph(PrintedParagraph(PrintedText(heading, style: .emphasis), alignment: .start, keepsWithNext: true)))
            for line in quotation.text.split(separator: "\n") {
                let text = PrintedText([PrintedText.Run(String(line), language: quotation.language)])
                blocks.append(.paragraph(PrintedParagraph(text, depth: 1)))
            }
        }
        blocks += [.space(12), .paragraph(PrintedParagraph(PrintedText(sheet.issued), alignment: .end))]
        blocks.append(
            .seal(PrintedSeal(ring: language.text(of: settings.name), centre: String(notification.serial), bytes: digest, diameter: 96)))
        blocks += sheet.footnotes.map { .paragraph(PrintedParagraph(PrintedText("* \($0)"), size: .small)) }
        blocks.append(.paragraph(PrintedParagraph(PrintedText(sheet.attention), alignment: .start, size: .small)))
        return blocks
    }

    func procesVerbal(_ effected: TreatyCorrectionEffected, titles: [String: String], digest: [UInt8]) -> PrintedDocument {
        let sections = DocumentLanguage.allCases.map { language in
            section(
                language, head: effected.procesVerbal,
                blocks: [
                    .heading(
                        PrintedHeading(
                            level: 1, look: .title,
                            text: PrintedText(language.choose("Procès-verbal of rectification", "Procès-verbal de rectification")))),
                    .paragraph(PrintedParagraph(PrintedText(language.text(of: titles), style: .strong), alignment: .centre)), .space(12),
                ] + (effected.paragraphs[language.rawValue] ?? []).map { .paragraph(PrintedText($0)) } + signature(effected.date, language)
                    + [.seal(PrintedSeal(ring: language.text(of: settings.name), centre: "PV", bytes: digest, diameter: 96))])
        }
        return document(
            title: effected.procesVerbal, subject: titles["en"], created: Moment(startOf: effected.date), sections: sections)
    }

    func statement(_ package: RegistrationPackage) -> PrintedDocument {
        let sections = DocumentLanguage.allCases.map { language in
            let lines = package.statement(language).split(separator: "\n\n").map { String($0.replacing("\n", with: " ")) }
            return section(
                language, head: package.opened.treaty,
                blocks: [.heading(PrintedHeading(level: 1, look: .title, text: PrintedText(lines.first ?? "")))]
                    + lines.dropFirst().map { .paragraph(PrintedParagraph(PrintedText($0), alignment: .start)) })
        }
        return document(
            title: package.opened.titles["en"] ?? package.opened.treaty, subject: package.opened.treaty,
            created: Moment(startOf: package.date), sections: sections)
    }

    private func signature(_ date: CalendarDate, _ language: DocumentLanguage) -> [PrintedBlock] {
        [
            .space(18), .paragraph(PrintedParagraph(PrintedText(language.text(date)), alignment: .end)),
            .paragraph(PrintedParagraph(PrintedText(language.text(of: settings.name)), alignment: .end)),
            .paragraph(PrintedParagraph(PrintedText(language.text(of: settings.signatory)), alignment: .end)),
        ]
    }

    private func section(_ language: DocumentLanguage, head: String, blocks: [PrintedBlock]) -> PrintedSection {
        PrintedSection(
            language: language.rawValue, arrangement: .even, headStart: language.text(of: settings.name), headEnd: head, blocks: blocks)
    }

    private func document(title: String, subject: String?, created: Moment, sections: [PrintedSection]) -> PrintedDocument {
        PrintedDocument(
            title: title, author: settings.name["en"], subject: subject, creator: "Chancery", language: "en",
            created: Date(timeIntervalSince1970: Double(created.milliseconds / 1000)), sections: sections)
    }
}
