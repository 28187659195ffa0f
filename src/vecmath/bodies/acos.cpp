// acos(x): pi/2 - asin(x) up to 1/2, 2 asin(sqrt((1 - |x|)/2)) beyond, from pi if x < 0; see asin_core.h.
// At most 1.2 ulp.
#include "asin_core.h"
#include "body.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_acos(v8 x) {
  const v8 a = abs(x);
  const Mask large = a > 0.5;
  const v8 half = fma(a, -0.5, 0.5);
  const v8 z = large ? half : a * a;
  const v8 t = large ? sqrt(half) : a;
  const v8 rest = asin_rest(t, z);
  // base + factor asin(t)
  const v8 factor = large ? (has_sign(x) ? v8(-2.0) : v8(2.0)) : (has_sign(x) ? v8(1.0) : v8(-1.0));
  const v8 base = large ? (has_sign(x) ? v8(kPi) : v8(0.0)) : v8(kHalfPi);
  const v8 base_lo = base * (kHalfPiLo / kHalfPi);
  const v8 main = fma(factor, t, base);
  const v8 lost = fma(factor, t, base - main);
  return main + (lost + fma(factor, rest, base_lo));
}
