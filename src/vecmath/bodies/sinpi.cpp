// sin(pi x). Exact reduction, then a polynomial; see half_turn_reduction.h.
// At most 1.7 ulp.
#include "body.h"
#include "half_turn_reduction.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_sinpi(v8 x) {
  const v8 m = nearest_half_turn(x);
  return with_sign(abs(sinpi_near_zero(m)), m);
}
