import Acts
import Typesetting

/// A picture of a statement for those who pass pictures on, with the code that survives a screenshot: 1200 by 630 pixels.
struct StatementCard: Sendable {
    let picture: PrintedPicture

    private static let ink = PrintedPicture.Colour(0x1A1F24)
    private static let quiet = PrintedPicture.Colour(0x5A6168)
    private static let accent = PrintedPicture.Colour(0x0B5D66)

    init(_ statement: PublicStatement, language tag: String, words: StatementPaper.Words, authority: String) {
        let act = statement.act
        picture = PrintedPicture(
            width: 1200, height: 630, background: .init(0xFDFCF9),
            bars: [
                .init(x: 0, y: 0, width: 1200, height: 12, colour: Self.accent),
                .init(x: 80, y: 508, width: 1040, height: 2, colour: .init(0xC9C5BB)),
            ],
            lines: [
                .init(words.office, language: words.language, x: 80, y: 56, width: 1040, size: 30, colour: Self.ink),
                .init(words.date, language: words.language, x: 80, y: 102, width: 1040, size: 24, colour: Self.quiet),
                .init(
                    String((act.content.texts[tag]?.title ?? "").prefix(400)), language: tag, x: 80, y: 172, width: 1040, size: 50,
                    colour: Self.ink, isBold: true, mostLines: 4),
                .init(act.code, language: "en", x: 80, y: 534, width: 460, size: 40, colour: Self.ink, isBold: true, isCode: true),
                .init(
                    "\(authority)/v/\(act.code)", language: "en", x: 400, y: 544, width: 720, size: 26, colour: Self.accent, isCode: true,
                    isAtEnd: true),
            ])
    }
}
