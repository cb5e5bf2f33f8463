import CPango
import Foundation

/// Draws pages on a PDF surface, one after the other; cairo hands on what is finished.
final class PageWriter {
    private let surface: OpaquePointer
    private let cairo: OpaquePointer
    private let shaper: Shaper
    private let total: Int
    private let output: Output
    /// The last entry of the outline at each level, from level 1.
    private var outline: [(level: Int, identifier: Int32)] = []
    private var openTags: [StructureNode] = []
    private var heads: HeadCache?

    /// What cairo has written. Owned by the writer, and only written to within its calls.
    private final class Output {
        var bytes: [UInt8] = []
    }

    /// The lines at the head and foot of a section's pages.
    private struct HeadCache {
        let section: PrintedSection
        let start: ShapedParagraph
        let end: ShapedParagraph
        let foot: ShapedParagraph
    }

    /// - Parameter total: how many pages there will be.
    init(_ document: PrintedDocument, shaper: Shaper, total: Int) throws(TypesettingError) {
        self.shaper = shaper
        self.total = total
        output = Output()
        let closure = Unmanaged.passUnretained(output).toOpaque()
        let created = cairo_pdf_surface_create_for_stream(
            { closure, data, length in
                guard let closure else { return 11 }
                let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
                output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return 0
            }, closure, document.paper.width, document.paper.height)
        guard let created, let context = cairo_create(created) else { throw .drawing("no page was made") }
        surface = created
        cairo = context
        // CAIRO_PDF_VERSION_1_5.
        cairo_pdf_surface_restrict_to_version(surface, 1)
        describe(document)
    }

    deinit {
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    /// Title, author, subject, creator and the time of creation, by their numbers in `cairo_pdf_metadata_t`.
    private func describe(_ document: PrintedDocument) {
        let created = document.created.formatted(.iso8601)
        let entries: [(UInt32, String?)] = [
            (0, document.title), (1, document.author), (2, document.subject), (4, document.creator), (5, created), (6, created),
        ]
        for case (let key, let value?) in entries {
            cairo_pdf_surface_set_metadata(surface, key, MarkedText.printable(value))
        }
    }

    func write(_ page: PageFlow.Page) throws(TypesettingError) {
        let geometry = page.geometry
        try drawHead(page)
        for (box, top) in page.boxes {
            let y = geometry.top + top
            if let entry = box.entry { addOutline(entry, page: page.number, y: y) }
            guard !box.pieces.isEmpty else { continue }
            open(box.structure)
            if let link = box.link { cairo_tag_begin(cairo, "Link", attributes(of: link)) }
            for piece in box.pieces { draw(piece, geometry: geometry, top: y) }
            if box.link != nil { cairo_tag_end(cairo, "Link") }
        }
        open([])
        cairo_show_page(cairo)
        try check(cairo_status(cairo))
    }

    /// Ends the file.
    func finish() throws(TypesettingError) -> [UInt8] {
        cairo_surface_finish(surface)
        try check(cairo_surface_status(surface))
        return output.bytes
    }

    private func check(_ status: UInt32) throws(TypesettingError) {
        guard status == 0 else { throw .drawing(cairo_status_to_string(status).map { String(cString: $0) } ?? "status \(status)") }
    }

    // MARK: Pieces

    private func draw(_ piece: PageBox.Piece, geometry: PageGeometry, top: Double) {
        let left = geometry.left(start: piece.start, width: piece.width)
        let y = top + piece.drop
        set(piece.tone)
        switch piece.drawing {
        case .line(let paragraph, let index): show(paragraph, index, left: left, baseline: y)
        case .rule:
            cairo_set_line_width(cairo, 0.4)
            cairo_move_to(cairo, left, y)
            cairo_line_to(cairo, left + piece.width, y)
            cairo_stroke(cairo)
        case .seal(let seal, let letters):
            SealDrawing(seal: seal, letters: letters).draw(on: cairo, x: left + piece.width / 2, y: y + seal.diameter / 2)
        }
    }

    private func show(_ paragraph: ShapedParagraph, _ index: Int, left: Double, baseline: Double) {
        guard paragraph.lines.indices.contains(index) else { return }
        for run in paragraph.lines[index].runs { run.show(on: cairo, x: left, baseline: baseline) }
    }

    private func set(_ tone: PageBox.Piece.Tone) {
        switch tone {
        case .ink: cairo_set_source_rgb(cairo, 0, 0, 0)
        case .quiet: cairo_set_source_rgb(cairo, 0.32, 0.34, 0.36)
        }
    }

    // MARK: Head and foot

    private func drawHead(_ page: PageFlow.Page) throws(TypesettingError) {
        let geometry = page.geometry
        let section = page.section
        let lines = try heads(for: section, geometry: geometry)
        let whole = geometry.wholeWidth
        let left = geometry.left(start: geometry.textWidth - whole, width: whole)
        set(.quiet)
        let lead = geometry.left(start: geometry.textWidth - whole, width: whole * Self.leadShare)
        let tail = geometry.left(start: geometry.textWidth - whole * (1 - Self.leadShare), width: whole * (1 - Self.leadShare))
        show(lines.start, 0, left: lead, baseline: PageGeometry.headBaseline)
        show(lines.end, 0, left: tail, baseline: PageGeometry.headBaseline)
        if !section.headStart.isEmpty || !section.headEnd.isEmpty {
            cairo_set_line_width(cairo, 0.4)
            cairo_move_to(cairo, left, PageGeometry.headBaseline + 7)
            cairo_line_to(cairo, left + whole, PageGeometry.headBaseline + 7)
            cairo_stroke(cairo)
        }
        show(lines.foot, 0, left: lead, baseline: geometry.footBaseline)
        let form = headForm(section, edge: .end, width: whole * (1 - Self.leadShare))
        let number = "\(section.digits.text(of: page.number)) / \(section.digits.text(of: total))"
        show(try shaper.shape(PrintedText(number), form), 0, left: tail, baseline: geometry.footBaseline)
    }

    /// How much of a line at the head or foot belongs to what stands at its start.
    private static let leadShare = 0.72

    private func headForm(_ section: PrintedSection, edge: ParagraphForm.Edge, width: Double) -> ParagraphForm {
        var form = ParagraphForm(typeface: Typeface.of(language: section.language), section: section, scale: 0.78, width: width)
        form.edge = edge
        form.isOneLine = true
        return form
    }

    private func heads(for section: PrintedSection, geometry: PageGeometry) throws(TypesettingError) -> HeadCache {
        if let heads, heads.section == section { return heads }
        let start = headForm(section, edge: .start, width: geometry.wholeWidth * Self.leadShare)
        let end = headForm(section, edge: .end, width: geometry.wholeWidth * (1 - Self.leadShare))
        let cache = HeadCache(
            section: section, start: try shaper.shape(PrintedText(section.headStart), start),
            end: try shaper.shape(PrintedText(section.headEnd), end), foot: try shaper.shape(PrintedText(section.foot), start))
        heads = cache
        return cache
    }

    // MARK: Structure and outline

    /// Ends and begins elements until these are the open ones.
    private func open(_ structure: [StructureNode]) {
        var shared = 0
        while shared < min(openTags.count, structure.count), openTags[shared] == structure[shared] { shared += 1 }
        while openTags.count > shared { cairo_tag_end(cairo, openTags.removeLast().tag) }
        for node in structure[shared...] {
            cairo_tag_begin(cairo, node.tag, "")
            openTags.append(node)
        }
    }

    private func addOutline(_ entry: PageBox.Entry, page: Int, y: Double) {
        while let last = outline.last, last.level >= entry.level { outline.removeLast() }
        let identifier = cairo_pdf_surface_add_outline(
            surface, outline.last?.identifier ?? 0, MarkedText.printable(entry.name).replacing("\n", with: " "),
            "page=\(page) pos=[0 \(Int(y))]", entry.level == 1 ? 1 : 0)
        outline.append((entry.level, identifier))
    }

    private func attributes(of link: PageBox.Link) -> String {
        switch link {
        case .page(let page): return "page=\(page) pos=[0 0]"
        case .address(let address):
            // Cairo's attributes end a string at an apostrophe; an address has no characters outside ASCII (RFC 3986, section 2).
            let bytes = address.utf8.prefix(2000).map { byte in
                let isPlain = (0x21...0x7E).contains(byte) && !"'\"\\<>".utf8.contains(byte)
                return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
            return "uri='\(bytes.joined())'"
        }
    }
}
