import Acts

extension AkomaNtoso {
    /// The canonical bytes of a text: UTF-8, the same for equal texts whoever writes them.
    public static func bytes(of text: InstrumentText) -> [UInt8] {
        var writer = AkomaNtosoWriter(text: text)
        return writer.write()
    }
}

/// Writes one expression of an instrument.
private struct AkomaNtosoWriter {
    let text: InstrumentText
    private var xml = XMLWriter()
    private var nextPlace = 0
    private var notes = 0
    private var tables = 0

    init(text: InstrumentText) {
        self.text = text
    }

    mutating func write() -> [UInt8] {
        xml.open("akomaNtoso", [("xmlns", AkomaNtoso.namespace)])
        xml.open("act", [("name", "treaty"), ("contains", "singleVersion")])
        meta(component: "main", isAuthored: true)
        xml.open("preface")
        xml.open("longTitle", [("eId", "longTitle")])
        xml.open("p", endsLine: false)
        xml.open("docTitle", endsLine: false)
        inline(text.title)
        xml.close("docTitle", endsLine: false)
        xml.close("p")
        xml.close("longTitle")
        xml.close("preface")
        var rest = text.provisions[...]
        if let preamble = rest.first, preamble.kind == .preamble {
            self.preamble(preamble)
            rest = rest.dropFirst()
        }
        xml.open("body")
        while let provision = rest.first, provision.kind != .conclusions, provision.kind != .annex {
            hierarchy(provision)
            rest = rest.dropFirst()
        }
        xml.close("body")
        if let conclusions = rest.first, conclusions.kind == .conclusions {
            let eId = takePlace()
            xml.open("conclusions", [("eId", eId), ("wId", conclusions.wId.text)])
            heading(conclusions, as: "block")
            blocks(conclusions.content)
            xml.close("conclusions")
            rest = rest.dropFirst()
        }
        if !rest.isEmpty {
            xml.open("attachments")
            for annex in rest { attachment(annex) }
            xml.close("attachments")
        }
        xml.close("act")
        xml.close("akomaNtoso")
        return xml.bytes
    }

    private mutating func takePlace() -> String {
        defer { nextPlace += 1 }
        return text.places[nextPlace].eId
    }

    // MARK: Identification

    private mutating func meta(component: String, isAuthored: Bool) {
        let identity = text.identity
        xml.open("meta")
        xml.open("identification", [("source", AkomaNtoso.source)])
        xml.open("FRBRWork")
        core(identity.workIRI, component: component, date: identity.date, name: "adoption", author: "#author")
        xml.empty("FRBRcountry", [("value", "un")])
        xml.empty("FRBRsubtype", [("value", "provision")])
        xml.empty("FRBRname", [("value", identity.name)])
        xml.close("FRBRWork")
        xml.open("FRBRExpression")
        core(text.expressionIRI, component: component, date: text.version.date, name: "version", author: "#author")
        if let number = text.version.number { xml.empty("FRBRversionNumber", [("value", String(number))]) }
        xml.empty("FRBRauthoritative", [("value", text.authenticity.isAuthentic ? "true" : "false")])
        xml.empty("FRBRlanguage", [("language", text.language.akomaNtosoTag)])
        if case .translation(let source?) = text.authenticity {
            xml.empty(
                "FRBRtranslation",
                [
                    ("href", "\(identity.workIRI)/\(source.akomaNtosoTag)@\(text.version.date)"), ("fromLanguage", source.akomaNtosoTag),
                    ("authoritative", "false"), ("by", AkomaNtoso.source),
                ])
        }
        xml.close("FRBRExpression")
        xml.open("FRBRManifestation")
        core(text.expressionIRI + ".akn", component: component, date: text.version.date, name: "markup", author: AkomaNtoso.source)
        xml.close("FRBRManifestation")
        xml.close("identification")
        if isAuthored {
            xml.open("references", [("source", AkomaNtoso.source)])
            xml.empty(
                "TLCOrganization",
                [("eId", "author"), ("href", "/akn/ontology/organization/un/\(identity.actor)"), ("showAs", identity.actor)])
            xml.empty(
                "TLCOrganization", [("eId", "chancery"), ("href", "/akn/ontology/organization/un/chancery"), ("showAs", "Chancery")])
            xml.close("references")
        }
        xml.close("meta")
    }

    private mutating func core(_ address: String, component: String, date: CalendarDate, name: String, author: String) {
        xml.empty("FRBRthis", [("value", "\(address)/!\(component)")])
        xml.empty("FRBRuri", [("value", address)])
        xml.empty("FRBRdate", [("date", date.description), ("name", name)])
        xml.empty("FRBRauthor", [("href", author)])
    }

    // MARK: Provisions

    private mutating func preamble(_ preamble: Provision) {
        let eId = takePlace()
        xml.open("preamble", [("eId", eId), ("wId", preamble.wId.text)])
        heading(preamble, as: "block")
        blocks(preamble.content)
        if !preamble.children.isEmpty {
            xml.open("recitals", [("eId", "recs")])
            for recital in preamble.children {
                let eId = takePlace()
                xml.open("recital", [("eId", eId), ("wId", recital.wId.text)])
                heading(recital, as: "heading")
                blocks(recital.content)
                xml.close("recital")
            }
            xml.close("recitals")
        }
        blocks(preamble.closing)
        xml.close("preamble")
    }

    private mutating func hierarchy(_ provision: Provision) {
        let eId = takePlace()
        let name = provision.kind.rawValue
        xml.open(name, [("eId", eId), ("wId", provision.wId.text)])
        heading(provision, as: "heading")
        if provision.children.isEmpty {
            container("content", eId: "\(eId)__content", provision.content)
        } else {
            container("intro", eId: "\(eId)__intro", provision.content)
            for child in provision.children { hierarchy(child) }
            container("wrapUp", eId: "\(eId)__wrapup", provision.closing)
        }
        xml.close(name)
    }

    private mutating func attachment(_ annex: Provision) {
        let eId = takePlace()
        xml.open("attachment", [("eId", eId), ("wId", annex.wId.text)])
        heading(annex, as: "heading")
        xml.open("doc", [("name", "annex"), ("contains", "singleVersion")])
        meta(component: "annex_\(annex.token)", isAuthored: false)
        xml.open("mainBody")
        // The schema wants something in every body.
        if annex.content.isEmpty && annex.children.isEmpty { xml.empty("p") }
        blocks(annex.content)
        for child in annex.children { hierarchy(child) }
        blocks(annex.closing)
        xml.close("mainBody")
        xml.close("doc")
        xml.close("attachment")
    }

    private mutating func container(_ name: String, eId: String, _ content: [TextBlock]) {
        guard !content.isEmpty else { return }
        xml.open(name, [("eId", eId)])
        blocks(content)
        xml.close(name)
    }

    /// Number and heading; where the schema has no heading, a block of that name.
    private mutating func heading(_ provision: Provision, as element: String) {
        if let number = provision.number { xml.words("num", number) }
        guard let heading = provision.heading else { return }
        xml.open(element, element == "block" ? [("name", "heading")] : [], endsLine: false)
        inline(heading)
        xml.close(element)
    }

    // MARK: Words

    private mutating func blocks(_ content: [TextBlock]) {
        for block in content {
            switch block {
            case .paragraph(let line): paragraph(line)
            case .table(let table):
                tables += 1
                xml.open("table", [("eId", "table_\(tables)")])
                for row in table.rows {
                    xml.open("tr")
                    for cell in row {
                        let name = cell.isHeading ? "th" : "td"
                        xml.open(name, endsLine: false)
                        for line in cell.content { paragraph(line, endsLine: false) }
                        xml.close(name)
                    }
                    xml.close("tr")
                }
                xml.close("table")
            }
        }
    }

    private mutating func paragraph(_ line: InlineText, endsLine: Bool = true) {
        guard !line.isEmpty else { return xml.empty("p", endsLine: endsLine) }
        xml.open("p", endsLine: false)
        inline(line)
        xml.close("p", endsLine: endsLine)
    }

    private mutating func inline(_ line: InlineText) {
        for run in line.runs {
            switch run {
            case .words(let words, let style, let target):
                let names = Self.elements(of: style)
                if let target { xml.open("ref", [("href", target)], endsLine: false) }
                for name in names { xml.open(name, endsLine: false) }
                xml.text(words)
                for name in names.reversed() { xml.close(name, endsLine: false) }
                if target != nil { xml.close("ref", endsLine: false) }
            case .lineBreak: xml.empty("eol", endsLine: false)
            case .footnote(let note):
                notes += 1
                xml.open("authorialNote", [("eId", "fn_\(notes)"), ("marker", note.mark), ("placement", "bottom")], endsLine: false)
                for line in note.content { paragraph(line, endsLine: false) }
                xml.close("authorialNote", endsLine: false)
            }
        }
    }

    private static func elements(of style: TextStyle) -> [String] {
        styleElements.filter { style.contains($0.style) }.map(\.name)
    }
}

/// The elements that set words off, from the outermost in.
let styleElements: [(style: TextStyle, name: String)] = [
    (.bold, "b"), (.italic, "i"), (.underline, "u"), (.superscript, "sup"), (.subscript, "sub"),
]
