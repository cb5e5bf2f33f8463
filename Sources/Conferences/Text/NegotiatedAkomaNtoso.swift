import Acts
public import Texts

extension NegotiatedText {
    /// The text as Akoma Ntoso 3.0, a `<bill>`: every provision with its stable `wId`, brackets, attributions and alternatives as
    /// `<inline>` elements that keep their signs, so that whoever reads the words alone reads the text.
    ///
    /// Akoma Ntoso has no element for attributed alternatives; `name` says what each `<inline>` is: `bracket`, `alternatives`,
    /// `attribution`, `placeholder`, `unbalanced`. Brackets deeper than ``TextLimits/depth`` are signs only.
    /// - Parameters:
    ///   - identity: the instrument to be.
    ///   - knowsName: whether a name before a colon is a delegation's or a group's.
    public func akomaNtoso(
        identity: InstrumentIdentity, language: TextLanguage, version: TextVersion, knowsName: (String) -> Bool = { _ in false }
    ) -> [UInt8] {
        var writer = NegotiatedAkomaNtosoWriter(text: self)
        return writer.write(identity: identity, language: language, version: version, knowsName: knowsName)
    }
}

/// Writes one version of a text under negotiation.
private struct NegotiatedAkomaNtosoWriter {
    let text: NegotiatedText
    private var xml = XMLWriter()
    private var notes: [String: Int] = [:]
    private var written: Set<String> = []
    private var elements = 0

    init(text: NegotiatedText) {
        self.text = text
        for (index, block) in text.blocks.enumerated() where block.kind == .footnote {
            if let number = block.number, notes[number] == nil { notes[number] = index }
        }
    }

    mutating func write(
        identity: InstrumentIdentity, language: TextLanguage, version: TextVersion, knowsName: (String) -> Bool
    ) -> [UInt8] {
        xml.open("akomaNtoso", [("xmlns", AkomaNtoso.namespace)])
        xml.open("bill", [("name", "treaty"), ("contains", "singleVersion")])
        meta(identity, language, version)
        xml.open("body")
        var open: [Int] = []
        func close(_ xml: inout XMLWriter) { xml.close(Self.element(text.blocks[open.removeLast()])) }
        var isEmpty = true
        for (index, block) in text.blocks.enumerated() where block.kind.isProvision {
            isEmpty = false
            while let last = open.last, text.blocks[last].level >= block.level { close(&xml) }
            provision(index, knowsName)
            open.append(index)
        }
        while !open.isEmpty { close(&xml) }
        // The schema wants something in every body.
        if isEmpty {
            xml.open("hcontainer", [("name", "text"), ("eId", "text")])
            content("text") { $0.empty("p") }
            xml.close("hcontainer")
        }
        xml.close("body")
        xml.close("bill")
        xml.close("akomaNtoso")
        return xml.bytes
    }

    private mutating func meta(_ identity: InstrumentIdentity, _ language: TextLanguage, _ version: TextVersion) {
        let work = identity.workIRI.replacing("/akn/un/act/", with: "/akn/un/bill/")
        let expression = "\(work)/\(language.akomaNtosoTag)@\(version.date)"
        xml.open("meta")
        xml.open("identification", [("source", "#chancery")])
        xml.open("FRBRWork")
        core(work, date: identity.date, name: "draft")
        xml.empty("FRBRcountry", [("value", "un")])
        xml.empty("FRBRsubtype", [("value", "provision")])
        xml.empty("FRBRname", [("value", identity.name)])
        xml.close("FRBRWork")
        xml.open("FRBRExpression")
        core(expression, date: version.date, name: "version")
        if let number = version.number { xml.empty("FRBRversionNumber", [("value", String(number))]) }
        xml.empty("FRBRauthoritative", [("value", "false")])
        xml.empty("FRBRlanguage", [("language", language.akomaNtosoTag)])
        xml.close("FRBRExpression")
        xml.open("FRBRManifestation")
        core(expression + ".akn", date: version.date, name: "markup")
        xml.close("FRBRManifestation")
        xml.close("identification")
        xml.open("references", [("source", "#chancery")])
        xml.empty("TLCOrganization", [("eId", "chancery"), ("href", "/akn/ontology/organization/un/chancery"), ("showAs", "Chancery")])
        xml.close("references")
        xml.close("meta")
    }

    private mutating func core(_ address: String, date: CalendarDate, name: String) {
        xml.empty("FRBRthis", [("value", "\(address)/!main")])
        xml.empty("FRBRuri", [("value", address)])
        xml.empty("FRBRdate", [("date", date.description), ("name", name)])
        xml.empty("FRBRauthor", [("href", "#chancery")])
    }

    // MARK: Provisions

    private static func element(_ block: NegotiatedBlock) -> String {
        block.kind == .heading && block.wId.text.hasPrefix("art_") && block.level == 0 ? "article" : "hcontainer"
    }

    private mutating func provision(_ index: Int, _ knowsName: (String) -> Bool) {
        let block = text.blocks[index]
        let name = Self.element(block)
        let eId = block.wId.text
        xml.open(name, [("eId", eId), ("wId", eId), ("name", name == "article" ? nil : block.kind.rawValue)])
        if block.kind == .item, let number = block.number { xml.words("num", Self.characters(number)) }
        // What lies in it comes after; what holds nothing else holds its words as content.
        let hasChildren = text.subtree(at: index).dropFirst().contains { text.blocks[$0].kind.isProvision }
        if block.kind == .heading {
            xml.open("heading", endsLine: false)
            words(index, knowsName)
            xml.close("heading")
            if !hasChildren { content(eId) { $0.empty("p") } }
            return
        }
        let container = hasChildren ? "intro" : "content"
        xml.open(container, [("eId", "\(eId)__\(container)")])
        xml.open("p", endsLine: false)
        words(index, knowsName)
        xml.close("p")
        xml.close(container)
    }

    private mutating func content(_ eId: String, _ body: (inout XMLWriter) -> Void) {
        xml.open("content", [("eId", "\(eId)__content")])
        body(&xml)
        xml.close("content")
    }

    // MARK: Words

    private enum Step {
        case node(Int, depth: Int)
        case words(Range<Int>)
        case close(String)
        case openAlternatives
        case attribution(Range<Int>)
    }

    /// Walks the tree with a list of what is still to be written, not by recursion.
    private mutating func words(_ index: Int, _ knowsName: (String) -> Bool) {
        let tree = text.inlineTree(at: index, knowsName: knowsName)
        let body = text.blocks[index].body
        var waiting = Self.steps(tree.roots, tree, depth: 1)
        while let step = waiting.popLast() {
            switch step {
            case .words(let range): xml.text(Self.characters(String(decoding: body[range], as: UTF8.self)))
            case .close(let name): xml.close(name, endsLine: false)
            case .attribution(let range):
                xml.words(
                    "inline", Self.characters(String(decoding: body[range], as: UTF8.self)), [("name", "attribution")], endsLine: false)
            case .openAlternatives: xml.open("inline", [("name", "alternatives")], endsLine: false)
            case .node(let place, let depth):
                let node = tree.nodes[place]
                switch node.kind {
                case .words: xml.text(Self.characters(String(decoding: body[node.range], as: UTF8.self)))
                case .stray:
                    xml.words("inline", String(decoding: body[node.range], as: UTF8.self), [("name", "unbalanced")], endsLine: false)
                case .note(let name): note(name, in: index)
                case .bracket(let opensEarlier, let closesLater):
                    let isElement = depth <= TextLimits.depth
                    let name = node.isPlaceholder ? "placeholder" : "bracket"
                    let reach = opensEarlier ? "opened-earlier" : closesLater ? "closed-later" : nil
                    if isElement { xml.open("inline", [("name", name), ("class", reach)], endsLine: false) }
                    let first = node.children.first.map { tree.nodes[$0].range.lowerBound } ?? node.wordsEnd
                    let start = opensEarlier ? node.range.lowerBound : min(first, node.wordsEnd)
                    xml.text(
                        Self.characters(String(decoding: body[node.range.lowerBound..<max(node.range.lowerBound, start)], as: UTF8.self)))
                    var next: [Step] = []
                    if isElement { next.append(.close("inline")) }
                    if node.wordsEnd < node.range.upperBound { next.append(.words(node.wordsEnd..<node.range.upperBound)) }
                    next += Self.steps(
                        node.children, tree, depth: depth + 1, attributedUntil: node.attribution.isEmpty ? nil : node.wordsStart)
                    waiting += next
                }
            }
        }
    }

    /// Children in the order in which a stack gives them back, alternatives enclosed.
    private static func steps(_ children: [Int], _ tree: InlineTree, depth: Int, attributedUntil: Int? = nil) -> [Step] {
        var steps: [Step] = []
        var group: Int?
        for child in children {
            let own = tree.nodes[child].alternatives
            if own != group {
                if group != nil { steps.append(.close("inline")) }
                if own != nil { steps.append(.openAlternatives) }
                group = own
            }
            // "EU: " is the first of the bracket's words.
            let range = tree.nodes[child].range
            if let end = attributedUntil, tree.nodes[child].kind == .words, range.contains(end - 1), child == children.first {
                steps.append(.attribution(range.lowerBound..<end))
                if end < range.upperBound { steps.append(.words(end..<range.upperBound)) }
                continue
            }
            steps.append(.node(child, depth: own == nil ? depth : depth + 1))
        }
        if group != nil { steps.append(.close("inline")) }
        return steps.reversed()
    }

    /// A footnote where it is first referred to; a reference to it after that.
    private mutating func note(_ name: String, in index: Int) {
        guard let place = notes[name] else { return xml.text(Self.characters("[^\(name)]")) }
        let eId = text.blocks[place].wId.text
        guard written.insert(name).inserted else {
            return xml.empty("noteRef", [("href", "#\(eId)"), ("marker", Self.characters(name))], endsLine: false)
        }
        xml.open(
            "authorialNote", [("eId", eId), ("wId", eId), ("marker", Self.characters(name)), ("placement", "bottom")], endsLine: false)
        xml.words("p", Self.characters(text.blocks[place].words), endsLine: false)
        xml.close("authorialNote", endsLine: false)
    }

    /// XML 1.0 has no controls but tab and line ends (section 2.2).
    private static func characters(_ words: String) -> String {
        guard words.unicodeScalars.contains(where: { !isAllowed($0.value) }) else { return words }
        var result = String.UnicodeScalarView()
        for scalar in words.unicodeScalars { result.append(isAllowed(scalar.value) ? scalar : "\u{FFFD}") }
        return String(result)
    }

    private static func isAllowed(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
