import Foundation
import Testing

/// The declarations of `CPango.h` are written by hand: a compiler holds them against the libraries' own headers.
@Suite("Prototypes of Pango and Cairo")
struct LibraryPrototypeTests {
    private static let program = """
        #include <stddef.h>
        #include <pango/pangocairo.h>
        #include <cairo-pdf.h>
        #include "CPango.h"
        #define SAME(ours, theirs, member) _Static_assert(offsetof(ours, member) == offsetof(theirs, member), #theirs)
        #define AS_LARGE(ours, theirs) _Static_assert(sizeof(ours) == sizeof(theirs), #theirs)
        AS_LARGE(CPangoRectangle, PangoRectangle);
        SAME(CPangoRectangle, PangoRectangle, width);
        AS_LARGE(CPangoGlyphInfo, PangoGlyphInfo);
        _Static_assert(offsetof(CPangoGlyphInfo, x_offset) == offsetof(PangoGlyphInfo, geometry.x_offset), "x_offset");
        _Static_assert(offsetof(CPangoGlyphInfo, y_offset) == offsetof(PangoGlyphInfo, geometry.y_offset), "y_offset");
        SAME(CPangoGlyphString, PangoGlyphString, num_glyphs);
        SAME(CPangoGlyphString, PangoGlyphString, glyphs);
        SAME(CPangoGlyphString, PangoGlyphString, log_clusters);
        SAME(CPangoItem, PangoItem, offset);
        SAME(CPangoItem, PangoItem, length);
        SAME(CPangoItem, PangoItem, analysis.font);
        SAME(CPangoItem, PangoItem, analysis.level);
        SAME(CPangoGlyphItem, PangoGlyphItem, item);
        SAME(CPangoGlyphItem, PangoGlyphItem, glyphs);
        SAME(CPangoGlyphItem, PangoGlyphItem, y_offset);
        AS_LARGE(CCairoGlyph, cairo_glyph_t);
        SAME(CCairoGlyph, cairo_glyph_t, x);
        SAME(CCairoGlyph, cairo_glyph_t, y);
        AS_LARGE(CCairoCluster, cairo_text_cluster_t);
        SAME(CCairoCluster, cairo_text_cluster_t, num_glyphs);
        _Static_assert(PANGO_WRAP_WORD_CHAR == 2 && PANGO_ELLIPSIZE_END == 3 && PANGO_DIRECTION_RTL == 1, "numbers of Pango");
        _Static_assert(PANGO_ALIGN_CENTER == 1 && PANGO_ALIGN_RIGHT == 2 && PANGO_SCALE == 1024, "numbers of Pango");
        _Static_assert(PANGO_GLYPH_EMPTY == 0x0FFFFFFF && PANGO_GLYPH_UNKNOWN_FLAG == 0x10000000, "glyphs of Pango");
        _Static_assert(CAIRO_HINT_STYLE_NONE == 1 && CAIRO_HINT_METRICS_OFF == 1 && CAIRO_PDF_VERSION_1_5 == 1, "numbers of cairo");
        _Static_assert(CAIRO_PDF_METADATA_SUBJECT == 2 && CAIRO_PDF_METADATA_CREATOR == 4, "metadata");
        _Static_assert(CAIRO_PDF_METADATA_CREATE_DATE == 5 && CAIRO_PDF_METADATA_MOD_DATE == 6, "metadata");
        _Static_assert(CAIRO_STATUS_WRITE_ERROR == 11 && CAIRO_PDF_OUTLINE_FLAG_OPEN == 1, "numbers of cairo");
        """

    private func compile(_ program: String) throws -> (status: Int32, output: String)? {
        guard PDFTool(name: "cc").isPresent(), PDFTool(name: "pkg-config").isPresent() else { return nil }
        let flags = try PDFTool(name: "pkg-config").run(["--cflags", "pangocairo"])
        try #require(flags.status == 0, "\(flags.output)")
        let file = FileManager.default.temporaryDirectory.appending(path: "prototypes-\(UUID().uuidString).c")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(program.utf8).write(to: file)
        let headers = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/CPango/include")
        let words = flags.output.split(whereSeparator: \.isWhitespace).map(String.init)
        return try PDFTool(name: "cc").run(["-fsyntax-only", "-Wall", "-Werror", "-I", headers.path] + words + [file.path])
    }

    @Test("Every declaration is the libraries' own, and every number has its name")
    func declarationsAgree() throws {
        guard let answer = try compile(Self.program) else { return }
        #expect(answer.status == 0, "\(answer.output)")
    }

    @Test("A wrong declaration would be seen")
    func wrongDeclarationIsSeen() throws {
        guard let answer = try compile(Self.program + "\nvoid pango_layout_set_width(PangoLayout *layout, double width);\n") else { return }
        #expect(answer.status != 0)
    }
}
