import Acts

extension AkomaNtoso {
    /// Reads a text from Akoma Ntoso 3.0. What ``bytes(of:)`` wrote comes back exactly; files of others come back as far as a text
    /// of an instrument can hold them, and are refused by line where it cannot: no word is left out unsaid.
    /// - Throws: ``TextFault`` with the line and what mends it.
    public static func read(_ bytes: [UInt8]) throws(TextFault) -> InstrumentText {
        let tree = try XMLTree(bytes: bytes)
        var reader = AkomaNtosoReader()
        return try reader.read(tree.root)
    }
}

/// Reads one expression.
private struct AkomaNtosoReader {
    typealias Element = XMLTree.Element

    /// How many of each kind came before among the same siblings: the number of what has none.
    struct Count {
        private var counts: [ProvisionKind: Int] = [:]

        mutating func next(_ kind: ProvisionKind) -> Int {
            defer { counts[kind, default: 0] += 1 }
            return counts[kind, default: 0]
        }
    }

    mutating func read(_ root: Element) throws(TextFault) -> InstrumentText {
        guard root.name == "akomaNtoso", root.namespace == AkomaNtoso.namespace else {
            let found = root.namespace.map { " in the namespace \($0.prefix(120))" } ?? " without a namespace"
            throw TextFault(
                .notAkomaNtoso, line: root.line, "the file begins with <\(root.name.prefix(40))>\(found).",
                mend: "Export it as Akoma Ntoso 3.0, whose namespace is \(AkomaNtoso.namespace).")
        }
        try requireNamespace(root)
        guard root.elements.count == 1, let act = root.elements.first, act.name == "act" else {
            let found = root.elements.first?.name ?? "nothing"
            throw TextFault(
                .notAkomaNtoso, line: root.elements.first?.line ?? root.line, "the document is a <\(found.prefix(40))>, not an <act>.",
                mend: "A treaty, convention, protocol or charter is <act name=\"treaty\">, one to a file.")
        }
        let parts = act.elements
        try refuseWords(in: act)
        guard let meta = act.first("meta") else { throw missing("meta", in: act) }
        let identification = try AkomaNtosoIdentification(meta)
        var title = InlineText.empty
        var provisions: [Provision] = []
        for part in parts {
            switch part.name {
            case "meta": break
            case "preface": title = try self.title(part)
            case "preamble": provisions.append(try preamble(part))
            case "body":
                try refuseWords(in: part)
                var count = Count()
                for element in part.elements { provisions.append(try hierarchy(element, in: part, &count)) }
            case "conclusions":
                let content = try headed(part)
                provisions.append(
                    try provision(.conclusions, part, token: "", heading: content.heading, content: content.blocks))
            case "attachments":
                try refuseWords(in: part)
                for (index, element) in part.elements.enumerated() { provisions.append(try attachment(element, index: index)) }
            default: throw unexpected(part, in: act)
            }
        }
        if title.isEmpty { title = try InlineText(act.attributes["title"] ?? "") }
        return try InstrumentText(
            identity: identification.identity, language: identification.language, authenticity: identification.authenticity,
            version: identification.version, title: title, provisions: provisions)
    }

    // MARK: Structure

    private func title(_ preface: Element) throws(TextFault) -> InlineText {
        var lines: [InlineText] = []
        try refuseWords(in: preface)
        for element in preface.elements {
            switch element.name {
            case "longTitle", "container":
                try refuseWords(in: element)
                for inner in element.elements { lines.append(try line(inner)) }
            default: lines.append(try line(element))
            }
        }
        lines.removeAll(where: \.isEmpty)
        var runs: [TextRun] = []
        for line in lines { runs += (runs.isEmpty ? [] : [.lineBreak]) + line.runs }
        return try InlineText(runs)
    }

    private func preamble(_ element: Element) throws(TextFault) -> Provision {
        var heading: InlineText?
        var before: [TextBlock] = []
        var after: [TextBlock] = []
        var recitals: [Provision] = []
        try refuseWords(in: element)
        for child in element.elements {
            switch child.name {
            case "block" where child.attributes["name"] == "heading" && heading == nil && before.isEmpty && recitals.isEmpty:
                heading = try line(child)
            case "recitals", "citations":
                guard after.isEmpty else { throw unexpected(child, in: element) }
                try refuseWords(in: child)
                for recital in child.elements {
                    switch recital.name {
                    case "intro" where recitals.isEmpty: before += try blocks(recital)
                    case "wrapUp": after += try blocks(recital)
                    case "recital", "citation": recitals.append(try self.recital(recital, index: recitals.count))
                    default: throw unexpected(recital, in: child)
                    }
                }
            case "formula", "container":
                if recitals.isEmpty { before += try blocks(child) } else { after += try blocks(child) }
            default:
                if recitals.isEmpty { before += try block(child) } else { after += try block(child) }
            }
        }
        return try provision(.preamble, element, token: "", heading: heading, content: before, children: recitals, closing: after)
    }

    private func recital(_ element: Element, index: Int) throws(TextFault) -> Provision {
        let content = try headed(element)
        return try provision(
            .recital, element, token: token(of: element, index: index), number: content.number, heading: content.heading,
            content: content.blocks)
    }

    private func hierarchy(_ element: Element, in parent: Element, _ count: inout Count) throws(TextFault) -> Provision {
        guard let kind = Self.kinds[element.name] else { throw unexpected(element, in: parent) }
        var inner = Count()
        var number: String?
        var heading: InlineText?
        var content: [TextBlock] = []
        var children: [Provision] = []
        var closing: [TextBlock] = []
        try refuseWords(in: element)
        for child in element.elements {
            switch child.name {
            case "num" where number == nil: number = try self.number(child)
            case "heading" where heading == nil: heading = try line(child)
            case "subheading":
                heading = try InlineText((heading?.runs ?? []) + (heading == nil ? [] : [.lineBreak]) + (try line(child)).runs)
            case "content" where children.isEmpty && content.isEmpty, "intro" where children.isEmpty && content.isEmpty:
                content = try blocks(child)
            case "wrapUp" where closing.isEmpty: closing = try blocks(child)
            default:
                guard closing.isEmpty else { throw unexpected(child, in: element) }
                // A list within a paragraph is a level that only says that its items are a list: they are the paragraph's.
                if child.name == "list" {
                    let list = try self.list(child)
                    guard content.isEmpty || list.content.isEmpty, children.isEmpty else { throw unexpected(child, in: element) }
                    content += list.content
                    children += list.items
                    closing = list.closing
                } else {
                    children.append(try hierarchy(child, in: element, &inner))
                }
            }
        }
        if children.isEmpty, !closing.isEmpty {
            content += closing
            closing = []
        }
        return try provision(
            kind, element, token: token(of: element, index: count.next(kind)), number: number, heading: heading, content: content,
            children: children, closing: closing)
    }

    private func list(_ element: Element) throws(TextFault) -> (content: [TextBlock], items: [Provision], closing: [TextBlock]) {
        var content: [TextBlock] = []
        var items: [Provision] = []
        var closing: [TextBlock] = []
        var count = Count()
        try refuseWords(in: element)
        for child in element.elements {
            switch child.name {
            case "intro" where items.isEmpty: content += try blocks(child)
            case "wrapUp": closing += try blocks(child)
            default:
                guard closing.isEmpty else { throw unexpected(child, in: element) }
                items.append(try hierarchy(child, in: element, &count))
            }
        }
        return (content, items, closing)
    }

    private func attachment(_ element: Element, index: Int) throws(TextFault) -> Provision {
        guard element.name == "attachment" else { throw unexpected(element, in: element) }
        try refuseWords(in: element)
        var number: String?
        var heading: InlineText?
        var content: [TextBlock] = []
        var children: [Provision] = []
        var closing: [TextBlock] = []
        var count = Count()
        for child in element.elements {
            switch child.name {
            case "num" where number == nil: number = try self.number(child)
            case "heading" where heading == nil: heading = try line(child)
            case "doc":
                try refuseWords(in: child)
                for part in child.elements where part.name != "meta" {
                    guard part.name == "mainBody" else { throw unexpected(part, in: child) }
                    try refuseWords(in: part)
                    for inner in part.elements {
                        if Self.kinds[inner.name] != nil {
                            guard closing.isEmpty else { throw unexpected(inner, in: part) }
                            children.append(try hierarchy(inner, in: part, &count))
                        } else if children.isEmpty {
                            content += try block(inner)
                        } else {
                            closing += try block(inner)
                        }
                    }
                }
            default: throw unexpected(child, in: element)
            }
        }
        return try provision(
            .annex, element, token: token(of: element, index: index), number: number, heading: heading, content: content,
            children: children, closing: closing)
    }

    private func provision(
        _ kind: ProvisionKind, _ element: Element, token: String, number: String? = nil, heading: InlineText? = nil, content: [TextBlock],
        children: [Provision] = [], closing: [TextBlock] = []
    ) throws(TextFault) -> Provision {
        let name = element.attributes["wId"] ?? element.attributes["eId"] ?? (kind.isSingle ? kind.identifierWord : "")
        guard let wId = ProvisionIdentifier(name) else {
            throw TextFault(
                .identifier, line: element.line, "the <\(element.name)> has the identifier '\(name.prefix(80))', which can be none.",
                mend: "Give every provision an eId of letters a to z, digits, hyphens, dots and underscores.")
        }
        do {
            return try Provision(
                kind, wId: wId, token: token, number: number, heading: heading, content: content, children: children, closing: closing)
        } catch {
            throw error.at(line: element.line)
        }
    }

    /// The number's token is the end of the `eId`; where that has none, the element's place among its like.
    private func token(of element: Element, index: Int) -> String {
        let own = element.attributes["eId"].map { String($0[($0.range(ofLast: "__")?.upperBound ?? $0.startIndex)...]) } ?? ""
        guard let mark = own.firstIndex(of: "_") else { return String(index + 1) }
        let token = own[own.index(after: mark)...]
        return token.isEmpty || !token.utf8.allSatisfy(ProvisionIdentifier.mayStandInToken) ? String(index + 1) : String(token)
    }

    // MARK: Blocks

    private func headed(_ element: Element) throws(TextFault) -> (number: String?, heading: InlineText?, blocks: [TextBlock]) {
        var number: String?
        var heading: InlineText?
        var content: [TextBlock] = []
        try refuseWords(in: element)
        for child in element.elements {
            switch child.name {
            case "num" where number == nil && content.isEmpty: number = try self.number(child)
            case "heading" where heading == nil && content.isEmpty: heading = try line(child)
            case "block" where child.attributes["name"] == "heading" && heading == nil && content.isEmpty: heading = try line(child)
            default: content += try block(child)
            }
        }
        return (number, heading, content)
    }

    private func blocks(_ element: Element) throws(TextFault) -> [TextBlock] {
        try refuseWords(in: element)
        var content: [TextBlock] = []
        for child in element.elements { content += try block(child) }
        return content
    }

    private func block(_ element: Element) throws(TextFault) -> [TextBlock] {
        switch element.name {
        case "p", "block": return [.paragraph(try line(element))]
        case "container", "blockContainer", "tblock": return try blocks(element)
        case "table":
            var rows: [[TextTable.Cell]] = []
            try refuseWords(in: element)
            for row in element.elements {
                guard row.name == "tr" else { throw unexpected(row, in: element) }
                try refuseWords(in: row)
                var cells: [TextTable.Cell] = []
                for cell in row.elements {
                    guard cell.name == "td" || cell.name == "th", ["rowspan", "colspan"].allSatisfy({ cell.attributes[$0] ?? "1" == "1" })
                    else {
                        throw unexpected(cell, in: row)
                    }
                    cells.append(TextTable.Cell(isHeading: cell.name == "th", content: try lines(cell)))
                }
                rows.append(cells)
            }
            do {
                return [.table(try TextTable(rows: rows))]
            } catch {
                throw error.at(line: element.line)
            }
        default: throw unexpected(element, in: element)
        }
    }

    /// The paragraphs of a cell or a note; bare words are one.
    private func lines(_ element: Element) throws(TextFault) -> [InlineText] {
        guard element.elements.contains(where: { $0.name == "p" }) else { return [try line(element)] }
        try refuseWords(in: element)
        var lines: [InlineText] = []
        for child in element.elements {
            guard child.name == "p" else { throw unexpected(child, in: element) }
            lines.append(try line(child))
        }
        return lines
    }

    private func number(_ element: Element) throws(TextFault) -> String? {
        let words = try line(element).plain
        return words.isEmpty ? nil : words
    }

    // MARK: Words

    private func line(_ element: Element) throws(TextFault) -> InlineText {
        var runs: [TextRun] = []
        try append(element, style: [], target: nil, to: &runs)
        do {
            return try InlineText(Self.unwrapped(runs))
        } catch {
            throw error.at(line: element.line)
        }
    }

    private func append(_ element: Element, style: TextStyle, target: String?, to runs: inout [TextRun]) throws(TextFault) {
        for child in element.children {
            switch child {
            case .words(let words): runs.append(.words(words, style, target: target))
            case .element(let inner):
                if let own = styleElements.first(where: { $0.name == inner.name })?.style {
                    try append(inner, style: style.union(own), target: target, to: &runs)
                } else if Self.plainInlines.contains(inner.name) {
                    try append(inner, style: style, target: target, to: &runs)
                } else {
                    switch inner.name {
                    case "ref", "a": try append(inner, style: style, target: inner.attributes["href"] ?? target, to: &runs)
                    case "eol", "br": runs.append(.lineBreak)
                    case "authorialNote":
                        do {
                            runs.append(.footnote(try Footnote(mark: inner.attributes["marker"] ?? "*", content: try lines(inner))))
                        } catch {
                            throw error.at(line: inner.line)
                        }
                    default: throw unexpected(inner, in: element)
                    }
                }
            }
        }
    }

    /// White space with a line end in it is how a file was laid out, not what the text says: one space between words, none at the ends.
    private static func unwrapped(_ runs: [TextRun]) -> [TextRun] {
        guard runs.contains(where: { if case .words(let words, _, _) = $0 { words.contains { $0.isNewline } } else { false } }) else {
            return runs
        }
        var result: [TextRun] = []
        for (index, run) in runs.enumerated() {
            guard case .words(let words, let style, let target) = run else {
                result.append(run)
                continue
            }
            var joined = ""
            var space = ""
            for character in words {
                if character.isWhitespace, character.isASCII {
                    space.append(character)
                } else {
                    joined += space.contains { $0.isNewline } ? (joined.isEmpty && index == 0 ? "" : " ") : space
                    joined.append(character)
                    space = ""
                }
            }
            let isLast = index == runs.count - 1
            joined += space.contains { $0.isNewline } ? (isLast || joined.isEmpty && index == 0 ? "" : " ") : space
            result.append(.words(joined, style, target: target))
        }
        return result
    }

    // MARK: Refusing

    private func refuseWords(in element: Element) throws(TextFault) {
        for case .words(let words) in element.children {
            if let word = words.split(whereSeparator: \.isWhitespace).first {
                throw TextFault(
                    .unexpected, line: element.line, "words stand directly in <\(element.name)>: '\(word.prefix(40))'.",
                    mend: "Put them into a <p> of the provision they belong to.")
            }
        }
    }

    private func requireNamespace(_ element: Element) throws(TextFault) {
        guard element.namespace == AkomaNtoso.namespace else {
            throw TextFault(
                .notAkomaNtoso, line: element.line, "<\(element.name.prefix(40))> is of another namespace.",
                mend: "Take it out, or put it into <meta><proprietary>.")
        }
        if element.name == "proprietary" || element.name == "presentation" { return }
        for child in element.elements { try requireNamespace(child) }
    }

    private func missing(_ name: String, in element: Element) -> TextFault {
        TextFault(
            .unexpected, line: element.line, "<\(element.name)> has no <\(name)>.", mend: "Export the file as complete Akoma Ntoso 3.0.")
    }

    private func unexpected(_ element: Element, in parent: Element) -> TextFault {
        TextFault(
            .unexpected, line: element.line, "<\(element.name.prefix(40))> cannot be read here, in <\(parent.name.prefix(40))>.",
            mend: "Mark it up with the elements docs/texts.md lists, in their order.")
    }

    /// The elements of the hierarchy, by name. What only other legal traditions have stands for what it is like.
    private static let kinds: [String: ProvisionKind] = {
        var kinds: [String: ProvisionKind] = ["clause": .paragraph, "alinea": .subparagraph, "subpart": .title, "subchapter": .section]
        for kind in ProvisionKind.allCases where kind.isDivision || kind == .article || kind == .rule || kind.isSetIn && kind != .recital {
            kinds[kind.rawValue] = kind
        }
        return kinds
    }()

    /// Inline elements that say what words are without changing how they read.
    private static let plainInlines: Set<String> = [
        "docTitle", "docType", "docNumber", "docDate", "docProponent", "docPurpose", "shortTitle", "span", "term", "def", "date",
        "organization", "person", "role", "location", "signature", "entity", "quantity", "inline", "mref", "rref", "concept", "object",
        "event", "process",
    ]
}

extension String {
    /// The last place where those letters stand.
    fileprivate func range(ofLast mark: String) -> Range<String.Index>? {
        var end = endIndex
        while end > startIndex {
            if self[..<end].hasSuffix(mark) { return index(end, offsetBy: -mark.count)..<end }
            end = index(before: end)
        }
        return nil
    }
}
