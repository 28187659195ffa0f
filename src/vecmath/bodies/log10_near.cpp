// log10(x) where x is neither tiny nor huge; see log10_core.h.
#include "body.h"
#include "log10_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log10_near(v8 x) { return log10_sum(split_plain(x)); }
