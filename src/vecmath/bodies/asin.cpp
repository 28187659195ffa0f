// asin(x): a polynomial up to 1/2, pi/2 - 2 asin(sqrt((1 - |x|)/2)) beyond; see asin_core.h.
// At most 1.2 ulp.
#include "asin_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_asin(v8 x) {
  const v8 a = abs(x);
  const Mask large = a > 0.5;
  const v8 half = fma(a, -0.5, 0.5);
  const v8 z = large ? half : a * a;
  const v8 t = large ? sqrt(half) : a;
  const v8 rest = asin_rest(t, z);
  const DoubleDouble top = fast_two_sum(kHalfPi, -2 * t);
  return with_sign(large ? top.hi + (top.lo + fma(-2.0, rest, kHalfPiLo)) : t + rest, x);
}
