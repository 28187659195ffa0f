// tan of a reduced argument: sine and cosine of a quarter turn, each but for one rounding, and their
// quotient.
#pragma once

#include "trig_reduction.h"

namespace jitegral::vecmath {

// sin(r + lo) for |r| <= pi/4
static inline v8 sin_quarter(v8 r, v8 lo, v8 z) {
  constexpr Polynomial tail{-0x1.5555555555548p-3, 0x1.111111110f748p-7,   -0x1.a01a019bede9ep-13,
                            0x1.71de355a62745p-19, -0x1.ae5e503ade49bp-26, 0x1.5d8cd8ffb5621p-33};
  return r + fma(tail(z), z * r, lo);
}

// cos(r + lo) for |r| <= pi/4
static inline v8 cos_quarter(v8 r, v8 lo, v8 z) {
  constexpr Polynomial tail{0x1.555555555554bp-5,   -0x1.6c16c16c15005p-10, 0x1.a01a019c8c678p-16,
                            -0x1.27e4f7eee8b47p-22, 0x1.1ee9d99eb730ap-29,  -0x1.8fa5375b3d0d9p-37};
  const v8 main = fma(z, -0.5, 1.0);
  const v8 lost = fma(z, -0.5, 1 - main);
  return main + fma(tail(z), z * z, fma(-r, lo, lost));
}

// tan(n pi/2 + r + lo), n the quadrant
static inline v8 tan_from(v8 r, v8 lo, Bits quadrant) {
  const Mask odd = (quadrant & 1) != 0;
  const v8 z = r * r;
  const v8 s = sin_quarter(r, lo, z), c = cos_quarter(r, lo, z);
  return flip_sign((odd ? c : s) / (odd ? s : c), quadrant << 63);
}

}  // namespace jitegral::vecmath
