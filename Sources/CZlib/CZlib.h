// zlib, as the system has it. `deflateInit2` is a macro, which Swift does not see.
#pragma once
#include <zlib.h>

static inline int chancery_inflate_begin_gzip(z_streamp stream) {
    return inflateInit2(stream, 15 + 16);
}

static inline int chancery_inflate_begin_zlib(z_streamp stream) {
    return inflateInit2(stream, 15);
}

static inline int chancery_deflate_begin_gzip(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int chancery_deflate_begin_raw(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
