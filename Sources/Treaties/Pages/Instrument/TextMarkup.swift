import Foundation
import Texts
import Web

/// Sets a text as a page: headings, hanging numbers, anchors, footnotes; words that are searched for are marked.
struct TextMarkup {
    /// Stands before every identifier, so that two texts on one page share none.
    var prefix = ""
    /// What to mark, where the visitor searches.
    var search: String?
    /// The notes met so far, with their number on the page.
    private(set) var notes: [(number: Int, note: Footnote)] = []
    /// Whether a part or an annex was met: articles stand a level below it, and where there is none right below the title.
    private var isWithinDivision = false

    init(prefix: String = "", search: String? = nil) {
        self.prefix = prefix
        self.search = search
    }

    mutating func markup(of units: [TextUnit]) -> Markup {
        units.map { markup(of: $0) }.joined(separator: Markup("\n"))
    }

    mutating func markup(of unit: TextUnit) -> Markup {
        unit.blocks.map { markup(of: $0) }.joined(separator: Markup("\n"))
    }

    private mutating func markup(of block: ReadingBlock) -> Markup {
        switch block.role {
        case .title: return Markup.element("p", ["class": "text-title"], inline(block.words))
        case .heading: return heading(block)
        case .table: return table(block)
        case .words, .closing: return words(block)
        }
    }

    private func identifier(_ block: ReadingBlock) -> String? { block.anchor.map { prefix + $0 } }

    /// The number, which is also the link to the place itself.
    private func number(_ block: ReadingBlock) -> Markup {
        guard let number = block.number else { return Markup() }
        guard let anchor = identifier(block) else { return Markup.element("span", ["class": "text-number"], text: number) }
        return Markup.element("a", ["class": "text-number", "href": "#\(anchor)"], marked(number))
    }

    private mutating func heading(_ block: ReadingBlock) -> Markup {
        var content = number(block)
        if let heading = block.heading {
            if !content.isEmpty { content.append(" ") }
            content.append(Markup.element("span", ["class": "text-heading"], inline(heading)))
        }
        guard !content.isEmpty else { return Markup.element("div", ["id": identifier(block), "class": "text-place"], Markup()) }
        let place = block.provision?.rawValue ?? "heading"
        let isDivision = block.provision?.isDivision ?? false
        if isDivision || block.provision == .annex {
            isWithinDivision = true
            return Markup.element("h2", ["id": identifier(block), "class": "text-\(isDivision ? "division" : place)"], content)
        }
        return Markup.element(isWithinDivision ? "h3" : "h2", ["id": identifier(block), "class": "text-unit text-\(place)"], content)
    }

    private mutating func words(_ block: ReadingBlock) -> Markup {
        let depth = min(block.indent, 4)
        let kind = block.number == nil ? "" : " numbered"
        var content = number(block)
        content.append(Markup.element("span", ["class": "text-body"], inline(block.words)))
        return Markup.element("p", ["id": identifier(block), "class": "text-words level-\(depth)\(kind)"], content)
    }

    private mutating func table(_ block: ReadingBlock) -> Markup {
        guard let table = block.table else { return Markup() }
        var rows = Markup()
        for row in table.rows {
            var cells = Markup()
            for cell in row {
                let content = cell.content.map { inline($0) }.joined(separator: Markup("<br>"))
                cells.append(cell.isHeading ? Markup.element("th", [:], content) : Markup.element("td", [:], content))
            }
            rows.append(Markup.element("tr", [:], cells))
        }
        return Markup.element(
            "div", ["class": "scroll", "id": identifier(block)], Markup.element("table", [:], Markup.element("tbody", [:], rows)))
    }

    // MARK: Words

    mutating func inline(_ words: InlineText) -> Markup {
        var markup = Markup()
        for run in words.runs {
            switch run {
            case .words(let words, let style, let target): markup.append(styled(marked(words), style, target: target))
            case .lineBreak: markup.append("<br>")
            case .footnote(let note):
                let number = notes.count + 1
                notes.append((number, note))
                let link = Markup.element(
                    "a", ["href": "#\(prefix)note-\(number)", "id": "\(prefix)mark-\(number)", "class": "text-mark"], text: note.mark)
                markup.append(Markup.element("sup", [:], link))
            }
        }
        return markup
    }

    private func styled(_ content: Markup, _ style: TextStyle, target: String?) -> Markup {
        var markup = content
        if style.contains(.bold) { markup = Markup.element("strong", [:], markup) }
        if style.contains(.italic) { markup = Markup.element("em", [:], markup) }
        if style.contains(.underline) { markup = Markup.element("u", [:], markup) }
        if style.contains(.superscript) { markup = Markup.element("sup", [:], markup) }
        if style.contains(.subscript) { markup = Markup.element("sub", [:], markup) }
        // Only places of the same text are linked: an address from outside is never followed from a treaty's words.
        if let target, target.hasPrefix("#") { markup = Markup.element("a", ["href": "#\(prefix)\(target.dropFirst())"], markup) }
        return markup
    }

    /// The words with what is searched for in `<mark>`.
    private func marked(_ words: String) -> Markup {
        guard let search, !search.isEmpty else { return Markup(text: words) }
        var markup = Markup()
        var rest = words[...]
        while let range = rest.range(of: search, options: [.caseInsensitive, .diacriticInsensitive]), !range.isEmpty {
            markup.append(text: rest[..<range.lowerBound])
            markup.append(Markup.element("mark", [:], text: String(rest[range])))
            rest = rest[range.upperBound...]
        }
        markup.append(text: rest)
        return markup
    }

    /// The footnotes, to stand below the text.
    mutating func footnotes() -> Markup {
        guard !notes.isEmpty else { return Markup() }
        var items = Markup()
        for (number, note) in notes {
            var content = Markup.element("a", ["href": "#\(prefix)mark-\(number)"], text: note.mark)
            content.append(" ")
            content.append(
                note.content.map { line in
                    var inner = TextMarkup(search: search)
                    return inner.inline(line)
                }.joined(separator: Markup("<br>")))
            items.append(Markup.element("li", ["id": "\(prefix)note-\(number)"], content))
        }
        return Markup.element("ol", ["class": "text-notes"], items)
    }
}
