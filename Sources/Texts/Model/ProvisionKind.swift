/// What a provision is. Named as Akoma Ntoso 3.0 names them, where it does.
public enum ProvisionKind: String, Hashable, Sendable, CaseIterable {
    /// What stands before the operative text: the Parties, and what moves them.
    case preamble
    /// One consideration of the preamble.
    case recital
    case book
    case part
    case title
    case chapter
    case section
    case subsection
    case article
    /// A rule, in rules of procedure.
    case rule
    case paragraph
    case subparagraph
    /// An item of a list: (a), (i).
    case point
    /// An item of a list without a number of its own: a dash.
    case indent
    /// The testimonium: "In witness whereof ...", "Done at ...".
    case conclusions
    /// What is attached to the instrument and stands after it.
    case annex

    /// The word for it in an `eId`, as the Akoma Ntoso naming convention abbreviates it (Naming Convention 1.0, 5.3).
    public var identifierWord: String {
        switch self {
        case .recital: "rec"
        case .section: "sec"
        case .subsection: "subsec"
        case .chapter: "chp"
        case .article: "art"
        case .paragraph: "para"
        case .subparagraph: "subpara"
        case .annex: "att"
        case .preamble, .book, .part, .title, .rule, .point, .indent, .conclusions: rawValue
        }
    }

    /// Whether a text has at most one of it, so that its identifier needs no number.
    public var isSingle: Bool { self == .preamble || self == .conclusions }

    /// Whether its numbers run through the whole instrument or annex, whatever divides it, so that its `eId` begins anew.
    public var isNumberedThroughout: Bool { self == .article || self == .rule || self == .annex }

    /// Whether it divides the operative text and carries a heading of its own, without being a rule of conduct itself.
    public var isDivision: Bool {
        switch self {
        case .book, .part, .title, .chapter, .section, .subsection: true
        case .preamble, .recital, .article, .rule, .paragraph, .subparagraph, .point, .indent, .conclusions, .annex: false
        }
    }

    /// How deep it belongs: a provision may hold only what belongs deeper, and lists may hold lists.
    private var rank: Int {
        switch self {
        case .preamble, .conclusions, .annex: 0
        case .book: 1
        case .part: 2
        case .title: 3
        case .chapter: 4
        case .section: 5
        case .subsection: 6
        case .article, .rule: 7
        case .paragraph: 8
        case .subparagraph: 9
        case .recital, .point, .indent: 10
        }
    }

    /// Whether one of these may stand directly within one of those.
    public func mayStand(in parent: ProvisionKind) -> Bool {
        switch (self, parent) {
        case (.preamble, _), (.conclusions, _), (.annex, _): false
        case (.recital, _): parent == .preamble
        case (_, .preamble), (_, .recital), (_, .conclusions): false
        case (.point, .point), (.indent, .indent), (.point, .indent), (.indent, .point): true
        default: rank > parent.rank
        }
    }
}
