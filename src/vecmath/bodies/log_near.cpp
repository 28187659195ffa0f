// log(x) where x is neither tiny nor huge; see log_table.h.
#include "body.h"
#include "log_table.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_log_near(v8 x) { return log_of(x, log_from_table(x)); }
