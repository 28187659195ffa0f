// cos(pi x) = sin(pi (1/2 - |r|)) with r = x minus an even integer; see half_turn_reduction.h.
// At most 1.7 ulp.
#include "body.h"
#include "half_turn_reduction.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_cospi(v8 x) { return sinpi_near_zero(0.5 - abs(minus_even(x))); }
