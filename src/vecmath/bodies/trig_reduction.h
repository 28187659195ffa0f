// Arguments of sin, cos and tan brought near zero. Cody & Waite (1980) in three steps with fma: the first is
// exact, and the third keeps the relative accuracy next to a zero of the function. The rare huge argument
// goes to Payne & Hanek.
#pragma once

#include "cold.h"
#include "payne_hanek.h"
#include "sin_polynomial.h"
#include "vector.h"

namespace jitegral::vecmath {

// Up to here a quotient by pi/2 fits a double with enough of its fraction.
constexpr double kHugeAngle = 0x1p31;

// pi in three parts, of which the second is cut off rather than rounded: so the third is positive, and what
// is taken from -0 leaves it -0.
constexpr double kPi2 = 0x1.1a62633145c06p-53, kPi3 = 0x1.c1cd129024e09p-106;
constexpr double kInversePi = 0x1.45f306dc9c883p-2;

// x - n pi, for |x| <= kHugeAngle and n a multiple of 1/2.
static inline v8 minus_half_turns(v8 x, v8 n) { return fma(-n, kPi3, fma(-n, kPi2, fma(-n, kPi, x))); }

// x = n pi + r, sin(x) = (-1)^n sin(r), for |x| <= kHugeAngle.
static inline v8 sin_of_usual(v8 x) {
  const v8 t = fma(x, kInversePi, kRounder);
  return flip_sign(sin_near_zero(minus_half_turns(x, t - kRounder)), to_bits(t) << 63);
}

// x = (n + 1/2) pi + r, cos(x) = -(-1)^n sin(r), for |x| <= kHugeAngle.
static inline v8 cos_of_usual(v8 x) {
  constexpr double rounder = kRounder + 1;  // turns the parity round, for the minus
  const v8 t = fma(x, kInversePi, -0.5) + rounder;
  return flip_sign(sin_near_zero(minus_half_turns(x, (t - rounder) + 0.5)), to_bits(t) << 63);
}

// y, by the cold part where |x| is too large for the rest of this page.
static inline v8 with_huge_part(Mend mend, v8 y, v8 x) {
  if (any(abs(x) > kHugeAngle)) [[unlikely]]
    return with_cold_part(mend, y, x);
  return y;
}

// sin(x + phase pi/2), right for every x; only lanes with |x| > kHugeAngle are computed.
static inline v8 sin_of_huge(v8 x, unsigned phase) {
  const Angles a = payne_hanek(x, kHugeAngle);
  const Bits quadrant = a.quadrant + phase;
  const Mask odd = (quadrant & 1) != 0;
  const v8 towards = sign_bit(a.hi) != 0 ? a.lo : -a.lo;  // cos(r) = sin(pi/2 - |r|)
  const DoubleDouble r = fast_two_sum(kHalfPi, -abs(a.hi));
  const v8 s = sin_near_zero(odd ? r.hi : a.hi, odd ? r.lo + (kHalfPiLo + towards) : a.lo);
  return flip_sign(s, quadrant >> 1 << 63);
}

}  // namespace jitegral::vecmath
