// tanh(x) = sinh(x)/cosh(x), both divided by 2^(n-1); see hyperbolic_core.h.
// At most 0.7 ulp.
#include "body.h"
#include "hyperbolic_core.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_tanh(v8 x) {
  const Halves h = halves(at_most(abs(x), 22.0));
  const v8 q = power_of_two(-2 * h.n);
  const v8 down = 1 - q, up = 1 + q;
  const v8 down_lo = (1 - down) - q, up_lo = (1 - up) + q;  // all that is left of q near 1
  const DoubleDouble s = combine(down, up, h), c = combine(up, down, h);
  const DoubleDouble num = fast_two_sum(s.hi, s.lo + fma(up_lo, h.r, down_lo));
  const DoubleDouble den = fast_two_sum(c.hi, c.lo + fma(down_lo, h.r, up_lo));
  return with_sign(quotient(num, den), x);
}
