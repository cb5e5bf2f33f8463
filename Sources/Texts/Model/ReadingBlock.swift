/// One block of a text as it is read or set: a heading with its number, a paragraph, a table. A flat list of these is all that a
/// page, a typesetter or a plain-text writer needs.
///
///     for block in text.blocks where block.role == .heading { print(block.number ?? "", block.heading?.plain ?? "") }
public struct ReadingBlock: Hashable, Sendable {
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// The instrument's title.
        case title
        /// Where a preamble, a division, an article or an annex begins: `number` and `heading`, either of which may be missing.
        case heading
        /// A paragraph of words; the first of a numbered paragraph or point carries its `number`.
        case words
        case table
        /// A paragraph that closes a list, set out to the level of what holds the list.
        case closing
    }

    public var role: Role
    /// What the block belongs to; `nil` of the title.
    public var provision: ProvisionKind?
    /// The address of what begins here, for a URL's fragment; `nil` where a block continues what began before.
    public var anchor: String?
    /// What the block belongs to, by the name it has in all languages.
    public var wId: ProvisionIdentifier?
    public var number: String?
    public var heading: InlineText?
    /// The words; empty where the role is `heading` or `table`.
    public var words: InlineText = .empty
    public var table: TextTable?
    /// How far in it stands: 0 for paragraphs of an article, 1 for a list in a paragraph, and so on.
    public var indent = 0
    public var language: TextLanguage

    public var direction: TextDirection { language.direction }

    /// The footnotes whose marks stand in this block.
    public var footnotes: [Footnote] {
        (heading?.footnotes ?? []) + words.footnotes + (table.map { TextBlock.table($0).lines.flatMap(\.footnotes) } ?? [])
    }
}

extension InstrumentText {
    /// The text as blocks in reading order, the title first.
    public var blocks: [ReadingBlock] {
        var blocks = [ReadingBlock(role: .title, words: title, language: language)]
        var next = 0
        for provision in provisions { append(provision, indent: 0, next: &next, to: &blocks) }
        return blocks
    }

    private func append(_ provision: Provision, indent: Int, next: inout Int, to blocks: inout [ReadingBlock]) {
        let anchor = places[next].eId
        next += 1
        let first = blocks.count
        let isSetIn = provision.kind.isSetIn
        var block = ReadingBlock(
            role: .heading, provision: provision.kind, wId: provision.wId, indent: isSetIn ? indent : 0, language: language)
        if !isSetIn || provision.heading != nil {
            var heading = block
            heading.number = provision.number
            heading.heading = provision.heading
            if heading.number != nil || heading.heading != nil { blocks.append(heading) }
        }
        func append(_ content: [TextBlock], as role: ReadingBlock.Role) {
            for item in content {
                block.words = .empty
                block.table = nil
                switch item {
                case .paragraph(let words):
                    block.role = role
                    block.words = words
                case .table(let table):
                    block.role = .table
                    block.table = table
                }
                blocks.append(block)
            }
        }
        append(provision.content, as: .words)
        if blocks.count == first {
            // Nothing of its own but its number, or not even that: its place is kept, for the anchor.
            block.role = isSetIn ? .words : .heading
            blocks.append(block)
        }
        blocks[first].anchor = anchor
        blocks[first].number = provision.number
        for child in provision.children {
            self.append(child, indent: child.kind.isSetIn && isSetIn ? indent + 1 : 0, next: &next, to: &blocks)
        }
        append(provision.closing, as: .closing)
    }
}

extension ProvisionKind {
    /// Whether its number stands before its words on the same line, and it is set in below what holds it.
    public var isSetIn: Bool {
        switch self {
        case .paragraph, .subparagraph, .point, .indent, .recital: true
        case .preamble, .book, .part, .title, .chapter, .section, .subsection, .article, .rule, .conclusions, .annex: false
        }
    }
}
