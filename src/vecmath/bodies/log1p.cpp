// log(1 + x), also for tiny x; see log1p_core.h.
// At most 0.8 ulp.
#include "body.h"
#include "log1p_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log1p(v8 x) { return abs(x) < 0x1p-54 ? x : log1p_sum(x, 0.0, 0.0); }
