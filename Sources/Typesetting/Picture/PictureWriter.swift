import CPango
import Synchronization

extension Typesetter {
    /// A picture as PNG: the same picture, the same bytes.
    ///
    /// - Throws: `TypesettingError` where a text is too long, a typeface is missing, or a library fails.
    public func png(_ picture: PrintedPicture) throws(TypesettingError) -> [UInt8] {
        for line in picture.lines where line.text.utf8.count > PrintedPicture.longest {
            throw .paragraphTooLong(bytes: line.text.utf8.count, limit: PrintedPicture.longest)
        }
        let outcome: Result<[UInt8], TypesettingError> = Typesetter.turn.withLock { _ in
            do throws(TypesettingError) { return .success(try PictureWriter().draw(picture)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }
}

/// Draws a picture. It is made, used and dropped within one call, since Pango's font maps belong to the thread that made them.
private struct PictureWriter {
    private final class Output {
        var bytes: [UInt8] = []
    }

    func draw(_ picture: PrintedPicture) throws(TypesettingError) -> [UInt8] {
        let families = Set(["Noto Serif"] + picture.lines.map { Typeface.of(language: $0.language).family })
        if let missing = try Shaper().missing(of: families.sorted()) { throw .fontMissing(missing) }
        guard let surface = cairo_image_surface_create(1, Int32(picture.width), Int32(picture.height)) else {
            throw .drawing("no picture was made")
        }
        defer { cairo_surface_destroy(surface) }
        guard let cairo = cairo_create(surface) else { throw .drawing("no picture was made") }
        defer { cairo_destroy(cairo) }
        guard let map = pango_cairo_font_map_new() else { throw .drawing("there are no fonts") }
        defer { g_object_unref(UnsafeMutableRawPointer(map)) }
        source(picture.background, cairo)
        cairo_paint(cairo)
        for bar in picture.bars {
            source(bar.colour, cairo)
            cairo_new_path(cairo)
            cairo_move_to(cairo, bar.x, bar.y)
            cairo_line_to(cairo, bar.x + bar.width, bar.y)
            cairo_line_to(cairo, bar.x + bar.width, bar.y + bar.height)
            cairo_line_to(cairo, bar.x, bar.y + bar.height)
            cairo_close_path(cairo)
            cairo_fill(cairo)
        }
        for line in picture.lines { try write(line, cairo, map) }
        let output = Output()
        let status = withExtendedLifetime(output) {
            cairo_surface_write_to_png_stream(
                surface,
                { closure, data, length in
                    guard let closure else { return 11 }
                    let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
                    output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                    return 0
                }, Unmanaged.passUnretained(output).toOpaque())
        }
        guard status == 0, cairo_status(cairo) == 0 else {
            throw .drawing(String(cString: cairo_status_to_string(status == 0 ? cairo_status(cairo) : status)))
        }
        return output.bytes
    }

    private func source(_ colour: PrintedPicture.Colour, _ cairo: OpaquePointer) {
        cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue)
    }

    private func write(_ line: PrintedPicture.Line, _ cairo: OpaquePointer, _ map: OpaquePointer) throws(TypesettingError) {
        guard let context = pango_font_map_create_context(map) else { throw .drawing("a context was not made") }
        defer { g_object_unref(UnsafeMutableRawPointer(context)) }
        let isRight = PrintedDirection(language: line.language) == .rightToLeft && !line.isCode
        // 72 to the inch: a point is a pixel.
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_base_dir(context, isRight ? 1 : 0)
        pango_context_set_language(context, pango_language_from_string(LanguageTag.clean(line.language)))
        guard let layout = pango_layout_new(context) else { throw .drawing("a line was not made") }
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        let family = line.isCode ? Typeface.codeFamily : "\(Typeface.of(language: line.language).family),Noto Serif"
        guard let font = pango_font_description_from_string("\(family)\(line.isBold ? " Bold" : "") \(line.size)") else {
            throw .drawing("\(family) is no font")
        }
        defer { pango_font_description_free(font) }
        pango_layout_set_auto_dir(layout, 0)
        pango_layout_set_font_description(layout, font)
        pango_layout_set_width(layout, Int32(line.width * 1024))
        pango_layout_set_wrap(layout, 2)
        // A negative height is a number of lines; PANGO_ELLIPSIZE_END.
        pango_layout_set_height(layout, Int32(-max(line.mostLines, 1)))
        pango_layout_set_ellipsize(layout, 3)
        // Pango's alignments are left, centre, right.
        pango_layout_set_alignment(layout, line.isAtEnd != isRight ? 2 : 0)
        var string = line.text
        string.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
        source(line.colour, cairo)
        cairo_move_to(cairo, line.x, line.y)
        pango_cairo_show_layout(cairo, layout)
    }
}
