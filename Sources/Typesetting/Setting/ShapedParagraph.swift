import CPango

/// A paragraph broken into lines, ready to be drawn: it owns Pango's layout, which owns the lines.
final class ShapedParagraph {
    /// A line. Points, from the left edge of the paragraph's width.
    struct Line {
        /// Borrowed from the layout, which is not changed after it is shaped.
        let pointer: OpaquePointer
        let left: Double
        let width: Double
        /// From left to right.
        fileprivate(set) var runs: [GlyphRun] = []
    }

    let lines: [Line]
    /// Points between baselines.
    let leading: Double
    private let layout: OpaquePointer

    /// Takes the layout over.
    init(owning layout: OpaquePointer, leading: Double) {
        self.layout = layout
        self.leading = leading
        var lines: [Line] = []
        if let iterator = pango_layout_get_iter(layout), let text = pango_layout_get_text(layout) {
            defer { pango_layout_iter_free(iterator) }
            repeat {
                guard let line = pango_layout_iter_get_line_readonly(iterator) else { continue }
                if lines.last?.pointer != line {
                    let extents = Self.extents { pango_layout_iter_get_line_extents(iterator, nil, $0) }
                    lines.append(Line(pointer: line, left: Double(extents.x) / 1024, width: Double(extents.width) / 1024))
                }
                guard let item = pango_layout_iter_get_run_readonly(iterator) else { continue }
                let extents = Self.extents { pango_layout_iter_get_run_extents(iterator, nil, $0) }
                lines[lines.count - 1].runs.append(GlyphRun(item: item, left: Double(extents.x) / 1024, text: text))
            } while pango_layout_iter_next_run(iterator) != 0
        }
        self.lines = lines
    }

    private static func extents(_ ask: (OpaquePointer) -> Void) -> CPangoRectangle {
        var extents = CPangoRectangle()
        withUnsafeMutablePointer(to: &extents) { ask(OpaquePointer($0)) }
        return extents
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    /// Of the widest line, in points.
    var width: Double { lines.map(\.width).max() ?? 0 }
    /// Of all lines, in points.
    var height: Double { leading * Double(lines.count) }
    /// From the top of a line's room to its baseline.
    var ascent: Double { leading * 0.74 }
}
