// erfc(x) for 0 <= x <= kErfcTail; see erfc_core.h.
#include "body.h"
#include "erfc_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_erfc_near(v8 x) { return erfc_from_table(x, x); }
