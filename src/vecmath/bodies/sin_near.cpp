// sin(x) where |x| is not huge; see trig_reduction.h.
#include "body.h"
#include "trig_reduction.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_sin_near(v8 x) { return sin_of_usual(x); }
