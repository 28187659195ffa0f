// tan(x) = tan(r) or -1/tan(r) with x = n pi/2 + r, r in two parts; see tan_core.h.
// At most 2.2 ulp.
#include "body.h"
#include "cold.h"
#include "tan_core.h"

using namespace jitegral::vecmath;

constexpr double kHalfPi3 = -0x1.f1976b7ed8fbcp-110;

VECMATH_BODY v8 jtg_tan(v8 x) {
  const v8 a = abs(x);
  const v8 t = fma(a, 2 * kInversePi, kRounder);
  const v8 n = t - kRounder;
  const v8 near = fma(-n, kHalfPi, a);
  const v8 r = fma(-n, kHalfPiLo, near);
  const v8 lo = fma(-n, kHalfPi3, fma(-n, kHalfPiLo, near - r));
  const v8 y = flip_sign(tan_from(r, lo, to_bits(t)), sign_bit(x));
  if (any(a > kHugeAngle)) [[unlikely]]
    return with_cold_part(jtg_cold_tan, y, x);
  return y;
}
