import CPango
import Synchronization

/// Sets documents on pages, as a tagged PDF 1.5 with embedded fonts: the same document, the same bytes.
///
/// A call works on the thread that makes it, some ten milliseconds a page. One document is set at a time, since cairo 1.16 fails now and
/// then where two threads open typefaces at once; a further call waits. Callers on Swift's cooperative threads give it a thread of
/// its own.
public struct Typesetter: Sendable {
    public var limits: TypesettingLimits

    public init(limits: TypesettingLimits = TypesettingLimits()) { self.limits = limits }

    /// Which libraries set the pages, for the operator.
    public static var libraries: String {
        "Pango \(String(cString: pango_version_string())), Cairo \(String(cString: cairo_version_string()))"
    }

    /// The pages of a document.
    public struct Pages: Sendable {
        /// The PDF file, with a classic cross-reference table.
        public let bytes: [UInt8]
        public let count: Int
    }

    /// - Throws: `TypesettingError` where the document is larger than the limits, a typeface is missing, or a library fails.
    public func set(_ document: PrintedDocument) throws(TypesettingError) -> Pages {
        try refuseTooLong(document)
        let outcome: Result<Pages, TypesettingError> = Typesetter.turn.withLock { _ in
            do throws(TypesettingError) { return .success(try setInTurn(document)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    /// Held while a document is set, by whoever sets it.
    static let turn = Mutex(())

    private func setInTurn(_ document: PrintedDocument) throws(TypesettingError) -> Pages {
        let shaper = try Shaper()
        let families = Set(["Noto Serif"] + document.languages.map { Typeface.of(language: $0).family })
        if let missing = shaper.missing(of: families.sorted()) { throw .fontMissing(missing) }
        // Once to learn the pages of the headings and how many there are, once to draw. Nothing is kept from the first but these.
        var headings = headings(of: document)
        var reached = 0
        let total = try flow(document, shaper: shaper, headings: headings) { page throws(TypesettingError) in
            for (box, _) in page.boxes where box.entry != nil && reached < headings.count {
                headings[reached].page = page.number
                reached += 1
            }
        }
        let writer = try PageWriter(document, shaper: shaper, total: total)
        _ = try flow(document, shaper: shaper, headings: headings) { page throws(TypesettingError) in try writer.write(page) }
        return Pages(bytes: try PDFCatalogue.setting(language: document.language, in: try writer.finish()), count: total)
    }

    private func refuseTooLong(_ document: PrintedDocument) throws(TypesettingError) {
        var bytes = 0
        for section in document.sections {
            bytes += section.headStart.utf8.count + section.headEnd.utf8.count + section.foot.utf8.count
            for block in section.blocks { bytes += block.bytes }
            guard bytes <= limits.documentBytes else { throw .tooLong(bytes: bytes, limit: limits.documentBytes) }
        }
    }

    private func headings(of document: PrintedDocument) -> [Galley.PlacedHeading] {
        document.sections.flatMap { section in
            section.blocks.compactMap { block in
                guard case .heading(let heading) = block, !heading.name.isEmpty else { return nil }
                return Galley.PlacedHeading(level: heading.level, name: heading.name, section: section, page: nil)
            }
        }
    }

    /// - Returns: how many pages there are.
    private func flow(
        _ document: PrintedDocument, shaper: Shaper, headings: [Galley.PlacedHeading],
        emit: (PageFlow.Page) throws(TypesettingError) -> Void
    ) throws(TypesettingError) -> Int {
        var flow = PageFlow(limits: limits)
        for section in document.sections {
            var galley = Galley(shaper: shaper, section: section, paper: document.paper, limits: limits, headings: headings)
            flow.begin(section, galley.geometry)
            for block in section.blocks {
                for box in try galley.boxes(of: block) { try flow.add(box, emit: emit) }
            }
            for box in try galley.closing() { try flow.add(box, emit: emit) }
            try flow.end(emit: emit)
        }
        return flow.pages
    }
}

extension PrintedDocument {
    /// Those of its sections and of paragraphs that have one of their own.
    fileprivate var languages: Set<String> {
        var languages = Set(sections.map(\.language))
        for section in sections {
            for case .paragraph(let paragraph) in section.blocks { if let language = paragraph.language { languages.insert(language) } }
        }
        return languages
    }
}

extension PrintedBlock {
    /// Bytes of UTF-8 in its text.
    var bytes: Int {
        func bytes(_ text: PrintedText) -> Int { text.runs.reduce(0) { $0 + $1.text.utf8.count + ($1.note?.utf8.count ?? 0) } }
        return switch self {
        case .heading(let heading): heading.label.utf8.count + bytes(heading.text)
        case .paragraph(let paragraph): paragraph.label.utf8.count + bytes(paragraph.text)
        case .table(let table): table.headings.reduce(0) { $0 + bytes($1) } + table.rows.joined().reduce(0) { $0 + bytes($1) }
        case .seal(let seal): seal.ring.utf8.count + seal.centre.utf8.count
        case .contents, .rule, .space, .newPage: 0
        }
    }
}
