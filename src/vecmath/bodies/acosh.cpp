// acosh(x): see acosh_core.h; log(2 x) for large x.
// At most 1.0 ulp.
#include "acosh_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_acosh(v8 x) {
  const Mask large = x > 0x1p30;
  const v8 t = x - 1;
  const DoubleDouble h = acosh_argument(t);
  const v8 y = log1p_sum(large ? t : h.hi, large ? 0.0 : h.lo, large ? v8(1.0) : v8(0.0));
  return x < 1 ? kNan : y;
}
