// sin(x). One polynomial on half a turn: x = n pi + r, sin(x) = (-1)^n sin(r); see trig_reduction.h.
// Coefficients: sollya/sin.sollya.
// At most 1.6 ulp.
#include "body.h"
#include "cold.h"
#include "trig_reduction.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_sin(v8 x) {
  const v8 a = abs(x);
  const v8 t = fma(a, kInversePi, kRounder);
  const v8 r = minus_half_turns(a, t - kRounder);
  const v8 s = flip_sign(sin_near_zero(r), to_bits(t) << 63 ^ sign_bit(x));
  if (any(a > kHugeAngle)) [[unlikely]]
    return with_cold_part(jtg_cold_sin, s, x);
  return s;
}
