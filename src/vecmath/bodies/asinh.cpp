// asinh(x): see asinh_core.h; log(2 |x|) for large x.
// At most 1.0 ulp.
#include "asinh_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_asinh(v8 x) {
  const v8 a = abs(x);
  const Mask large = a > 0x1p30;
  const DoubleDouble h = asinh_argument(a);
  const v8 y = log1p_sum(large ? a - 1 : h.hi, large ? 0.0 : h.lo, large ? v8(1.0) : v8(0.0));
  return with_sign(y, x);
}
