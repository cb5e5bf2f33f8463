import Acts
import Disclosure
import Dispatch
import Foundation
import Typesetting

/// Sets a release on paper, out of what is shown alone: what was removed is not in the file at all, under a bar or otherwise.
final class ReleasePaper: Sendable {
    private let queue = DispatchQueue(label: "chancery.press.releases")

    /// Words of the page in the visitor's language.
    struct Words: Sendable {
        let title: String
        let office: String
        let removed: @Sendable (_ regime: String, _ exemption: String) -> String
        let foot: String
        let language: String
    }

    /// The bytes of the PDF; the same release in the same language gives the same.
    func pdf(_ release: RedactedRelease, released: Moment, _ words: Words) async throws -> [UInt8] {
        var blocks: [PrintedBlock] = [.heading(PrintedHeading(level: 1, look: .title, text: PrintedText(words.title))), .space(8)]
        for piece in ReleaseText(release).pieces {
            switch piece {
            case .paragraph(let text):
                for line in text.split(whereSeparator: \.isNewline) {
                    blocks.append(.paragraph(PrintedParagraph(PrintedText(String(line)))))
                }
            case .removal(let regime, let exemption):
                blocks.append(
                    .paragraph(PrintedParagraph(PrintedText("[\(words.removed(regime, exemption))]", style: .emphasis), alignment: .start)))
            }
        }
        let document = PrintedDocument(
            title: words.title, author: words.office, subject: words.title, creator: "Chancery", language: words.language,
            created: Date(timeIntervalSince1970: Double(released.milliseconds / 1_000)),
            sections: [
                PrintedSection(
                    language: words.language, arrangement: .even, headStart: words.office, headEnd: "", foot: words.foot, blocks: blocks)
            ])
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Typesetter().set(document).bytes }) }
        }
    }
}
