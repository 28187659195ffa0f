// Arguments of sinpi, cospi and sinc, counted in half turns: the reduction is exact for every finite x.
#pragma once

#include "sin_polynomial.h"
#include "vector.h"

namespace jitegral::vecmath {

// x minus the nearest even integer: in [-1, 1], a NaN for an infinity.
static inline v8 minus_even(v8 x) { return fma(-2.0, rint(0.5 * x), x); }

// The |m| <= 1/2 with sin(pi m) = sin(pi x), odd in x; an integer gives a zero with the sign of x (IEEE
// 754-2019, 9.2).
static inline v8 nearest_half_turn(v8 x) {
  const v8 r = minus_even(x), a = abs(r);
  const v8 m = at_most(a, 1 - a);
  return with_sign(m, m == 0 ? x : r);
}

// sin(pi m) for |m| <= 1/2.
static inline v8 sinpi_near_zero(v8 m) {
  const v8 r = m * kPi;
  const v8 lo = fma(m, kPiLo, fma(m, kPi, -r));
  return sin_near_zero(r, lo);
}

}  // namespace jitegral::vecmath
