// asinh(x) = log1p(a + a^2/(1 + sqrt(1 + a^2))) with a = |x|, log(2 a) for large a; see log1p_core.h.
// At most 1.0 ulp.
#include "body.h"
#include "log1p_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_asinh(v8 x) {
  const v8 a = abs(x);
  const Mask large = a > 0x1p30;
  const v8 square = a * a;
  const DoubleDouble h = fast_two_sum(a, square / (1 + sqrt(1 + square)));
  const v8 y = log1p_sum(large ? a - 1 : h.hi, large ? 0.0 : h.lo, large ? v8(1.0) : v8(0.0));
  return with_sign(y, x);
}
