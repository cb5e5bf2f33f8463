public import Foundation

/// A document to be set on paper: plain values, from which `Typesetter` makes the same bytes every time.
///
///     let document = PrintedDocument(
///         title: "Agreement", language: "en", created: date,
///         sections: [PrintedSection(language: "en", blocks: [.paragraph("The Parties to this Agreement,")])])
///     let pages = try Typesetter().set(document)
public struct PrintedDocument: Sendable, Equatable {
    /// The title in the file's description and in a reader's window.
    public var title: String
    /// Who issued it, for the file's description.
    public var author: String?
    /// What it is about, for the file's description.
    public var subject: String?
    /// The program that made it, for the file's description.
    public var creator: String?
    /// The language of the document as a whole, a BCP 47 tag.
    public var language: String
    /// The time written into the file. It is given, so that setting a document twice makes the same bytes.
    public var created: Date
    public var paper: Paper
    /// Each begins a page.
    public var sections: [PrintedSection]

    public init(
        title: String, author: String? = nil, subject: String? = nil, creator: String? = nil, language: String, created: Date,
        paper: Paper = .a4, sections: [PrintedSection]
    ) {
        self.title = title
        self.author = author
        self.subject = subject
        self.creator = creator
        self.language = language
        self.created = created
        self.paper = paper
        self.sections = sections
    }
}

/// A size of paper, in points of 1/72 inch.
public struct Paper: Sendable, Equatable {
    public let width: Double
    public let height: Double

    /// 210 by 297 mm (ISO 216).
    public static let a4 = Paper(width: 595.276, height: 841.89)
    /// 8.5 by 11 inches.
    public static let letter = Paper(width: 612, height: 792)
}
