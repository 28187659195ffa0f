// cos(x). One polynomial on half a turn: x = (n + 1/2) pi + r, cos(x) = -(-1)^n sin(r); see trig_reduction.h.
// Coefficients: sollya/sin.sollya.
// At most 1.6 ulp.
#include "body.h"
#include "cold.h"
#include "trig_reduction.h"

using namespace jitegral::vecmath;

VECMATH_BODY v8 jtg_cos(v8 x) {
  constexpr double rounder = kRounder + 1;  // turns the parity round, for the minus
  const v8 t = fma(x, kInversePi, -0.5) + rounder;
  const v8 r = minus_half_turns(x, (t - rounder) + 0.5);
  const v8 s = flip_sign(sin_near_zero(r), to_bits(t) << 63);
  if (any(abs(x) > kHugeAngle)) [[unlikely]]
    return with_cold_part(jtg_cold_cos, s, x);
  return s;
}
