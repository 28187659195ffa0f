// acosh(x) = log1p(t + sqrt(t (t + 2))) with t = x - 1, log(2 x) for large x; see log1p_core.h.
// At most 1.0 ulp.
#include "body.h"
#include "log1p_core.h"

using namespace jitegral::vecmath;

// sqrt(t (t + 2)) in double-double
static inline DoubleDouble root(v8 t) {
  const DoubleDouble square = two_product(t, t);
  const DoubleDouble sum = two_sum(square.hi, 2 * t);
  const v8 s = sqrt(sum.hi);
  return {s, s > 0 ? (fma(-s, s, sum.hi) + (sum.lo + square.lo)) / (2 * s) : 0.0};
}

VECMATH_BODY v8 jtg_acosh(v8 x) {
  const Mask large = x > 0x1p30;
  const v8 t = x - 1;
  const DoubleDouble r = root(t);
  const DoubleDouble h = two_sum(t, r.hi);
  const v8 y = log1p_sum(large ? t : h.hi, large ? 0.0 : h.lo + r.lo, large ? v8(1.0) : v8(0.0));
  return x < 1 ? kNan : y;
}
