// erf(x): a polynomial up to 1/2, 1 - erfc(|x|) beyond; see erf_core.h.
// At most 1.1 ulp.
#include "body.h"
#include "erf_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_erf(v8 x) {
  const v8 a = abs(x);
  const DoubleDouble near = erf_near_zero(a);
  return with_sign(a > 0.5 ? 1 - erfc_tail(a) : near.hi + near.lo, x);
}
