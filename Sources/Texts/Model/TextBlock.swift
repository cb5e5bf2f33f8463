/// A block within a provision: a paragraph of words, or a table.
public enum TextBlock: Hashable, Sendable {
    case paragraph(InlineText)
    case table(TextTable)

    public init(_ words: String) throws(TextFault) {
        self = .paragraph(try InlineText(words))
    }

    /// The lines of words in the block, in reading order: one of a paragraph, those of all cells of a table.
    public var lines: [InlineText] {
        switch self {
        case .paragraph(let line): [line]
        case .table(let table): table.rows.flatMap { row in row.flatMap(\.content) }
        }
    }

    public var isEmpty: Bool { lines.allSatisfy(\.isEmpty) }
}

/// A table, row by row; every row has the same number of cells, and there is at least one.
public struct TextTable: Hashable, Sendable {
    public struct Cell: Hashable, Sendable {
        public let isHeading: Bool
        public let content: [InlineText]

        public init(isHeading: Bool = false, content: [InlineText]) {
            self.isHeading = isHeading
            // An empty cell holds one empty line, so that there is one way to write it.
            self.content = content.isEmpty ? [.empty] : content
        }
    }

    public let rows: [[Cell]]

    public init(rows: [[Cell]]) throws(TextFault) {
        guard let first = rows.first, !first.isEmpty, rows.allSatisfy({ $0.count == first.count }) else {
            throw TextFault(
                .structure, "a table has rows of different lengths, or none.",
                mend: "Give every row the same number of cells; fill with empty ones.")
        }
        guard rows.count * first.count <= TextLimits.tableCells else {
            throw TextFault(.tooLarge, "a table has more than \(TextLimits.tableCells) cells.", mend: "Divide it into several.")
        }
        self.rows = rows
    }
}
