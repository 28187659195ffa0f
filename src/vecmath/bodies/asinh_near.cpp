// asinh(x) where x is not huge: see asinh_core.h.
#include "asinh_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_asinh_near(v8 x) {
  const DoubleDouble h = asinh_argument(abs(x));
  return with_sign(log1p_sum(h.hi, h.lo), x);
}
