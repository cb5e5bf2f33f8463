import Acts
import Texts

extension RecordDocument {
    /// As Akoma Ntoso 3.0: `<debate>` of a meeting's record, `<debateReport>` of a report, valid against the OASIS schema.
    var akomaNtoso: [UInt8] {
        var writer = RecordAkomaNtosoWriter(document: self)
        return writer.write()
    }
}

private struct RecordAkomaNtosoWriter {
    let document: RecordDocument
    private var xml = XMLWriter()
    private var sections = 0
    private var elements = 0

    init(document: RecordDocument) { self.document = document }

    private var root: String { document.isDebate ? "debate" : "debateReport" }
    private var language: TextLanguage { TextLanguage(document.language) ?? .english }

    mutating func write() -> [UInt8] {
        xml.open("akomaNtoso", [("xmlns", AkomaNtoso.namespace)])
        xml.open(root, [("name", document.isDebate ? "meetingRecord" : "report")])
        meta()
        xml.open("preface")
        paragraph("docTitle", document.title)
        paragraph("docNumber", document.symbol)
        for line in [document.conference, document.subtitle] where !line.isEmpty { xml.words("p", Self.clean(line)) }
        for fact in document.facts { xml.words("p", Self.clean("\(fact.name): \(fact.value)")) }
        xml.close("preface")
        if document.isDebate { debate() } else { report() }
        xml.open("conclusions")
        xml.words("p", Self.clean(document.colophon))
        xml.close("conclusions")
        xml.close(root)
        xml.close("akomaNtoso")
        return xml.bytes
    }

    // MARK: Metadata

    private mutating func meta() {
        let work = "/akn/un/\(root)/\(document.author)/\(document.day)/\(document.name)"
        let expression = "\(work)/\(language.akomaNtosoTag)@\(document.day)"
        xml.open("meta")
        xml.open("identification", [("source", "#chancery")])
        xml.open("FRBRWork")
        core(work, "meeting")
        xml.empty("FRBRcountry", [("value", "un")])
        xml.empty("FRBRnumber", [("value", document.symbol)])
        xml.close("FRBRWork")
        xml.open("FRBRExpression")
        core(expression, "version")
        xml.empty("FRBRlanguage", [("language", language.akomaNtosoTag)])
        xml.close("FRBRExpression")
        xml.open("FRBRManifestation")
        core("\(expression).akn", "markup")
        xml.close("FRBRManifestation")
        xml.close("identification")
        xml.open("references", [("source", "#chancery")])
        xml.empty("TLCOrganization", [("eId", "chancery"), ("href", "/akn/ontology/organization/un/chancery"), ("showAs", "Chancery")])
        var known: Set<String> = ["chancery"]
        for case .speech(let speech) in document.blocks where known.insert(Self.identifier(speech.code)).inserted {
            let identifier = Self.identifier(speech.code)
            xml.empty(
                "TLCOrganization",
                [("eId", identifier), ("href", "/akn/ontology/organization/un/\(identifier)"), ("showAs", Self.clean(speech.speaker))])
        }
        xml.close("references")
        xml.close("meta")
    }

    private mutating func core(_ address: String, _ name: String) {
        xml.empty("FRBRthis", [("value", "\(address)/!main")])
        xml.empty("FRBRuri", [("value", address)])
        xml.empty("FRBRdate", [("date", document.day.description), ("name", name)])
        xml.empty("FRBRauthor", [("href", "#chancery")])
    }

    // MARK: The debate

    private mutating func debate() {
        xml.open("debateBody")
        var isOpen = false
        for block in document.blocks {
            if case .heading(let words) = block {
                if isOpen { xml.close("debateSection") }
                open(section: words)
                isOpen = true
                continue
            }
            if !isOpen {
                open(section: nil)
                isOpen = true
            }
            self.block(block)
        }
        if !isOpen { open(section: document.title) }
        xml.close("debateSection")
        xml.close("debateBody")
    }

    private mutating func open(section heading: String?) {
        sections += 1
        xml.open("debateSection", [("eId", "dbsect_\(sections)"), ("name", heading == nil ? "opening" : "item")])
        if let heading { xml.words("heading", Self.clean(heading)) }
    }

    private mutating func block(_ block: RecordDocument.Block) {
        elements += 1
        switch block {
        case .heading(let words): xml.words("p", Self.clean(words))
        case .narrative(let words, let time):
            xml.words("scene", Self.clean(time.isEmpty ? words : "\(time) \(words)"), [("eId", "scene_\(elements)")])
        case .speech(let speech): self.speech(speech)
        case .table(let headings, let rows): table(headings, rows)
        case .list(let items): list(items)
        }
    }

    private mutating func speech(_ speech: RecordDocument.Speech) {
        xml.open(
            "speech",
            [
                ("eId", "speech_\(elements)"), ("startTime", speech.start), ("endTime", speech.end),
                ("by", "#\(Self.identifier(speech.code))"),
            ])
        xml.words("from", Self.clean(speech.speaker))
        xml.words("p", Self.clean(speech.what))
        for paragraph in speech.paragraphs {
            for line in paragraph.text.split(whereSeparator: \.isNewline) {
                xml.words("p", Self.clean(String(line)), [("xml:lang", paragraph.language)])
            }
        }
        xml.close("speech")
    }

    private mutating func table(_ headings: [String], _ rows: [[String]]) {
        xml.open("table", [("eId", "table_\(elements)")])
        func row(_ cells: [String], _ name: String, _ xml: inout XMLWriter) {
            xml.open("tr")
            for cell in cells {
                xml.open(name, endsLine: false)
                xml.words("p", Self.clean(cell), endsLine: false)
                xml.close(name)
            }
            xml.close("tr")
        }
        if !headings.isEmpty { row(headings, "th", &xml) }
        for cells in rows { row(cells, "td", &xml) }
        xml.close("table")
    }

    private mutating func list(_ items: [String]) {
        xml.open("ul", [("eId", "list_\(elements)")])
        for item in items {
            xml.open("li", endsLine: false)
            xml.words("p", Self.clean(item), endsLine: false)
            xml.close("li")
        }
        xml.close("ul")
    }

    // MARK: The report

    private mutating func report() {
        xml.open("mainBody")
        var isOpen = false
        for block in document.blocks {
            if case .heading(let words) = block {
                if isOpen { closeContainer() }
                sections += 1
                xml.open("hcontainer", [("eId", "sec_\(sections)"), ("name", "section")])
                xml.words("heading", Self.clean(words))
                xml.open("content", [("eId", "sec_\(sections)__content")])
                xml.empty("p")
                isOpen = true
                continue
            }
            if !isOpen {
                sections += 1
                xml.open("hcontainer", [("eId", "sec_\(sections)"), ("name", "section")])
                xml.open("content", [("eId", "sec_\(sections)__content")])
                isOpen = true
            }
            plain(block)
        }
        if isOpen { closeContainer() } else { xml.empty("p") }
        xml.close("mainBody")
    }

    private mutating func closeContainer() {
        xml.close("content")
        xml.close("hcontainer")
    }

    /// What may stand in a report: no scenes, no speeches.
    private mutating func plain(_ block: RecordDocument.Block) {
        elements += 1
        switch block {
        case .narrative(let words, let time): xml.words("p", Self.clean(time.isEmpty ? words : "\(time) \(words)"))
        case .speech(let speech):
            xml.words("p", Self.clean("\(speech.speaker): \(speech.what)"))
            for paragraph in speech.paragraphs { xml.words("p", Self.clean(paragraph.text), [("xml:lang", paragraph.language)]) }
        case .table(let headings, let rows): table(headings, rows)
        case .list(let items): list(items)
        case .heading(let words): xml.words("p", Self.clean(words))
        }
    }

    /// A paragraph of one element that says what its words are.
    private mutating func paragraph(_ name: String, _ words: String) {
        xml.open("p", endsLine: false)
        xml.words(name, Self.clean(words), endsLine: false)
        xml.close("p")
    }

    // MARK: Words

    /// A name as an identifier: XML's names begin with a letter.
    private static func identifier(_ code: String) -> String {
        let name = code.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return "org_" + String(name.prefix(60))
    }

    /// Without the signs that XML 1.0 does not have.
    private static func clean(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar.value == 0x9 || scalar.value == 0xA
                }))
    }
}
