import CPango
import Foundation

/// The letters of a seal, shaped.
struct SealLetters {
    /// Each character around the edge, alone.
    let ring: [ShapedParagraph]
    let centre: ShapedParagraph

    init(seal: PrintedSeal, shaper: Shaper, section: PrintedSection) throws(TypesettingError) {
        var form = ParagraphForm(
            typeface: Typeface.of(language: section.language), section: section, scale: seal.diameter / 130 * 0.72, width: seal.diameter)
        form.direction = .leftToRight
        form.isBold = true
        var ring: [ShapedParagraph] = []
        for character in MarkedText.printable(seal.ring).prefix(80) { ring.append(try shaper.shape(PrintedText(String(character)), form)) }
        self.ring = ring
        form.scale = seal.diameter / 130 * 1.5
        form.edge = .centre
        centre = try shaper.shape(PrintedText(String(MarkedText.printable(seal.centre).prefix(6))), form)
    }
}

/// Draws a seal: two rings with letters between them, and a rosette that the bytes determine.
///
/// Letters are filled outlines, not text: a reader that searches or reads aloud meets the text of the page, not the ornament.
struct SealDrawing {
    let seal: PrintedSeal
    let letters: SealLetters

    func draw(on cairo: OpaquePointer, x: Double, y: Double) {
        let radius = seal.diameter / 2
        cairo_save(cairo)
        cairo_translate(cairo, x, y)
        // The house's teal, #0b5d66.
        cairo_set_source_rgb(cairo, 0.043, 0.365, 0.4)
        circle(cairo, radius - 1, width: 1.2)
        circle(cairo, radius - 3.5, width: 0.4)
        circle(cairo, radius * 0.72, width: 0.4)
        drawRosette(cairo, outer: radius * 0.7, inner: radius * 0.34)
        circle(cairo, radius * 0.32, width: 0.6)
        drawRing(cairo, radius: radius * 0.79)
        if let line = letters.centre.lines.first {
            cairo_move_to(cairo, -line.width / 2, radius * 0.1)
            fill(line, on: cairo)
        }
        cairo_restore(cairo)
    }

    private func circle(_ cairo: OpaquePointer, _ radius: Double, width: Double) {
        cairo_new_path(cairo)
        cairo_set_line_width(cairo, width)
        cairo_arc(cairo, 0, 0, radius, 0, 2 * .pi)
        cairo_stroke(cairo)
    }

    /// Interlaced waves around the middle, as on old securities; their numbers and phases are the bytes'.
    private func drawRosette(_ cairo: OpaquePointer, outer: Double, inner: Double) {
        let bytes = seal.bytes.isEmpty ? [0] : seal.bytes
        func byte(_ index: Int) -> Double { Double(bytes[index % bytes.count]) }
        let middle = (outer + inner) / 2
        let room = (outer - inner) / 2
        cairo_set_line_width(cairo, 0.28)
        for wave in 0..<4 {
            let lobes = Double(7 + Int(byte(wave)) % 12)
            let finer = lobes * 2 + Double(Int(byte(wave + 4)) % 5)
            let phase = byte(wave + 8) / 255 * 2 * .pi
            let share = 0.55 + byte(wave + 12) / 255 * 0.25
            for side in [1.0, -1.0] {
                cairo_new_path(cairo)
                for step in 0..<540 {
                    let angle = Double(step) / 540 * 2 * .pi
                    let swing = share * cos(lobes * angle + phase) + (1 - share) * cos(finer * angle - phase)
                    let distance = middle + side * room * swing
                    let point = (x: distance * cos(angle), y: distance * sin(angle))
                    if step == 0 { cairo_move_to(cairo, point.x, point.y) } else { cairo_line_to(cairo, point.x, point.y) }
                }
                cairo_close_path(cairo)
                cairo_stroke(cairo)
            }
        }
    }

    /// The characters stand on a circle, spread evenly by their widths, the text's middle at the top.
    private func drawRing(_ cairo: OpaquePointer, radius: Double) {
        let widths = letters.ring.map(\.width)
        let total = widths.reduce(0, +)
        guard total > 0 else { return }
        let circumference = 2 * Double.pi * radius
        let gap = max((circumference - total) / Double(widths.count), 0)
        let squeeze = min(circumference / (total + gap * Double(widths.count)), 1)
        var place = -(total + gap * Double(widths.count)) / 2
        for (paragraph, width) in zip(letters.ring, widths) {
            if let line = paragraph.lines.first {
                cairo_save(cairo)
                cairo_rotate(cairo, (place + width / 2) * squeeze / radius)
                cairo_move_to(cairo, -width / 2, -radius)
                fill(line, on: cairo)
                cairo_restore(cairo)
            }
            place += width + gap
        }
    }

    private func fill(_ line: ShapedParagraph.Line, on cairo: OpaquePointer) {
        pango_cairo_layout_line_path(cairo, line.pointer)
        cairo_fill(cairo)
    }
}
