// acosh(x) = log1p(t + sqrt(t (t + 2))) with t = x - 1; see log1p_core.h.
#pragma once

#include "log1p_core.h"

namespace jitegral::vecmath {

// What log1p is taken of, for t up to 2^30.
static inline DoubleDouble acosh_argument(v8 t) {
  const DoubleDouble square = two_product(t, t);
  const DoubleDouble sum = two_sum(square.hi, 2 * t);
  const v8 s = sqrt(sum.hi);
  const v8 s_lo = s > 0 ? (fma(-s, s, sum.hi) + (sum.lo + square.lo)) / (2 * s) : 0.0;
  const DoubleDouble h = two_sum(t, s);
  return {h.hi, h.lo + s_lo};
}

}  // namespace jitegral::vecmath
