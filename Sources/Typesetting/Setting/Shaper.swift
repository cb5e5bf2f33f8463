import CPango

/// The fonts of one setting, and what shapes its paragraphs.
///
/// Pango's font maps and contexts belong to the thread that made them. So a shaper is made, used and dropped within one call of
/// `Typesetter.set`, never stored and never handed on; two threads that set pages at once have a shaper each and share nothing.
final class Shaper {
    private let fontMap: OpaquePointer
    private let options: OpaquePointer
    /// A context for each language and direction: a change to a context would break the lines of all its layouts anew.
    private var contexts: [ContextKey: OpaquePointer] = [:]
    private var fonts: [String: OpaquePointer] = [:]

    private struct ContextKey: Hashable {
        let language: String
        let isRightToLeft: Bool
    }

    init() throws(TypesettingError) {
        guard let map = pango_cairo_font_map_new(), let options = cairo_font_options_create() else {
            throw .drawing("there are no fonts")
        }
        fontMap = map
        self.options = options
        // Paper has no pixels: letters keep their shapes and their widths (CAIRO_HINT_STYLE_NONE, CAIRO_HINT_METRICS_OFF).
        cairo_font_options_set_hint_style(options, 1)
        cairo_font_options_set_hint_metrics(options, 1)
    }

    deinit {
        for font in fonts.values { pango_font_description_free(font) }
        for context in contexts.values { g_object_unref(UnsafeMutableRawPointer(context)) }
        cairo_font_options_destroy(options)
        g_object_unref(UnsafeMutableRawPointer(fontMap))
    }

    /// The first of these families that the system does not have.
    func missing(of families: [String]) -> String? {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        var count: Int32 = 0
        pango_font_map_list_families(fontMap, &list, &count)
        defer { g_free(list) }
        var known: Set<String> = []
        for index in 0..<Int(count) {
            guard let family = list?[index], let name = pango_font_family_get_name(family) else { continue }
            known.insert(String(cString: name))
        }
        return families.first { !known.contains($0) }
    }

    func shape(_ text: PrintedText, _ form: ParagraphForm, notes: [String] = []) throws(TypesettingError) -> ShapedParagraph {
        guard let layout = pango_layout_new(try context(for: form)) else { throw .drawing("a paragraph was not made") }
        let marked = MarkedText(text, form: form, notes: notes)
        pango_layout_set_auto_dir(layout, 0)
        pango_layout_set_font_description(layout, try font(for: form))
        pango_layout_set_width(layout, Int32(max(form.width, 12) * 1024))
        // PANGO_WRAP_WORD_CHAR: a word that no line holds is broken anywhere.
        pango_layout_set_wrap(layout, 2)
        if form.isOneLine {
            pango_layout_set_single_paragraph_mode(layout, 1)
            // PANGO_ELLIPSIZE_END.
            pango_layout_set_ellipsize(layout, 3)
        }
        pango_layout_set_justify(layout, form.isJustified ? 1 : 0)
        // Pango's alignments are left, centre, right.
        let isRight = (form.edge == .end) != (form.direction == .rightToLeft)
        pango_layout_set_alignment(layout, form.edge == .centre ? 1 : isRight ? 2 : 0)
        var string = marked.text
        string.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
        if !marked.attributes.isEmpty, let list = pango_attr_list_from_string(marked.attributes) {
            pango_layout_set_attributes(layout, list)
            pango_attr_list_unref(list)
        }
        return ShapedParagraph(owning: layout, leading: form.leading)
    }

    private func context(for form: ParagraphForm) throws(TypesettingError) -> OpaquePointer {
        let key = ContextKey(language: form.language, isRightToLeft: form.direction == .rightToLeft)
        if let context = contexts[key] { return context }
        guard let context = pango_font_map_create_context(fontMap) else { throw .drawing("a context was not made") }
        // 72 to the inch: a unit is a point.
        pango_cairo_context_set_resolution(context, 72)
        pango_cairo_context_set_font_options(context, options)
        pango_context_set_round_glyph_positions(context, 0)
        pango_context_set_base_dir(context, key.isRightToLeft ? 1 : 0)
        pango_context_set_language(context, pango_language_from_string(LanguageTag.clean(form.language)))
        contexts[key] = context
        return context
    }

    private func font(for form: ParagraphForm) throws(TypesettingError) -> OpaquePointer {
        let leans = form.isItalic && form.typeface.hasItalics
        let isBold = form.isBold || (form.isItalic && !leans)
        let name = "\(form.typeface.family),Noto Serif\(isBold ? " Bold" : "")\(leans ? " Italic" : "") \(form.typeface.size * form.scale)"
        if let font = fonts[name] { return font }
        guard let font = pango_font_description_from_string(name) else { throw .drawing("\(name) is no font") }
        fonts[name] = font
        return font
    }
}

/// Language tags as Pango's attributes and PDF's catalogue can hold them.
enum LanguageTag {
    static func clean(_ tag: String) -> String {
        let kept = tag.unicodeScalars.filter {
            $0 == "-" || ($0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil))
        }
        return String(String.UnicodeScalarView(kept.prefix(35)))
    }
}
