// log2(x) where x is neither tiny nor huge; see log2_core.h.
#include "body.h"
#include "log2_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log2_near(v8 x) { return log2_sum(split_plain(x)); }
