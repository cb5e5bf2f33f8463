import CPango

/// A stretch of a line in one font and direction. Borrowed from the layout of its `ShapedParagraph`.
struct GlyphRun {
    let item: OpaquePointer
    /// Points from the left edge of the paragraph's width.
    let left: Double
    /// The paragraph's whole text.
    private let text: UnsafePointer<CChar>

    init(item: OpaquePointer, left: Double, text: UnsafePointer<CChar>) {
        self.item = item
        self.left = left
        self.text = text
    }

    /// - Parameters:
    ///   - x: the left edge of the paragraph's width on the page.
    ///   - baseline: from the top of the page.
    func show(on cairo: OpaquePointer, x: Double, baseline: Double) {
        let run = UnsafePointer<CPangoGlyphItem>(item).pointee
        let y = baseline - Double(run.y_offset) / 1024
        if showFromLeft(run, on: cairo, x: x + left, y: y) { return }
        cairo_move_to(cairo, x + left, y)
        pango_cairo_show_glyph_item(cairo, text, item)
    }

    /// Shows a run that is written from the right with its glyphs in the order of the page, from left to right.
    ///
    /// Pango would give cairo the clusters in the order of the text. The file's text is the same, but its glyphs then run backwards,
    /// and readers that put words together from the places of letters (poppler among them) take each for a word of its own.
    ///
    /// - Returns: false where Pango has to draw: runs from the left, and characters without a glyph.
    private func showFromLeft(_ run: CPangoGlyphItem, on cairo: OpaquePointer, x: Double, y: Double) -> Bool {
        guard let item = run.item?.pointee, item.analysis.level % 2 == 1, let string = run.glyphs?.pointee, string.num_glyphs > 0,
            let infos = string.glyphs, let starts = string.log_clusters, let font = item.analysis.font,
            let scaled = pango_cairo_font_get_scaled_font(font)
        else { return false }
        var glyphs: [CCairoGlyph] = []
        var clusters: [CCairoCluster] = []
        var bytes: [CChar] = []
        var place = x
        var end = Int(item.length)
        var index = 0
        let count = Int(string.num_glyphs)
        while index < count {
            let start = Int(starts[index])
            guard (0..<end).contains(start) else { return false }
            var shown: Int32 = 0
            while index < count, Int(starts[index]) == start {
                let info = infos[index]
                // PANGO_GLYPH_UNKNOWN_FLAG, but for PANGO_GLYPH_EMPTY.
                if info.glyph & 0x1000_0000 != 0 { return false }
                if info.glyph != 0x0FFF_FFFF {
                    glyphs.append(
                        CCairoGlyph(
                            index: UInt(info.glyph), x: place + Double(info.x_offset) / 1024, y: y + Double(info.y_offset) / 1024))
                    shown += 1
                }
                place += Double(info.width) / 1024
                index += 1
            }
            if shown > 0 {
                let first = Int(item.offset) + start
                bytes.append(contentsOf: UnsafeBufferPointer(start: text + first, count: end - start))
                clusters.append(CCairoCluster(num_bytes: Int32(end - start), num_glyphs: shown))
            }
            end = start
        }
        guard !glyphs.isEmpty else { return true }
        cairo_set_scaled_font(cairo, scaled)
        cairo_show_text_glyphs(cairo, bytes, Int32(bytes.count), glyphs, Int32(glyphs.count), clusters, Int32(clusters.count), 0)
        return true
    }
}
