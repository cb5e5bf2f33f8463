import Acts
import Foundation
import Typesetting

/// A statement on paper, in one of its languages, with the code that it is known by.
struct StatementPaper: Sendable {
    /// The words beside the text, in its language where the house has it.
    struct Words: Sendable {
        var language: String
        var date: String
        var office: String
        var holder: String?
        var authority: String
        /// How to find out whether it is genuine.
        var check: String
        var correction: String?
        /// "Code".
        var code: String
    }

    let printed: PrintedDocument

    init(_ statement: PublicStatement, language tag: String, words: Words, origin: String) {
        let act = statement.act
        let text = act.content.texts[tag]
        var blocks: [PrintedBlock] = [
            .paragraph(PrintedParagraph(PrintedText(words.office), alignment: .start, size: .lead, language: words.language)),
            .paragraph(PrintedParagraph(PrintedText(words.date), alignment: .start, size: .small, language: words.language)),
            .space(12), .heading(PrintedHeading(level: 1, look: .title, text: PrintedText(text?.title ?? ""))),
        ]
        if let correction = words.correction {
            blocks.append(.paragraph(PrintedParagraph(PrintedText(correction, style: .emphasis), alignment: .start)))
        }
        blocks += (text?.paragraphs ?? []).map { .paragraph(PrintedParagraph(PrintedText($0), alignment: .start)) }
        if let holder = words.holder {
            blocks += [.space(12), .paragraph(PrintedParagraph(PrintedText(holder), alignment: .end))]
        }
        let digest = StatementPress.sha256(act.json.canonicalBytes)
        blocks += [
            .space(18), .rule,
            .seal(PrintedSeal(ring: origin.uppercased(), centre: String(act.code.prefix(4)), bytes: digest, diameter: 96)),
            .paragraph(
                PrintedParagraph(PrintedText(act.code, style: .code), alignment: .centre, size: .lead, language: "en", keepsWithNext: true)),
            .paragraph(PrintedParagraph(PrintedText(words.check), alignment: .centre, size: .small, language: words.language)),
            .paragraph(PrintedParagraph(PrintedText(words.authority), alignment: .centre, size: .small, language: words.language)),
        ]
        printed = PrintedDocument(
            title: text?.title ?? "", author: words.office, subject: Self.mark(act.code, tag), creator: "Chancery", language: tag,
            // To the minute, as it is printed: what is set before its hour is what will be set after it.
            created: Date(timeIntervalSince1970: Double(statement.released.milliseconds / 60_000 * 60)),
            sections: [
                PrintedSection(
                    language: tag, arrangement: .even, headStart: words.office, headEnd: act.code, foot: "\(origin)/v/\(act.code)",
                    blocks: blocks)
            ])
    }

    private static let markStart = "Statement "

    private static func mark(_ code: String, _ tag: String) -> String { "\(markStart)\(code), \(tag)" }

    /// The code and language that a PDF says it is, in its description; `nil` where it says none.
    static func mark(in bytes: [UInt8]) -> (code: String, language: String)? {
        guard bytes.starts(with: Array("%PDF-".utf8)) else { return nil }
        let start = Array("/Subject (\(markStart)".utf8)
        guard let place = bytes.firstRange(of: start) else { return nil }
        let rest = bytes[place.upperBound...].prefix(40).prefix { $0 != UInt8(ascii: ")") }
        let parts = String(decoding: rest, as: UTF8.self).split(separator: ", ")
        guard parts.count == 2 else { return nil }
        return (String(parts[0]), String(parts[1]))
    }
}
