/// Something a reader of plain text was not sure of, at the line it concerns. The words themselves are in the text either way.
public struct TextNote: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Numbers run on with one or more left out.
        case numberMissing = "number-missing"
        /// A number that does not follow those before it, so it was read as words, or as a list begun anew.
        case numberOutOfOrder = "number-out-of-order"
        /// Heading and words stand in one line with nothing between them, so the heading is part of the words.
        case headingRunsOn = "heading-runs-on"
        /// What looks like the heading of an article stands within a line.
        case headingInside = "heading-inside"
        /// The next point of a list stands within a line, and was set apart.
        case listInside = "list-inside"
        /// A line without a number after a list: it may go on with the last point, or close the list.
        case unsure
        /// A control character was taken out.
        case control
        /// The language's words for articles and parts are not known, so English ones were looked for.
        case language
    }

    public let kind: Kind
    /// Counted from 1.
    public let line: Int
    /// In English.
    public let message: String

    public init(_ kind: Kind, line: Int, _ message: String) {
        self.kind = kind
        self.line = line
        self.message = message
    }

    public var description: String { "line \(line): \(message)" }
}
