/// One thing on a page, from top to bottom.
public enum PrintedBlock: Sendable, Equatable {
    case heading(PrintedHeading)
    case paragraph(PrintedParagraph)
    case table(PrintedTable)
    case seal(PrintedSeal)
    /// The headings of the document, down to a level, with their pages.
    case contents(downTo: Int)
    /// A hairline across the text.
    case rule
    /// Points of white. At the head of a page too.
    case space(Double)
    case newPage

    /// A paragraph of plain text.
    public static func paragraph(_ text: PrintedText) -> PrintedBlock { .paragraph(PrintedParagraph(text)) }
}

/// A heading: in the text, in the outline of the file, and in its structure.
public struct PrintedHeading: Sendable, Equatable {
    /// How a heading looks.
    public enum Look: Sendable, Equatable {
        /// The title of an instrument: large, in the middle.
        case title
        /// A part, section or annex: small capitals where the script has them, in the middle.
        case division
        /// An article: its number in the margin, its title before the text.
        case article
    }

    /// 1 to 6, as in the structure of the file.
    public var level: Int
    public var look: Look
    /// The number or name that stands in the margin beside an article, or on a line of its own over another heading.
    public var label: String
    public var text: PrintedText

    public init(level: Int, look: Look, label: String = "", text: PrintedText) {
        self.level = min(max(level, 1), 6)
        self.look = look
        self.label = label
        self.text = text
    }

    /// What the outline and the contents call it.
    var name: String {
        [label, text.plain].filter { !$0.isEmpty }.joined(separator: look == .title ? " " : ". ")
    }
}

/// A paragraph of running text.
public struct PrintedParagraph: Sendable, Equatable {
    /// Along which edges its lines stand.
    public enum Alignment: Sendable, Equatable {
        case justified
        case start
        case centre
        case end
    }

    /// How large it is set.
    public enum Size: Sendable, Equatable {
        case body
        /// Notes and particulars.
        case small
        /// The name on a title page.
        case display
        /// The line under it.
        case lead
    }

    public var text: PrintedText
    /// The number that hangs before the text: "1.", "(a)".
    public var label: String
    /// How deep it lies: each step is an indent. Taken as 8 where it is more.
    public var depth: Int
    public var alignment: Alignment
    public var size: Size
    /// A BCP 47 tag, where the paragraph's language, and so its letters and direction, is not the section's.
    public var language: String?
    /// An address that the paragraph leads to.
    public var link: String?
    /// Whether a page may not end after it.
    public var keepsWithNext: Bool

    public init(
        _ text: PrintedText, label: String = "", depth: Int = 0, alignment: Alignment = .justified, size: Size = .body,
        language: String? = nil, link: String? = nil, keepsWithNext: Bool = false
    ) {
        self.text = text
        self.label = label
        self.depth = min(max(depth, 0), 8)
        self.alignment = alignment
        self.size = size
        self.language = language
        self.link = link
        self.keepsWithNext = keepsWithNext
    }
}

/// Rows of cells under a row of headings, which is repeated at the head of each page.
public struct PrintedTable: Sendable, Equatable {
    /// What part of the width each column has. As many as there are columns; those that are not given share what is left evenly.
    public var shares: [Double]
    public var headings: [PrintedText]
    public var rows: [[PrintedText]]

    public init(shares: [Double] = [], headings: [PrintedText] = [], rows: [[PrintedText]]) {
        self.shares = shares
        self.headings = headings
        self.rows = rows
    }
}

/// A round seal, drawn in lines: its rosette follows the bytes it stands for, so that two documents have two seals.
public struct PrintedSeal: Sendable, Equatable {
    /// Around the edge, in letters that stand alone (Latin, Cyrillic, Greek, Chinese).
    public var ring: String
    /// In the middle, a few characters.
    public var centre: String
    /// The bytes that the rosette is drawn from: a SHA-256, as a rule.
    public var bytes: [UInt8]
    /// Points across.
    public var diameter: Double

    public init(ring: String, centre: String, bytes: [UInt8], diameter: Double = 130) {
        self.ring = ring
        self.centre = centre
        self.bytes = bytes
        self.diameter = min(max(diameter, 24), 300)
    }
}
