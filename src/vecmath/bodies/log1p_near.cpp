// log1p(x) where 1 + x is neither tiny nor huge; see log_table.h.
#include "body.h"
#include "log_table.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log1p_near(v8 x) { return log1p_of(x, log_from_table(1 + x)); }
