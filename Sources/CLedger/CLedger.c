#include "CLedger.h"
#include <string.h>
