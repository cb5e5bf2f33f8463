import Acts
import Foundation

/// A text as it is compared: what copying, setting and sending change by themselves is taken away, and nothing that was written.
///
/// Canonical composition (NFC); format characters (Unicode Cf) are taken out but for the joiner and non-joiner, which spell words in
/// Persian and in Indian scripts; white space of every kind is one space, and none inside quotation marks; quotation marks are plain ones.
struct NormalisedText: Hashable, Sendable {
    /// The parts, normalised, none of them empty: the title first, then the paragraphs.
    let parts: [String]

    init(parts: [String]) {
        self.parts = parts.map(Self.normalised).filter { !$0.isEmpty }
    }

    init(_ text: StatementText) {
        self.init(parts: [text.title] + text.paragraphs)
    }

    /// All of it, as one line.
    var whole: String { parts.joined(separator: " ") }

    /// Without the title.
    var body: String { parts.dropFirst().joined(separator: " ") }

    /// A text as it is compared. Doing it twice changes nothing more.
    static func normalised(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .format, scalar.value != 0x200C, scalar.value != 0x200D { continue }
            kept.append(scalar)
        }
        var scalars = String.UnicodeScalarView()
        var space = false
        var afterOpening = false
        for scalar in String(kept).precomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 {
                space = !scalars.isEmpty
                continue
            }
            // French sets a space inside its quotation marks, and copies lose it.
            if space, !afterOpening, scalar != "»" { scalars.append(" ") }
            space = false
            afterOpening = scalar == "«"
            scalars.append(plain(scalar))
        }
        return String(scalars)
    }

    /// The plain mark for a quotation mark of any style; every other character as it is.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x201C, 0x201D, 0x201E, 0x201F, 0xAB, 0xBB, 0x300C, 0x300D, 0x300E, 0x300F, 0x301D, 0x301E, 0x301F, 0xFF02: "\""
        case 0x2018, 0x2019, 0x201A, 0x201B, 0x2039, 0x203A, 0x02BC, 0xFF07: "'"
        default: scalar
        }
    }
}
