import Texts
import Web

/// The words of a provision under negotiation as HTML: brackets within brackets, alternatives side by side, names before words, places to
/// be filled, marks of notes. All signs stay in the words, so that what is read without colours, or copied, is the text.
struct NegotiatedMarkup {
    let text: NegotiatedText
    let knowsName: (String) -> Bool
    /// What a bracket without a partner is called for who cannot see that it stands alone.
    let stray: String

    /// Brackets deeper than this are signs only.
    private static let deepest = 24
    /// Alternatives of more bytes than this together stand in columns, shorter ones in the line.
    private static let longestInLine = 120

    private enum Step {
        case node(Int, depth: Int)
        case words(Range<Int>)
        case name(Range<Int>)
        case sign(Range<Int>)
        case close
        case alternatives(isWide: Bool)
    }

    /// A block's words.
    func words(at index: Int) -> Markup {
        let tree = text.inlineTree(at: index, knowsName: knowsName)
        let body = text.blocks[index].body
        var markup = Markup()
        var waiting = Self.steps(tree.roots, tree, depth: 1)
        func string(_ range: Range<Int>) -> String { String(decoding: body[range], as: UTF8.self) }
        while let step = waiting.popLast() {
            switch step {
            case .words(let range): Self.append(string(range), to: &markup)
            case .sign(let range): markup.append(Markup.element("b", [:], text: string(range)))
            case .name(let range): markup.append(Markup.element("span", ["class": "bw"], text: string(range)))
            case .close: markup.append("</span>")
            case .alternatives(let isWide): markup.append(isWide ? "<span class=\"ba bwide\">" : "<span class=\"ba\">")
            case .node(let place, let depth):
                let node = tree.nodes[place]
                switch node.kind {
                case .words: Self.append(string(node.range), to: &markup)
                case .stray:
                    markup.append(Markup.element("mark", ["class": "stray", "title": stray], text: string(node.range)))
                case .note(let name): markup.append(note(name))
                case .bracket:
                    let isElement = depth <= Self.deepest
                    if isElement { markup.append(node.isPlaceholder ? "<span class=\"b bp\">" : "<span class=\"b\">") }
                    waiting += bracket(node, tree, depth: depth, isElement: isElement)
                }
            }
        }
        return markup
    }

    /// Signs, names and what is enclosed, in the order in which a stack gives them back.
    private func bracket(_ node: InlineTree.Node, _ tree: InlineTree, depth: Int, isElement: Bool) -> [Step] {
        var next: [Step] = isElement ? [.close] : []
        if node.wordsEnd < node.range.upperBound { next.append(.sign(node.wordsEnd..<node.range.upperBound)) }
        next += Self.steps(node.children, tree, depth: depth + 1, attributedUntil: node.attribution.isEmpty ? nil : node.wordsStart)
        let first = node.children.first.map { tree.nodes[$0].range.lowerBound } ?? node.wordsEnd
        if first > node.range.lowerBound { next.append(.sign(node.range.lowerBound..<first)) }
        return next
    }

    private static func steps(_ children: [Int], _ tree: InlineTree, depth: Int, attributedUntil: Int? = nil) -> [Step] {
        var steps: [Step] = []
        var group: Int?
        for (place, child) in children.enumerated() {
            let node = tree.nodes[child]
            if node.alternatives != group {
                if group != nil { steps.append(.close) }
                if let own = node.alternatives {
                    let bytes = children[place...].prefix { tree.nodes[$0].alternatives == own }.reduce(0) {
                        $0 + tree.nodes[$1].range.count
                    }
                    steps.append(.alternatives(isWide: bytes > longestInLine))
                }
                group = node.alternatives
            }
            // "EU: " is the first of the bracket's words.
            if let end = attributedUntil, node.kind == .words, node.range.contains(end - 1), child == children.first {
                steps.append(.name(node.range.lowerBound..<end))
                if end < node.range.upperBound { steps.append(.words(end..<node.range.upperBound)) }
                continue
            }
            steps.append(.node(child, depth: depth))
        }
        if group != nil { steps.append(.close) }
        return steps.reversed()
    }

    private func note(_ name: String) -> Markup {
        guard let block = text.blocks.first(where: { $0.kind == .footnote && $0.number == name }) else {
            return Markup.element("sup", [:], text: name)
        }
        return Markup.element("sup", [:], Markup.element("a", ["href": "#\(block.wId.text)"], text: name))
    }

    /// Words between asterisks are set in italics, between two in bold; the asterisks are signs for who sets the text. Where they do not
    /// match within the stretch, they stay.
    private static func append(_ words: String, to markup: inout Markup) {
        guard words.utf8.contains(0x2A), let pieces = emphasis(of: words) else { return markup.append(text: words) }
        for piece in pieces {
            switch piece {
            case .words(let words): markup.append(text: words)
            case .italics(let opens): markup.append(opens ? "<em>" : "</em>")
            case .bold(let opens): markup.append(opens ? "<strong>" : "</strong>")
            }
        }
    }

    private enum Piece: Equatable {
        case words(Substring)
        case italics(opens: Bool)
        case bold(opens: Bool)
    }

    /// The stretches of words and the marks between them; `nil` where they do not match.
    private static func emphasis(of words: String) -> [Piece]? {
        var pieces: [Piece] = []
        var open: [Piece] = []
        var index = words.startIndex
        while index < words.endIndex {
            let end = words[index...].firstIndex(of: "*") ?? words.endIndex
            if end > index { pieces.append(.words(words[index..<end])) }
            guard end < words.endIndex else { break }
            let next = words.index(after: end)
            let isBold = next < words.endIndex && words[next] == "*"
            let opening: Piece = isBold ? .bold(opens: true) : .italics(opens: true)
            if open.last == opening {
                open.removeLast()
                pieces.append(isBold ? .bold(opens: false) : .italics(opens: false))
            } else {
                guard !open.contains(opening) else { return nil }
                open.append(opening)
                pieces.append(opening)
            }
            index = isBold ? words.index(after: next) : next
        }
        return open.isEmpty ? pieces : nil
    }
}
