// libxml2, as the system has it: reading XML that strangers send, and checking it against a schema.

// Where libxml2 was built with ICU, its headers bring in the system's ICU, whose enumerations contradict those of the ICU that
// Foundation carries, and then nothing that imports both can be compiled. All that hangs on the switch are members at the end of
// libxml2's table of encodings, which is only ever handled by pointer.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
