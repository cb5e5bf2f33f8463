// The few functions of Pango 1.50 and Cairo 1.16 that pages are set with, declared here so that the package needs none of their
// compiler flags. `Tests/TypesettingTests` compiles these declarations together with the libraries' own headers, so that a
// prototype that differs is an error.
#pragma once

// Cairo: the page.

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;
typedef struct _cairo_font_options cairo_font_options_t;

const char *cairo_version_string(void);

cairo_surface_t *cairo_pdf_surface_create_for_stream(
    unsigned int (*write)(void *closure, const unsigned char *data, unsigned int length), void *closure, double width, double height);
void cairo_pdf_surface_restrict_to_version(cairo_surface_t *surface, unsigned int version);
void cairo_pdf_surface_set_metadata(cairo_surface_t *surface, unsigned int metadata, const char *utf8);
int cairo_pdf_surface_add_outline(
    cairo_surface_t *surface, int parent, const char *utf8, const char *attributes, unsigned int flags);
// A picture of pixels: format 1 is CAIRO_FORMAT_RGB24.
cairo_surface_t *cairo_image_surface_create(int format, int width, int height);
unsigned int cairo_surface_write_to_png_stream(
    cairo_surface_t *surface, unsigned int (*write)(void *closure, const unsigned char *data, unsigned int length), void *closure);
void cairo_paint(cairo_t *cairo);
void cairo_surface_finish(cairo_surface_t *surface);
void cairo_surface_destroy(cairo_surface_t *surface);
unsigned int cairo_surface_status(cairo_surface_t *surface);
const char *cairo_status_to_string(unsigned int status);

cairo_t *cairo_create(cairo_surface_t *surface);
void cairo_destroy(cairo_t *cairo);
unsigned int cairo_status(cairo_t *cairo);
void cairo_show_page(cairo_t *cairo);
void cairo_tag_begin(cairo_t *cairo, const char *name, const char *attributes);
void cairo_tag_end(cairo_t *cairo, const char *name);

void cairo_save(cairo_t *cairo);
void cairo_restore(cairo_t *cairo);
void cairo_translate(cairo_t *cairo, double x, double y);
void cairo_rotate(cairo_t *cairo, double angle);
void cairo_set_source_rgb(cairo_t *cairo, double red, double green, double blue);
void cairo_set_line_width(cairo_t *cairo, double width);
void cairo_new_path(cairo_t *cairo);
void cairo_move_to(cairo_t *cairo, double x, double y);
void cairo_line_to(cairo_t *cairo, double x, double y);
void cairo_arc(cairo_t *cairo, double x, double y, double radius, double from, double to);
void cairo_close_path(cairo_t *cairo);
void cairo_stroke(cairo_t *cairo);
void cairo_fill(cairo_t *cairo);

cairo_font_options_t *cairo_font_options_create(void);
void cairo_font_options_destroy(cairo_font_options_t *options);
void cairo_font_options_set_hint_style(cairo_font_options_t *options, unsigned int style);
void cairo_font_options_set_hint_metrics(cairo_font_options_t *options, unsigned int metrics);

// Pango: paragraphs of every script.

typedef struct _PangoFontMap PangoFontMap;
typedef struct _PangoFontFamily PangoFontFamily;
typedef struct _PangoContext PangoContext;
typedef struct _PangoLayout PangoLayout;
typedef struct _PangoLayoutLine PangoLayoutLine;
typedef struct _PangoLayoutIter PangoLayoutIter;
typedef struct _PangoLanguage PangoLanguage;
typedef struct _PangoFontDescription PangoFontDescription;
typedef struct _PangoAttrList PangoAttrList;
typedef struct _PangoRectangle PangoRectangle;

// What a PangoRectangle holds, in units of 1/1024 of a point. The tests compare its form with the library's own.
typedef struct {
    int x;
    int y;
    int width;
    int height;
} CPangoRectangle;

typedef struct _PangoFont PangoFont;
typedef struct _PangoCairoFont PangoCairoFont;
typedef struct _PangoGlyphItem PangoGlyphItem;
typedef struct _cairo_scaled_font cairo_scaled_font_t;

// The glyphs of a run from left to right: `PangoGlyphItem`, `PangoItem`, `PangoGlyphString`, `PangoGlyphInfo`, as far as they are
// read. These structures are public and have not changed since Pango 1.0 but at their ends; the tests compare them.
typedef struct {
    unsigned int glyph;
    int width;
    int x_offset;
    int y_offset;
    unsigned int attributes;
} CPangoGlyphInfo;

typedef struct {
    int num_glyphs;
    CPangoGlyphInfo *glyphs;
    int *log_clusters;
    int space;
} CPangoGlyphString;

typedef struct {
    void *shape_engine;
    void *lang_engine;
    PangoFont *font;
    unsigned char level;
} CPangoAnalysis;

typedef struct {
    int offset;
    int length;
    int num_chars;
    CPangoAnalysis analysis;
} CPangoItem;

typedef struct {
    CPangoItem *item;
    CPangoGlyphString *glyphs;
    int y_offset;
} CPangoGlyphItem;

// A glyph and a cluster of them as cairo takes them: `cairo_glyph_t`, `cairo_text_cluster_t`.
typedef struct {
    unsigned long index;
    double x;
    double y;
} CCairoGlyph;

typedef struct {
    int num_bytes;
    int num_glyphs;
} CCairoCluster;

#ifndef CAIRO_H
typedef CCairoGlyph cairo_glyph_t;
typedef CCairoCluster cairo_text_cluster_t;
#endif

const char *pango_version_string(void);

void pango_cairo_show_layout(cairo_t *cairo, PangoLayout *layout);
void pango_layout_set_height(PangoLayout *layout, int height);

PangoFontMap *pango_cairo_font_map_new(void);
PangoContext *pango_font_map_create_context(PangoFontMap *map);
void pango_font_map_list_families(PangoFontMap *map, PangoFontFamily ***families, int *count);
const char *pango_font_family_get_name(PangoFontFamily *family);
void pango_cairo_context_set_resolution(PangoContext *context, double resolution);
void pango_cairo_context_set_font_options(PangoContext *context, const cairo_font_options_t *options);
void pango_context_set_round_glyph_positions(PangoContext *context, int round);
void pango_context_set_base_dir(PangoContext *context, unsigned int direction);
void pango_context_set_language(PangoContext *context, PangoLanguage *language);
PangoLanguage *pango_language_from_string(const char *language);
PangoFontDescription *pango_font_description_from_string(const char *description);
void pango_font_description_free(PangoFontDescription *description);
PangoAttrList *pango_attr_list_from_string(const char *attributes);
void pango_attr_list_unref(PangoAttrList *list);

PangoLayout *pango_layout_new(PangoContext *context);
void pango_layout_set_text(PangoLayout *layout, const char *text, int length);
void pango_layout_set_attributes(PangoLayout *layout, PangoAttrList *attributes);
void pango_layout_set_font_description(PangoLayout *layout, const PangoFontDescription *description);
void pango_layout_set_width(PangoLayout *layout, int width);
void pango_layout_set_wrap(PangoLayout *layout, unsigned int wrap);
void pango_layout_set_justify(PangoLayout *layout, int justify);
void pango_layout_set_alignment(PangoLayout *layout, unsigned int alignment);
void pango_layout_set_auto_dir(PangoLayout *layout, int automatic);
void pango_layout_set_single_paragraph_mode(PangoLayout *layout, int single);
void pango_layout_set_ellipsize(PangoLayout *layout, unsigned int place);
PangoLayoutIter *pango_layout_get_iter(PangoLayout *layout);
PangoLayoutLine *pango_layout_iter_get_line_readonly(PangoLayoutIter *iterator);
void pango_layout_iter_get_line_extents(PangoLayoutIter *iterator, PangoRectangle *ink, PangoRectangle *logical);
int pango_layout_iter_get_baseline(PangoLayoutIter *iterator);
int pango_layout_iter_next_line(PangoLayoutIter *iterator);
void pango_layout_iter_free(PangoLayoutIter *iterator);
PangoGlyphItem *pango_layout_iter_get_run_readonly(PangoLayoutIter *iterator);
void pango_layout_iter_get_run_extents(PangoLayoutIter *iterator, PangoRectangle *ink, PangoRectangle *logical);
int pango_layout_iter_next_run(PangoLayoutIter *iterator);
cairo_scaled_font_t *pango_cairo_font_get_scaled_font(PangoCairoFont *font);
void cairo_set_scaled_font(cairo_t *cairo, const cairo_scaled_font_t *font);
void cairo_show_text_glyphs(
    cairo_t *cairo, const char *utf8, int bytes, const cairo_glyph_t *glyphs, int glyph_count, const cairo_text_cluster_t *clusters,
    int cluster_count, unsigned int flags);
const char *pango_layout_get_text(PangoLayout *layout);
void pango_cairo_show_glyph_item(cairo_t *cairo, const char *text, PangoGlyphItem *item);
void pango_cairo_layout_line_path(cairo_t *cairo, PangoLayoutLine *line);

void g_object_unref(void *object);
void g_free(void *memory);
