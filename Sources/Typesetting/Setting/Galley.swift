/// Makes strips of blocks: shapes the paragraphs of a section, and says where a page may end between their lines.
struct Galley {
    let shaper: Shaper
    let section: PrintedSection
    let geometry: PageGeometry
    let limits: TypesettingLimits
    /// For the contents: the headings of the whole document, with their pages as far as these are known.
    let headings: [PlacedHeading]
    let typeface: Typeface
    private var lastStructure = 0
    /// An article's number that waits for the text it stands beside, as the article has no title.
    private var waitingLabel: (label: String, entry: PageBox.Entry)?
    private var notes: [(mark: String, text: String)] = []

    /// A heading, and the page it came to stand on.
    struct PlacedHeading {
        let level: Int
        let name: String
        let section: PrintedSection
        var page: Int?
    }

    init(shaper: Shaper, section: PrintedSection, paper: Paper, limits: TypesettingLimits, headings: [PlacedHeading]) {
        self.shaper = shaper
        self.section = section
        geometry = PageGeometry(paper: paper, section: section)
        self.limits = limits
        self.headings = headings
        typeface = Typeface.of(language: section.language)
    }

    mutating func boxes(of block: PrintedBlock) throws(TypesettingError) -> [PageBox] {
        switch block {
        case .heading(let heading): return try boxes(of: heading)
        case .paragraph(let paragraph): return try boxes(of: paragraph)
        case .table(let table): return try boxes(of: table)
        case .seal(let seal): return [try box(of: seal)]
        case .contents(let level): return try contents(downTo: level)
        case .rule:
            let rule = PageBox.Piece(drawing: .rule, start: 0, width: geometry.textWidth, drop: 0, tone: .quiet)
            return [PageBox(height: 8, spaceBefore: 8, holdsNext: true, pieces: [rule])]
        case .space(let points): return [PageBox(height: min(max(points, 0), geometry.height), mayBeginPage: false)]
        case .newPage: return [PageBox(height: 0, beginsPage: true)]
        }
    }

    /// What comes after the last block: a number that still waits, and the notes.
    mutating func closing() throws(TypesettingError) -> [PageBox] {
        var boxes = try waitingLabel == nil ? [] : self.boxes(of: PrintedParagraph(""))
        guard !notes.isEmpty else { return boxes }
        let all = notes
        notes = []
        let rule = PageBox.Piece(drawing: .rule, start: 0, width: 72, drop: 0, tone: .quiet)
        boxes.append(PageBox(height: 6, spaceBefore: 18, holdsNext: true, pieces: [rule]))
        for note in all {
            boxes += try self.boxes(of: PrintedParagraph(PrintedText(note.text), label: note.mark, size: .small))
        }
        return boxes
    }

    // MARK: Headings

    private mutating func boxes(of heading: PrintedHeading) throws(TypesettingError) -> [PageBox] {
        let entry = PageBox.Entry(level: heading.level, name: heading.name)
        let node = structure("H\(heading.level)")
        switch heading.look {
        case .article:
            if heading.text.isEmpty {
                waitingLabel = (heading.label, entry)
                return []
            }
            var form = ParagraphForm(typeface: typeface, section: section, width: geometry.textWidth)
            form.isBold = true
            var boxes = try lines(of: heading.text, form, structure: [node], before: 16)
            if !boxes.isEmpty {
                boxes[0].pieces = try marginal(heading.label) + boxes[0].pieces
                boxes[0].entry = entry
            }
            return heldTogether(boxes)
        case .division, .title:
            let isTitle = heading.look == .title
            var form = ParagraphForm(typeface: typeface, section: section, scale: isTitle ? 1.5 : 1.12, width: geometry.textWidth)
            form.edge = .centre
            form.isSmallCapitals = !isTitle
            form.isBold = !isTitle && !typeface.hasCapitals
            var boxes: [PageBox] = []
            if !heading.label.isEmpty { boxes += try lines(of: PrintedText(heading.label), form, structure: [node], before: 30) }
            if !heading.text.isEmpty {
                boxes += try lines(of: heading.text, form, structure: [node], before: boxes.isEmpty ? 30 : 2)
            }
            guard !boxes.isEmpty else { return [] }
            boxes[0].entry = entry
            boxes.append(PageBox(height: isTitle ? 14 : 6, mayBeginPage: false))
            return heldTogether(boxes)
        }
    }

    /// A heading is not divided, and does not end a page.
    func heldTogether(_ boxes: [PageBox]) -> [PageBox] {
        boxes.enumerated().map { index, box in
            var box = box
            box.mayBeginPage = index == 0
            box.holdsNext = true
            return box
        }
    }

    /// The number of an article, in the margin.
    private func marginal(_ label: String) throws(TypesettingError) -> [PageBox.Piece] {
        guard !label.isEmpty else { return [] }
        let hasMargin = geometry.marginWidth > 0
        let width = hasMargin ? geometry.marginWidth : geometry.textWidth
        var form = ParagraphForm(typeface: typeface, section: section, scale: 0.9, width: width)
        form.edge = .end
        form.isSmallCapitals = true
        let shaped = try shape(PrintedText(label), form)
        return shaped.lines.indices.map { index in
            PageBox.Piece(
                drawing: .line(shaped, index), start: hasMargin ? -geometry.marginWidth - PageGeometry.marginGap : 0, width: width,
                drop: typeface.leading * 0.74 + Double(index) * shaped.leading, tone: .quiet)
        }
    }

    // MARK: Paragraphs

    private mutating func boxes(of paragraph: PrintedParagraph) throws(TypesettingError) -> [PageBox] {
        let scale: Double =
            switch paragraph.size {
            case .body: 1
            case .small: 0.84
            case .display: 2.1
            case .lead: 1.25
            }
        var section = section
        var typeface = typeface
        if let language = paragraph.language, language != section.language {
            section.language = language
            section.direction = PrintedDirection(language: language)
            typeface = Typeface.of(language: language)
        }
        let depth = Double(paragraph.depth) * typeface.hanging
        var labelPieces: [PageBox.Piece] = []
        var hanging = 0.0
        if !paragraph.label.isEmpty {
            let form = ParagraphForm(typeface: typeface, section: section, scale: scale, width: geometry.textWidth - depth)
            let label = try shape(PrintedText(paragraph.label), form)
            hanging = min(max(typeface.hanging, (label.width + 6).rounded(.up)), geometry.textWidth / 2)
            labelPieces = [
                PageBox.Piece(drawing: .line(label, 0), start: depth, width: geometry.textWidth - depth, drop: label.ascent)
            ]
        }
        let start = min(depth + hanging, geometry.textWidth * 0.75)
        var form = ParagraphForm(typeface: typeface, section: section, scale: scale, width: geometry.textWidth - start)
        form.isJustified = paragraph.alignment == .justified
        form.edge = paragraph.alignment == .centre ? .centre : paragraph.alignment == .end ? .end : .start
        var boxes = try lines(
            of: paragraph.text, form, structure: [structure("P")], start: start, before: paragraph.size == .small ? 4 : 6.5)
        if boxes.isEmpty, !labelPieces.isEmpty || waitingLabel != nil { boxes = [PageBox(height: form.leading, spaceBefore: 6)] }
        guard !boxes.isEmpty else { return [] }
        boxes[0].pieces = labelPieces + boxes[0].pieces
        if let waiting = waitingLabel {
            waitingLabel = nil
            boxes[0].pieces = try marginal(waiting.label) + boxes[0].pieces
            boxes[0].entry = waiting.entry
            boxes[0].spaceBefore = 16
        }
        if let address = paragraph.link { for index in boxes.indices { boxes[index].link = .address(address) } }
        if paragraph.keepsWithNext { boxes[boxes.count - 1].holdsNext = true }
        return boxes
    }

    /// The lines of a paragraph. No page ends with its first line alone or begins with its last alone.
    mutating func lines(
        of text: PrintedText, _ form: ParagraphForm, structure: [StructureNode], start: Double = 0, before: Double
    ) throws(TypesettingError) -> [PageBox] {
        guard !text.isEmpty else { return [] }
        var marks: [String] = []
        for run in text.runs {
            guard let note = run.note else { continue }
            let mark = run.mark ?? section.digits.text(of: notes.count + 1)
            notes.append((mark, note))
            marks.append(mark)
        }
        let shaped = try shape(text, form, notes: marks)
        let count = shaped.lines.count
        return (0..<count).map { index in
            PageBox(
                height: shaped.leading, spaceBefore: index == 0 ? before : 0,
                mayBeginPage: index == 0 || (index != 1 && index != count - 1),
                pieces: [PageBox.Piece(drawing: .line(shaped, index), start: start, width: form.width, drop: shaped.ascent)],
                structure: structure)
        }
    }

    func shape(_ text: PrintedText, _ form: ParagraphForm, notes: [String] = []) throws(TypesettingError) -> ShapedParagraph {
        let bytes = text.runs.reduce(0) { $0 + $1.text.utf8.count }
        guard bytes <= limits.paragraphBytes else { throw .paragraphTooLong(bytes: bytes, limit: limits.paragraphBytes) }
        return try shaper.shape(text, form, notes: notes)
    }

    mutating func structure(_ tag: String) -> StructureNode {
        lastStructure += 1
        return StructureNode(tag: tag, number: lastStructure)
    }
}
