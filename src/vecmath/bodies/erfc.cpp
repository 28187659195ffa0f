// erfc(x): 1 - erf(x) up to 1/2, from the tail beyond; see erf_core.h.
// At most 1.0 ulp.
#include "body.h"
#include "erf_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_erfc(v8 x) {
  const v8 a = abs(x);
  const DoubleDouble erf = erf_near_zero(x), near = fast_two_sum(1.0, -erf.hi);
  const v8 tail = erfc_tail(a);
  const v8 far = x < 0 ? 2 - tail : tail;
  return a > 0.5 ? far : near.hi + (near.lo - erf.lo);
}
