// The few functions of Pango 1.50 and Cairo 1.16 that pages are set with, declared here so that the package needs none of their
// compiler flags. `Tests/TypesettingTests` compiles these declarations against the libraries' own headers.
#pragma once

const char *pango_version_string(void);
const char *cairo_version_string(void);
