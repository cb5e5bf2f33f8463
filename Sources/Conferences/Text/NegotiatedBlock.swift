public import Texts

/// One provision of a text under negotiation, or what stands between provisions: a stretch of the text that is proposed, amended, agreed
/// and counted as a whole.
public struct NegotiatedBlock: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// What a file says of itself before the text begins, between lines of `---`.
        case frontMatter = "front-matter"
        /// A title, an article's heading.
        case heading
        /// The header of an option, with its words where they stand on the same line.
        case option
        /// A numbered or marked paragraph: `1.`, `3bis`, `(a)`, `-`.
        case item
        /// A paragraph without a number.
        case paragraph
        /// The words of a footnote.
        case footnote
        /// Where a link leads to.
        case linkDefinition = "link-definition"
        /// Marks for whoever sets the text: a table of contents, a rule, nothing at all.
        case markup

        /// Whether it is part of what is negotiated.
        public var isProvision: Bool { self == .heading || self == .option || self == .item || self == .paragraph }
    }

    /// The name it keeps through all versions.
    public let wId: ProvisionIdentifier
    public var kind: Kind
    /// The number as it stands: `1`, `3bis`, `(a)`; of a footnote its mark; of a heading `3` in "Article 3".
    public var number: String?
    /// The option's number as it stands: `1`, `II`, `(a)`.
    public var option: String?
    /// How deep it lies: 0 at the outermost, and of all that is no provision.
    public var level: Int
    /// Indentation and number, `    1. `; of a heading `## `.
    public var lead: [UInt8]
    /// The words, from the first sign to the last.
    public var body: [UInt8]
    /// Spaces at the end, the line's end, and the empty lines that follow.
    public var tail: [UInt8]

    public init(
        wId: ProvisionIdentifier, kind: Kind, number: String? = nil, option: String? = nil, level: Int, lead: [UInt8] = [], body: [UInt8],
        tail: [UInt8]
    ) {
        self.wId = wId
        self.kind = kind
        self.number = number
        self.option = option
        self.level = level
        self.lead = lead
        self.body = body
        self.tail = tail
    }

    /// The words; what is not UTF-8 is shown as U+FFFD.
    public var words: String { String(decoding: body, as: UTF8.self) }

    public var byteCount: Int { lead.count + body.count + tail.count }
}
