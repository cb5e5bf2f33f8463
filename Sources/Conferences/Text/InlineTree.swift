/// The words of one block as a tree: words, brackets within brackets, alternatives side by side, marks of notes.
///
/// The nodes lie in one array and name each other by their places, so that no depth of brackets can exhaust a stack.
public struct InlineTree: Hashable, Sendable {
    public struct Node: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case words
            /// Its children are what it encloses. It may have been opened in an earlier block, or be closed in a later one.
            case bracket(opensEarlier: Bool, closesLater: Bool)
            /// The mark of a footnote, by the note's name.
            case note(String)
            /// A bracket that closes nothing, or that nothing closes.
            case stray
        }

        public let kind: Kind
        /// Its bytes in the block's body, brackets included.
        public internal(set) var range: Range<Int>
        /// Places of its children in ``InlineTree/nodes``, in reading order.
        public internal(set) var children: [Int]
        /// Whose words they are, as it stands before a colon at the beginning: `[EU: shall]`.
        public internal(set) var attribution: [String] = []
        /// Where the words begin, behind bracket and attribution.
        public internal(set) var wordsStart: Int
        /// Where the words end, before the closing bracket.
        public internal(set) var wordsEnd: Int
        /// Whether it holds a place that is still to be filled.
        public internal(set) var isPlaceholder = false
        /// The number of the group of brackets it stands side by side with, of which one will remain; `nil` where it stands alone.
        public internal(set) var alternatives: Int?

        public var isBracket: Bool {
            if case .bracket = kind { true } else { false }
        }
    }

    public fileprivate(set) var nodes: [Node] = []
    /// The outermost nodes, in reading order.
    public fileprivate(set) var roots: [Int] = []
    /// How many groups of alternatives there are.
    public fileprivate(set) var alternatives = 0

    /// Every bracket with the depth it lies at in this block, in the order in which they open.
    public var brackets: [(node: Int, depth: Int)] {
        var found: [(node: Int, depth: Int)] = []
        var waiting = roots.reversed().map { (node: $0, depth: 1) }
        while let next = waiting.popLast() {
            let node = nodes[next.node]
            guard node.isBracket else { continue }
            found.append(next)
            waiting += node.children.reversed().map { (node: $0, depth: next.depth + 1) }
        }
        return found
    }
}

extension NegotiatedText {
    /// The words of a block as a tree.
    /// - Parameters:
    ///   - index: the block's place in ``blocks``.
    ///   - knowsName: whether a name before a colon is a delegation's or a group's. Names in capitals, `EU:` or `G77:`, always are.
    public func inlineTree(at index: Int, knowsName: (String) -> Bool = { _ in false }) -> InlineTree {
        InlineTreeBuilder(body: blocks[index].body, start: bodyRange(at: index).lowerBound, marks: scan.marks).build(knowsName: knowsName)
    }
}

/// Builds the tree of one block from the marks that lie in it.
struct InlineTreeBuilder {
    let body: [UInt8]
    /// Where the body begins, in bytes from the beginning of the text.
    let start: Int
    let marks: [BracketMark]

    private struct Open {
        let start: Int
        let length: Int
        var children: [Int]
    }

    func build(knowsName: (String) -> Bool) -> InlineTree {
        var tree = InlineTree()
        var open: [Open] = []
        var children: [Int] = []
        var place = 0

        func add(_ node: InlineTree.Node) {
            tree.nodes.append(node)
            children.append(tree.nodes.count - 1)
        }
        func addWords(to end: Int) {
            guard end > place else { return }
            add(InlineTree.Node(kind: .words, range: place..<end, children: [], wordsStart: place, wordsEnd: end))
            place = end
        }

        var index = WordCount.firstMark(from: start, in: marks)
        while index < marks.count, marks[index].offset < start + body.count {
            let mark = marks[index]
            let offset = mark.offset - start
            index += 1
            if mark.role == .link { continue }
            if mark.role == .note {
                guard mark.isOpening, let partner = mark.partner else { continue }
                addWords(to: offset)
                let end = marks[partner].offset - start + 1
                let name = String(decoding: body[min(offset + 2, end - 1)..<(end - 1)], as: UTF8.self)
                add(InlineTree.Node(kind: .note(name), range: offset..<end, children: [], wordsStart: offset, wordsEnd: end))
                place = end
                continue
            }
            addWords(to: offset)
            place = offset + mark.length
            guard mark.partner != nil else {
                add(InlineTree.Node(kind: .stray, range: offset..<place, children: [], wordsStart: offset, wordsEnd: place))
                continue
            }
            if mark.isOpening {
                open.append(Open(start: offset, length: mark.length, children: children))
                children = []
            } else if let last = open.popLast() {
                let own = children
                children = last.children
                add(
                    InlineTree.Node(
                        kind: .bracket(opensEarlier: false, closesLater: false), range: last.start..<place, children: own,
                        wordsStart: last.start + last.length, wordsEnd: offset))
            } else {
                // Opened in an earlier block: all that came before is inside.
                let own = children
                children = []
                add(
                    InlineTree.Node(
                        kind: .bracket(opensEarlier: true, closesLater: false), range: 0..<place, children: own, wordsStart: 0,
                        wordsEnd: offset))
            }
        }
        addWords(to: body.count)
        while let last = open.popLast() {
            let own = children
            children = last.children
            add(
                InlineTree.Node(
                    kind: .bracket(opensEarlier: false, closesLater: true), range: last.start..<body.count, children: own,
                    wordsStart: last.start + last.length, wordsEnd: body.count))
        }
        tree.roots = children
        describe(&tree, knowsName)
        return tree
    }

    /// Attributions, placeholders, and which brackets stand side by side.
    private func describe(_ tree: inout InlineTree, _ knowsName: (String) -> Bool) {
        for index in tree.nodes.indices where tree.nodes[index].isBracket {
            let inside = tree.nodes[index].wordsStart..<max(tree.nodes[index].wordsStart, tree.nodes[index].wordsEnd)
            if let found = Attribution.read(body[inside], knowsName: knowsName) {
                tree.nodes[index].attribution = found.names
                tree.nodes[index].wordsStart = found.end
            }
            tree.nodes[index].isPlaceholder = Placeholder.isOne(body[tree.nodes[index].wordsStart..<inside.upperBound])
        }
        group(&tree, tree.roots)
        for index in tree.nodes.indices where tree.nodes[index].isBracket { group(&tree, tree.nodes[index].children) }
    }

    private func group(_ tree: inout InlineTree, _ siblings: [Int]) {
        for (left, right) in zip(siblings, siblings.dropFirst()) {
            guard tree.nodes[left].isBracket, tree.nodes[right].isBracket,
                tree.nodes[left].range.upperBound == tree.nodes[right].range.lowerBound
            else { continue }
            if tree.nodes[left].alternatives == nil {
                tree.nodes[left].alternatives = tree.alternatives
                tree.alternatives += 1
            }
            tree.nodes[right].alternatives = tree.nodes[left].alternatives
        }
    }
}
