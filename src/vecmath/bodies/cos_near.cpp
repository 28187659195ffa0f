// cos(x) where |x| is not huge; see trig_reduction.h.
#include "body.h"
#include "trig_reduction.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_cos_near(v8 x) { return cos_of_usual(x); }
