// tan of a reduced argument: sine and cosine of a quarter turn as double-doubles, and their quotient.
#pragma once

#include "trig_reduction.h"

namespace jitegral::vecmath {

static inline DoubleDouble sin_quarter(v8 r, v8 lo) {
  constexpr Polynomial tail{-0x1.5555555555548p-3, 0x1.111111110f748p-7,   -0x1.a01a019bede9ep-13,
                            0x1.71de355a62745p-19, -0x1.ae5e503ade49bp-26, 0x1.5d8cd8ffb5621p-33};
  const v8 z = r * r;
  return fast_two_sum(r, fma(tail(z), z * r, lo));
}

static inline DoubleDouble cos_quarter(v8 r, v8 lo) {
  constexpr Polynomial tail{0x1.555555555554bp-5,   -0x1.6c16c16c15005p-10, 0x1.a01a019c8c678p-16,
                            -0x1.27e4f7eee8b47p-22, 0x1.1ee9d99eb730ap-29,  -0x1.8fa5375b3d0d9p-37};
  const v8 z = r * r;
  return fast_two_sum(1.0, fma(tail(z), z * z, fma(-0.5 * r, r, -r * lo)));
}

static inline v8 tan_from(v8 r, v8 lo, Bits quadrant) {
  const Mask odd = (quadrant & 1) != 0;
  const DoubleDouble s = sin_quarter(r, lo), c = cos_quarter(r, lo);
  const DoubleDouble num = {odd ? -c.hi : s.hi, odd ? -c.lo : s.lo};
  return quotient(num, {odd ? s.hi : c.hi, odd ? s.lo : c.lo});
}

}  // namespace jitegral::vecmath
