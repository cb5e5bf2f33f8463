import Testing

@testable import Typesetting

/// Pictures of text for screens.
@Suite("Pictures")
struct PictureTests {
    private func picture(_ text: String, _ language: String = "en") -> PrintedPicture {
        PrintedPicture(
            width: 600, height: 315, background: .init(0xFFFFFF), bars: [.init(x: 0, y: 0, width: 600, height: 8, colour: .init(0x0B5D66))],
            lines: [.init(text, language: language, x: 40, y: 60, width: 520, size: 32, colour: .init(0), isBold: true, mostLines: 3)])
    }

    @Test("A picture is a PNG of its size, the same bytes every time", arguments: ["en", "ar", "zh"])
    func png(language: String) throws {
        let text = ["en": "On the ceasefire", "ar": "بشأن وقف إطلاق النار", "zh": "关于停火"][language] ?? ""
        let bytes = try Typesetter().png(picture(text, language))
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        #expect(Array(bytes[16..<24]) == [0, 0, 2, 88, 0, 0, 1, 59])
        #expect(try Typesetter().png(picture(text, language)) == bytes)
        #expect(try Typesetter().png(picture("", language)) != bytes, "the text is drawn")
    }

    @Test("A text that is too long is refused, one that does not fit ends with an ellipsis")
    func bounds() throws {
        #expect(throws: TypesettingError.paragraphTooLong(bytes: 4_001, limit: 4_000)) {
            try Typesetter().png(picture(String(repeating: "a", count: 4_001)))
        }
        let long = String(repeating: "words and more words ", count: 60)
        #expect(try Typesetter().png(picture(long)) == Typesetter().png(picture(long + "still more")))
    }
}
