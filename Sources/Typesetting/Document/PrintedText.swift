/// Text in runs of one style. A string literal is a run in the style of its place.
public struct PrintedText: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// A stretch of text in one style.
    public struct Run: Sendable, Equatable {
        public var text: String
        public var style: Style
        /// A BCP 47 tag, where it differs from the section's.
        public var language: String?
        /// A note set at the end of the section; its mark stands after the run.
        public var note: String?
        /// The note's mark; its number in the section, if not given.
        public var mark: String?

        public init(_ text: String, style: Style = .plain, language: String? = nil, note: String? = nil, mark: String? = nil) {
            self.text = text
            self.style = style
            self.language = language
            self.note = note
            self.mark = mark
        }
    }

    public enum Style: Sendable, Equatable {
        case plain
        case emphasis
        case strong
        case smallCapitals
        case superscript
        case `subscript`
        /// Hashes, commands: every character equally wide.
        case code
    }

    public var runs: [Run]

    public init(_ runs: [Run]) { self.runs = runs }
    public init(_ text: String, style: Style = .plain) { runs = text.isEmpty ? [] : [Run(text, style: style)] }
    public init(stringLiteral value: String) { self.init(value) }

    /// The text without its styles and notes.
    public var plain: String { runs.map(\.text).joined() }

    public var isEmpty: Bool { runs.allSatisfy { $0.text.isEmpty && $0.note == nil } }

    public static func + (first: PrintedText, second: PrintedText) -> PrintedText { PrintedText(first.runs + second.runs) }
}
