// tan(x) where |x| is not huge; see tan_core.h.
#include "body.h"
#include "tan_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_tan_near(v8 x) { return tan_of_usual(x); }
