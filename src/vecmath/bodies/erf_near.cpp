// erf(x) for 0 <= x <= kErfEnd; see erf_core.h.
#include "body.h"
#include "erf_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_erf_near(v8 x) { return erf_from_table(x, x); }
