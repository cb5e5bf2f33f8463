import Acts
import Texts
import Web

/// A text's provisions as the rows of a page: number, words, status, and the amendments that wait there.
struct TextRows {
    let pages: TextPages
    let text: OpenText
    let version: NegotiatedVersion
    let marked: MarkedText
    let visit: Visit
    /// Whether statuses and amendments are shown: of the newest version alone.
    let isCurrent: Bool
    /// What the visitor's own delegation wants of each provision, by its name.
    let positions: [String: Markup]

    private var negotiated: NegotiatedText { version.text }

    /// The rows of some blocks, and the notes they refer to that stand elsewhere.
    func markup(of range: Range<Int>) -> Markup {
        let pending = isCurrent ? waiting : [:]
        let conflicts = isCurrent ? conflicting : []
        var markup = Markup()
        for index in range { append(index, to: &markup, pending, conflicts) }
        for index in notes(of: range) where !range.contains(index) { append(index, to: &markup, pending, conflicts) }
        return markup
    }

    /// Amendments that wait, by the provision they are to.
    private var waiting: [String: [TextAmendment]] {
        Dictionary(grouping: text.negotiation.amendments.filter { $0.state == .pending && $0.amends == nil }, by: \.change.target)
    }

    private var conflicting: Set<String> { Set(text.negotiation.conflicts.flatMap { [$0.first, $0.second] }) }

    private func notes(of range: Range<Int>) -> [Int] {
        var names: Set<String> = []
        for index in range where negotiated.blocks[index].kind.isProvision {
            for node in negotiated.inlineTree(at: index).nodes {
                if case .note(let name) = node.kind { names.insert(name) }
            }
        }
        guard !names.isEmpty else { return [] }
        return negotiated.blocks.indices.filter {
            negotiated.blocks[$0].kind == .footnote && names.contains(negotiated.blocks[$0].number ?? "")
        }
    }

    private func append(
        _ index: Int, to markup: inout Markup, _ pending: [String: [TextAmendment]], _ conflicts: Set<String>
    ) {
        let block = negotiated.blocks[index]
        guard block.kind.isProvision || block.kind == .footnote else { return }
        let id = block.wId.text
        let level = min(block.level, 6)
        let status = isCurrent && block.kind.isProvision ? text.negotiation.status(of: block.wId) : .proposed
        let inside = marked.depths[index] > 0
        markup.append("\n")
        markup.append(
            Markup.element(
                "div",
                [
                    "class": "np n\(level) \(block.kind.rawValue)\(inside ? " inside" : "")", "id": id,
                    "data-status": status == .proposed ? nil : status.rawValue,
                ]))
        markup.append(number(of: block))
        markup.append("<div class=\"nw\">")
        markup.append(words(of: block, index))
        if status != .proposed { markup.append(pages.chip(status, visit)) }
        if status != .proposed {
            let objectors = text.negotiation.objectors(to: block.wId)
            if !objectors.isEmpty {
                markup.append(Markup.element("span", ["class": "quiet"], text: " " + pages.names(objectors, in: text.conference, visit)))
            }
        }
        if let own = pending[id] { markup.append(list(own, conflicts)) }
        if let position = positions[id] { markup.append(position) }
        markup.append("</div></div>")
    }

    private func words(of block: NegotiatedBlock, _ index: Int) -> Markup {
        let language = text.head.language
        guard block.kind == .heading else {
            return Markup.element("p", ["lang": language, "dir": "auto"], marked.words[index])
        }
        return block.level == 0
            ? Markup.element("h2", ["lang": language, "dir": "auto"], marked.words[index])
            : Markup.element("h3", ["lang": language, "dir": "auto"], marked.words[index])
    }

    /// The way to the provision's own page: its number, or the sign of a paragraph.
    private func number(of block: NegotiatedBlock) -> Markup {
        let shown = block.kind == .item || block.kind == .footnote ? block.number ?? "¶" : block.kind == .option ? "" : "¶"
        let label = shown.isEmpty ? block.option ?? "¶" : shown
        var content = Markup(text: label)
        content.append(Markup.element("span", ["class": "visually-hidden"], text: " \(block.wId.text)"))
        return Markup.element(
            "a", ["class": "nn", "href": "\(pages.address(text))/provisions/\(PercentCoding.encode(block.wId.text))"], content)
    }

    private func list(_ amendments: [TextAmendment], _ conflicts: Set<String>) -> Markup {
        var markup = Markup("<ul class=\"na\">")
        for amendment in amendments {
            var line = Markup.link(
                amendment.id, to: "\(pages.address(text))/provisions/\(PercentCoding.encode(amendment.change.target))#\(amendment.id)")
            line.append(Markup.element("strong", [:], text: " \(pages.names(amendment.sponsors, in: text.conference, visit))"))
            line.append(text: ": ")
            line.append(pages.description(of: amendment, in: text, version, visit))
            if conflicts.contains(amendment.id) {
                line.append(text: " ")
                line.append(Markup.element("span", ["class": "chip refused"], text: pages.text("conflict", visit)))
            }
            markup.append(Markup.element("li", ["data-amendment": amendment.id], line))
        }
        markup.append("</ul>")
        return markup
    }
}

extension TextPages {
    func chip(_ status: ConferenceProvisionStatus, _ visit: Visit) -> Markup {
        let kind =
            switch status {
            case .agreed, .agreedAdReferendum: "chip agreed"
            case .bracketed, .reserved: "chip awaiting"
            case .deleted: "chip refused"
            case .proposed, .moved: "chip"
            }
        return Markup.element("span", ["class": kind], text: text("status.\(status.rawValue)", visit))
    }

    /// What an amendment would do, in a line: the operation, and the words before and after.
    func description(of amendment: TextAmendment, in text: OpenText, _ version: NegotiatedVersion, _ visit: Visit) -> Markup {
        let change = amendment.change
        let language = text.head.language
        func quoted(_ name: StaticString, _ words: String?) -> Markup {
            guard let words else { return Markup() }
            return Markup.element(name, ["lang": language, "dir": "auto"], text: Self.short(words))
        }
        var line = Markup(text: self.text("operation.\(change.operation.rawValue)", visit) + " ")
        switch change.operation {
        case .insert:
            line.append(quoted("ins", change.words))
            if let anchor = change.anchor {
                line.append(text: " \(self.text("at.\((change.position ?? .after).rawValue)", visit)) ")
                line.append(quoted("q", anchor))
            } else {
                line.append(text: " \(self.text("beside.\((change.position ?? .after).rawValue)", visit))")
            }
        case .replace:
            line.append(quoted("del", change.anchor ?? ProvisionIdentifier(change.target).flatMap { version.text[$0]?.words }))
            line.append(text: " ")
            line.append(quoted("ins", change.words))
        case .delete: line.append(quoted("del", change.anchor ?? ProvisionIdentifier(change.target).flatMap { version.text[$0]?.words }))
        case .move:
            line.append(text: "\(self.text("beside.\((change.position ?? .after).rawValue)", visit)) ")
            line.append(Markup.element("code", [:], text: change.beside ?? ""))
        case .split:
            line.append(text: "\(self.text("at.before", visit)) ")
            line.append(quoted("q", change.anchor))
        case .renumber: line.append(Markup.element("code", [:], text: change.number ?? ""))
        }
        return line
    }

    /// Long words in a line: their beginning and their end.
    static func short(_ words: String) -> String {
        guard words.count > 240 else { return words }
        return "\(words.prefix(160)) … \(words.suffix(60))"
    }
}
