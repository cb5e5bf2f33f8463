import Foundation

/// A line of words with their emphasis, references and footnotes, in normal form: composed (Unicode NFC), no two neighbours that could
/// be one, no control characters. Two equal values have equal bytes wherever they are written, which is what signing wants.
///
///     let heading = try InlineText("Use of terms")
///     heading.plain            // "Use of terms"
public struct InlineText: Hashable, Sendable, CustomStringConvertible {
    public let runs: [TextRun]

    public static let empty = InlineText(normal: [])

    private init(normal runs: [TextRun]) {
        self.runs = runs
    }

    /// Brings the runs into normal form.
    /// - Throws: ``TextFault`` for a character that cannot stand in a text: a control, or an override of direction, which would let
    ///   a page show other words than the ones that are signed.
    public init(_ runs: [TextRun]) throws(TextFault) {
        var normal: [TextRun] = []
        for run in runs {
            switch (try run.normalized(), normal.last) {
            case (.words(let words, _, _), _) where words.isEmpty: continue
            case (.words(let words, let style, let target), .words(let before, let styleBefore, let targetBefore)?)
            where style == styleBefore && target == targetBefore:
                // Composed again: a mark at the head of a run joins the letter before it.
                normal[normal.count - 1] = .words(Self.composed(before + words), style, target: target)
            case (let run, _): normal.append(run)
            }
        }
        self.runs = normal
    }

    public init(_ words: String) throws(TextFault) {
        try self.init([.words(words, [], target: nil)])
    }

    public var isEmpty: Bool { runs.isEmpty }

    /// The words alone: emphasis gone, a line break as a space, footnotes left out.
    public var plain: String {
        runs.map { run in
            switch run {
            case .words(let words, _, _): words
            case .lineBreak: " "
            case .footnote: ""
            }
        }.joined()
    }

    /// The footnotes, in the order of their marks.
    public var footnotes: [Footnote] {
        runs.compactMap { if case .footnote(let note) = $0 { note } else { nil } }
    }

    public var description: String { plain }

    /// Unicode NFC. Most text is composed already; what lies below U+0300 always is.
    static func composed(_ text: String) -> String {
        text.unicodeScalars.allSatisfy { $0.value < 0x300 } ? text : text.precomposedStringWithCanonicalMapping
    }

    /// Checks that every character can stand in a text, and composes it. Tabs and line ends become spaces.
    static func checked(_ text: String) throws(TextFault) -> String {
        var clean = true
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x0C, 0x0B, 0x85, 0x2028, 0x2029: clean = false
            case 0..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF, 0xFEFF, 0x202D, 0x202E:
                throw TextFault(
                    .character, "the character U+\(String(scalar.value, radix: 16, uppercase: true)) cannot stand in a text.",
                    mend: "Take it out; it is a control that no reader sees.")
            default: break
            }
        }
        guard !clean else { return composed(text) }
        let spaced = text.split(omittingEmptySubsequences: false) { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        return composed(spaced)
    }
}

/// A piece of a line.
public enum TextRun: Hashable, Sendable {
    /// Words in one style. `target` is where a reference leads: an identifier of the same text (`#art_12`) or an IRI.
    case words(String, TextStyle, target: String?)
    case lineBreak
    /// A footnote, at the place of its mark.
    case footnote(Footnote)

    public static func words(_ words: String) -> TextRun { .words(words, [], target: nil) }
    public static func words(_ words: String, _ style: TextStyle) -> TextRun { .words(words, style, target: nil) }

    func normalized() throws(TextFault) -> TextRun {
        guard case .words(let words, let style, let target) = self else { return self }
        if let target {
            guard !target.isEmpty, target.utf8.count <= TextLimits.identifierBytes, target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else {
                throw TextFault(
                    .identifier, "'\(target.prefix(60))' is no target of a reference.",
                    mend: "Write an identifier (#art_12) or an IRI in ASCII.")
            }
        }
        return .words(try InlineText.checked(words), style, target: target)
    }
}

/// How words are set off. What a treaty's page uses, and no more.
public struct TextStyle: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue & 0b1_1111
    }

    public static let bold = TextStyle(rawValue: 1)
    public static let italic = TextStyle(rawValue: 2)
    public static let underline = TextStyle(rawValue: 4)
    public static let superscript = TextStyle(rawValue: 8)
    public static let `subscript` = TextStyle(rawValue: 16)
}

/// A footnote: its mark and what it says. A footnote has none of its own.
public struct Footnote: Hashable, Sendable {
    /// The mark as printed: `1`, `*`.
    public let mark: String
    public let content: [InlineText]

    public init(mark: String, content: [InlineText]) throws(TextFault) {
        self.mark = try InlineText.checked(mark)
        guard !self.mark.isEmpty, self.mark.utf8.count <= TextLimits.numberBytes else {
            throw TextFault(.structure, "a footnote has no mark, or one that is too long.", mend: "Give it a number or a star.")
        }
        guard content.allSatisfy({ $0.footnotes.isEmpty }) else {
            throw TextFault(.structure, "the footnote \(mark) has a footnote.", mend: "Write it into the note's own words.")
        }
        guard content.contains(where: { !$0.isEmpty }) else {
            throw TextFault(.structure, "the footnote \(mark) says nothing.", mend: "Write the note, or take its mark out.")
        }
        self.content = content
    }
}
