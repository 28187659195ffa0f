// atan(x) from the sector of |x|/1; see atan_core.h.
// At most 0.8 ulp.
#include "atan_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_atan(v8 x) {
  const Sector s = sector(at_most(abs(x), 0x1p60), 1.0);
  const DoubleDouble main = fast_two_sum(s.base, s.t);
  const v8 rest = fma(s.base, kPiLo / kPi, atan_rest(s.t) + s.t_lo);
  return with_sign(main.hi + (main.lo + rest), x);
}
