// cos(x) where sin(x) is wanted, too, inlined beside it; see sin_cos_core.h.
// At most 1.4 ulp.
#include "body.h"
#include "sin_cos_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_cos_pair(v8 x) { return with_huge_part(jtg_cold_cos, sin_cos_of_usual(x).cos, x); }
