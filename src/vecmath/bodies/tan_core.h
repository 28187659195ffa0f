// tan of a reduced argument as a quotient of polynomials, r P(r^2)/Q(r^2) for |r| <= pi/4, so that a quarter
// turn more only turns it over. Coefficients: sollya/tan.py.
#pragma once

#include "trig_reduction.h"

namespace jitegral::vecmath {

// tan(n pi/2 + r + lo), n the quadrant
static inline v8 tan_from(v8 r, v8 lo, Bits quadrant) {
  constexpr double p1 = -0x1.112b2d7a98ee9p-3, p2 = 0x1.c0e6aee09a46ap-9, p3 = -0x1.2ba843de85f55p-16;
  constexpr double q1 = -0x1.ddeaec12a1ccap-2, q2 = 0x1.a4793861945a1p-6, q3 = -0x1.46f44e6c796f4p-12,
                   q4 = 0x1.0b7269d2bc6b8p-21;
  const Mask odd = (quadrant & 1) != 0;
  const v8 z = r * r;
  const v8 more = lo * fma(z, 0.72, 1.0);  // about lo Q/cos(r)^2
  const v8 p = r + fma(z * r, fma(z, fma(z, p3, p2), p1), more);
  const v8 q = fma(z, fma(z, fma(z, fma(z, q4, q3), q2), q1), 1.0);
  return flip_sign((odd ? q : p) / (odd ? p : q), quadrant << 63);
}

// tan(x) for |x| <= kHugeAngle: x = n pi/2 + r, r in two parts.
static inline v8 tan_of_usual(v8 x) {
  constexpr double half_pi3 = -0x1.f1976b7ed8fbcp-110;
  const v8 a = abs(x);
  const v8 t = fma(a, 2 * kInversePi, kRounder);
  const v8 n = t - kRounder;
  const v8 near = fma(-n, kHalfPi, a);
  const v8 r = fma(-n, kHalfPiLo, near);
  const v8 lo = fma(-n, half_pi3, fma(-n, kHalfPiLo, near - r));
  return flip_sign(tan_from(r, lo, to_bits(t)), sign_bit(x));
}

}  // namespace jitegral::vecmath
