// sinh(x) from the odd and even halves of exp; see hyperbolic_core.h.
// At most 1.1 ulp.
#include "body.h"
#include "hyperbolic_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_sinh(v8 x) {
  const Halves h = halves(at_most(abs(x), 710.6));
  const v8 p = power_of_two(h.n - 2),
           q = power_of_two(-2 - at_most(h.n, 200.0));  // halved: 2^1024 would not do
  const DoubleDouble y = combine(p - q, p + q, h);
  return abs(x) < 0x1p-28 ? x : with_sign(2 * (y.hi + y.lo), x);
}
