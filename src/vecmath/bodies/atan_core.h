// The parts of atan2: |y/x| is brought below tan(pi/8) with atan(q) = pi/4 + atan((q - 1)/(q + 1))
// or pi/2 + atan(-1/q), with one division.
#pragma once

#include "vector.h"

namespace jitegral::vecmath {

// Coordinates that are neither zeros nor so large or small that their products, or quotients, are.
static inline Mask is_plain(v8 a) { return (a > 0x1p-500) & (a < 0x1p500); }

constexpr double kQuarterPi = kHalfPi / 2, kQuarterPiLo = kHalfPiLo / 2;

// atan(y/x) = base + atan(t + t_lo)
struct Sector {
  v8 base, t, t_lo;
};

// For x, y >= 0, not both 0 nor both infinite, and x^2, y^2 within range.
static inline Sector sector(v8 y, v8 x) {
  constexpr double tan_pi_8 = 0x1.a827999fcef32p-2, tan_3_pi_8 = 0x1.3504f333f9de6p1;
  const Mask high = y > tan_3_pi_8 * x, low = y <= tan_pi_8 * x;
  const DoubleDouble sum = two_sum(x, y), difference = two_sum(y, -x);
  const v8 num = low ? y : high ? -x : difference.hi, num_lo = low | high ? 0.0 : difference.lo;
  const v8 den = low ? x : high ? y : sum.hi, den_lo = low | high ? 0.0 : sum.lo;
  const v8 inverse = 1 / den;
  const v8 t = num * inverse;
  const v8 lo = (fma(-t, den, num) + fma(-t, den_lo, num_lo)) * inverse;
  return {low ? 0.0 : high ? v8(kHalfPi) : v8(kQuarterPi), t, lo};
}

// atan(t) - t for |t| <= tan(pi/8). Coefficients: sollya/atan.sollya.
static inline v8 atan_rest(v8 t) {
  constexpr Polynomial p{-0x1.555555555553dp-2, 0x1.999999999586ep-3,  -0x1.24924922ad796p-3,
                         0x1.c71c70e618a0cp-4,  -0x1.745cf8dd641cep-4, 0x1.3b11192ddaf4fp-4,
                         -0x1.10ebb91e290e8p-4, 0x1.df0f58c7e3572p-5,  -0x1.9cd30105c10ccp-5,
                         0x1.37d6642d2d0f6p-5,  -0x1.256c25d46ade7p-6};
  const v8 z = t * t;
  return p(z) * z * t;
}

}  // namespace jitegral::vecmath
