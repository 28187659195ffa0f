// sin(x): one polynomial on half a turn; see trig_reduction.h. Coefficients: sollya/sin.sollya.
// At most 1.6 ulp.
#include "body.h"
#include "trig_reduction.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_sin(v8 x) { return with_huge_part(jtg_cold_sin, sin_of_usual(x), x); }
