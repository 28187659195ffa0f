// sin and cos of one argument together: a reduction to a quarter turn serves both, and each function gets a
// short polynomial, of which the quadrant says whose is whose. Coefficients: sollya/sin_cos.sollya.
#pragma once

#include "trig_reduction.h"

namespace jitegral::vecmath {

struct SinCos {
  v8 sin, cos;
};

// For |r| <= pi/4.
static inline SinCos sin_cos_near_zero(v8 r) {
  constexpr double sin_first = -0x1.5555555555548p-3;
  constexpr Polynomial sin_even{0x1.111111110f748p-7, 0x1.71de355a62745p-19, 0x1.5d8cd8ffb5621p-33};
  constexpr Polynomial sin_odd{-0x1.a01a019bede9ep-13, -0x1.ae5e503ade49bp-26};
  constexpr Polynomial cos_even{0x1.555555555554cp-5, 0x1.a01a019cbce9ap-16, 0x1.1ee9ef42895c9p-29};
  constexpr Polynomial cos_odd{-0x1.6c16c16c15211p-10, -0x1.27e4f81041929p-22, -0x1.8faff1bdbae04p-37};
  const v8 z = r * r, z2 = z * z;
  const v8 sin_tail = fma(sin_odd.horner(z2), z, sin_even.horner(z2));
  const v8 cos_tail = fma(cos_odd.horner(z2), z, cos_even.horner(z2));
  const v8 main = fma(z, -0.5, 1.0);
  const v8 lost = fma(z, -0.5, 1 - main);
  return {fma(fma(z, sin_first, sin_tail * z2), r, r), main + fma(z2, cos_tail, lost)};
}

// For |x| <= kHugeAngle: x = n pi/2 + r.
static inline SinCos sin_cos_of_usual(v8 x) {
  const v8 t = fma(x, 2 * kInversePi, kRounder);
  const v8 n = t - kRounder;
  const SinCos near = sin_cos_near_zero(fma(-n, kPi3 / 2, fma(-n, kPi2 / 2, fma(-n, kPi / 2, x))));
  const Bits quadrant = to_bits(t);
  const Mask odd = (quadrant & 1) != 0;
  return {flip_sign(odd ? near.cos : near.sin, quadrant >> 1 << 63),
          flip_sign(odd ? near.sin : near.cos, (quadrant + 1) >> 1 << 63)};
}

}  // namespace jitegral::vecmath
