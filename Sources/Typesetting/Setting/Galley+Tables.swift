/// Tables, seals and the contents.
extension Galley {
    mutating func boxes(of table: PrintedTable) throws(TypesettingError) -> [PageBox] {
        let columns = min(max(table.headings.count, table.rows.map(\.count).max() ?? 0), 16)
        guard columns > 0 else { return [] }
        let widths = self.widths(table.shares, columns: columns)
        let node = structure("Table")
        let rule = PageBox(
            height: 3, mayBeginPage: false,
            pieces: [PageBox.Piece(drawing: .rule, start: 0, width: geometry.textWidth, drop: 1, tone: .quiet)], structure: [node])
        var head: [PageBox] = []
        if !table.headings.isEmpty {
            head = try row(table.headings, widths: widths, tag: "TH", in: node)
            head.append(rule)
            head = heldTogether(head)
            head[0].spaceBefore = 8
        }
        var boxes = head
        for cells in table.rows {
            var row = try row(cells, widths: widths, tag: "TD", in: node)
            for index in row.indices { row[index].head = head }
            boxes += row
            boxes.append(rule)
        }
        return boxes
    }

    /// A row in one strip, or in strips of a line each where it is taller than half a page.
    mutating func row(
        _ cells: [PrintedText], widths: [Double], tag: String, in table: StructureNode
    ) throws(TypesettingError) -> [PageBox] {
        let node = structure("TR")
        var shaped: [(paragraph: ShapedParagraph, start: Double, width: Double)] = []
        var start = 0.0
        for (index, width) in widths.enumerated() {
            if index < cells.count {
                var form = ParagraphForm(typeface: typeface, section: section, scale: 0.88, width: width - 8)
                form.isBold = tag == "TH"
                shaped.append((try shape(cells[index], form), start, width - 8))
            }
            start += width
        }
        let count = shaped.map(\.paragraph.lines.count).max() ?? 0
        let leading = shaped.first?.paragraph.leading ?? typeface.leading
        guard count > 0 else { return [] }
        func pieces(of lines: Range<Int>) -> [PageBox.Piece] {
            shaped.flatMap { cell in
                lines.clamped(to: 0..<cell.paragraph.lines.count).map { line in
                    PageBox.Piece(
                        drawing: .line(cell.paragraph, line), start: cell.start, width: cell.width,
                        drop: cell.paragraph.ascent + Double(line - lines.lowerBound) * leading)
                }
            }
        }
        let structure = [table, node, structure(tag)]
        if Double(count) * leading <= geometry.height / 2 {
            return [PageBox(height: Double(count) * leading, spaceBefore: 2, pieces: pieces(of: 0..<count), structure: structure)]
        }
        return (0..<count).map { PageBox(height: leading, pieces: pieces(of: $0..<($0 + 1)), structure: structure) }
    }

    private func widths(_ shares: [Double], columns: Int) -> [Double] {
        let given = shares.prefix(columns).map { $0.isFinite ? min(max($0, 0.02), 1) : 0.1 }
        let left = max(1 - given.reduce(0, +), 0.02 * Double(columns - given.count))
        let all = given + Array(repeating: left / Double(max(columns - given.count, 1)), count: columns - given.count)
        let sum = all.reduce(0, +)
        return all.map { $0 / sum * geometry.textWidth }
    }

    mutating func box(of seal: PrintedSeal) throws(TypesettingError) -> PageBox {
        let letters = try SealLetters(seal: seal, shaper: shaper, section: section)
        return PageBox(
            height: seal.diameter + 12, spaceBefore: 10,
            pieces: [PageBox.Piece(drawing: .seal(seal, letters), start: 0, width: geometry.textWidth, drop: 0)],
            structure: [structure("Figure")])
    }

    mutating func contents(downTo level: Int) throws(TypesettingError) -> [PageBox] {
        var boxes: [PageBox] = []
        let numberWidth = 48.0
        let node = structure("TOC")
        for heading in headings where heading.level <= level {
            let indent = Double(heading.level - 1) * 14
            var own = section
            own.language = heading.section.language
            let form = ParagraphForm(
                typeface: Typeface.of(language: own.language), section: own, width: geometry.textWidth - numberWidth - indent)
            var entry = try lines(of: PrintedText(heading.name), form, structure: [node, structure("TOCI")], start: indent, before: 4)
            guard !entry.isEmpty else { continue }
            var numberForm = ParagraphForm(typeface: typeface, section: section, width: numberWidth)
            numberForm.edge = .end
            let number = try shape(PrintedText(heading.page.map(section.digits.text(of:)) ?? ""), numberForm)
            let last = entry.count - 1
            if !number.lines.isEmpty {
                entry[last].pieces.append(
                    PageBox.Piece(
                        drawing: .line(number, 0), start: geometry.textWidth - numberWidth, width: numberWidth, drop: form.leading * 0.74))
            }
            if let page = heading.page { for index in entry.indices { entry[index].link = .page(page) } }
            boxes += entry
        }
        return boxes
    }
}
